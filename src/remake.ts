import { dayNumber, startOfDay } from './core/zone.js';
import { draftRecords, type Mutable } from './domain/draft.js';
import type { Fact } from './domain/fact.js';
import type { PatternMemory } from './domain/pattern.js';
import type { RecordState, Subject } from './domain/subject.js';
import { kindOf } from './domain/value.js';
import type { AccountView } from './monitor/account-view.js';
import type { MachineEngine } from './monitor/machine-engine.js';
import type { TriggerPlan } from './monitor/trigger-plan.js';
import type { AttributePlan } from './record/attribute-plan.js';
import { type Folding, foldFact } from './record/fold.js';
import { sceneOf, situate } from './record/situate.js';

/** What a playbook makes of facts. */
interface Plan {
  readonly attributes: AttributePlan;
  /** Undefined where there are none. */
  readonly machines: MachineEngine | undefined;
  readonly triggers: Pick<TriggerPlan, 'patterns'>;
}

export interface Remade extends Pick<Subject, 'records' | 'rates'> {
  readonly patterns?: PatternMemory | undefined;
}

/**
 * What a playbook makes of the facts of a subject, of which the last publishes it. A machine goes on in the state in which
 * it is, where that is still there; the others live through the timeline again. Patterns know the past, and nothing of it
 * completes one.
 */
export function remake(
  { key, records: held }: Pick<Subject, 'key' | 'records'>,
  facts: readonly Fact[],
  plan: Plan,
  before: Plan,
): Remade {
  const { attributes, triggers } = plan;
  const isAccount = kindOf(key) === 'account';
  const machines = isAccount ? plan.machines : undefined;
  const engine = isAccount ? triggers.patterns : undefined;
  const folding: Folding = { ...draftRecords({}, true), rates: {} };
  const outlook = machines?.watch({});
  // They are its own from the beginning, and stay the same object.
  folding.ownsList = true;
  let patterns: PatternMemory | undefined;
  let clock = facts[0]?.occurredAt ?? 0;
  const view: Mutable<AccountView> = {
    key,
    records: folding.records,
    today: 0,
    situated: (record, event) => situate(sceneOf(attributes, view, record, event)),
  };
  const step = (at: number, fact?: Fact): void => {
    const from = clock;
    clock = at;
    view.today = dayNumber(at, attributes.zone);
    if (outlook) {
      for (const change of folding.changes) outlook.touch(change);
      machines?.judge(folding, { from, at, view, fact }, outlook);
    }
    folding.changes = [];
  };
  const passTime = (until: number): void => {
    while (outlook) {
      const day = outlook.nextDay();
      const next = Math.min(startOfDay(day, attributes.zone), outlook.nextEnd());
      if (next > until) break;
      step(next);
    }
  };
  for (const fact of facts) {
    passTime(fact.occurredAt);
    foldFact(folding, fact, attributes);
    step(fact.occurredAt, fact);
    if (!engine) continue;
    patterns = engine.remember(patterns, fact, view, key);
  }
  const { records, rates } = folding;
  const carried = machines?.carry(held, before.machines);
  return { records: carried ? withMachines(records, carried) : records, rates, patterns };
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
