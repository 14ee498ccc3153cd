import type { SubjectKey } from 'opportune';
import { kindOf } from '../src/domain/value.js';

/** Whatever account changes: one of them may be that of a record of which no account is known. */
export const ANY: SubjectKey = '*';

/** What changed, and that some account did. */
export const withAny = (keys: readonly SubjectKey[]): readonly SubjectKey[] =>
  keys.some((key) => kindOf(key) === 'account') ? [...keys, ANY] : keys;

/** Which subjects changed after something was made of them. Each time that changes are told of is a turn. */
export interface Turns {
  /** To be noted before anything is read. */
  now(): number;
  /** These have been committed; without them, any may have been. */
  changed(keys?: readonly SubjectKey[]): void;
  /** What was read of these in that turn still holds. */
  hold(keys: readonly SubjectKey[], turn: number): boolean;
}

/** Of more, nothing is known any more. */
const MOST_KEYS = 100_000;

export function createTurns(): Turns {
  const changedAt = new Map<SubjectKey, number>();
  let turn = 0;
  let allChangedAt = 0;
  return {
    now: () => turn,
    changed(keys) {
      turn++;
      for (const key of keys ?? []) changedAt.set(key, turn);
      if (keys && changedAt.size <= MOST_KEYS) return;
      allChangedAt = turn;
      changedAt.clear();
    },
    hold: (keys, since) =>
      since >= allChangedAt && keys.every((key) => (changedAt.get(key) ?? 0) <= since),
  };
}
