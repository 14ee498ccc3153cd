import { studentQuantile } from '../core/quantiles.js';
import { createRandom } from '../core/random.js';
import { type Comparison, compare, prepareComparison } from './compare.js';
import { middleDifference } from './middle-difference.js';
import { findStrata } from './strata.js';
import type { Table } from './table.js';

/** An amount of the deals of some sellers against that of the others, on comparable work. */
export interface StarDifference {
  /** Sellers with a row. */
  readonly stars: number;
  readonly others: number;
  readonly starRows: number;
  readonly rows: number;
  /** Of the averages; NaN: no work is comparable. */
  readonly difference: number;
  /** 95 %, a seller being one observation. */
  readonly interval: readonly [number, number];
  readonly unadjusted: number;
  /** In the middle of all pairs of comparable rows, and its 95 % interval where there is one. */
  readonly middle?: number;
  readonly middleInterval?: readonly [number, number];
  /** Two-sided: of how many ways to call as many sellers stars the difference is as large. */
  readonly p: number;
  readonly confirmed: boolean;
  /** What this much data would have shown nine times in ten. */
  readonly smallestEffect?: number;
}

export interface CompareStarsOptions {
  /** Columns that make work comparable. */
  readonly adjustFor: readonly string[];
  readonly seed: string | number;
  /** Default 0.05. */
  readonly alpha?: number;
}

const PERMUTATIONS = 4_000;
/** So many of them are as far out by chance at the level. */
const PERMUTATIONS_OUT = 20;

/**
 * Whether stars have more or less of an amount than the others. It is one test and no search, so nothing is held out.
 * Who is a star is dealt anew among the sellers (permutation of whole sellers: a seller is one observation); the interval
 * leaves out one seller at a time, with Student's t over the smaller of the two groups. Undefined: sellers are not told, or
 * of one of the groups there is none.
 */
export function compareStars(
  { columns, outcome, sellers }: Table,
  stars: readonly string[],
  { adjustFor, seed, alpha = 0.05 }: CompareStarsOptions,
): StarDifference | undefined {
  if (!sellers) return undefined;
  const isStar = new Set(stars);
  const numbers = new Map<string, number>();
  for (let row = 0; row < outcome.length; row++) {
    const seller = sellers[row] as string;
    if (!numbers.has(seller)) numbers.set(seller, numbers.size);
  }
  const labels = Uint8Array.from(numbers.keys(), (seller) => Number(isStar.has(seller)));
  const count = labels.reduce((sum, one) => sum + one, 0);
  if (count === 0 || count === labels.length) return undefined;
  const strata = findStrata(
    columns.filter(({ id }) => adjustFor.includes(id)),
    outcome.length,
  );
  const comparison = prepareComparison({
    outcome: Float64Array.from(outcome),
    strata,
    sellers: Int32Array.from(sellers, (seller) => numbers.get(seller) as number),
    differenceOf: 'outcome',
  });
  const has = Uint8Array.from(comparison.sellers, (seller) => labels[seller] as number);
  const effect = compare(has, comparison);
  const middle = middleDifference(has, comparison);
  const degrees = Math.min(count, labels.length - count) - 1;
  const quantile = (share: number): number =>
    degrees > 0 ? studentQuantile(share, degrees) : Number.NaN;
  const reach = quantile(0.975) * effect.standardError;
  const interval = [effect.difference - reach, effect.difference + reach] as const;
  const p = permute(comparison, labels, {
    rounds: Math.max(PERMUTATIONS, Math.ceil(PERMUTATIONS_OUT / alpha)),
    random: createRandom(seed),
  });
  const smallest = (quantile(1 - alpha / 2) + quantile(0.9)) * effect.standardError;
  return {
    stars: count,
    others: labels.length - count,
    starRows: effect.rows,
    rows: outcome.length,
    difference: effect.difference,
    interval,
    unadjusted: effect.unadjusted,
    ...(middle && { middle: middle.difference }),
    ...(middle?.interval && { middleInterval: middle.interval }),
    p,
    confirmed: p <= alpha && (interval[0] > 0 || interval[1] < 0),
    ...(Number.isFinite(smallest) && { smallestEffect: smallest }),
  };
}

function permute(
  { cells }: Comparison,
  labels: Uint8Array,
  { rounds, random }: { readonly rounds: number; readonly random: () => number },
): number {
  const { seller, stratum, rows, outcome, strataCount } = cells;
  const [n, s] = [new Float64Array(strataCount), new Float64Array(strataCount)];
  const add = (to: Float64Array, at: number, value: number): void => {
    to[at] = (to[at] as number) + value;
  };
  for (let cell = 0; cell < rows.length; cell++) {
    add(n, stratum[cell] as number, rows[cell] as number);
    add(s, stratum[cell] as number, outcome[cell] as number);
  }
  const [x, sx] = [new Float64Array(strataCount), new Float64Array(strataCount)];
  /** The Mantel-Haenszel difference, as in compare.ts, of patterns that whole sellers have. */
  const differenceOf = (of: Uint8Array): number => {
    x.fill(0);
    sx.fill(0);
    for (let cell = 0; cell < rows.length; cell++)
      if (of[seller[cell] as number] === 1) {
        add(x, stratum[cell] as number, rows[cell] as number);
        add(sx, stratum[cell] as number, outcome[cell] as number);
      }
    let [above, below] = [0, 0];
    for (let k = 0; k < strataCount; k++) {
      const [all, having] = [n[k] as number, x[k] as number];
      above += (sx[k] as number) - (having * (s[k] as number)) / all;
      below += (having * (all - having)) / all;
    }
    return below > 0 ? above / below : 0;
  };
  const observed = Math.abs(differenceOf(labels)) - 1e-9;
  const dealt = Uint8Array.from(labels);
  let asFar = 1;
  for (let round = 0; round < rounds; round++) {
    for (let i = dealt.length - 1; i > 0; i--) {
      const other = Math.floor(random() * (i + 1));
      const kept = dealt[i] as number;
      dealt[i] = dealt[other] as number;
      dealt[other] = kept;
    }
    if (Math.abs(differenceOf(dealt)) >= observed) asFar++;
  }
  return asFar / (rounds + 1);
}
