import { studentQuantile } from '../core/quantiles.js';
import { type Sliced, within } from '../core/run-sliced.js';
import type { Test } from '../domain/condition.js';
import {
  type Comparison,
  clusterScore,
  countScores,
  differ,
  restrict,
  takeAway,
} from './compare.js';
import { type Item, makeItems } from './make-items.js';
import { rowsThatMeet } from './meets.js';
import { searchSubgroups } from './search-subgroups.js';
import type { Column } from './table.js';
import { numericTarget } from './target.js';

/** A pattern that one part of the rows suggests, for the other part to confirm. */
export interface Candidate {
  readonly tests: readonly Test[];
  /** 1: the outcome is higher with it. */
  readonly direction: 1 | -1;
  /** It stands in for the candidate after it, which is the same with further conditions, should those not be confirmed. */
  readonly isFallback?: true;
}

export interface NominateOptions {
  readonly depth: number;
  readonly most: number;
  readonly minRows: number;
  /** Sellers who have the pattern, and sellers who lack it somewhere, at least. */
  readonly minSellers: number;
}

/** A pattern that is as far from 0 by chance alone with a higher probability is not worth to be tested. */
export const WORTH_TESTING = 0.01;
/** From so many standard errors on a pattern crowds others out of the best that a search tells: it is made again without it. */
const CROWDS = 4;
/** How probable it may be that any condition improves on a pattern by chance, of all that could be added to it. */
const CHANCE_CONDITION = 0.05;
/** Of each direction, the best of a search that are looked at seller by seller. */
const BEST = 60;
/** What is no more than this better is the same, seen from the other side: not to do it makes the outcome lower. */
const ALIKE = 1 + 1e-9;
/** Rows looked at in a slice: some milliseconds. */
const SLICE_ROWS = 100_000;

/** Rows of a table with what is compared over them. */
export interface ComparedRows {
  readonly columns: ReadonlyMap<string, Column>;
  /** The rows of the table that the comparison is about, in its order. */
  readonly rows: Uint32Array;
  readonly comparison: Comparison;
}

/**
 * The patterns that stand out, the strongest first. One is taken at a time, and the difference that it makes is taken
 * away before the next is chosen: what only goes along with it no longer stands out then.
 */
export function* nominate(
  { columns, rows, comparison }: ComparedRows,
  options: NominateOptions,
): Sliced<readonly Candidate[]> {
  const nominated: Candidate[] = [];
  const seen = new Set<string>();
  let left = comparison;
  let pool: readonly Candidate[] | undefined;
  while (nominated.length < options.most) {
    const explored = { columns, rows, comparison: left };
    // The first search is the longest.
    const share = nominated.length === 0 ? 0 : 0.5 + nominated.length / options.most / 2;
    pool ??= yield* within(findPool(explored, options), share, Math.max(share, 0.5));
    const best = yield* within(chooseBest(pool, explored, options, seen), share, share);
    if (best === undefined) break;
    seen.add(attributesOf(best.tests));
    if (best.tests.length > 1) nominated.push(...fallbackOf(best, explored, options));
    nominated.push(best);
    left = takeAway(left, rowsThatMeet(best.tests, columns, rows));
    if (best.score >= CROWDS) pool = undefined;
  }
  return nominated;
}

/** The strongest of its conditions alone: chance may have added the others. */
function fallbackOf(
  { tests, direction }: Candidate,
  explored: ComparedRows,
  options: NominateOptions,
): readonly Candidate[] {
  const scores = tests.map((test) => scoreOf([test], direction, explored, options));
  const most = Math.max(...scores);
  const test = tests[scores.indexOf(most)];
  return most > 0 && test ? [{ tests: [test], direction, isFallback: true }] : [];
}

/** Another pattern of the same attributes says much the same again, or the opposite. */
function attributesOf(tests: readonly Test[]): string {
  return JSON.stringify(tests.map(({ attribute }) => attribute).sort());
}

