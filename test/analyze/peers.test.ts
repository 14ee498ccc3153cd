import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  findNearest,
  groupPeers,
  quantileInterval,
  shareOfWallet,
} from '../../src/analyze/peers.js';
import { createRandom } from '../../src/core/random.js';
import { quantile } from '../../src/core/statistics.js';

const close = (actual: number | undefined, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

const X = [1, 1.2, 1.5, 1.7, 2, 2.2, 2.5, 2.8, 3, 3.1, 3.3, 3.6];
const Y = [10, 12, 35, 18, 22, 40, 15, 60, 28, 33, 14, 90];
describe('what the best comparable customers spend', () => {
  for (const [at, neighbours, q80, q90] of [
    [1.6, [0, 1, 2, 3, 4], 24.6, 29.8],
    [3, [6, 7, 8, 9, 10], 38.4, 49.2],
  ] as const)
    it(`is ${q80} by the 80 % quantile and ${q90} by the 90 % one of the five nearest to ${at}`, () => {
      const near = findNearest(
        X.map((x) => Math.abs(x - at)),
        5,
      );
      assert.deepEqual(near, neighbours);
      const values = near.map((place) => Y[place] as number);
      close(quantile(values, 0.8), q80);
      close(quantile(values, 0.9), q90);
    });

  it('is 39 over all of them', () => {
    close(quantile(Y, 0.8), 39);
  });

  it('has an interval that holds the true quantile in 95 of 100 samples or a little more', () => {
    const random = createRandom('wallets');
    let held = 0;
    for (let sample = 0; sample < 2_000; sample++) {
      const values = Array.from({ length: 40 }, random);
      const [low, high] = quantileInterval(values, 0.8)?.interval ?? [1, 0];
      if (low <= 0.8 && 0.8 <= high) held++;
    }
    assert.ok(held / 2_000 > 0.94 && held / 2_000 < 0.99, String(held / 2_000));
  });

  it('has no interval of 16 customers: the largest of them may well lie below the quantile', () => {
    assert.equal(
      quantileInterval(
        Array.from({ length: 16 }, (_, i) => i),
        0.8,
      ),
      undefined,
    );
    assert.ok(
      quantileInterval(
        Array.from({ length: 17 }, (_, i) => i),
        0.8,
      ),
    );
    assert.equal(quantileInterval([], 0.8), undefined);
  });
});

describe('the share of the wallet', () => {
  for (const [sales, wallet, share, headroom] of [
    [40, 160, 0.25, 120],
    [90, 100, 0.9, 10],
    [0, 50, 0, 50],
    [70, 50, 1, 0],
    [0, 0, 0, 0],
  ] as const)
    it(`is ${share} of ${wallet} for sales of ${sales}, with ${headroom} more to be had`, () => {
      assert.deepEqual(shareOfWallet(sales, wallet), { share, headroom });
    });
});

describe('peers', () => {
  it('are alike in every choice and in the third of a number, and who is not known has none', () => {
    const groups = groupPeers(
      [
        { id: 'segment', isNumber: false, values: ['a', 'a', 'a', 'b', undefined, 'a'] },
        { id: 'size', isNumber: true, values: [1, 1, 50, 1, 50, 100] },
      ],
      6,
    );
    assert.deepEqual(groups.ofAccount, [0, 0, 1, 2, undefined, 1]);
    assert.deepEqual(groups.sizes, [2, 2, 1]);
    assert.deepEqual(groups.alike[0], ['a', { to: 50 }]);
  });
});
