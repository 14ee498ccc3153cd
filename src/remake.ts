import { dayNumber, startOfDay } from './core/zone.js';
import type { Situated } from './domain/condition.js';
import type { Fact } from './domain/fact.js';
import type { PatternMemory } from './domain/pattern.js';
import type { RecordState, Subject } from './domain/subject.js';
import { kindOf } from './domain/value.js';
import type { MachineMoment } from './monitor/judge-machines.js';
import type { MachineEngine } from './monitor/machine-engine.js';
import { createOutlook } from './monitor/outlook.js';
import type { TriggerPlan } from './monitor/trigger-plan.js';
import type { AttributePlan } from './record/attribute-plan.js';
import { type Folded, foldFact } from './record/fold.js';
import { bringIntoView, createScene, situate } from './record/situate.js';

/** What a playbook makes of facts. */
interface Plan {
  readonly attributes: AttributePlan;
  /** Undefined where there are none. */
  readonly machines: MachineEngine | undefined;
  readonly triggers: Pick<TriggerPlan, 'patterns'>;
}

export interface Remade extends Folded {
  readonly patterns?: PatternMemory | undefined;
}

/** The records of an account when its machines have taken a moment in: delays, what happened, and what holds. */
export function stepMachines(
  { key, records }: Pick<Subject, 'key' | 'records'>,
  moment: Omit<MachineMoment, 'situated'>,
  { attributes, machines }: Plan,
): Subject['records'] {
  if (!machines || kindOf(key) !== 'account') return records;
  return machines.judge(records, {
    ...moment,
    situated(now, record, event) {
      const scene = createScene(attributes, { key, records: now }, moment.at);
      return situate(bringIntoView(scene, record, event));
    },
  }).records;
}

/**
 * What a playbook makes of the facts of a subject, of which the last publishes it. A machine goes on in the state in which
 * it is, where that is still there; the others live through the timeline again. Patterns know the past, and nothing of it
 * completes one.
 */
export function remake(
  { key, records: held }: Subject,
  facts: readonly Fact[],
  plan: Plan,
  before: Plan,
): Remade {
  const { attributes, machines, triggers } = plan;
  const engine = kindOf(key) === 'account' ? triggers.patterns : undefined;
  let folded: Folded = { records: {}, rates: {} };
  let patterns: PatternMemory | undefined;
  let clock = facts[0]?.occurredAt ?? 0;
  const outlook = machines && kindOf(key) === 'account' ? createOutlook(machines.watch) : undefined;
  const step = (at: number, fact?: Fact): void => {
    const from = clock;
    clock = at;
    if (!machines || !outlook) return;
    const today = dayNumber(at, attributes.zone);
    const stale = outlook.findStale(folded.records, today);
    const hasMoved = ({ id }: RecordState, number: number): boolean =>
      stale.get(id)?.has(number) === true;
    const moment = { from, at, hasMoved, ...(fact && { fact }) };
    folded = { ...folded, records: stepMachines({ key, records: folded.records }, moment, plan) };
    const { records } = folded;
    machines.note(outlook, outlook.findStale(records, today), { key, records, today });
  };
  const passTime = (until: number): void => {
    while (machines && outlook) {
      const next = Math.min(
        startOfDay(outlook.next(), attributes.zone),
        machines.findWake(folded.records, clock),
      );
      if (next > until) break;
      step(next);
    }
  };
  for (const fact of facts) {
    passTime(fact.occurredAt);
    folded = foldFact(folded, fact, attributes);
    step(fact.occurredAt, fact);
    if (!engine) continue;
    const { records } = folded;
    const scene = createScene(attributes, { key, records }, fact.occurredAt);
    const situated = (record: RecordState, event?: Fact['data']): Situated =>
      situate(bringIntoView(scene, record, event));
    patterns = engine.remember(patterns, fact, { records, situated }, key);
  }
  const carried = machines?.carry(held, before.machines) ?? {};
  const records = machines ? withMachines(folded.records, carried) : folded.records;
  return { ...folded, records, patterns };
}

function withMachines(
  records: Subject['records'],
  carried: { readonly [id: string]: RecordState },
): Subject['records'] {
  return Object.fromEntries(
    Object.entries(records).map(([id, record]) => {
      const machines = { ...record.machines, ...carried[id]?.machines };
      return [id, Object.keys(machines).length > 0 ? { ...record, machines } : record];
    }),
  );
}
