import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findClosed, findFrequent, findMaximal, type Itemset } from '../../src/analyze/itemsets.js';
import { type Bitmap, createBitmap, setRow } from '../../src/core/bitmap.js';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;
const skip = DATA === undefined ? 'OPPORTUNE_TEST_DATA is not set' : false;

type Baskets = readonly (readonly (string | number)[])[];

/** One bitmap for each thing that some basket holds, in the order in which they are met. */
function bitmapsOf(baskets: Baskets): readonly Bitmap[] {
  const bitmaps = new Map<string | number, Bitmap>();
  for (const [row, basket] of baskets.entries())
    for (const one of basket) {
      if (!bitmaps.has(one)) bitmaps.set(one, createBitmap(baskets.length));
      setRow(bitmaps.get(one) as Bitmap, row);
    }
  return [...bitmaps.values()];
}

function byLength(sets: readonly Itemset[]): { readonly [length: string]: number } {
  const counts: { [length: string]: number } = {};
  for (const { items } of sets) counts[items.length] = (counts[items.length] ?? 0) + 1;
  return counts;
}

/** Knuth-style generator with the constants of Numerical Recipes: the baskets of the published counts. */
function generated(): Baskets {
  let state = 11;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: 400 }, () =>
    Array.from({ length: 20 }, (_, i) => i + 1).filter((item) => next() < 0.6 / Math.sqrt(item)),
  );
}

describe('frequent itemsets', () => {
  for (const [minCount, expected] of [
    [120, { 1: 4 }],
    [80, { 1: 10, 2: 2 }],
    [40, { 1: 20, 2: 14 }],
    [20, { 1: 20, 2: 72, 3: 11 }],
    [8, { 1: 20, 2: 173, 3: 176, 4: 17 }],
  ] as const)
    it(`of 400 generated baskets at ${minCount}: ${JSON.stringify(expected)} by length`, () => {
      const baskets = generated();
      assert.deepEqual(baskets.slice(0, 2), [
        [1, 2, 4, 7, 9],
        [1, 4, 6, 8, 14, 17],
      ]);
      assert.deepEqual(
        byLength(runThrough(findFrequent(bitmapsOf(baskets), { minCount }))),
        expected,
      );
    });

  const shared = (file: string, split: RegExp): Baskets =>
    readFileSync(join(DATA ?? '', file), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) =>
        line
          .trim()
          .split(split)
          .map((one) => one.trim()),
      );
  for (const [file, split, share, frequent, closed, maximal] of [
    ['itemsets/chess.dat', / /, 0.9, 622, 498, 34],
    ['itemsets/chess.dat', / /, 0.8, 8_227, 5_083, 226],
    ['groceries/groceries.csv', /,/, 0.05, 31, 31, 27],
    ['groceries/groceries.csv', /,/, 0.01, 333, 333, 243],
    ['groceries/groceries.csv', /,/, 0.005, 1_001, 1_001, 708],
    ['groceries/groceries.csv', /,/, 0.001, 13_492, 13_464, 7_794],
  ] as const)
    void it(`of ${file} at ${share * 100} %: ${frequent}, ${closed} closed, ${maximal} maximal`, {
      skip,
    }, () => {
      const baskets = shared(file, split);
      const bitmaps = bitmapsOf(baskets);
      const minCount = Math.ceil(share * baskets.length);
      assert.deepEqual(
        [findFrequent, findClosed, findMaximal].map(
          (find) => runThrough<readonly Itemset[]>(find(bitmaps, { minCount })).length,
        ),
        [frequent, closed, maximal],
      );
    });

  it('are those that trying every set finds, on 150 small random tables', () => {
    const random = createRandom('itemsets');
    for (let round = 0; round < 150; round++) {
      const rows = 1 + Math.floor(random() * 40);
      const share = 0.3 + random() * 0.7;
      const baskets = Array.from({ length: rows }, () =>
        [0, 1, 2, 3, 4, 5, 6].filter(() => random() < share),
      );
      const minCount = 1 + Math.floor(random() * 6);
      const expected = tryAll(baskets, 7, minCount);
      const bitmaps = Array.from({ length: 7 }, (_, item) => {
        const bitmap = createBitmap(rows);
        for (const [row, basket] of baskets.entries())
          if (basket.includes(item)) setRow(bitmap, row);
        return bitmap;
      });
      const found = (sets: readonly Itemset[]): readonly string[] =>
        sets.map(({ items, count }) => `${items}:${count}`).sort();
      const what = JSON.stringify({ baskets, minCount });
      assert.deepEqual(
        found(runThrough(findFrequent(bitmaps, { minCount }))),
        expected.frequent,
        what,
      );
      assert.deepEqual(found(runThrough(findClosed(bitmaps, { minCount }))), expected.closed, what);
      assert.deepEqual(
        found(runThrough(findMaximal(bitmaps, { minCount }))),
        expected.maximal,
        what,
      );
    }
  });

  it('stop at a length when told', () => {
    const bitmaps = bitmapsOf(generated());
    const found = runThrough(findFrequent(bitmaps, { minCount: 8, mostItems: 2 }));
    assert.deepEqual(byLength(found), { 1: 20, 2: 173 });
  });
});

function tryAll(
  baskets: readonly (readonly number[])[],
  items: number,
  minCount: number,
): { readonly [kind in 'frequent' | 'closed' | 'maximal']: readonly string[] } {
  const sets = Array.from({ length: 2 ** items - 1 }, (_, mask) => {
    const set = Array.from({ length: items }, (_, i) => i).filter((i) => ((mask + 1) >> i) & 1);
    return {
      set,
      count: baskets.filter((basket) => set.every((one) => basket.includes(one))).length,
    };
  });
  const frequent = sets.filter(({ count }) => count >= minCount);
  const wider = (set: readonly number[]): typeof frequent =>
    frequent.filter(
      (other) => other.set.length > set.length && set.every((one) => other.set.includes(one)),
    );
  const text = (some: typeof frequent): readonly string[] =>
    some.map(({ set, count }) => `${set}:${count}`).sort();
  return {
    frequent: text(frequent),
    closed: text(frequent.filter(({ set, count }) => wider(set).every((one) => one.count < count))),
    maximal: text(frequent.filter(({ set }) => wider(set).length === 0)),
  };
}