/** Every single test, and the best conjunctions of each direction. */
function* findPool(
  { columns, rows, comparison }: ComparedRows,
  options: NominateOptions,
): Sliced<readonly Candidate[]> {
  const pool: Candidate[] = [];
  for (const direction of [1, -1] as const) {
    const target = numericTarget(residuals(comparison, direction), options);
    const order = target.order.map((place) => rows[place] as number);
    const items: Item[] = [];
    for (const column of columns.values()) {
      items.push(...makeItems(column, { ...options, order }));
      yield 0;
    }
    const found = yield* searchSubgroups(items, target, { ...options, most: BEST });
    const conjunctions = found.map((one) => one.items).filter((set) => set.length > 1);
    for (const set of [...items.map((_, item) => [item]), ...conjunctions])
      pool.push({ tests: set.map((item) => (items[item] as Item).test), direction });
  }
  return pool;
}

function* chooseBest(
  pool: readonly Candidate[],
  explored: ComparedRows,
  options: NominateOptions,
  seen: ReadonlySet<string>,
): Sliced<(Candidate & { readonly score: number }) | undefined> {
  let best: (Candidate & { readonly score: number }) | undefined;
  let looked = 0;
  const singles = pool.filter(({ tests }) => tests.length === 1).length / 2;
  for (const { tests: all, direction } of pool) {
    looked += explored.rows.length * all.length;
    if (looked > SLICE_ROWS) {
      looked = 0;
      yield 0;
    }
    const least = (best?.score ?? 0) * ALIKE;
    if (scoreOf(all, direction, explored, options) <= least) continue;
    const tests = productive(all, direction, explored, CHANCE_CONDITION / singles);
    const score = scoreOf(tests, direction, explored, options);
    if (score > least && !seen.has(attributesOf(tests))) best = { tests, direction, score };
  }
  return best;
}

/** What of the outcome the work does not explain: above the mean of comparable rows. */
function residuals({ outcome, strata }: Comparison, direction: 1 | -1): Float64Array {
  const sums = new Map<number, { rows: number; sum: number }>();
  for (let row = 0; row < outcome.length; row++) {
    const stratum = sums.get(strata[row] as number) ?? { rows: 0, sum: 0 };
    stratum.rows++;
    stratum.sum += outcome[row] as number;
    sums.set(strata[row] as number, stratum);
  }
  return outcome.map((one, row) => {
    const { rows, sum } = sums.get(strata[row] as number) as { rows: number; sum: number };
    return direction * (one - sum / rows);
  });
}

/** 0 for what is not worth to be tested. */
function scoreOf(
  tests: readonly Test[],
  direction: 1 | -1,
  { columns, rows, comparison }: ComparedRows,
  { minSellers }: NominateOptions,
): number {
  const { sellers, scores } = differ(rowsThatMeet(tests, columns, rows), comparison);
  if (sellers < minSellers || countScores(scores) < minSellers) return 0;
  const score = direction * clusterScore(scores);
  return score >= bar(scores, WORTH_TESTING) ? score : 0;
}

const bars = new Map<string, number>();

/** What a score of so many sellers passes by chance alone with this probability. */
function bar(scores: Float64Array, chance: number): number {
  const degrees = Math.max(1, countScores(scores) - 1);
  const key = `${degrees} ${chance}`;
  const known = bars.get(key) ?? studentQuantile(1 - chance, degrees);
  bars.set(key, known);
  return known;
}

/** Without the conditions that add nothing among the rows that meet the others (Webb, "Discovering significant patterns", 2007). */
function productive(
  tests: readonly Test[],
  direction: 1 | -1,
  explored: ComparedRows,
  chance: number,
): readonly Test[] {
  if (tests.length < 2) return tests;
  const gains = conditionScores(tests, explored).map(
    (scores) => direction * clusterScore(scores) - bar(scores, chance),
  );
  const least = Math.min(...gains);
  if (least >= 0) return tests;
  return productive(tests.toSpliced(gains.indexOf(least), 1), direction, explored, chance);
}

/** For each condition, the scores of the sellers for having it, among the rows that meet the others. */
export function conditionScores(
  tests: readonly Test[],
  { columns, rows, comparison }: ComparedRows,
): readonly Float64Array[] {
  return tests.map((test, place) => {
    const others = rowsThatMeet(tests.toSpliced(place, 1), columns, rows);
    const has = rowsThatMeet([test], columns, rows).filter((_, row) => others[row] === 1);
    return differ(has, restrict(comparison, others)).scores;
  });
}
