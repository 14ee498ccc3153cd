import { type Bitmap, countShared, intersect } from '../core/bitmap.js';
import type { Sliced } from '../core/run-sliced.js';
import { fisherGreater, lowestP, type Margins } from './fisher.js';
import { findClosed, findFrequent, type Itemset } from './itemsets.js';

export interface SignificantSets {
  /** By how much the level was divided: the sets that could be significant at all. */
  readonly factor: number;
  /** Rarer sets cannot be significant. */
  readonly minCount: number;
  readonly sets: readonly (Itemset & { readonly hits: number; readonly p: number })[];
}

export interface SignificantSetsOptions {
  /** How probable one false finding or more may be. Default 0.05. */
  readonly alpha?: number;
  /** Sets of at most so many items: all of them, not the closed alone. Default: closed sets of any size. */
  readonly mostItems?: number;
}

/**
 * Sets of items that come with the positive rows more often than chance allows, over all sets at once: LAMP (Terada,
 * Okada-Hatakeyama, Tsuda, Sese, "Statistical significance of combinatorial regulations", PNAS 2013). A set too rare
 * ever to reach the level does not count among the tests, so the level is divided by the others alone.
 *
 * It takes rows as independent: one for each seller or account, never many deals of one seller.
 */
export function* findSignificantSets(
  items: readonly Bitmap[],
  positive: Bitmap,
  rows: number,
  { alpha = 0.05, mostItems }: SignificantSetsOptions = {},
): Sliced<SignificantSets> {
  const margins: Margins = { rows, positive: countShared(positive, positive) };
  let minCount = Math.max(1, margins.positive);
  let sets: readonly Itemset[] = [];
  for (; minCount >= 1; minCount--) {
    const next =
      mostItems === undefined
        ? yield* findClosed(items, { minCount })
        : yield* findFrequent(items, { minCount, mostItems });
    if (next.length * lowestP(minCount, margins) > alpha) break;
    sets = next;
  }
  const factor = Math.max(1, sets.length);
  const tested = sets.map((set) => {
    const hits = countHits(set, items, positive);
    return { ...set, hits, p: fisherGreater(set.count, hits, margins) };
  });
  return {
    factor,
    minCount: minCount + 1,
    sets: tested.filter(({ p }) => p * factor <= alpha).sort((one, other) => one.p - other.p),
  };
}

function countHits({ items: set }: Itemset, items: readonly Bitmap[], positive: Bitmap): number {
  const rows = positive.slice();
  for (const item of set) intersect(rows, items[item] as Bitmap, rows);
  return countShared(rows, rows);
}
