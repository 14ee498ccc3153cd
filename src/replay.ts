import { defined } from './core/defined.js';
import type { Fact } from './domain/fact.js';
import type { Opening, Subject } from './domain/subject.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { findFault } from './record/check-fact.js';
import { FAULT_WORDS } from './record/fault-words.js';
import {
  goTo,
  type Journey,
  nextMoment,
  type Rehearsal,
  type Replayed,
  type ReplayOptions,
  replayedOn,
  setOutOn,
  subjectOn,
} from './replay-journey.js';

/**
 * Why no agent would take a fact that was read from so many characters of JSON, in words; undefined for one that it
 * would.
 */
export function faultOf(fact: Fact, characters?: number): string | undefined {
  const fault = findFault(fact, characters);
  return fault && FAULT_WORDS[fault];
}

/**
 * Recorded facts of one account through a playbook that may be a draft: what would have opened, for whom, when. Facts
 * come in order, each once; those that are not about the account are left out.
 */
export function replayAccount(
  account: SubjectKey,
  facts: readonly Fact[],
  rehearsal: Rehearsal,
  options: ReplayOptions = {},
): readonly Replayed[] {
  const journey = setOutOn(account, facts, rehearsal, options);
  for (let next = nextMoment(journey); next <= journey.until; next = nextMoment(journey))
    goTo(journey, next);
  return replayedOn(journey);
}

/**
 * The same through two playbooks side by side. Whenever something opens under only one of them, `differs` is told what,
 * with the account as both have it at that moment, when all of it has happened.
 */
export function replayBoth(
  account: SubjectKey,
  facts: readonly Fact[],
  { before, after }: { readonly before: Rehearsal; readonly after: Rehearsal },
  options: ReplayOptions,
  differs: (opened: readonly Opening[], before: Subject, after: Subject) => void,
): { readonly before: readonly Replayed[]; readonly after: readonly Replayed[] } {
  const old = setOutOn(account, facts, before, options, follows(after, before) ? after : undefined);
  const alone = old.follower ? undefined : setOutOn(account, facts, after, options);
  const next = old.follower ?? (alone as Journey);
  const tell = (): void => {
    const opened = findDifference(old.opened, next.opened);
    old.opened.length = 0;
    next.opened.length = 0;
    if (opened.length > 0) differs(opened, subjectOn(old), subjectOn(next));
  };
  for (let moment = old.course.clock; moment <= old.until; ) {
    if (old.opened.length + next.opened.length > 0) tell();
    moment = Math.min(nextMoment(old), alone ? nextMoment(alone) : Number.POSITIVE_INFINITY);
    if (moment > old.until) break;
    goTo(old, moment);
    if (alone) goTo(alone, moment);
  }
  return { before: replayedOn(old), after: replayedOn(next) };
}

/** Whether one makes the same of facts as the other, and differs in what opens. */
function follows({ playbook, model }: Rehearsal, other: Rehearsal): boolean {
  const there = other.model(other.playbook.version);
  return (
    model(playbook.version).attributesKey === there.attributesKey &&
    playbook.correctionDays === other.playbook.correctionDays
  );
}

/** What opened under one of two only. */
export function findDifference(
  old: readonly Opening[],
  next: readonly Opening[],
): readonly Opening[] {
  const isIn = (all: readonly Opening[], { key }: Opening): boolean =>
    all.some((one) => one.key === key);
  return [
    ...old.filter((opening) => !isIn(next, opening)),
    ...next.filter((opening) => !isIn(old, opening)),
  ];
}

export interface ReplayDifference {
  readonly both: readonly Replayed[];
  readonly onlyBefore: readonly Replayed[];
  readonly onlyAfter: readonly Replayed[];
}

/** Two replays of one account against each other: a card is the same when play, record and beginning are. */
export function compareReplays(
  before: readonly Replayed[],
  after: readonly Replayed[],
): ReplayDifference {
  const keyOf = ({ play, record, begin }: Replayed): string => `${play}|${record}|${begin}`;
  const old = new Set(before.map(keyOf));
  const next = new Set(after.map(keyOf));
  return {
    both: after.filter((one) => old.has(keyOf(one))),
    onlyBefore: before.filter((one) => !next.has(keyOf(one))),
    onlyAfter: after.filter((one) => !old.has(keyOf(one))),
  };
}

/** What a rep would have seen, and what stands in its place. */
export interface Replacement {
  readonly owner?: RecordId;
  /** Absent: nothing was open there before. */
  readonly before?: Replayed;
  /** Absent: nothing takes its place. */
  readonly after?: Replayed;
}

/**
 * Every opening that only one playbook has, once, with what it is in place of: one of the same record that was open at
 * a moment at which this is, of the same play first, then the earliest.
 */
export function findReplacements({
  onlyBefore,
  onlyAfter,
}: Pick<ReplayDifference, 'onlyBefore' | 'onlyAfter'>): readonly Replacement[] {
  const left = [...onlyBefore].sort(compareOpenings);
  const rows = [...onlyAfter].sort(compareOpenings).map((after): Replacement => {
    const same = left.filter((one) => one.record === after.record && overlaps(one, after));
    const before = same.find(({ play }) => play === after.play) ?? same[0];
    if (before) left.splice(left.indexOf(before), 1);
    return defined({ owner: after.owner, before, after });
  });
  return [...rows, ...left.map((before) => defined({ owner: before.owner, before }))];
}

const overlaps = (a: Replayed, b: Replayed): boolean =>
  a.begin < (b.end ?? Number.POSITIVE_INFINITY) && b.begin < (a.end ?? Number.POSITIVE_INFINITY);

/** By beginning, then by play, record and account. */
export function compareOpenings(a: Replayed, b: Replayed): number {
  const keyOf = ({ play, record, account }: Replayed): string => `${play}|${record}|${account}`;
  return a.begin - b.begin || (keyOf(a) < keyOf(b) ? -1 : 1);
}
