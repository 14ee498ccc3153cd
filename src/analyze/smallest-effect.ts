import { studentQuantile } from '../core/quantiles.js';
import type { Sliced } from '../core/run-sliced.js';
import { compare, countScores } from './compare.js';
import { type Item, makeItems } from './make-items.js';
import { rowsThatMeet } from './meets.js';
import { type ComparedRows, WORTH_TESTING } from './nominate.js';

export interface NoDriver {
  /**
   * The smallest effect that so much data would have shown nine times in ten; absent: none of whatever size, there are
   * too few sellers or no pattern that is frequent enough.
   */
  readonly smallestEffect?: number;
}

/** How probable it is to pass one of the two halves, so that it passes both nine times in ten. */
const POWER = 0.95;
/** On either side of an interval of 95 %. */
const INTERVAL = 0.025;
/** Patterns that are tried to learn how far chance alone goes. */
const TRIED = 40;

/**
 * The smallest difference that these rows would have confirmed nine times in ten, of a pattern that a fifth to four
 * fifths of them have: (t of the hardest bar + t of the power) standard errors (Bloom, "Minimum detectable effects", 1995),
 * the median error over such patterns.
 */
export function* smallestEffect(
  { columns, rows, comparison }: ComparedRows,
  { alpha, tests }: { readonly alpha: number; readonly tests: number },
): Sliced<NoDriver> {
  const items: Item[] = [];
  for (const column of columns.values()) {
    items.push(...makeItems(column, { order: rows, minRows: rows.length / 5 }));
    yield (0.5 * items.length) / (items.length + columns.size);
  }
  const step = Math.max(1, Math.ceil(items.length / TRIED));
  const errors: number[] = [];
  let sellers = 0;
  for (let i = 0; i < items.length; i += step) {
    const test = items[i]?.test;
    if (test === undefined) continue;
    const effect = compare(rowsThatMeet([test], columns, rows), comparison);
    if (Number.isNaN(effect.standardError)) continue;
    errors.push(effect.standardError);
    yield 0.5 + i / items.length / 2;
    sellers = Math.max(sellers, countScores(effect.scores));
  }
  const level = alpha / Math.max(1, tests);
  if (errors.length === 0 || 2 ** -sellers > level) return {};
  errors.sort((one, other) => one - other);
  const error = errors[errors.length >> 1] as number;
  const degrees = sellers - 1;
  const bars = [level, INTERVAL, WORTH_TESTING].map((chance) =>
    studentQuantile(1 - chance, degrees),
  );
  const reach = Math.max(...bars) + studentQuantile(POWER, degrees);
  return { smallestEffect: reach * error };
}
