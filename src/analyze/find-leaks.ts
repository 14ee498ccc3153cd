import { type Bitmap, countShared, createBitmap, setRow } from '../core/bitmap.js';
import { isMissing } from '../core/condition.js';
import type { Sliced } from '../core/run-sliced.js';
import { makeItems } from './make-items.js';
import { rankCorrelation, ranksOf } from './rank-correlation.js';
import type { Column, Table } from './table.js';

/** A column that would tell the outcome because it came from it. */
export interface Leak {
  readonly column: string;
  readonly because: /** More than half of its values came to be known only after the decision. */
    | 'known-after-the-decision'
    /** Its values divide the rows as the outcome does. */
    | 'repeats-the-outcome'
    /** It is filled in with one outcome and hardly ever with the other. */
    | 'filled-by-outcome';
  /** Of its values, the share that came late, or of the rows, the share that it tells. */
  readonly share: number;
}

/** A column agrees with the outcome as a copy of it would (Cohen's kappa, or the rank correlation of amounts). */
const SAME = 0.95;
const LATE = 0.5;
/** Four bands of equal size tell 0.94 of the order of an amount. */
const BANDS = 0.9;
/** Filled so often with one outcome, and so seldom with the other. */
const OFTEN = 0.8;
const SELDOM = 0.02;

/** Finds columns that were made by the outcome, in the order of the table. */
export function* findLeaks(table: Table): Sliced<readonly Leak[]> {
  const leaks: Leak[] = [];
  const won = findWon(table.outcome);
  for (const [i, column] of table.columns.entries()) {
    const leak = findLate(column, table) ?? findCopy(column, table.outcome, won);
    if (leak) leaks.push(leak);
    yield i / table.columns.length;
  }
  return leaks;
}

function findLate({ id, values, knownAt }: Column, { decidedAt }: Table): Leak | undefined {
  if (knownAt === undefined || decidedAt === undefined) return undefined;
  let [filled, late] = [0, 0];
  for (let row = 0; row < decidedAt.length; row++) {
    if (isMissing(values[row])) continue;
    filled++;
    if ((knownAt[row] as number) > (decidedAt[row] as number)) late++;
  }
  return filled > 0 && late / filled > LATE
    ? { column: id, because: 'known-after-the-decision', share: late / filled }
    : undefined;
}

/** Rows whose outcome is 1, of outcomes that are 1 or 0. */
interface Won {
  readonly rows: Bitmap;
  readonly count: number;
}

/** Undefined: the outcome is an amount. */
function findWon(outcome: Table['outcome']): Won | undefined {
  const rows = createBitmap(outcome.length);
  let count = 0;
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] === 0) continue;
    if (outcome[row] !== 1) return undefined;
    setRow(rows, row);
    count++;
  }
  return { rows, count };
}

function findCopy(
  column: Column,
  outcome: Table['outcome'],
  won: Won | undefined,
): Leak | undefined {
  const { id, values } = column;
  const rows = outcome.length;
  if (!won) {
    const isNumber = column.type === 'number';
    const share = isNumber
      ? Math.abs(correlationWith(values, outcome))
      : sharedByGroups(column, outcome);
    return share >= (isNumber ? 0.99 : BANDS)
      ? { column: id, because: 'repeats-the-outcome', share }
      : undefined;
  }
  const positives = won.count;
  if (positives < 10 || rows - positives < 10) return undefined;
  let [filledHits, filledMisses] = [0, 0];
  for (let row = 0; row < rows; row++)
    if (!isMissing(values[row])) outcome[row] === 1 ? filledHits++ : filledMisses++;
  const shares = [filledHits / positives, filledMisses / (rows - positives)].sort((a, b) => a - b);
  const [low, high] = shares as [number, number];
  if (low <= SELDOM && high >= OFTEN)
    return { column: id, because: 'filled-by-outcome', share: high };

  // Each state of the column tells the outcome that is more frequent in it; rare values would tell it by chance.
  let right = 0;
  let told = 0;
  for (const { rows: bitmap, count } of makeItems(column, { minRows: Math.max(5, rows / 200) })) {
    const hits = countShared(bitmap, won.rows);
    if (Math.max(hits, count - hits) / count < 0.5 + SAME / 2) continue;
    told += count;
    right += Math.max(hits, count - hits);
    if (told > 1.01 * rows) return undefined;
  }
  const rate = positives / rows;
  const chance = Math.max(rate, 1 - rate);
  const accuracy = right / rows;
  const kappa = (accuracy - chance) / (1 - chance);
  return kappa >= SAME
    ? { column: id, because: 'repeats-the-outcome', share: accuracy }
    : undefined;
}

/** Over rows where the value is known. */
function correlationWith(values: Column['values'], outcome: ArrayLike<number>): number {
  const rows = Array.from(outcome, (_, row) => row).filter(
    (row) => typeof values[row] === 'number',
  );
  if (rows.length < 10) return 0;
  return rankCorrelation(
    rows.map((row) => values[row] as number),
    rows.map((row) => outcome[row] as number),
  );
}

/** Of how the ranks of an amount vary, the share that the values of a column tell; rare values would tell it by chance. */
function sharedByGroups(column: Column, outcome: ArrayLike<number>): number {
  const rows = outcome.length;
  const rank = ranksOf(Array.from(outcome));
  const groups = new Map<unknown, { count: number; sum: number }>();
  for (let row = 0; row < rows; row++) {
    const value = column.values[row];
    if (isMissing(value) || typeof value === 'object') continue;
    const group = groups.get(value) ?? { count: 0, sum: 0 };
    groups.set(value, group);
    group.count++;
    group.sum += rank[row] as number;
  }
  const middle = (rows - 1) / 2;
  const all = rank.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  let told = 0;
  for (const { count, sum } of groups.values())
    if (count >= Math.max(5, rows / 200)) told += count * (sum / count - middle) ** 2;
  return all > 0 ? told / all : 0;
}
