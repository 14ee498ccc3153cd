import { advance, createSubject, sortFacts } from './advance.js';
import { defined } from './core/defined.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { EndReason } from './domain/subject.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { createModel, EMPTY_PLAYBOOK, type Model } from './model.js';

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

/** Openings that closed are kept for longer than this. */
const SLICE_MS = 30 * 86_400_000;

/** Recorded facts of one account through a playbook that may be a draft: what would have opened, for whom, when. */
export function replayAccount(
  account: SubjectKey,
  facts: readonly Fact[],
  { playbook, model }: Rehearsal,
  options: ReplayOptions = {},
): readonly Replayed[] {
  const own = sortFacts(
    facts.filter(({ type, subjects }) => type !== 'published' && subjects.includes(account)),
  );
  const from = options.from ?? own[0]?.occurredAt ?? 0;
  const until = options.until ?? own.at(-1)?.occurredAt ?? from;
  const published = noteFact(
    {
      id: `published/${playbook.version}`,
      type: 'published',
      subjects: [account],
      data: { version: playbook.version },
    },
    from,
  );
  const found = new Map<string, Replayed>();
  let subject = createSubject(account);
  const go = (batch: readonly Fact[], now: number): void => {
    subject = advance(subject, { facts: batch, now, model });
    for (const { key, play, record, begin, end, ended, trueSinceBefore } of Object.values(
      subject.openings,
    ))
      found.set(key, defined({ play, account, record, begin, end, ended, trueSinceBefore }));
  };
  let next = own.findIndex(({ occurredAt }) => occurredAt >= from);
  if (next < 0) next = own.length;
  go([...own.slice(0, next), published], from);
  for (let now = from; now < until; ) {
    now = Math.min(now + SLICE_MS, until);
    const start = next;
    while (next < own.length && (own[next] as Fact).occurredAt <= now) next++;
    go(own.slice(start, next), now);
  }
  const ownerOf = (record: RecordId): unknown =>
    subject.records[record]?.values.owner?.value ?? subject.records[account]?.values.owner?.value;
  return [...found.values()].map((one) => {
    const owner = ownerOf(one.record);
    return typeof owner === 'string' ? { ...one, owner } : one;
  });
}

export interface ReplayDifference {
  readonly both: readonly Replayed[];
  readonly onlyBefore: readonly Replayed[];
  readonly onlyAfter: readonly Replayed[];
}

/** Two replays of the same facts against each other: a card is the same when play, record and beginning are. */
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
