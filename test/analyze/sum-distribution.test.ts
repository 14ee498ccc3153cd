import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Chance, distributeSum } from '../../src/analyze/sum-distribution.js';
import { createRandom } from '../../src/core/random.js';

const close = (actual: number, expected: number, within: number): void =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

/** Every way in which it may come out. */
function enumerate(
  chances: readonly Chance[],
): readonly { readonly sum: number; readonly p: number }[] {
  return Array.from({ length: 2 ** chances.length }, (_, way) => {
    let [sum, p] = [0, 1];
    for (const [i, one] of chances.entries()) {
      const comes = ((way >> i) & 1) === 1;
      if (comes) sum += one.amount;
      p *= comes ? one.p : 1 - one.p;
    }
    return { sum, p };
  });
}

describe('the sum of what may come', () => {
  const random = createRandom('sums');
  const chances = Array.from({ length: 12 }, () => ({
    p: random(),
    amount: Math.round(1_000_000 * random()),
  }));
  const ways = enumerate(chances);
  const found = distributeSum(chances);
  const most = chances.reduce((sum, { amount }) => sum + amount, 0);

  it('is expected to be what enumeration gives', () => {
    close(
      found.expected,
      ways.reduce((sum, one) => sum + one.p * one.sum, 0),
      1e-3,
    );
  });

  for (const share of [0.1, 0.5, 0.9])
    it(`has the ${share} quantile of enumeration within a thousandth of the largest sum`, () => {
      const sorted = ways.toSorted((one, other) => one.sum - other.sum);
      let below = 0;
      const exact = sorted.find(({ p }) => {
        below += p;
        return below >= share;
      })?.sum as number;
      close(found.quantile(share), exact, most / 1_000);
    });

  it('is at least a third of the largest sum as often as enumeration says', () => {
    const exact = ways.reduce((sum, one) => sum + (one.sum >= most / 3 ? one.p : 0), 0);
    close(found.atLeast(most / 3), exact, 0.01);
  });

  it('is 0 for certain where there is nothing to come, or nothing that is worth anything', () => {
    for (const none of [[], [{ p: 0.5, amount: 0 }]]) {
      const { expected, quantile, atLeast } = distributeSum(none);
      assert.deepEqual([expected, quantile(0.9), atLeast(0), atLeast(1)], [0, 0, 1, 0]);
    }
  });
});
