import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterScore, compare, prepareComparison, takeAway } from '../../src/analyze/compare.js';
import { compareStars } from '../../src/analyze/compare-stars.js';
import { studentQuantile } from '../../src/core/quantiles.js';
import { createRandom } from '../../src/core/random.js';

const close = (actual: number, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

/** Rows `stratum seller has outcome`, so many times. */
function read(lines: readonly (readonly [string, number])[]): {
  has: Uint8Array;
  outcome: Float64Array;
  strata: Int32Array;
  sellers: Int32Array;
} {
  const rows = lines.flatMap(([line, times]) =>
    Array<number[]>(times).fill(line.split(' ').map(Number)),
  );
  const column = (place: number): number[] => rows.map((row) => row[place] as number);
  return {
    strata: Int32Array.from(column(0)),
    sellers: Int32Array.from(column(1)),
    has: Uint8Array.from(column(2)),
    outcome: Float64Array.from(column(3)),
  };
}

describe('the difference that a pattern makes', () => {
  // Two strata: 8 of 10 against 30 of 50 won (0.2 more), 5 of 40 against 1 of 20 (0.075 more).
  const { has, ...given } = read([
    ['0 0 1 1', 8],
    ['0 1 1 0', 2],
    ['0 0 0 1', 30],
    ['0 2 0 0', 20],
    ['1 1 1 1', 5],
    ['1 2 1 0', 35],
    ['1 0 0 1', 1],
    ['1 1 0 0', 19],
  ]);
  const effect = compare(has, prepareComparison({ ...given, differenceOf: 'outcome' }));

  it('is the Mantel-Haenszel risk difference over strata', () => {
    const [w0, w1] = [(10 * 50) / 60, (40 * 20) / 60];
    close(effect.difference, (w0 * 0.2 + w1 * 0.075) / (w0 + w1));
    close(effect.unadjusted, 13 / 50 - 31 / 70);
    assert.deepEqual([effect.rows, effect.sellers, effect.comparable], [50, 3, 1]);
  });

  it('is, of the pattern, how much more often rows with outcome 1 have it', () => {
    const of = compare(has, prepareComparison({ ...given, differenceOf: 'pattern' }));
    const [w0, w1] = [(38 * 22) / 60, (6 * 54) / 60];
    close(of.difference, (w0 * (8 / 38 - 2 / 22) + w1 * (5 / 6 - 35 / 54)) / (w0 + w1));
  });

  it('has the interval of leaving out one seller at a time, done by hand', () => {
    const without = [0, 1, 2].map((seller) => {
      const keep = (_: unknown, row: number): boolean => given.sellers[row] !== seller;
      const rest = {
        outcome: given.outcome.filter(keep),
        strata: given.strata.filter(keep),
        sellers: given.sellers.filter(keep),
        differenceOf: 'outcome' as const,
      };
      return compare(has.filter(keep), prepareComparison(rest)).difference;
    });
    const variance =
      (2 / 3) * without.reduce((sum, one) => sum + (one - effect.difference) ** 2, 0);
    close(effect.standardError, Math.sqrt(variance));
    close(effect.interval[1] - effect.difference, 4.302652729911275 * Math.sqrt(variance), 1e-6);
  });

  it('is not known where all comparable rows are alike', () => {
    const alike = read([
      ['0 0 1 1', 5],
      ['1 1 0 0', 5],
    ]);
    const { difference, comparable } = compare(
      alike.has,
      prepareComparison({ ...alike, differenceOf: 'outcome' }),
    );
    assert.ok(Number.isNaN(difference));
    assert.equal(comparable, 0);
  });

  it('is gone when it was taken away', () => {
    const left = takeAway(prepareComparison({ ...given, differenceOf: 'outcome' }), has);
    close(compare(has, left).difference, 0);
  });
});

describe('intervals over sellers', () => {
  it('hold the true difference 95 times in 100, though deals of a seller hang together', () => {
    const random = createRandom('coverage');
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let held = 0;
    let scores = 0;
    for (let round = 0; round < 600; round++) {
      const rows: number[][] = [];
      for (let seller = 0; seller < 14; seller++) {
        const habit = random();
        const gift = normal();
        for (let deal = 0; deal < 15; deal++) {
          const has = Number(random() < habit);
          rows.push([seller % 2, seller, has, 0.5 * has + gift + normal()]);
        }
      }
      const column = (place: number): number[] => rows.map((row) => row[place] as number);
      const { interval } = compare(
        Uint8Array.from(column(2)),
        prepareComparison({
          strata: Int32Array.from(column(0)),
          sellers: Int32Array.from(column(1)),
          outcome: Float64Array.from(column(3)),
          differenceOf: 'outcome',
        }),
      );
      if (interval[0] <= 0.5 && interval[1] >= 0.5) held++;
      scores++;
    }
    assert.ok(held / scores > 0.93 && held / scores < 0.985, `${held} of ${scores}`);
  });
});

describe("Student's t", () => {
  for (const [probability, degrees, expected] of [
    [0.975, 1, 12.7062047362],
    [0.975, 5, 2.5705818356],
    [0.95, 20, 1.7247182429],
    [0.995, 100, 2.6258905214],
    [0.025, 5, -2.5705818356],
    [0.5, 7, 0],
  ] as const)
    it(`lies below ${expected} with probability ${probability} at ${degrees} degrees of freedom`, () => {
      close(studentQuantile(probability, degrees), expected, 1e-6);
    });
});

describe('the score of a cluster', () => {
  it("is Student's t of one observation a seller, however many deals there are", () => {
    close(clusterScore(Float64Array.of(1, 2, 3, 6)), 3 / Math.sqrt(14 / 3 / 4));
    close(clusterScore(Float64Array.of(1000, 2000, 3000, 6000)), 3 / Math.sqrt(14 / 3 / 4));
    close(clusterScore(Float64Array.of(1, 0, 2, 3, 0, 6)), 3 / Math.sqrt(14 / 3 / 4));
    assert.equal(clusterScore(Float64Array.of(5)), 0);
  });
});

describe('what stars have more of', () => {
  const random = createRandom('stars have');
  const SELLERS = 10;
  const work = Array.from({ length: 200 }, (_, row) => ({
    seller: `s${row % SELLERS}`,
    segment: random() < 0.5 ? 'small' : 'large',
    amount: random() + (row % SELLERS) / 10,
  }));
  const table = {
    columns: [
      { id: 'segment', type: 'choice' as const, values: work.map(({ segment }) => segment) },
    ],
    outcome: work.map(({ amount }) => amount),
    sellers: work.map(({ seller }) => seller),
  };
  const stars = ['s9', 's8', 's5'];

  /** Mantel and Haenszel's difference of means over segments, of these sellers against the others. */
  function differenceOf(these: readonly string[]): number {
    let [above, below] = [0, 0];
    for (const segment of ['small', 'large']) {
      const own = work.filter((one) => one.segment === segment);
      const mean = (some: typeof work): number =>
        some.reduce((sum, { amount }) => sum + amount, 0) / some.length;
      const having = own.filter(({ seller }) => these.includes(seller));
      const lacking = own.filter(({ seller }) => !these.includes(seller));
      const weight = (having.length * lacking.length) / own.length;
      above += weight * (mean(having) - mean(lacking));
      below += weight;
    }
    return above / below;
  }

  it('has the p of all ways to call three of ten sellers stars', () => {
    const found = compareStars(table, stars, { adjustFor: ['segment'], seed: 1 });
    assert.ok(found);
    close(found.difference, differenceOf(stars));
    const all = Array.from({ length: 2 ** SELLERS }, (_, bits) =>
      Array.from({ length: SELLERS }, (__, i) => `s${i}`).filter((___, i) => (bits >> i) & 1),
    ).filter((some) => some.length === 3);
    const asFar = all.filter((some) => Math.abs(differenceOf(some)) >= found.difference - 1e-9);
    const exact = asFar.length / all.length;
    assert.equal(all.length, 120);
    // Of 4,000 random ways: three standard errors.
    close(found.p, exact, 3 * Math.sqrt((exact * (1 - exact)) / 4_000) + 1 / 4_000);
    assert.deepEqual([found.stars, found.others, found.starRows], [3, 7, 60]);
  });

  it('is not known of nobody, of all, and of sellers who are not told', () => {
    const options = { adjustFor: ['segment'], seed: 1 };
    const everybody = [...new Set(table.sellers)];
    const { sellers: _, ...untold } = table;
    const asked = [
      compareStars(table, [], options),
      compareStars(table, everybody, options),
      compareStars(untold, stars, options),
    ];
    assert.deepEqual(asked, [undefined, undefined, undefined]);
  });
});
