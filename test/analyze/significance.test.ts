import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findSignificantSets } from '../../src/analyze/find-significant-sets.js';
import { fisherGreater, lowestP } from '../../src/analyze/fisher.js';
import { benjaminiHochberg, testByFlips } from '../../src/analyze/multiplicity.js';
import { createBitmap, setRow } from '../../src/core/bitmap.js';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';

const close = (actual: number | undefined, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

/** The sample of LAMP's own test: which of TF1 to TF4 each of 15 genes has, and which are up. */
const GENES = ['1110', '1110', '1001', '0000', '1110', '1000', '1111', '0000', '0101', '0010']
  .concat(['0001', '0001', '0001', '1110', '0000'])
  .map((row) => Array.from(row, Number));
const UP = [1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0];
const bitmapOf = (values: readonly (number | undefined)[]): Uint32Array => {
  const bitmap = createBitmap(values.length);
  for (const [row, value] of values.entries()) if (value === 1) setRow(bitmap, row);
  return bitmap;
};

describe("Fisher's exact test", () => {
  for (const [count, hits, p] of [
    [7, 5, 0.1002331002],
    [6, 5, 0.03496503497],
    [6, 2, 0.9160839161],
    [5, 5, 0.006993006993],
    [2, 1, 0.7333333333],
    [1, 1, 0.4666666667],
  ] as const)
    it(`is ${p} for ${hits} hits in ${count} of 15 rows, 7 of which are positive`, () => {
      close(fisherGreater(count, hits, { rows: 15, positive: 7 }), p);
    });

  it('can go no lower than the published bound for a set of its size', () => {
    const expected = [
      0.4666666667, 0.2, 0.07692307692, 0.02564102564, 0.006993006993, 0.001398601399,
      0.0001554001554,
    ];
    for (const [i, p] of expected.entries()) close(lowestP(i + 1, { rows: 15, positive: 7 }), p);
  });
});

describe('significant sets over all sets at once', () => {
  const items = [0, 1, 2, 3].map((item) => bitmapOf(GENES.map((row) => row[item])));
  it("are {TF1, TF2, TF3} of LAMP's sample, with factor 5 and at least 5 rows", () => {
    const found = runThrough(findSignificantSets(items, bitmapOf(UP), 15));
    assert.deepEqual([found.factor, found.minCount], [5, 5]);
    assert.deepEqual(
      found.sets.map(({ items: set, count, hits }) => ({ set, count, hits })),
      [{ set: [0, 1, 2], count: 5, hits: 5 }],
    );
    close(found.sets[0]?.p, 0.006993006993);
  });

  it('are found among sets of two with factor 7', () => {
    const found = runThrough(findSignificantSets(items, bitmapOf(UP), 15, { mostItems: 2 }));
    assert.deepEqual([found.factor, found.minCount], [7, 5]);
  });

  it('come by chance alone in no more than 5 of 100 tables', () => {
    const random = createRandom('lamp');
    let rounds = 0;
    for (let round = 0; round < 200; round++) {
      const rows = 40;
      const columns = Array.from({ length: 8 }, () =>
        Array.from({ length: rows }, () => Number(random() < 0.5)),
      );
      const up = Array.from({ length: rows }, () => Number(random() < 0.5));
      if (
        runThrough(findSignificantSets(columns.map(bitmapOf), bitmapOf(up), rows)).sets.length > 0
      )
        rounds++;
    }
    assert.ok(rounds <= 20, `${rounds} of 200`);
  });
});

describe('p-values of many tests', () => {
  it('are adjusted as Benjamini and Hochberg do for their 15 of 1995: four stay at 5 %', () => {
    const ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
      .concat([0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1])
      .reverse();
    const adjusted = benjaminiHochberg(ps);
    assert.equal(adjusted.filter((p) => p <= 0.05).length, 4);
    close(adjusted.at(-1), 0.0015);
    close(adjusted.at(-4), 0.035625);
  });

  for (const { ps, adjusted } of [
    {
      ps: [0.8385413676, 0.6421939238, 0.6808459476, 0.9678338243, 0.7162693824].concat([
        0.1770969527, 5.236567772e-5, 0.02027326888, 0.000281405062, 0.01498773108,
      ]),
      adjusted: [0.9317126306, 0.895336728, 0.895336728, 0.9678338243, 0.895336728].concat([
        0.3541939054, 0.0005236567772, 0.0506831722, 0.00140702531, 0.0499591036,
      ]),
    },
    {
      ps: [0.001, 0.002, 0.003, 0.004, 0.005, 0.05, 0.06, 0.07, 0.08, 0.09],
      adjusted: [0.01, 0.01, 0.01, 0.01, 0.01].concat([
        0.08333333333, 0.08571428571, 0.0875, 0.08888888889, 0.09,
      ]),
    },
  ])
    it(`are adjusted as R does: ${ps.join(', ')}`, () => {
      for (const [i, p] of benjaminiHochberg(ps).entries()) close(p, adjusted[i] as number);
    });

  const random = createRandom('flips');
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

  it('of few sellers come from every flip: of 4 that agree, 1 in 16', () => {
    const { raw, adjusted } = testByFlips([Float64Array.of(9, 9, 9, 9)], { flips: 1000, random });
    close(raw[0], 1 / 16);
    close(adjusted[0], 1 / 16);
    const [mixed] = testByFlips([Float64Array.of(1, 1, 1, -3)], { flips: 1000, random }).raw;
    assert.ok((mixed as number) >= 0.5);
  });

  it('cost nothing more when the tests are the same test', () => {
    const scores = Float64Array.from({ length: 10 }, () => 1 + normal());
    const one = testByFlips([scores], { flips: 2000, random });
    const five = testByFlips([scores, scores, scores, scores, scores], { flips: 2000, random });
    close(five.adjusted[4], one.adjusted[0] as number);
  });

  it('are below 5 % for any of 10 tests in no more than 5 of 100 tables without an effect', () => {
    let false1 = 0;
    for (let round = 0; round < 300; round++) {
      const shared = Array.from({ length: 12 }, normal);
      const tests = Array.from({ length: 10 }, () =>
        Float64Array.from({ length: 12 }, (_, i) => (shared[i] as number) + normal() * 2),
      );
      const { adjusted } = testByFlips(tests, { flips: 500, random });
      if (Math.min(...adjusted) <= 0.05) false1++;
    }
    assert.ok(false1 <= 26, `${false1} of 300`);
  });
});
