import { push } from '../core/push.js';
import type { Column, DayLimit, Row } from './day-model.js';
import type { DayCandidate } from './day-problem.js';
import { mostRow } from './group-rows.js';

/**
 * Columns that exclude each other: the rooms of one candidate, and of those that are alike. Two that are owed go beside
 * each other, and leave no place for others like them.
 */
export function blocksOf(
  columns: readonly Column[],
  candidates: readonly DayCandidate[],
): { readonly blocks: Int32Array; readonly rows: readonly Row[] } {
  const owed = new Map<string, number>();
  for (const one of candidates)
    if (one.owed && one.alike !== undefined) owed.set(one.alike, (owed.get(one.alike) ?? 0) + 1);
  const numbers = new Map<string, number>();
  const rows: Row[] = [];
  const members = new Map<string, number[]>();
  const blocks = Int32Array.from(columns, ({ candidate }, column) => {
    const { id = '', alike } = candidates[candidate] ?? {};
    const isShared = alike !== undefined && (owed.get(alike) ?? 0) <= 1;
    const key = isShared ? `alike|${alike}` : `once|${id}`;
    push(members, key, column);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  for (const [key, own] of members) {
    const name = key.slice(key.indexOf('|') + 1);
    const limit: DayLimit = key.startsWith('alike|')
      ? { kind: 'alike', alike: name }
      : { kind: 'once', candidate: name };
    rows.push(...mostRow(limit, 1, own, () => 1));
  }
  for (const [alike, count] of owed) {
    if (count <= 1) continue;
    const others = columns.flatMap(({ candidate }, column) =>
      candidates[candidate]?.alike === alike && !candidates[candidate]?.owed ? [column] : [],
    );
    rows.push(...mostRow({ kind: 'alike', alike }, 0, others, () => 1));
  }
  return { blocks, rows };
}
