import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { middleDifference } from '../../src/analyze/middle-difference.js';
import { studentQuantile } from '../../src/core/quantiles.js';
import { AMOUNT_WORLDS, type Amounts, drawAmounts } from '../amounts-of-sellers.js';

const close = (actual: number | undefined, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((actual ?? NaN) - expected) <= within, `${actual} is not ${expected}`);

/** Of all pairs, one by one: whose they are, and how far apart. */
function pairsIn({ has, outcome, strata, sellers }: Amounts) {
  return has.flatMap((one, row) =>
    has.flatMap((other, less) =>
      one === 1 && other === 0 && strata[row] === strata[less]
        ? [
            {
              apart: (outcome[row] as number) - (outcome[less] as number),
              of: new Set([sellers[row] as number, sellers[less] as number]),
            },
          ]
        : [],
    ),
  );
}

/** How far out the pairs above a shift less those below are, in standard errors by sellers. */
function studentOf(pairs: ReturnType<typeof pairsIn>, shift: number): number {
  const bySeller = new Map<number, number>();
  let sum = 0;
  for (const { apart, of } of pairs) {
    const sign = Math.sign(apart - shift);
    sum += sign;
    for (const seller of of) bySeller.set(seller, (bySeller.get(seller) ?? 0) + sign);
  }
  const scores = [...bySeller.values()];
  const mean = scores.reduce((all, one) => all + one, 0) / scores.length;
  const squares = scores.reduce((all, one) => all + (one - mean) ** 2, 0);
  return sum / Math.sqrt((squares * scores.length) / (scores.length - 1));
}

describe('the difference in the middle of all pairs', () => {
  const within = drawAmounts({ seed: 1, sellers: 10, deals: 14 });
  const between = drawAmounts({ seed: 2, sellers: 12, deals: 9, having: 5 });
  // Two territories, in which all sellers are compared with one another and with themselves.
  const mixed = { ...within, strata: within.sellers.map((seller) => seller % 2) };

  it('is the median over pairs of comparable rows, counted one by one', () => {
    for (const amounts of [within, between, mixed]) {
      const apart = pairsIn(amounts).map((one) => one.apart);
      apart.sort((one, other) => one - other);
      const half = apart.length / 2;
      const middle =
        ((apart[Math.ceil(half) - 1] as number) + (apart[Math.floor(half)] as number)) / 2;
      close(middleDifference(amounts.has, amounts)?.difference, middle);
    }
  });

  it('has an interval of the shifts that its pairs, counted one by one for each seller, do not speak against', () => {
    for (const [amounts, degrees] of [
      [within, 9],
      [between, 4],
      [mixed, 9],
    ] as const) {
      const pairs = pairsIn(amounts);
      const [low, high] = middleDifference(amounts.has, amounts)?.interval ?? [0, 0];
      const bound = studentQuantile(0.975, degrees);
      assert.ok(low < high);
      assert.ok(studentOf(pairs, low - 1e-6) > bound && studentOf(pairs, low + 1e-6) <= bound);
      assert.ok(studentOf(pairs, high + 1e-6) < -bound && studentOf(pairs, high - 1e-6) >= -bound);
    }
  });

  for (const { title, world } of AMOUNT_WORLDS)
    it(`has an interval that holds the truth some 95 times in 100: ${title}`, () => {
      const held = Array.from({ length: 200 }, (_, run) => {
        const amounts = drawAmounts({ ...world, seed: `${title} ${run}` });
        const [low, high] = middleDifference(amounts.has, amounts)?.interval ?? [1, 1];
        return Number(low <= 1 && 1 <= high);
      }).reduce((sum, one) => sum + one, 0);
      // Were it 95 in 100, fewer than 181 of 200 would come three times in 1,000.
      assert.ok(held >= 181, `${held} of 200`);
    });

  it('stays near 1 of so many rows that an even part is taken, whatever the largest value is', () => {
    const amounts = drawAmounts({ seed: 3, sellers: 40, deals: 1_500 });
    const outcome = amounts.outcome.map((one, row) =>
      row % 100 === 0 && amounts.has[row] === 1 ? 1e6 : one,
    );
    const found = middleDifference(amounts.has, { ...amounts, outcome });
    close(found?.difference, 1, 0.15);
    const [low, high] = found?.interval ?? [0, 0];
    assert.ok(low > 0.8 && high < 1.3, `${low} to ${high}`);
  });

  it('has no interval of one seller, nor where nearly all pairs are of one of three', () => {
    const one = drawAmounts({ seed: 4, sellers: 1, deals: 60 });
    assert.equal(middleDifference(one.has, one)?.interval, undefined);
    const of = [...Array<number>(40).fill(0), 1, 1, 2, 2];
    const uneven = {
      has: of.map((_, row) => row % 2),
      outcome: Float64Array.from(of, (_, row) => row),
      strata: Int32Array.from(of),
      sellers: Int32Array.from(of),
    };
    assert.equal(middleDifference(uneven.has, uneven)?.interval, undefined);
  });

  it('is not known where no stratum has both', () => {
    const amounts = {
      outcome: Float64Array.of(1, 2, 3),
      strata: Int32Array.of(0, 0, 1),
      sellers: Int32Array.of(0, 1, 2),
    };
    assert.equal(middleDifference([1, 1, 0], amounts), undefined);
  });
});
