import { push } from '../core/push.js';
import type { DayLimit, Row } from './day-model.js';

/** The places of the items that have the same key; items without one are left out. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item, place: number) => Key | undefined,
): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  items.forEach((item, place) => {
    const key = keyOf(item, place);
    if (key !== undefined) push(groups, key, place);
  });
  return groups;
}

/** A row of which at most so much is used; none where its columns cannot reach that all together. */
export function mostRow(
  limit: DayLimit,
  bound: number,
  columns: readonly number[],
  use: (column: number) => number,
): readonly Row[] {
  const uses = columns.map(use);
  return uses.reduce((sum, one) => sum + one, 0) > bound + 1e-9
    ? [{ limit, bound, columns, uses }]
    : [];
}
