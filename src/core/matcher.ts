import type { Condition, Situated } from '../domain/condition.js';
import { judge } from './condition.js';

/** A condition under a name of its own. */
export interface Entry {
  readonly id: string;
  readonly when: Condition;
}

/** What a loop over the entries answers, fast enough for a hundred of them; `matcher/create-matcher.ts` is for the rest. */
export interface Matcher {
  /** Ids of the entries that are true of the record, in the order of entries. */
  match(record: Situated): string[];
}

export function createMatcher(entries: readonly Entry[], _attributes: readonly unknown[]): Matcher {
  return {
    match: (record) => entries.filter(({ when }) => judge(when, record)).map(({ id }) => id),
  };
}
