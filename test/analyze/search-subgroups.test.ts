import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Item, makeItems } from '../../src/analyze/make-items.js';
import { searchSubgroups } from '../../src/analyze/search-subgroups.js';
import type { Column } from '../../src/analyze/table.js';
import { binaryTarget, numericTarget, type Target } from '../../src/analyze/target.js';
import { createBitmap, setRow } from '../../src/core/bitmap.js';
import { createRandom } from '../../src/core/random.js';
import { runSliced, runThrough } from '../../src/core/run-sliced.js';

/** Columns a, b, c and d, and the target: the table of pysubgroup's test of beam search. */
const ROWS = ['11001', '11001', '11000', '11000', '00111', '00111', '00111', '00010', '00010']
  .concat(['00010', '00010', '00100', '00100', '00100', '00100'])
  .map((row) => Array.from(row, Number));
const LETTERS = 'abcd';
const letterItems = (order: Uint32Array): readonly Item[] =>
  Array.from(LETTERS, (attribute, column) => {
    const rows = createBitmap(ROWS.length);
    for (const [i, row] of order.entries()) if (ROWS[row]?.[column] === 1) setRow(rows, i);
    return {
      test: { attribute, in: [true] },
      rows,
      count: ROWS.filter((row) => row[column]).length,
    };
  });
const letters = (items: readonly number[]): string => items.map((i) => LETTERS[i]).join('&');

describe('subgroups of a binary target', () => {
  const positive = ROWS.map((row) => row[4] as number);
  for (const [a, expected] of [
    [
      1,
      {
        a: 0.04444444444,
        b: 0.04444444444,
        c: 0.04444444444,
        d: 0.04444444444,
        'a&b': 0.04444444444,
        'c&d': 0.1333333333,
      },
    ],
    [
      0.5,
      {
        a: 0.08606629658,
        b: 0.08606629658,
        c: 0.06506000486,
        d: 0.06506000486,
        'a&b': 0.08606629658,
        'c&d': 0.298142397,
      },
    ],
  ] as const)
    it(`of 15 rows have the published qualities at a = ${a}; the best is c&d, which a narrow beam misses`, () => {
      const target = binaryTarget(positive, { a });
      const search = searchSubgroups(letterItems(target.order), target, { most: 20, depth: 2 });
      const found = runThrough(search);
      assert.equal(letters(found[0]?.items ?? []), 'c&d');
      for (const [name, quality] of Object.entries(expected)) {
        const one = found.find(({ items }) => letters(items) === name);
        assert.ok(Math.abs((one?.quality ?? 0) - quality) < 1e-9, `${name}: ${one?.quality}`);
      }
      assert.deepEqual([found[0]?.count, found[0]?.sum], [3, 3]);
    });
});

const random = createRandom('subgroups');
const below = (end: number): number => Math.floor(random() * end);

function randomColumns(rows: number): readonly Column[] {
  const make = <One>(one: () => One): readonly One[] => Array.from({ length: rows }, one);
  return [
    { id: 'c', type: 'choice', values: make(() => ['x', 'y', 'z', undefined][below(4)]) },
    { id: 'd', type: 'choice', values: make(() => ['x', 'y'][below(2)]) },
    { id: 'm', type: 'multi', values: make(() => [[], ['p'], ['q'], ['p', 'q']][below(4)]) },
    { id: 'n', type: 'number', values: make(() => below(20)) },
  ];
}

