import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Fact, Playbook } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { weighByGap } from '../../src/deliver/explore.js';
import { fitStrength, shrink } from '../../src/learn/beta-binomial.js';
import { estimatePropensity } from '../../src/learn/estimate-propensity.js';
import { countExposures, type Exposure } from '../../src/learn/exposure.js';
import { createOutcomeBook, type Outcomes } from '../../src/outcome-book.js';

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

const PLAYBOOK = {
  contactPolicy: { touches: { 'call-made': 'call' } },
  plays: [
    { id: 'a', action: { kind: 'call', touch: 'call' } },
    { id: 'b', action: { kind: 'email', touch: 'email' } },
  ],
} as unknown as Playbook;
const ACCOUNT = 't:account:1';
let ids = 0;
const fact = (
  type: string,
  day: number,
  data: Fact['data'] = {},
  more: Partial<Fact> = {},
): Fact => ({
  id: `f${++ids}`,
  type,
  subjects: [ACCOUNT],
  about: [ACCOUNT],
  occurredAt: day * DAY,
  learnedAt: day * DAY,
  grade: 'observed',
  data,
  ...more,
});
const BUYER = { by: 't:contact:1', grade: 'buyer-verified' } as const;
const seen = (play: string, day: number): Fact =>
  fact('seen', day, { opening: `${play}|${ACCOUNT}|${day}` });
const answer = (play: string, day: number, kind: string, more: Fact['data'] = {}): Fact =>
  fact('response', day, { play, record: ACCOUNT, response: { kind, ...more } });

function outcomesOf(facts: readonly Fact[]): Outcomes {
  const book = createOutcomeBook(PLAYBOOK, {
    success: ['replied'],
    windowMs: 30 * DAY,
    situation: 'account.segment',
  });
  for (const one of facts) book.add(ACCOUNT, one);
  return book.finish();
}

describe('what came of cards', () => {
  it('is a success when the rep acts on one and then the buyer does', () => {
    const { exposures } = outcomesOf([
      seen('a', 1),
      answer('a', 2, 'done'),
      fact('replied', 5, {}, BUYER),
    ]);
    assert.deepEqual(exposures, [
      { play: 'a', situation: '', at: DAY, followed: true, answeredAfter: 4 * DAY },
    ]);
  });

  it('is none when the rep says so, when nobody acted on the card, or when the buyer comes too late', () => {
    const says = outcomesOf([
      seen('a', 1),
      answer('a', 2, 'done'),
      fact('replied', 5, {}, { by: 't:rep:1' }),
    ]);
    const alone = outcomesOf([seen('a', 1), fact('replied', 5, {}, BUYER)]);
    const late = outcomesOf([seen('a', 1), answer('a', 2, 'done'), fact('replied', 40, {}, BUYER)]);
    for (const { exposures } of [says, alone, late])
      assert.equal(exposures[0]?.answeredAfter, undefined);
  });

  it('is also a success when the call is only found in the CRM', () => {
    const { exposures } = outcomesOf([
      seen('a', 1),
      fact('call-made', 3, {}, { by: 't:rep:1' }),
      fact('replied', 5, {}, BUYER),
    ]);
    assert.equal(exposures[0]?.answeredAfter, 4 * DAY);
  });

  it('is credited to the card that was acted on last, and to one alone', () => {
    const { exposures } = outcomesOf([
      seen('a', 1),
      seen('b', 1),
      answer('a', 2, 'done'),
      answer('b', 4, 'done'),
      fact('replied', 5, {}, BUYER),
    ]);
    assert.deepEqual(
      exposures.map(({ play, answeredAfter }) => [play, answeredAfter !== undefined]),
      [
        ['a', false],
        ['b', true],
      ],
    );
  });

  it('stays apart from what reps find helpful, and what was taken back does not count', () => {
    const done = answer('a', 2, 'done');
    const { exposures, acceptance } = outcomesOf([
      seen('a', 1),
      done,
      answer('a', 2, 'helpful'),
      { ...answer('a', 3, 'undo', { of: 'x' }) },
      { ...answer('a', 4, 'done'), id: 'response/x' },
    ]);
    assert.equal(exposures[0]?.answeredAfter, undefined);
    assert.deepEqual(acceptance.get('a'), { seen: 1, followed: 1, helpful: 1, notHelpful: 0 });
    const takenBack = outcomesOf([
      seen('a', 1),
      { ...done, id: 'response/y' },
      answer('a', 3, 'undo', { of: 'y' }),
    ]);
    assert.equal(takenBack.exposures[0]?.followed, false);
  });

  it('is the same in any order, delivered twice, and by parts of two devices', () => {
    const arbitrary = fc.array(
      fc.tuple(
        fc.constantFrom('seen', 'done', 'helpful', 'replied', 'call-made', 'segment', 'undo'),
        fc.constantFrom('a', 'b'),
        fc.integer({ min: 1, max: 60 }),
      ),
      { maxLength: 30 },
    );
    const toFact = ([kind, play, day]: readonly [string, string, number], i: number): Fact => {
      const made =
        kind === 'seen'
          ? seen(play, day)
          : kind === 'replied'
            ? fact('replied', day, {}, BUYER)
            : kind === 'call-made'
              ? fact('call-made', day, {}, { by: 't:rep:1' })
              : kind === 'segment'
                ? fact('record-changed', day, { values: { segment: play } })
                : answer(play, day, kind, kind === 'undo' ? { of: String(day % 5) } : {});
      return { ...made, id: kind === 'done' ? `response/${i % 5}` : `f${i}` };
    };
    fc.assert(
      fc.property(arbitrary, fc.nat(), (told, seed) => {
        const byId = new Map(told.map(toFact).map((one) => [one.id, one]));
        const facts = [...byId.values()];
        const random = createRandom(seed);
        // Each fact was on the first device, on the second, or on both.
        const parts = facts.flatMap((one) => (random() < 0.3 ? [one, one] : [one]));
        const mixed = parts
          .map((one) => ({ one, order: random() }))
          .sort((x, y) => x.order - y.order)
          .map(({ one }) => one);
        const [whole, merged] = [outcomesOf(facts), outcomesOf(mixed)];
        assert.deepEqual(merged.exposures, whole.exposures);
        assert.deepEqual([...merged.acceptance].sort(), [...whole.acceptance].sort());
      }),
      { numRuns: 300 },
    );
  });
});
