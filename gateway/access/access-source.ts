import type { RecordId, SubjectKey } from 'opportune';

/**
 * Whoever knows what a rep may see: a CRM that is asked as this rep, or rules of an admin. That nobody could answer is
 * told apart from "no", for the panel says so and since when.
 */
export interface AccessSource {
  /** Which of these records of its connection the rep may see. Hidden ones and ones that are not there are both absent. */
  findVisible(
    asker: RecordId,
    records: readonly RecordId[],
  ): Promise<Answer<ReadonlySet<RecordId>> & MadeOf>;
  /** Which attributes the rep may not see. */
  findHidden(asker: RecordId): Promise<Answer<ReadonlySet<string>>>;
  /** Every attribute that it may hide: what is hidden while nobody can answer. */
  readonly attributes: ReadonlySet<string>;
  /** Most records in one question. */
  readonly most: number;
}

/**
 * `refused`: it answers, and will not for this rep. `unavailable`: it does not answer now; not to be asked again before
 * `retryAfterMs` have passed, where it says so.
 */
export type Answer<T> =
  | { readonly status: 'known'; readonly value: T }
  | { readonly status: 'refused' }
  | { readonly status: 'unavailable'; readonly retryAfterMs?: number };

/** What an answer about each record was made of: it holds until one of these changes. Absent: nobody tells of a change. */
export interface MadeOf {
  readonly madeOf?: ReadonlyMap<RecordId, readonly SubjectKey[]>;
}

/** The connection that a record id begins with. */
export function connectionOf(record: RecordId): string {
  return record.slice(0, record.indexOf(':'));
}

/** What follows `connection:type:`. */
export function bareId(record: RecordId): string {
  return record.split(':').slice(2).join(':');
}
