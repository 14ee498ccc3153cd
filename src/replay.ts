import { advance, createSubject } from './advance.js';
import { defined } from './core/defined.js';
import { pickContact } from './deliver/situation.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Channel, Playbook } from './domain/playbook.js';
import type { EndReason, Subject } from './domain/subject.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { createModel, EMPTY_PLAYBOOK, type Model } from './model.js';
import { findFault } from './record/check-fact.js';
import { FAULT_WORDS } from './record/fault-words.js';

export interface ReplayOptions {
  /** Judged from here on, epoch milliseconds; facts before it are history. Default: from the first fact. */
  readonly from?: number;
  /** Time goes on until here. Default: the last fact. */
  readonly until?: number;
}

/** One life of a play, as it would have been. */
export interface Replayed {
  readonly play: string;
  readonly account: SubjectKey;
  readonly record: RecordId;
  /** Who would have seen it: the owner of the record, else of the account, at the end. */
  readonly owner?: RecordId;
  readonly begin: number;
  readonly end?: number;
  readonly ended?: EndReason;
  readonly trueSinceBefore?: boolean;
  /** How it touches the buyer; absent: it does not. */
  readonly touch?: Channel;
  /** Whom it touches, as picked when it opened; absent: nobody of the account in particular. */
  readonly contact?: RecordId;
}

/** A playbook made ready to replay many accounts. */
export interface Rehearsal {
  readonly playbook: Playbook;
  readonly model: (version: string) => Model;
}

export function prepareReplay(playbook: Playbook): Rehearsal {
  const [own, empty] = [createModel(playbook), createModel(EMPTY_PLAYBOOK)];
  return { playbook, model: (version) => (version === playbook.version ? own : empty) };
}

/**
 * Why no agent would take a fact that was read from so many characters of JSON, in words; undefined for one that it
 * would.
 */
export function faultOf(fact: Fact, characters: number): string | undefined {
  const fault = findFault(fact, characters);
  return fault && FAULT_WORDS[fault];
}

/** Openings that closed are kept for longer than this. */
const SLICE_MS = 30 * 86_400_000;

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
  const found = new Map<string, Replayed>();
  const touched = new Map<string, RecordId | undefined>();
  let last: Subject | undefined;
  for (const subject of walk(account, facts, notingTouched(rehearsal, touched), options)) {
    last = subject;
    for (const { key, play, record, begin, end, ended, trueSinceBefore } of Object.values(
      subject.openings,
    ))
      found.set(key, defined({ play, account, record, begin, end, ended, trueSinceBefore }));
  }
  const touches = new Map(rehearsal.playbook.plays.map(({ id, action }) => [id, action.touch]));
  return [...found].map(([key, one]) =>
    defined({
      ...one,
      owner: last && ownerIn(last, one.record),
      touch: touches.get(one.play),
      contact: touched.get(key),
    }),
  );
}

/** The account at each of these moments, which are in order and not before the first one judged. */
export function findStates(
  account: SubjectKey,
  facts: readonly Fact[],
  rehearsal: Rehearsal,
  options: ReplayOptions,
  moments: readonly number[],
): ReadonlyMap<number, Subject> {
  const states = new Map<number, Subject>();
  const wanted = new Set(moments);
  for (const subject of walk(account, facts, rehearsal, options, moments))
    if (wanted.has(subject.clock)) states.set(subject.clock, subject);
  return states;
}

/** The owner of a record, else of its account, as the account knows it. */
export function ownerIn({ key, records }: Subject, record: RecordId): RecordId | undefined {
  const owner = records[record]?.values.owner?.value ?? records[key]?.values.owner?.value;
  return typeof owner === 'string' ? owner : undefined;
}

/** The account as it goes through time: after a slice of it at the longest, and at each of these moments. */
function* walk(
  account: SubjectKey,
  facts: readonly Fact[],
  { playbook, model }: Rehearsal,
  options: ReplayOptions,
  moments: readonly number[] = [],
): Generator<Subject> {
  const own = facts.filter(
    ({ type, subjects }) => type !== 'published' && subjects.includes(account),
  );
  const from = options.from ?? own[0]?.occurredAt ?? 0;
  const until = options.until ?? own.at(-1)?.occurredAt ?? from;
  let next = 0;
  const takeUntil = (isTaken: (at: number) => boolean): readonly Fact[] => {
    const start = next;
    while (next < own.length && isTaken((own[next] as Fact).occurredAt)) next++;
    return own.slice(start, next);
  };
  const { version } = playbook;
  const published = noteFact(
    { id: `published/${version}`, type: 'published', subjects: [account], data: { version } },
    from,
  );
  const history = takeUntil((at) => at < from);
  const first = [...history, published, ...takeUntil((at) => at <= from)];
  let subject = advance(createSubject(account), { facts: first, now: from, model });
  yield subject;
  let moment = 0;
  for (let now = from; now < until; ) {
    while ((moments[moment] ?? until) <= now && moment < moments.length) moment++;
    now = Math.min(now + SLICE_MS, until, moments[moment] ?? until);
    subject = advance(subject, { facts: takeUntil((at) => at <= now), now, model });
    yield subject;
  }
}

/** The same rehearsal, noting whom each card that touches the buyer would touch at the moment at which it opens. */
function notingTouched(
  { playbook, model }: Rehearsal,
  touched: Map<string, RecordId | undefined>,
): Rehearsal {
  const own = model(playbook.version);
  const plays = new Map(playbook.plays.map((play) => [play.id, play]));
  const watched: Model = {
    ...own,
    judge(state, moment) {
      const after = own.judge(state, moment);
      if (after.openings === state.openings) return after;
      const { records } = moment.view;
      for (const [key, opening] of Object.entries(after.openings)) {
        if (key in state.openings || touched.has(key)) continue;
        const { action } = plays.get(opening.play) ?? {};
        const record = records[opening.record];
        if (action?.touch && record)
          touched.set(key, pickContact({ records }, record, action.contact, opening)?.id);
      }
      return after;
    },
  };
  return {
    playbook,
    model: (version) => (version === playbook.version ? watched : model(version)),
  };
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
