import { studentQuantile } from '../core/quantiles.js';
import type { Comparison } from './compare.js';

/** How far amounts lie apart in the middle of all pairs of comparable rows, one with a pattern and one without it. */
export interface MiddleDifference {
  readonly difference: number;
  /** 95 %, a seller being one observation; absent: sellers are too few, or their pairs too uneven. */
  readonly interval?: readonly [number, number];
}

/** Of more rows an even part is taken. */
const MOST_ROWS = 20_000;

/**
 * By how much an amount is higher with a pattern than without it, in the middle of all pairs of comparable rows (Hodges &
 * Lehmann 1963, over strata): a few very large values do not move it. The interval is of all shifts that, taken off the
 * rows with the pattern, leave no more pairs above 0 than below it than chance does: each seller has the pairs above less
 * those below (the Mann-Whitney count), and Student's t of these counts is no farther out than 95 % of it are. Counts
 * depend on the order of the rows alone, and t of a count a seller keeps its level though sellers differ in how many and how
 * spread theirs are (Ibragimov & Müller 2010). Undefined: no row is comparable with one that differs.
 *
 * @param has 1 for a row that has the pattern
 */
export function middleDifference(
  has: ArrayLike<number>,
  comparison: Pick<Comparison, 'outcome' | 'strata' | 'sellers'>,
): MiddleDifference | undefined {
  const strata = partsOf(has, comparison);
  if (strata.length === 0) return undefined;
  const least = Math.min(...strata.map(({ having, lacking }) => spanOf(having, lacking)[0]));
  const most = Math.max(...strata.map(({ having, lacking }) => spanOf(having, lacking)[1]));
  const ends = [2 * least - most - 1, 2 * most - least + 1] as const;
  const above = (shift: number): number =>
    strata.reduce((sum, { having, lacking }) => sum + countPairs(having, lacking, shift), 0);
  const difference =
    (findEnd((shift) => above(shift) > 0, ends) + findEnd((shift) => above(shift) >= 0, ends)) / 2;
  const sellers = [
    new Set(strata.flatMap(({ having }) => having.map(({ seller }) => seller))),
    new Set(strata.flatMap(({ lacking }) => lacking.map(({ seller }) => seller))),
  ];
  const degrees = Math.min(...sellers.map(({ size }) => size)) - 1;
  if (degrees < 1) return { difference };
  const bound = studentQuantile(0.975, degrees);
  const t = (shift: number): number => studentOf(above(shift), scoresAt(strata, shift));
  if (!(t(ends[0]) > bound && t(ends[1]) < -bound)) return { difference };
  return {
    difference,
    interval: [
      findEnd((shift) => t(shift) > bound, [ends[0], difference]),
      findEnd((shift) => t(shift) >= -bound, [difference, ends[1]]),
    ],
  };
}

interface Row {
  readonly value: number;
  readonly seller: number;
}

interface Part {
  /** In order of their values. */
  readonly having: readonly Row[];
  readonly lacking: readonly Row[];
}

/** A stratum with rows of both kinds, and in it the rows of each seller who has both. */
interface Stratum extends Part {
  readonly own: readonly Part[];
}

function partsOf(
  has: ArrayLike<number>,
  { outcome, strata, sellers }: Pick<Comparison, 'outcome' | 'strata' | 'sellers'>,
): readonly Stratum[] {
  const step = Math.ceil(outcome.length / MOST_ROWS);
  const rows = Array.from({ length: Math.ceil(outcome.length / step) }, (_, i) => i * step).sort(
    (one, other) => (outcome[one] as number) - (outcome[other] as number),
  );
  const split = (of: readonly number[]): Part => {
    const toRow = (row: number): Row => ({
      value: outcome[row] as number,
      seller: sellers[row] as number,
    });
    return {
      having: of.filter((row) => has[row] === 1).map(toRow),
      lacking: of.filter((row) => has[row] !== 1).map(toRow),
    };
  };
  const hasBoth = ({ having, lacking }: Part): boolean => having.length * lacking.length > 0;
  return groupBy(rows, (row) => strata[row] as number).flatMap((of) => {
    const part = split(of);
    if (!hasBoth(part)) return [];
    const own = groupBy(of, (row) => sellers[row] as number).map(split);
    return [{ ...part, own: own.filter(hasBoth) }];
  });
}

function groupBy(rows: readonly number[], keyOf: (row: number) => number): readonly number[][] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const own = groups.get(keyOf(row));
    if (own) own.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}

/** The least and the largest difference of a pair. */
function spanOf(having: readonly Row[], lacking: readonly Row[]): readonly [number, number] {
  const [first, last] = [having[0] as Row, having.at(-1) as Row];
  return [first.value - (lacking.at(-1) as Row).value, last.value - (lacking[0] as Row).value];
}

/** Pairs that differ by more than the shift, less those that differ by less; told to `tell` for each row of `rows`. */
function countPairs(
  rows: readonly Row[],
  others: readonly Row[],
  shift: number,
  tell?: (seller: number, count: number) => void,
): number {
  let [below, notAbove, sum] = [0, 0, 0];
  for (const { value, seller } of rows) {
    while (below < others.length && (others[below] as Row).value < value - shift) below++;
    while (notAbove < others.length && (others[notAbove] as Row).value <= value - shift) notAbove++;
    const count = below - (others.length - notAbove);
    tell?.(seller, count);
    sum += count;
  }
  return sum;
}

/** Of each seller the pairs in which one of its rows is, each once: those above the shift less those below. */
function scoresAt(strata: readonly Stratum[], shift: number): ReadonlyMap<number, number> {
  const scores = new Map<number, number>();
  const add = (seller: number, count: number): void => {
    scores.set(seller, (scores.get(seller) ?? 0) + count);
  };
  for (const { having, lacking, own } of strata) {
    countPairs(having, lacking, shift, add);
    countPairs(lacking, having, -shift, (seller, count) => add(seller, -count));
    // Both ends of such a pair are of the same seller.
    for (const pairs of own)
      countPairs(pairs.having, pairs.lacking, shift, (seller, count) => add(seller, -count));
  }
  return scores;
}

/** How far out a sum of pairs is, in its standard errors by sellers. */
function studentOf(sum: number, scores: ReadonlyMap<number, number>): number {
  const count = scores.size;
  let [total, squares] = [0, 0];
  for (const score of scores.values()) {
    total += score;
    squares += score * score;
  }
  const spread = ((squares - total ** 2 / count) * count) / (count - 1);
  return sum === 0 ? 0 : sum / Math.sqrt(Math.max(0, spread));
}

/** Up to where it holds: it does at the low end, and no more at the high one. */
function findEnd(
  holds: (shift: number) => boolean,
  [low, high]: readonly [number, number],
): number {
  let [from, to] = [low, high];
  for (;;) {
    const middle = (from + to) / 2;
    if (middle <= from || middle >= to || to - from < 1e-12 * (high - low)) return middle;
    if (holds(middle)) from = middle;
    else to = middle;
  }
}
