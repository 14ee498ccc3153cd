import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type BgNbd,
  fitBgNbd,
  lookAhead,
  type PurchaseSummary,
  probabilityOf,
} from '../../src/analyze/bg-nbd.js';
import { expectedValue, fitGammaGamma, type GammaGamma } from '../../src/analyze/gamma-gamma.js';
import { isTooLittle } from '../../src/analyze/too-little-data.js';
import { createRandom } from '../../src/core/random.js';

const close = (actual: number | undefined, expected: number, within: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

/** The estimates that Fader, Hardie & Lee published for the CDNOW customers. */
const CDNOW: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, unit: 'week', logLikelihood: 0 };
const week = (amount: number) => ({ amount, unit: 'week' }) as const;

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** Marsaglia & Tsang's. */
function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

interface Lived extends PurchaseSummary {
  /** Purchases in the time after now. */
  readonly later: number;
}

/** Customers who live as the model says, of weeks. */
function liveThrough(count: number, model: BgNbd, ahead: number): readonly Lived[] {
  const random = createRandom('customers');
  return Array.from({ length: count }, () => {
    const rate = drawGamma(model.r, random) / model.alpha;
    const [one, other] = [drawGamma(model.a, random), drawGamma(model.b, random)];
    const leaves = one / (one + other);
    const age = 30 + Math.floor(12 * random());
    let [at, repeats, last, later] = [0, 0, 0, 0];
    for (;;) {
      at += -Math.log(1 - random()) / rate;
      if (at > age + ahead) break;
      if (at <= age) [repeats, last] = [repeats + 1, at];
      else later++;
      if (random() < leaves) break;
    }
    return { repeats, last, age, later };
  });
}

describe('the model of non-contractual buying', () => {
  it('gives the probabilities that the BTYD manual prints', () => {
    close(probabilityOf(10, week(2), CDNOW), 1.07868964e-7, 1e-14);
    close(probabilityOf(0, week(39), CDNOW), 0.5737863521, 1e-9);
    const expected = [
      0.001999521447, 0.00151702363, 0.001163315007, 0.0009003147896, 0.0007023637659,
      0.0005517902426, 0.0004361912809, 0.0003467171396, 0.0002769612648, 0.000222226048,
    ];
    for (const [i, p] of expected.entries())
      close(probabilityOf(11 + i, week(30), CDNOW), p, 1e-11);
  });

  it('expects 1.2259 purchases in 39 weeks of who bought twice more, the last time in week 30.43 of 38.86', () => {
    const fitted = { r: 0.2425929, alpha: 4.4135317, a: 0.7928862, b: 2.4257537 };
    const customers = [{ repeats: 2, last: 30.43, age: 38.86 }];
    const [outlook] = lookAhead({ unit: 'week', customers }, week(39), { ...CDNOW, ...fitted });
    close(outlook?.expected, 1.2259, 1e-4);
  });

  it('gives probabilities that add up to 1, and to the mean that it expects of a new customer', () => {
    const all = Array.from({ length: 400 }, (_, repeats) =>
      probabilityOf(repeats, week(39), CDNOW),
    );
    const sum = (of: (p: number, repeats: number) => number): number =>
      all.reduce((total, p, repeats) => total + of(p, repeats), 0);
    close(
      sum((p) => p),
      1,
      1e-6,
    );
    const customers = [{ repeats: 0, last: 0, age: 0 }];
    const [outlook] = lookAhead({ unit: 'week', customers }, week(39), CDNOW);
    close(
      sum((p, repeats) => p * repeats),
      outlook?.expected ?? 0,
      1e-3,
    );
  });

  it('says the same of a table in days as of one in weeks', () => {
    const weeks = [{ repeats: 2, last: 30, age: 38 }];
    const days = [{ repeats: 2, last: 210, age: 266 }];
    const [one] = lookAhead({ unit: 'week', customers: weeks }, week(39), CDNOW);
    const [other] = lookAhead(
      { unit: 'day', customers: days },
      { amount: 273, unit: 'day' },
      CDNOW,
    );
    assert.deepEqual(other, one);
  });

  it('finds the parameters by which 6,000 customers lived, and what they then did', () => {
    const truth = { ...CDNOW, r: 0.6, alpha: 6, a: 0.8, b: 2.5 };
    const customers = liveThrough(6_000, truth, 26);
    const model = fitBgNbd({ unit: 'week', customers });
    assert.ok(!isTooLittle(model));
    close(model.r, 0.6, 0.06);
    close(model.alpha, 6, 0.7);
    close(model.a / (model.a + model.b), 0.8 / 3.3, 0.04);
    const outlook = lookAhead({ unit: 'week', customers }, week(26), model);
    const later = customers.reduce((sum, one) => sum + one.later, 0);
    close(outlook.reduce((sum, { expected }) => sum + expected, 0) / later, 1, 0.05);
    const bought = customers.filter((one) => one.later > 0).length;
    close(outlook.reduce((sum, { buys }) => sum + buys, 0) / bought, 1, 0.05);
  });

  it('has no number for 99 customers, and says what it would take', () => {
    const customers = liveThrough(99, CDNOW, 0);
    assert.deepEqual(fitBgNbd({ unit: 'week', customers }), {
      needed: '100 customers who bought',
      got: 99,
    });
  });
});

describe('what a purchase is worth', () => {
  const published: GammaGamma = { p: 6.25, q: 3.74, v: 15.44, logLikelihood: 0, correlation: 0 };
  it('is what note 025 expects of the first ten CDNOW customers', () => {
    const first = [
      [2, 22.35, 24.66371391],
      [1, 11.77, 18.91685206],
      [0, 0, 35.2189781],
      [7, 73.74, 71.4696709],
      [2, 25.55, 27.28838583],
    ] as const;
    for (const [repeats, mean, expected] of first)
      close(expectedValue({ repeats, mean }, published), expected, 1e-6);
  });

  it('is found from 4,000 customers whose values were drawn so', () => {
    const random = createRandom('values');
    const customers = Array.from({ length: 4_000 }, () => {
      const repeats = 1 + Math.floor(5 * random());
      const scale = drawGamma(3.74, random) / 15.44;
      return { repeats, mean: drawGamma(6.25 * repeats, random) / (repeats * scale) };
    });
    const model = fitGammaGamma(customers);
    assert.ok(!isTooLittle(model));
    close(model.p / 6.25, 1, 0.15);
    close(model.q / 3.74, 1, 0.15);
    close((model.p * model.v) / (model.q - 1), (6.25 * 15.44) / 2.74, 1.5);
  });

  it('has no mean where values spread without bound', () => {
    assert.equal(expectedValue({ repeats: 0, mean: 0 }, { ...published, q: 0.9 }), undefined);
  });
});
