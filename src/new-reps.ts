import { bareName } from './core/bare-name.js';
import { dayNumber, dayOfDate } from './core/zone.js';
import type { Fact } from './domain/fact.js';
import type { NewRepSettings, Playbook } from './domain/playbook.js';
import type { Store } from './domain/store.js';
import type { RecordState } from './domain/subject.js';
import type { RecordId } from './domain/value.js';
import { leftToLearn, type OwnOutcomes } from './learn/left-to-learn.js';

interface Told {
  readonly playbook: Playbook;
  readonly store: Pick<Store, 'read'>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** For each rep whose first day is known, what is left to learn where that has changed: a fact each. */
export async function tellNewReps(
  reps: ReadonlyMap<RecordId, OwnOutcomes>,
  { playbook: { learning, zone }, store, now }: Told,
): Promise<readonly Fact[]> {
  const settings = learning?.newReps;
  if (!settings) return [];
  const facts: Fact[] = [];
  for (const [rep, own] of reps) {
    const record = (await store.read(rep))?.subject.records[rep];
    const fact = record && tellLeftToLearn(record, own, settings, { now, zone });
    if (fact) facts.push(fact);
  }
  return facts;
}

/**
 * What is left to learn for a rep whose first day is known, in hundredths, as a fact of the rep's own timeline, which nobody
 * else reads; undefined where that is recorded already, or there is nothing to tell. `now` in epoch milliseconds.
 */
function tellLeftToLearn(
  rep: RecordState,
  own: OwnOutcomes,
  { attribute, since, days }: NewRepSettings,
  { now, zone }: { readonly now: number; readonly zone: string },
): Fact | undefined {
  const first = rep.values[bareName(since)]?.value;
  if (typeof first !== 'string') return undefined;
  const tenure = (dayNumber(now, zone) - dayOfDate(first)) / days;
  const left = Math.round(100 * leftToLearn(own, tenure)) / 100;
  const held = rep.values[bareName(attribute)]?.value;
  // Who was never new is told nothing.
  if (held === left || (held === undefined && left === 0)) return undefined;
  return {
    id: `left-to-learn/${rep.id}/${now}`,
    type: 'record-changed',
    subjects: [rep.id],
    about: [rep.id],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    data: { values: { [bareName(attribute)]: left } },
  };
}
