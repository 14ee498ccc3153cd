import { type Bitmap, intersect } from '../core/bitmap.js';
import type { Sliced } from '../core/run-sliced.js';
import type { Item } from './make-items.js';
import type { Standing, Target } from './target.js';

export interface Subgroup extends Standing {
  /** Places in the list of items, ascending. */
  readonly items: readonly number[];
}

export interface SearchOptions {
  /** How many of the best. */
  readonly most: number;
  /** The most tests of one subgroup. */
  readonly depth: number;
  /** The fewest rows of a subgroup, the same as the target's. Default 1. */
  readonly minRows?: number;
}

/** Words of bitmaps that a slice goes through: some milliseconds. */
const SLICE_WORDS = 1_000_000;

const ROUNDING = 1e-12;

interface Branch extends Standing {
  readonly item: number;
  readonly rows: Bitmap;
}

/**
 * The conjunctions of items with the highest quality above 0, best first; equal ones: fewer tests, then the items that
 * come first. Exhaustive: branch and bound, where a branch is left only when its optimistic estimate is not above the
 * worst that is kept. Tests of one attribute are combined when both can be true: of a multi attribute.
 *
 * The rows of the items stand in the order of the target.
 */
export function* searchSubgroups(
  items: readonly Item[],
  target: Target,
  { most, depth, minRows = 1 }: SearchOptions,
): Sliced<readonly Subgroup[]> {
  const best: Subgroup[] = [];
  let words = 0;
  /** Whether something of that quality may still be among the best, of a tie as well, however it was added up. */
  const mayEnter = (quality: number): boolean =>
    quality > 0 &&
    (best.length < most || quality >= (best.at(-1) as Subgroup).quality * (1 - ROUNDING));

  function* grow(
    prefix: readonly number[],
    candidates: readonly Branch[],
    from: number,
    to: number,
  ): Sliced<void> {
    for (const [i, branch] of candidates.entries()) {
      const start = from + ((to - from) * i) / candidates.length;
      if (words > SLICE_WORDS) {
        words = 0;
        yield start;
      }
      if (!mayEnter(branch.bound) || prefix.length + 1 >= depth) continue;
      const set = [...prefix, branch.item];
      const next: Branch[] = [];
      for (let j = i + 1; j < candidates.length; j++) {
        const other = candidates[j] as Branch;
        if (
          !mayEnter(Math.min(branch.bound, other.bound)) ||
          excludes(items, branch.item, other.item)
        )
          continue;
        words += branch.rows.length * 2;
        if (words > SLICE_WORDS) {
          words = 0;
          yield start;
        }
        const standing = target.measure(branch.rows, other.rows);
        if (standing.count < minRows) continue;
        enter([...set, other.item], standing);
        if (set.length + 1 >= depth || !mayEnter(standing.bound)) continue;
        const both = new Uint32Array(branch.rows.length);
        intersect(branch.rows, other.rows, both);
        next.push({ item: other.item, rows: both, ...standing });
      }
      next.sort((one, other) => other.bound - one.bound);
      yield* grow(set, next, start, from + ((to - from) * (i + 1)) / candidates.length);
    }
  }

  function enter(unordered: readonly number[], standing: Standing): void {
    if (!mayEnter(standing.quality)) return;
    const subgroup = { items: unordered.toSorted((a, b) => a - b), ...standing };
    let at = best.length;
    while (at > 0 && compare(subgroup, best[at - 1] as Subgroup) < 0) at--;
    best.splice(at, 0, subgroup);
    if (best.length > most) best.pop();
  }

  const single: Branch[] = [];
  for (const [item, { rows, count }] of items.entries()) {
    words += rows.length;
    if (words > SLICE_WORDS) {
      words = 0;
      yield 0;
    }
    if (count < minRows) continue;
    const standing = target.measure(rows, rows);
    enter([item], standing);
    single.push({ item, rows, ...standing });
  }
  single.sort((one, other) => other.bound - one.bound);
  yield* grow([], single, 0, 1);
  return best;
}

function compare(one: Subgroup, other: Subgroup): number {
  if (one.quality !== other.quality) return other.quality - one.quality;
  if (one.items.length !== other.items.length) return one.items.length - other.items.length;
  const at = one.items.findIndex((item, i) => item !== other.items[i]);
  return at < 0 ? 0 : (one.items[at] as number) - (other.items[at] as number);
}

/** Two tests of one attribute that no row meets both of, or of which one says nothing beside the other. */
function excludes(items: readonly Item[], one: number, other: number): boolean {
  const { test } = items[one] as Item;
  const { test: beside } = items[other] as Item;
  if (test.attribute !== beside.attribute) return false;
  const isMulti = (any: typeof test): boolean => 'hasAll' in any || 'hasNone' in any;
  return !(isMulti(test) && isMulti(beside));
}