/** Every conjunction of up to three items, by plain arrays of rows. */
function tryAll(
  items: readonly Item[],
  target: ArrayLike<number>,
  {
    a,
    minRows,
    order,
  }: {
    readonly a: number;
    readonly minRows: number;
    readonly order: ArrayLike<number>;
  },
): readonly number[] {
  const rows = target.length;
  const mean = Array.from(target).reduce((sum, one) => sum + one, 0) / rows;
  const holds = items.map(({ rows: bitmap }) => {
    const held: boolean[] = [];
    for (let i = 0; i < rows; i++)
      held[order[i] as number] = (((bitmap[i >> 5] as number) >> (i & 31)) & 1) === 1;
    return held;
  });
  const qualities: number[] = [];
  const consider = (set: readonly number[]): void => {
    const met: number[] = [];
    for (let row = 0; row < rows; row++)
      if (set.every((item) => holds[item]?.[row])) met.push(target[row] as number);
    if (met.length < minRows) return;
    const own = met.reduce((sum, one) => sum + one, 0) / met.length;
    qualities.push((met.length / rows) ** a * (own - mean));
  };
  const clash = (one: number, other: number): boolean => {
    const [x, y] = [items[one]?.test, items[other]?.test];
    return (
      (x?.attribute === y?.attribute && x?.attribute !== 'm') ||
      (x?.attribute === 'm' && y?.attribute === 'm' && ('missing' in x || 'missing' in y))
    );
  };
  for (let i = 0; i < items.length; i++) {
    consider([i]);
    for (let j = i + 1; j < items.length; j++) {
      if (clash(i, j)) continue;
      consider([i, j]);
      for (let k = j + 1; k < items.length; k++)
        if (!clash(i, k) && !clash(j, k)) consider([i, j, k]);
    }
  }
  return qualities.filter((one) => one > 1e-12).sort((one, other) => other - one);
}

describe('subgroup search', () => {
  for (const kind of ['binary', 'numeric'] as const)
    it(`finds the same best as trying every conjunction, on 60 random tables with a ${kind} target`, () => {
      for (let round = 0; round < 60; round++) {
        const rows = 20 + below(60);
        const values = Float64Array.from({ length: rows }, () =>
          kind === 'binary' ? below(2) : Math.round(random() ** 3 * 1000) / 10,
        );
        const a = [0.3, 0.5, 1][round % 3] as number;
        const minRows = 1 + below(5);
        const target: Target = (kind === 'binary' ? binaryTarget : numericTarget)(values, {
          a,
          minRows,
        });
        const { order } = target;
        const items = randomColumns(rows).flatMap((column) => makeItems(column, { order }));
        const most = 1 + below(12);
        const found = runThrough(searchSubgroups(items, target, { most, depth: 3, minRows }));
        const expected = tryAll(items, values, { a, minRows, order }).slice(0, most);
        assert.equal(found.length, expected.length);
        for (const [i, { quality, bound }] of found.entries()) {
          assert.ok(
            Math.abs(quality - (expected[i] as number)) < 1e-9,
            `round ${round}, place ${i}`,
          );
          assert.ok(bound >= quality - 1e-12, 'a bound is not below the quality');
        }
      }
    });

  const big = (): Parameters<typeof searchSubgroups> => {
    const rows = 40_000;
    const columns: readonly Column[] = Array.from({ length: 30 }, (_, i) => ({
      id: `b${i}`,
      type: 'boolean' as const,
      values: Array.from({ length: rows }, () => random() < 0.5),
    }));
    const target = binaryTarget(Array.from({ length: rows }, () => below(2)));
    const items = columns.flatMap((column) => makeItems(column, target));
    return [items, target, { most: 10, depth: 2 }];
  };

  it('goes in slices and tells a share that rises from 0 to 1', async () => {
    const shares: number[] = [];
    const work = big();
    const found = await runSliced(searchSubgroups(...work), {
      pause: () => Promise.resolve(),
      progress: (share) => shares.push(share),
    });
    assert.deepEqual(found, runThrough(searchSubgroups(...work)));
    assert.ok(shares.length >= 3, `${shares.length} slices`);
    assert.ok(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1));
  });

  it('stops at the next slice when it is cancelled, with the reason given', async () => {
    const stop = new AbortController();
    let slices = 0;
    const run = runSliced(searchSubgroups(...big()), {
      signal: stop.signal,
      pause: async () => {
        slices++;
        if (slices === 3) stop.abort(new Error('The page was left'));
      },
    });
    await assert.rejects(run, /The page was left/);
    assert.equal(slices, 3);
  });
});
