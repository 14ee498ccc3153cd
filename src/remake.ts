import type { Fact } from './domain/fact.js';
import type { RecordState, Subject } from './domain/subject.js';
import { kindOf } from './domain/value.js';
import type { MachineEngine } from './monitor/machine-engine.js';
import type { AttributePlan } from './record/attribute-plan.js';
import { type Folded, foldFact } from './record/fold.js';
import { findNextMove } from './record/next-move.js';
import { createScene, situate } from './record/situate.js';

/** What a playbook makes of facts. */
interface Plan {
  readonly attributes: AttributePlan;
  /** Undefined where there are none. */
  readonly machines: MachineEngine | undefined;
}

/** The records of an account when its machines have taken a moment in: delays, what happened, and what holds. */
export function stepMachines(
  { key, records }: Pick<Subject, 'key' | 'records'>,
  from: number,
  at: number,
  fact: Fact | undefined,
  { attributes, machines }: Plan,
): Subject['records'] {
  if (!machines || kindOf(key) !== 'account') return records;
  return machines.judge(records, {
    from,
    at,
    ...(fact && { fact }),
    situated(now, record, event) {
      const inView = { [record.kind]: record };
      return situate(createScene(attributes, { key, records: now }, at, inView, event));
    },
  }).records;
}

/**
 * The records of a subject as a playbook that is published at a moment makes them of its facts. A machine goes on in the state in
 * which it is, where that is still there; the others live through the timeline again.
 */
export function remakeRecords(
  { key, records }: Subject,
  facts: readonly Fact[],
  at: number,
  plan: Plan,
  before: Plan,
): Folded {
  const { attributes, machines } = plan;
  let folded: Folded = { records: {}, rates: {} };
  let clock = facts[0]?.occurredAt ?? 0;
  const step = (at: number, fact?: Fact): void => {
    const { records } = folded;
    folded = { ...folded, records: stepMachines({ key, records }, clock, at, fact, plan) };
    clock = at;
  };
  const passTime = (until: number): void => {
    while (machines) {
      const scene = createScene(attributes, { key, records: folded.records }, clock);
      const next = Math.min(findNextMove(scene), machines.findWake(folded.records, clock));
      if (next > until) break;
      step(next);
    }
  };
  for (const fact of facts) {
    passTime(fact.occurredAt);
    folded = foldFact(folded, fact, attributes);
    step(fact.occurredAt, fact);
  }
  passTime(at);
  const carried = machines?.carry(records, before.machines) ?? {};
  return machines ? { ...folded, records: withMachines(folded.records, carried) } : folded;
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
