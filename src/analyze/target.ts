import { type Bitmap, countShared, countWord } from '../core/bitmap.js';

/** How a set of rows stands out from all. */
export interface Standing {
  readonly count: number;
  /** Sum of the target over the rows. */
  readonly sum: number;
  /** (share of the rows)^a times (their mean of the target less the mean of all). */
  readonly quality: number;
  /** No part of these rows, of those that are large enough, has a higher quality. */
  readonly bound: number;
}

/** What subgroups are searched for. Its rows may stand in another order than those of the table. */
export interface Target {
  readonly rows: number;
  /** Bit i of every item's rows stands for this row of the table. */
  readonly order: Uint32Array;
  /** Of the rows that two sets share. */
  measure(one: Bitmap, other: Bitmap): Standing;
}

export interface TargetOptions {
  /** The a of q_a, above 0 and at most 1: 1 favours large groups (WRAcc), near 0 high means. Default 0.5. */
  readonly a?: number;
  /** The fewest rows of a subgroup. Default 1. */
  readonly minRows?: number;
}

/**
 * Rows that are positive, or not: q_a = (n/N)^a (p - p0), Klösgen 1996. No part of a group is better than its positive
 * rows alone (Grosskreutz, Rüping, Wrobel, "Tight optimistic estimates for fast subgroup discovery", 2008). Positive
 * rows come first, so that they are counted in the same pass as all.
 */
export function binaryTarget(positive: ArrayLike<number>, options: TargetOptions = {}): Target {
  const { a = 0.5, minRows = 1 } = options;
  const rows = positive.length;
  const order = descending(positive);
  let hits = 0;
  for (let row = 0; row < rows; row++) hits += positive[row] as number;
  const rate = hits / rows;
  const words = hits >>> 5;
  const last = 2 ** (hits & 31) - 1;
  return {
    rows,
    order,
    measure(one, other) {
      const split = (one[words] ?? 0) & (other[words] ?? 0);
      const sum = countShared(one, other, 0, words) + countWord(split & last);
      const count = sum + countWord(split & ~last) + countShared(one, other, words + 1);
      const quality = count === 0 ? 0 : (count / rows) ** a * (sum / count - rate);
      const best = Math.max(sum, minRows);
      const bound = count < minRows ? 0 : (best / rows) ** a * (sum / best - rate);
      return { count, sum, quality, bound };
    },
  };
}

/** Rows by their value, the highest first. */
function descending(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, row) => row).sort(
    (one, other) => (values[other] as number) - (values[one] as number) || one - other,
  );
}

/**
 * A number of each row: q_a = (n/N)^a (mean - mean of all). Rows are put in descending order of the target, so that
 * the best part of a group of each size is a beginning of it, and the bound is exact over all sizes (Lemmerich,
 * Atzmueller, Puppe, "Fast exhaustive subgroup discovery with numerical target concepts", 2016).
 */
export function numericTarget(values: ArrayLike<number>, options: TargetOptions = {}): Target {
  const { a = 0.5, minRows = 1 } = options;
  const rows = values.length;
  const order = descending(values);
  let total = 0;
  for (let row = 0; row < rows; row++) total += values[row] as number;
  const mean = total / rows;
  const above = Float64Array.from(order, (row) => (values[row] as number) - mean);
  /** What the sum above the mean of so many rows is to be multiplied by. */
  const scale = Float64Array.from({ length: rows + 1 }, (_, count) =>
    count === 0 ? 0 : (count / rows) ** a / count,
  );
  return {
    rows,
    order,
    measure(one, other) {
      let count = 0;
      let sum = 0;
      let bound = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < one.length; i++)
        for (let word = (one[i] as number) & (other[i] as number); word !== 0; word &= word - 1) {
          sum += above[(i << 5) + 31 - Math.clz32(word & -word)] as number;
          count++;
          const quality = sum * (scale[count] as number);
          if (quality > bound && count >= minRows) bound = quality;
        }
      const quality = sum * (scale[count] as number);
      return { count, sum: sum + count * mean, quality, bound };
    },
  };
}
