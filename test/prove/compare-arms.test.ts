import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/core/random.js';
import { assignArms } from '../../src/prove/assign-arms.js';
import { compareArms, type Measured } from '../../src/prove/compare-arms.js';
import { bestRho, mixtureBound } from '../../src/prove/mixture-bound.js';
import { checkSampleRatio } from '../../src/prove/sample-ratio.js';
import { judgeEstimate } from '../../src/prove/verdict.js';

const near = (actual: number, expected: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

const unitsOf = (
  arm: number,
  outcomes: readonly number[],
  more: (i: number) => Partial<Measured> = () => ({}),
): readonly Measured[] => outcomes.map((outcome, i) => ({ arm, stratum: '', outcome, ...more(i) }));

describe('the normal mixture bound', () => {
  it('is that of confseq', () => {
    const rho = bestRho(100, 0.05);
    near(rho, 12.60056, 1e-5);
    near(mixtureBound(100, 0.05, rho), 30.35209, 1e-5);
  });
});

describe('the ratio of the samples', () => {
  const published = [
    { counts: [502, 498], shares: [1, 1], chiSquare: 0.016, p: 0.8993431886 },
    { counts: [600, 400], shares: [1, 1], chiSquare: 40, p: 2.539628589e-10 },
    { counts: [21307, 21306, 21387], shares: [1, 1, 1], chiSquare: 0.20253125, p: 0.9036929576 },
    { counts: [821588, 815482], shares: [1, 1], chiSquare: 22.77436884, p: 1.821792873e-6 },
    { counts: [1512488, 1487512], shares: [1, 1], chiSquare: 207.9335253, p: 3.87902331e-47 },
    { counts: [4850, 45600], shares: [0.1, 0.9], chiSquare: 8.374628345, p: 0.003804953609 },
  ];
  for (const { counts, shares, chiSquare, p } of published)
    it(`of ${counts.join(' and ')} where ${shares.join(' to ')} was meant has p = ${p}`, () => {
      const found = checkSampleRatio(counts, shares);
      near(found.chiSquare, chiSquare, 1e-7);
      near(found.p / p, 1, 1e-6);
    });

  it('has the tail of chi-square with three and four degrees of freedom', () => {
    // Tables: 7.815 and 9.488 are the 95 % points.
    near(checkSampleRatio([130, 90, 90, 90], [1, 1, 1, 1]).p, 0.00738, 2e-5);
    const degreesOf4 = checkSampleRatio([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]);
    assert.equal(degreesOf4.p, 1);
  });
});

describe('arms compared', () => {
  it('with what was known before, as Deng and others compute it', () => {
    const pre = [10, 12, 9, 15, 20, 7, 11, 14, 13, 8, 16, 10, 12, 18, 9, 11];
    const post = [11, 14, 9, 17, 23, 8, 10, 17, 15, 9, 19, 10, 15, 21, 11, 12];
    const units = post.map((outcome, i) => ({
      arm: i % 2,
      stratum: '',
      outcome,
      before: pre[i] as number,
    }));
    const options = { alpha: 0.05, planned: 16 };
    const adjusted = compareArms(units, 1, options);
    near(adjusted?.difference ?? 0, 0.1452755906);
    near(adjusted?.standardError ?? 0, 0.4807776704);
    near(1 - (adjusted?.explained ?? 0), 0.04143482065);
    const raw = compareArms(
      units.map(({ before: _, ...unit }) => unit),
      1,
      options,
    );
    near(raw?.difference ?? 0, -0.625);
    near(raw?.standardError ?? 0, 2.363694898);
  });

  it('as Welch does, where there is one stratum', () => {
    // gbstats: sums of 3,407 and 3,461 users, difference 0.29, standard error 0.12478.
    const spreadOut = (sum: number, squares: number, n: number): readonly number[] => {
      const mean = sum / n;
      const off = Math.sqrt((squares - n * mean ** 2) / (n - (n % 2)));
      return Array.from({ length: n }, (_, i) =>
        i === n - 1 && n % 2 === 1 ? mean : mean + (i % 2 === 0 ? off : -off),
      );
    };
    const found = compareArms(
      [
        ...unitsOf(0, spreadOut(1396.87, 52377.9767, 3407)),
        ...unitsOf(1, spreadOut(2422.7, 134698.29, 3461)),
      ],
      1,
      { alpha: 0.05, planned: 5000 },
    );
    near(found?.difference ?? 0, 0.29);
    near(found?.standardError ?? 0, 0.1247836316);
  });

  it('inside strata: where all large accounts happen to be in one arm, they do not make it look better', () => {
    const outcome = (stratum: string): ((i: number) => Partial<Measured>) => {
      const base = stratum === 'large' ? 100 : 0;
      return (i) => ({ stratum, outcome: base + (i % 3) });
    };
    const found = compareArms(
      [
        ...unitsOf(0, new Array(20).fill(0), outcome('small')),
        ...unitsOf(0, new Array(10).fill(0), outcome('large')),
        ...unitsOf(1, new Array(10).fill(0), outcome('small')),
        ...unitsOf(1, new Array(30).fill(0), outcome('large')),
      ],
      1,
      { alpha: 0.05, planned: 70 },
    );
    assert.ok(Math.abs(found?.difference ?? 100) < 0.5, String(found?.difference));
  });

  it('not with eight accounts of which nobody said yes: that is no proof of no difference', () => {
    const options = { alpha: 0.05, planned: 60 };
    const few = [...unitsOf(0, new Array(8).fill(0)), ...unitsOf(1, new Array(8).fill(0))];
    const found = compareArms(few, 1, options);
    assert.ok((found?.interval[1] ?? 0) > 0.3, String(found?.interval));
    assert.equal(judgeEstimate(found, { ...options, matters: 0.1 }).is, 'not-enough-yet');
    assert.equal(compareArms(few.slice(1), 1, options), undefined);
  });
});

describe('a verdict', () => {
  const options = { alpha: 0.05, planned: 400, matters: 0.15 };
  const yes = (arm: number, yes: number, of: number): readonly Measured[] =>
    unitsOf(
      arm,
      Array.from({ length: of }, (_, i) => (i < yes ? 1 : 0)),
    );
  const judged = (a: readonly Measured[], b: readonly Measured[]): string =>
    judgeEstimate(compareArms([...a, ...b], 1, options), options).is;

  it('is better, worse, or that there is no difference that matters', () => {
    assert.equal(judged(yes(0, 40, 200), yes(1, 100, 200)), 'better');
    assert.equal(judged(yes(0, 100, 200), yes(1, 40, 200)), 'worse');
    assert.equal(judged(yes(0, 160, 800), yes(1, 164, 800)), 'no-difference-that-matters');
  });

  it('is not enough yet, with how many more accounts make it enough', () => {
    const [a, b] = [yes(0, 6, 30), yes(1, 9, 30)];
    const verdict = judgeEstimate(compareArms([...a, ...b], 1, options), options);
    assert.equal(verdict.is, 'not-enough-yet');
    const more = verdict.is === 'not-enough-yet' ? (verdict.more ?? 0) : 0;
    const half = Math.round((60 + more) / 2);
    // With so many alike there is an answer; with a fifth less there is not.
    const scaled = (n: number): string =>
      judged(yes(0, Math.round(0.25 * n), n), yes(1, Math.round(0.25 * n), n));
    assert.equal(scaled(Math.round(half * 1.02)), 'no-difference-that-matters');
    assert.equal(scaled(Math.round(half * 0.8)), 'not-enough-yet');
  });
});

describe('looking every day', () => {
  it('finds a winner among 1,000 trials of 60 accounts without a difference no more often than stated', () => {
    let winners = 0;
    for (let run = 0; run < 1_000; run++) {
      const random = createRandom(`looks ${run}`);
      const ids = Array.from({ length: 60 }, (_, i) => ({
        id: `${run}-${i}`,
        stratum: `${i % 2}`,
      }));
      const arms = assignArms(ids, { arms: 2, salt: `${run}` });
      const known: Measured[] = [];
      const options = { alpha: 0.05, planned: 60, matters: 0.1 };
      const isWinner = ids.some(({ id, stratum }) => {
        known.push({ arm: arms.get(id) ?? 0, stratum, outcome: random() < 0.3 ? 1 : 0 });
        if (known.length < 16) return false;
        return ['better', 'worse'].includes(
          judgeEstimate(compareArms(known, 1, options), options).is,
        );
      });
      if (isWinner) winners++;
    }
    assert.ok(winners <= 50, `${winners} of 1,000`);
  });

  it('finds a winner between 20 held out groups and 380 guided ones, of which few buy, no more often than stated', () => {
    let winners = 0;
    for (let run = 0; run < 200; run++) {
      const random = createRandom(`uneven ${run}`);
      const bought = new Array<number>(400).fill(0);
      const options = { alpha: 0.05, planned: 400, matters: 0 };
      const isWinner = Array.from({ length: 12 }).some(() => {
        bought.forEach((before, i) => {
          if (random() < 0.02) bought[i] = before + Math.exp(2 * random());
        });
        const known = bought.map((outcome, i) => ({ arm: i < 20 ? 0 : 1, stratum: '', outcome }));
        return ['better', 'worse'].includes(
          judgeEstimate(compareArms(known, 1, options), options).is,
        );
      });
      if (isWinner) winners++;
    }
    assert.ok(winners <= 10, `${winners} of 200`);
  });
});

describe('arms', () => {
  const units = Array.from({ length: 61 }, (_, i) => ({
    id: `t:account:${i}`,
    stratum: i % 3 === 0 ? 'large' : 'small',
  }));
  const deal = { arms: 2, salt: 'cards' };
  const arms = assignArms(units, deal);
  const countOf = (stratum: string, arm: number): number =>
    units.filter((unit) => unit.stratum === stratum && arms.get(unit.id) === arm).length;

  it('are dealt out evenly in each stratum', () => {
    for (const stratum of ['large', 'small'])
      assert.ok(Math.abs(countOf(stratum, 0) - countOf(stratum, 1)) <= 1);
  });

  it('are the same in whatever order the accounts come', () => {
    assert.deepEqual([...assignArms(units.toReversed(), deal)].sort(), [...arms].sort());
  });

  it('stay when accounts come or go, and newcomers are dealt out beside them', () => {
    const more = Array.from({ length: 40 }, (_, i) => ({
      id: `t:account:new${i}`,
      stratum: 'small',
    }));
    const after = assignArms([...units, ...more], { ...deal, held: arms });
    for (const [id, arm] of arms) assert.equal(after.get(id), arm);
    const all = [...units, ...more].filter(({ stratum }) => stratum === 'small');
    const inFirst = all.filter(({ id }) => after.get(id) === 0).length;
    assert.ok(Math.abs(2 * inFirst - all.length) <= 1);
  });

  it('differ with another salt', () => {
    const other = assignArms(units, { ...deal, salt: 'other' });
    assert.ok(units.some(({ id }) => other.get(id) !== arms.get(id)));
  });
});
