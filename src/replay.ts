import { advance, createSubject, sortFacts } from './advance.js';
import { defined } from './core/defined.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { EndReason } from './domain/subject.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { createModel, EMPTY_PLAYBOOK } from './model.js';

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

/** Recorded facts of one account through a playbook that may be a draft: what would have opened, for whom, when. */
export function replayAccount(
  account: SubjectKey,
  facts: readonly Fact[],
  playbook: Playbook,
  options: ReplayOptions = {},
): readonly Replayed[] {
  const models = new Map([
    ['', createModel(EMPTY_PLAYBOOK)],
    [playbook.version, createModel(playbook)],
  ]);
  const own = sortFacts(
    facts.filter(({ type, subjects }) => type !== 'published' && subjects.includes(account)),
  );
  const first = options.from ?? own[0]?.occurredAt ?? 0;
  const published: Fact = {
    id: `published/${playbook.version}`,
    type: 'published',
    subjects: [account],
    about: [],
    occurredAt: first,
    learnedAt: first,
    grade: 'observed',
    data: { version: playbook.version },
  };
  const history = own.filter(({ occurredAt }) => occurredAt < first);
  const later = own.filter(({ occurredAt }) => occurredAt >= first);
  const until = options.until ?? own[own.length - 1]?.occurredAt ?? first;
  const found = new Map<string, Replayed>();
  let subject = createSubject(account);
  for (const batch of [[...history, published], ...later.map((fact) => [fact]), []]) {
    const last = batch[batch.length - 1];
    subject = advance(subject, {
      facts: batch,
      now: last?.occurredAt ?? until,
      model: (version) => models.get(version) ?? createModel(EMPTY_PLAYBOOK),
    });
    for (const { key, play, record, begin, end, ended, trueSinceBefore } of Object.values(
      subject.openings,
    )) {
      found.set(key, defined({ play, account, record, begin, end, ended, trueSinceBefore }));
    }
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
