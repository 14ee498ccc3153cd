import { type Bitmap, countRows, intersect, isWithin } from '../core/bitmap.js';
import type { Sliced } from '../core/run-sliced.js';

export interface Itemset {
  /** Places in the list of items, ascending. */
  readonly items: readonly number[];
  /** Rows that have all of them. */
  readonly count: number;
}

export interface ItemsetOptions {
  /** Rows that a set must have at least; 1 or more. */
  readonly minCount: number;
  /** Sets with more items are not looked at: of closed sets, those grown from so many. Default: no limit. */
  readonly mostItems?: number;
}

/** Words of bitmaps that a slice goes through: some milliseconds. */
const SLICE_WORDS = 2_000_000;

interface Branch {
  readonly item: number;
  readonly rows: Bitmap;
  readonly count: number;
}

/**
 * Every set of items that enough rows have, without the empty one: depth-first over intersections of bitmaps (Zaki,
 * "Scalable algorithms for association mining", 2000; bitmaps as in Burdick et al., MAFIA, 2001).
 */
export function* findFrequent(
  items: readonly Bitmap[],
  { minCount, mostItems = Number.POSITIVE_INFINITY }: ItemsetOptions,
): Sliced<readonly Itemset[]> {
  const found: Itemset[] = [];
  const spent = { words: 0 };
  function* grow(
    prefix: readonly number[],
    branches: readonly Branch[],
    from: number,
    to: number,
  ): Sliced<void> {
    for (const [i, { item, rows, count }] of branches.entries()) {
      const set = [...prefix, item];
      found.push({ items: set.toSorted((a, b) => a - b), count });
      if (set.length >= mostItems) continue;
      const start = from + ((to - from) * i) / branches.length;
      const next = yield* extend(rows, branches.slice(i + 1), minCount, { spent, share: start });
      yield* grow(set, next, start, from + ((to - from) * (i + 1)) / branches.length);
    }
  }
  yield* grow([], frequentOf(items, minCount), 0, 1);
  return found;
}

/** Items that enough rows have, the rarest first, so that intersections shrink soon. */
function frequentOf(items: readonly Bitmap[], minCount: number): readonly Branch[] {
  return items
    .map((rows, item) => ({ item, rows, count: countRows(rows) }))
    .filter(({ count }) => count >= minCount)
    .sort((a, b) => a.count - b.count);
}

/**
 * The frequent sets to which no item can be added without losing a row, without the empty one: prefix-preserving
 * closure extension (Uno et al., "LCM ver. 2", 2004). Each is met once, none is kept to compare.
 */
export function* findClosed(
  items: readonly Bitmap[],
  { minCount }: Pick<ItemsetOptions, 'minCount'>,
): Sliced<readonly Itemset[]> {
  const found: Itemset[] = [];
  for (const { items: set, count } of yield* walkClosed(items, minCount))
    found.push({ items: set, count });
  return found;
}

/** The closed sets to which no item can be added without becoming too rare. */
export function* findMaximal(
  items: readonly Bitmap[],
  { minCount }: Pick<ItemsetOptions, 'minCount'>,
): Sliced<readonly Itemset[]> {
  return (yield* walkClosed(items, minCount))
    .filter(({ isMaximal }) => isMaximal)
    .map(({ items: set, count }) => ({ items: set, count }));
}

interface Closed extends Itemset {
  readonly isMaximal: boolean;
}

function* walkClosed(items: readonly Bitmap[], minCount: number): Sliced<readonly Closed[]> {
  const found: Closed[] = [];
  const all = frequentOf(items, minCount);
  const places = all.map((branch, item) => ({ ...branch, item }));
  const spent = { words: 0 };
  /** The candidates are named by their place in `all`: outside `closed`, perhaps frequent with it. */
  function* grow(
    { item: core, rows, count }: Branch,
    closed: ReadonlySet<number>,
    candidates: readonly Branch[],
    from: number,
    to: number,
  ): Sliced<void> {
    const next = yield* extend(rows, candidates, minCount, { spent, share: from });
    if (closed.size > 0) {
      const set = Array.from(closed, (place) => (all[place] as Branch).item);
      found.push({ items: set.sort((a, b) => a - b), count, isMaximal: next.length === 0 });
    }
    for (const [i, branch] of next.entries()) {
      const start = from + ((to - from) * i) / next.length;
      if (branch.item <= core) continue;
      spent.words += rows.length * next.length;
      const added = next.filter((one) => one === branch || isWithin(branch.rows, one.rows));
      if (added.some(({ item }) => item < branch.item)) continue;
      const grown = new Set([...closed, ...added.map(({ item }) => item)]);
      const rest = next.filter(({ item }) => !grown.has(item));
      yield* grow(branch, grown, rest, start, from + ((to - from) * (i + 1)) / next.length);
    }
  }
  const everywhere = unionOf(items);
  const count = countRows(everywhere);
  const inAll = new Set(places.filter((one) => one.count === count).map(({ item }) => item));
  const rest = places.filter(({ item }) => !inAll.has(item));
  yield* grow({ item: -1, rows: everywhere, count }, inAll, rest, 0, 1);
  return found;
}

/** The candidates that enough of the rows have, with those rows. */
function* extend(
  rows: Bitmap,
  candidates: readonly Branch[],
  minCount: number,
  { spent, share }: { readonly spent: { words: number }; readonly share: number },
): Sliced<readonly Branch[]> {
  const found: Branch[] = [];
  let spare = new Uint32Array(rows.length);
  for (const { item, rows: having } of candidates) {
    spent.words += rows.length;
    if (spent.words > SLICE_WORDS) {
      spent.words = 0;
      yield share;
    }
    const count = intersect(rows, having, spare);
    if (count < minCount) continue;
    found.push({ item, rows: spare, count });
    spare = new Uint32Array(rows.length);
  }
  return found;
}

function unionOf(bitmaps: readonly Bitmap[]): Bitmap {
  const union = new Uint32Array(bitmaps[0]?.length ?? 0);
  for (const bitmap of bitmaps)
    for (let i = 0; i < union.length; i++) union[i] = (union[i] as number) | (bitmap[i] as number);
  return union;
}
