import { intersect } from '../core/bitmap.js';
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
}

export interface NominateOptions {
  readonly depth: number;
  readonly most: number;
  readonly minRows: number;
  /** Sellers who have the pattern, and sellers who lack it somewhere, at least. */
  readonly minSellers: number;
}

/** Standard errors over sellers from which on a pattern is worth to be tested. */
const WORTH_TESTING = 2;
/** By so many a condition must improve on the pattern without it: many more were tried than singles. */
const WORTH_A_CONDITION = 2.5;
/** What is no more than this better is the same, seen from the other side: not to do it makes the outcome lower. */
const ALIKE = 1 + 1e-9;
/** Of each direction, the best of a search that are looked at seller by seller. */
const BEST = 60;

/**
 * The patterns that stand out, the strongest first. One is taken at a time, and the difference that it makes is taken
 * away before the next is searched: what only goes along with it no longer stands out then.
 *
 * @param rows the rows of the table that the comparison is about, in its order
 */
export function* nominate(
  columns: ReadonlyMap<string, Column>,
  rows: Uint32Array,
  comparison: Comparison,
  options: NominateOptions,
): Sliced<readonly Candidate[]> {
  const nominated: Candidate[] = [];
  const seen = new Set<string>();
  let left = comparison;
  while (nominated.length < options.most) {
    const from = nominated.length / options.most;
    const search = findBest(columns, rows, left, options, (tests) => seen.has(attributesOf(tests)));
    const best = yield* within(search, from, from + 1 / options.most);
    if (best === undefined) break;
    seen.add(attributesOf(best.tests));
    nominated.push(best);
    left = takeAway(left, rowsThatMeet(best.tests, columns, rows));
  }
  return nominated;
}

/** Another pattern of the same attributes says much the same again, or the opposite. */
function attributesOf(tests: readonly Test[]): string {
  return JSON.stringify(tests.map(({ attribute }) => attribute).sort());
}

function* findBest(
  columns: ReadonlyMap<string, Column>,
  rows: Uint32Array,
  comparison: Comparison,
  options: NominateOptions,
  wasSeen: (tests: readonly Test[]) => boolean,
): Sliced<Candidate | undefined> {
  let best: (Candidate & { readonly score: number }) | undefined;
  for (const direction of [1, -1] as const) {
    const target = numericTarget(residuals(comparison, direction), options);
    const order = (target.order as Uint32Array).map((place) => rows[place] as number);
    const items = [...columns.values()].flatMap((column) =>
      makeItems(column, { ...options, order }),
    );
    const search = searchSubgroups(items, target, { ...options, most: BEST });
    const found = yield* within(search, direction === 1 ? 0 : 0.5, direction === 1 ? 0.5 : 1);
    const singles = items.map((_, item) => [item]);
    for (const set of [
      ...singles,
      ...found.map(({ items: of }) => of).filter((of) => of.length > 1),
    ]) {
      const score =
        direction * scoreOf(spread(set, items, target.order as Uint32Array), comparison, options);
      if (score < WORTH_TESTING || score <= (best?.score ?? 0) * ALIKE) continue;
      const tests = productive(
        set.map((item) => (items[item] as Item).test),
        direction,
        {
          columns,
          rows,
          comparison,
        },
      );
      if (!wasSeen(tests)) best = { tests, direction, score };
    }
  }
  return best && { tests: best.tests, direction: best.direction };
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

/** 1 for each row of a subgroup, in the order of the comparison. */
function spread(set: readonly number[], items: readonly Item[], order: Uint32Array): Uint8Array {
  const [first, ...others] = set;
  const rows = (items[first as number] as Item).rows.slice();
  for (const item of others) intersect(rows, (items[item] as Item).rows, rows);
  const has = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++)
    has[order[i] as number] = ((rows[i >>> 5] as number) >>> (i & 31)) & 1;
  return has;
}

function scoreOf(has: Uint8Array, comparison: Comparison, { minSellers }: NominateOptions): number {
  const { sellers, scores } = differ(has, comparison);
  return sellers < minSellers || countScores(scores) < minSellers ? 0 : clusterScore(scores);
}

interface Tried {
  readonly columns: ReadonlyMap<string, Column>;
  readonly rows: Uint32Array;
  readonly comparison: Comparison;
}

/** Without the conditions that add nothing among the rows that meet the others (Webb, "Discovering significant patterns", 2007). */
function productive(tests: readonly Test[], direction: 1 | -1, tried: Tried): readonly Test[] {
  if (tests.length < 2) return tests;
  const gains = conditionScores(tests, tried).map((scores) => direction * clusterScore(scores));
  const least = Math.min(...gains);
  if (least >= WORTH_A_CONDITION) return tests;
  return productive(tests.toSpliced(gains.indexOf(least), 1), direction, tried);
}

/** For each condition, the scores of the sellers for having it, among the rows that meet the others. */
export function conditionScores(
  tests: readonly Test[],
  { columns, rows, comparison }: Tried,
): readonly Float64Array[] {
  return tests.map((test, place) => {
    const others = rowsThatMeet(tests.toSpliced(place, 1), columns, rows);
    const has = rowsThatMeet([test], columns, rows).filter((_, row) => others[row] === 1);
    return differ(has, restrict(comparison, others)).scores;
  });
}
