import { type Comparison, compare, countScores } from './compare.js';
import { makeItems } from './make-items.js';
import { rowsThatMeet } from './meets.js';
import { studentQuantile } from './quantiles.js';
import type { Column } from './table.js';

/** How probable it is that an effect of the size named is confirmed, had it been there and been a candidate. */
const POWER = 0.9;
/** Patterns that are tried to learn how far chance alone goes. */
const TRIED = 40;

/**
 * The smallest difference that these rows would have confirmed nine times in ten, of a pattern that a fifth to four
 * fifths of them have: (t of the level + t of the power) standard errors (Bloom, "Minimum detectable effects", 1995),
 * the median error over such patterns. Undefined: none of whatever size, there are too few sellers or such patterns.
 */
export function smallestEffect(
  columns: ReadonlyMap<string, Column>,
  rows: Uint32Array,
  comparison: Comparison,
  { alpha, tests }: { readonly alpha: number; readonly tests: number },
): number | undefined {
  const items = [...columns.values()]
    .flatMap((column) => makeItems(column, { order: rows }))
    .filter(({ count }) => count >= rows.length / 5 && count <= (rows.length * 4) / 5);
  const step = Math.max(1, Math.ceil(items.length / TRIED));
  const errors: number[] = [];
  let sellers = 0;
  for (let i = 0; i < items.length; i += step) {
    const test = items[i]?.test;
    if (test === undefined) continue;
    const effect = compare(rowsThatMeet([test], columns, rows), comparison);
    if (Number.isNaN(effect.standardError)) continue;
    errors.push(effect.standardError);
    sellers = Math.max(sellers, countScores(effect.scores));
  }
  const level = alpha / Math.max(1, tests);
  if (errors.length === 0 || 2 ** -sellers > level) return undefined;
  errors.sort((one, other) => one - other);
  const error = errors[errors.length >> 1] as number;
  return (studentQuantile(1 - level, sellers - 1) + studentQuantile(POWER, sellers - 1)) * error;
}
