import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/core/random.js';
import { weighByGap } from '../../src/deliver/explore.js';
import { fitStrength, shrink } from '../../src/learn/beta-binomial.js';
import { estimatePropensity } from '../../src/learn/estimate-propensity.js';
import { countExposures, type Exposure } from '../../src/learn/exposure.js';

const DAY = 86_400_000;
const near = (actual: number, expected: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

describe('how alike rates are', () => {
  it('is what makes the data most probable, as published values have it', () => {
    const successes = [2, 0, 5, 1, 9, 3, 0, 12, 4, 1];
    const trials = [40, 15, 60, 30, 80, 55, 8, 150, 45, 90];
    const mean = 0.06256937553;
    const all = trials.map((n, i) => ({ mean, successes: successes[i] as number, trials: n }));
    const strength = fitStrength(all);
    near(strength / (8.901875644 + 133.3702114), 1, 1e-3);
    const posterior = [
      0.05981099914, 0.05660175184, 0.06872859149, 0.05747811971, 0.08054036779, 0.06033228431,
      0.0592383843, 0.07151512774, 0.06889374623, 0.04263050187,
    ];
    for (const [i, one] of all.entries()) near(shrink(one, strength), posterior[i] as number, 1e-5);
  });

  it('is held to what is usual where few rates tell little, and not where many tell much', () => {
    const alike = Array.from({ length: 5 }, () => ({ mean: 0.2, successes: 6, trials: 30 }));
    assert.ok(fitStrength(alike) > 900, 'five rates that are as expected');
    assert.ok(fitStrength(alike, 4) < 60);
    const many = Array.from({ length: 500 }, () => ({ mean: 0.2, successes: 60, trials: 300 }));
    assert.ok(fitStrength(many, 4) > 300);
  });
});

describe('what exposures count for', () => {
  const options = { windowMs: 1, now: 10 * DAY, halfLifeMs: 5 * DAY };
  const exposure = (day: number, answered: boolean): Exposure => ({
    play: 'p',
    situation: '',
    at: day * DAY,
    followed: true,
    ...(answered && { answeredAfter: 0 }),
  });

  it('halves with the half-life, as the discounted beta does', () => {
    const events = [
      [0, true],
      [1, false],
      [1, false],
      [3, true],
      // The last one is of this moment, and its window has passed all the same.
      [10 - 1 / DAY, false],
    ] as const;
    const counted = countExposures(
      events.map(([day, answered]) => exposure(day, answered)),
      options,
    );
    const successes = counted.reduce((sum, one) => sum + one.successes, 0);
    const trials = counted.reduce((sum, one) => sum + one.trials, 0);
    near(1 + successes, 1.628929142);
    near(1 + trials - successes, 2.574349177);
  });

  it('is nothing yet for a card of this moment, and never a "no" while it waits', () => {
    const [fresh] = countExposures([exposure(10, false)], { ...options, windowMs: 30 * DAY });
    assert.deepEqual([fresh?.trials, fresh?.successes], [0, 0]);
  });

  it('is nothing for a card that nobody acted on, so that the third place looks no worse than the first', () => {
    const all = Array.from(
      { length: 40 },
      (_, i): Exposure => ({
        ...exposure(1, i < 5),
        followed: i < 10,
      }),
    );
    const counted = countExposures(all, options);
    assert.equal(counted.length, 10);
    const successes = counted.reduce((sum, one) => sum + one.successes, 0);
    near(successes / counted.reduce((sum, one) => sum + one.trials, 0), 0.5);
  });

  it('is right in the first days already, of which no window has passed', () => {
    const random = createRandom('first days');
    for (const [meanDays, from, to] of [
      [0.5, 0.28, 0.36],
      [3, 0.25, 0.45],
    ] as const) {
      const now = 10 * DAY;
      const exposures = Array.from({ length: 4_000 }, (): Exposure => {
        const at = now * random();
        const delay = -meanDays * DAY * Math.log(1 - random());
        const isAnswered = random() < 0.3 && at + delay <= now;
        const answered = isAnswered && { answeredAfter: delay };
        return { play: 'p', situation: '', at, followed: true, ...answered };
      });
      const counted = countExposures(exposures, { now, windowMs: 30 * DAY, halfLifeMs: 1e6 * DAY });
      const trials = counted.reduce((sum, one) => sum + one.trials, 0);
      const rate = counted.reduce((sum, one) => sum + one.successes, 0) / trials;
      assert.ok(rate > from && rate < to, `${rate} where buyers take ${meanDays} days`);
    }
  });

  it('finds the rate although most answers are still to come', () => {
    const random = createRandom('delayed');
    const truth = 0.4;
    const now = 60 * DAY;
    // Cards come faster and faster, so that most wait; answers take 12 days on average.
    const exposures = Array.from({ length: 6_000 }, (): Exposure => {
      const at = now - 60 * DAY * random() ** 3;
      const delay = -12 * DAY * Math.log(1 - random());
      const isAnswered = random() < truth && delay <= 30 * DAY;
      return {
        play: 'p',
        situation: '',
        at,
        followed: true,
        ...(isAnswered && at + delay <= now && { answeredAfter: delay }),
      };
    });
    const counted = countExposures(exposures, { now, windowMs: 30 * DAY, halfLifeMs: 1e6 * DAY });
    const rate =
      counted.reduce((sum, one) => sum + one.successes, 0) /
      counted.reduce((sum, one) => sum + one.trials, 0);
    const within = truth * (1 - Math.exp(-30 / 12));
    const naive = exposures.filter((one) => one.answeredAfter !== undefined).length / 6_000;
    near(rate, within, 0.03);
    assert.ok(naive < within - 0.1, 'taking what waits for a no would be far off');
  });
});

describe('propensity', () => {
  const plays = [
    { id: 'a', guess: 0.2, group: 'call' },
    { id: 'b', guess: 0.4, group: 'call' },
    { id: 'c', guess: 0.2, group: 'email' },
  ];
  const tried = (play: string, trials: number, successes: number, situation = '') => [
    { play, situation, trials, successes },
  ];

  it('is the guess of the author on day one, with a wide interval and no sample', () => {
    const { a, b } = estimatePropensity(plays, []);
    assert.deepEqual([a?.rate, b?.rate, a?.sampleSize], [0.2, 0.4, 0]);
    assert.ok((a?.low ?? 1) < 0.07 && (a?.high ?? 0) > 0.38, JSON.stringify(a));
  });

  it('of a play that was never shown follows what its group does', () => {
    const { a, b, c } = estimatePropensity(plays, tried('a', 200, 10));
    assert.ok(
      (b?.rate ?? 1) < 0.3,
      `guessed 0.4, and the other call came off a fourth as often as guessed: ${b?.rate}`,
    );
    assert.ok((c?.rate ?? 0) > 2 * (a?.rate ?? 1), 'an email is drawn less far down than a call');
  });

  it('is its own where there is plenty of data', () => {
    near(estimatePropensity(plays, tried('a', 20_000, 1_000)).a?.rate ?? 0, 0.05, 0.002);
  });

  it('of one lucky success is not 1', () => {
    const { rate = 1 } = estimatePropensity(plays, tried('a', 1, 1)).a ?? {};
    assert.ok(rate < 0.25, String(rate));
  });

  it('differs by situation where data say so, and is that of the play where they do not', () => {
    const found = estimatePropensity(plays, [
      ...tried('a', 400, 160, 'large'),
      ...tried('a', 400, 20, 'small'),
      ...tried('a', 1, 0, 'odd'),
    ]);
    assert.ok((found['a|large']?.rate ?? 0) > 0.35);
    assert.ok((found['a|small']?.rate ?? 1) < 0.08);
    near(found['a|odd']?.rate ?? 0, found.a?.rate ?? 1, 0.1);
  });
});

describe('the shares by which one of several is drawn', () => {
  const published = [
    { scores: [1, 0.5], gamma: 10, floor: 0.1, weights: [0.8571428571, 0.1428571429] },
    { scores: [1, 0.5, 0.2], gamma: 10, floor: 0.3, weights: [0.775, 0.125, 0.1] },
    { scores: [1, 0.5], gamma: 1, floor: 0.1, weights: [0.6, 0.4] },
  ];
  for (const { scores, gamma, floor, weights } of published)
    it(`for ${scores.join(', ')} with gamma ${gamma} and floor ${floor} are those of inverse gap weighting`, () => {
      for (const [i, weight] of weighByGap(scores, { gamma, floor }).entries())
        near(weight, weights[i] as number, 1e-9);
    });
});

describe('a play that buyers answer at once', () => {
  it('is never more than certain beside plays whose answers take weeks, and its interval holds its rate', () => {
    const now = 400 * DAY;
    const slow = Array.from(
      { length: 200 },
      (_, i): Exposure => ({
        ...{ play: 'sign', situation: '', at: now - (60 + (i % 60)) * DAY, followed: true },
        ...(i % 5 === 0 && { answeredAfter: (15 + (i % 14)) * DAY }),
      }),
    );
    const quick = Array.from(
      { length: 60 },
      (): Exposure => ({
        ...{ play: 'open', situation: 'small', at: now - DAY / 12, followed: true },
        answeredAfter: DAY / 24,
      }),
    );
    const counted = countExposures([...slow, ...quick], {
      ...{ now, windowMs: 30 * DAY, halfLifeMs: 180 * DAY },
    });
    const guess = { guess: 0.2, group: 'talk' };
    const found = estimatePropensity(
      [
        { id: 'sign', ...guess },
        { id: 'open', ...guess },
      ],
      counted,
    );
    assert.deepEqual(Object.keys(found), ['sign', 'open', 'open|small']);
    for (const { rate, low = 1, high = 0 } of Object.values(found))
      assert.ok(low <= rate && rate <= high && high < 1, JSON.stringify(found));
  });
});
