import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createDemoWorld } from '../../examples/crm/data/world.js';
import { tryBaskets } from '../../src/analyze/basket-trial.js';
import { completeBasket, learnBaskets, weightOf } from '../../src/analyze/complete-basket.js';
import { findPairs } from '../../src/analyze/find-pairs.js';
import { countTogether, similarityOf } from '../../src/analyze/together.js';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;
const skip = DATA === undefined ? 'OPPORTUNE_TEST_DATA is not set' : false;

const close = (actual: number | undefined, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

/** Who has which of five items. */
const BASKETS = ['11001', '11100', '01101', '10010', '11011', '00101'].map((row) =>
  Array.from(row).flatMap((has, item) => (has === '1' ? [item] : [])),
);

describe('how two items go together', () => {
  const together = countTogether(BASKETS, 5);
  for (const [one, other, cosine, lift, jaccard, ratio] of [
    [0, 1, 0.75, 1.125, 0.6, 0.3669001403],
    [0, 2, 0.2886751346, 0.5, 0.1666666667, 3.81908501],
    [0, 3, Math.SQRT1_2, 1.5, 0.5, 2.092992575],
    [1, 2, 0.5773502692, 1, 0.4, 0],
    [2, 3, 0, 0, 0, 3.81908501],
    [3, 3, 1, 3, 1, 0],
  ] as const)
    it(`is cosine ${cosine}, lift ${lift}, Jaccard ${jaccard}, G2 ${ratio} for items ${one} and ${other}`, () => {
      const found = similarityOf(one, other, together);
      close(found.cosine, cosine);
      close(found.lift, lift);
      close(found.jaccard, jaccard);
      close(found.logLikelihoodRatio, ratio);
    });

  it('adds up by cosine to the published scores of what user 3 has not', () => {
    for (const [item, score] of [
      [1, 1.103553391],
      [2, 0.2886751346],
      [4, 0.8535533906],
    ] as const)
      close(
        [0, 3].reduce((sum, own) => sum + similarityOf(own, item, together).cosine, 0),
        score,
      );
  });

  it('is nothing for items that nobody bought', () => {
    assert.deepEqual(similarityOf(0, 1, countTogether([], 2)), {
      cosine: 0,
      lift: 0,
      jaccard: 0,
      logLikelihoodRatio: 0,
    });
  });
});

describe('pairs that go together', () => {
  const random = createRandom('pairs');
  const drawFree = (): readonly (readonly number[])[] =>
    Array.from({ length: 250 }, () =>
      Array.from({ length: 25 }, (_, item) => item).filter((item) => random() < 0.5 - item / 60),
    );

  it('are found where one follows from the other, with their counts', () => {
    const baskets = makeBaskets(1_000);
    const [first, ...others] = runThrough(findPairs(countTogether(baskets, 20)));
    const count = (...items: readonly number[]): number =>
      baskets.filter((basket) => items.every((item) => basket.includes(item))).length;
    const [item, other] = count(0) <= count(1) ? [0, 1] : [1, 0];
    assert.deepEqual([first?.item, first?.other], [item, other]);
    assert.deepEqual(
      [first?.having, first?.havingOther, first?.both],
      [count(item), count(other), count(0, 1)],
    );
    const share = count(0, 1) / count(item);
    const elsewhere = (count(other) - count(0, 1)) / (1_000 - count(item));
    close(first?.share, share);
    close(first?.elsewhere, elsewhere);
    const [low, high] = first?.interval ?? [0, 0];
    assert.ok(0 < low && low < share - elsewhere && share - elsewhere < high);
    assert.deepEqual(others, []);
  });

  it('are none at all in 95 of 100 sets of baskets whose items have nothing to do with each other', () => {
    const wrong = Array.from({ length: 200 }, () =>
      Number(runThrough(findPairs(countTogether(drawFree(), 25))).length > 0),
    ).reduce((sum, one) => sum + one, 0);
    // At 5 in 100, more than 19 of 200 would come three times in 1,000.
    assert.ok(wrong <= 19, `${wrong} of 200`);
  });
});

/** Item 1 follows from item 0, and item 2 merely is in most baskets. */
function makeBaskets(count: number): readonly (readonly number[])[] {
  const random = createRandom('baskets');
  return Array.from({ length: count }, () => {
    const has = [
      random() < 0.3,
      false,
      random() < 0.7,
      ...Array.from({ length: 17 }, () => random() < 0.15),
    ];
    has[1] = random() < (has[0] ? 0.8 : 0.05);
    return has.flatMap((one, item) => (one ? [item] : []));
  });
}

describe('what is missing from a basket', () => {
  const baskets = makeBaskets(4_000);
  const model = runThrough(learnBaskets(countTogether(baskets, 20)));
  it('is told with about the probability that it has', () => {
    close(completeBasket([0], model)[1], 0.8, 0.06);
    close(completeBasket([5], model)[1], 0.05, 0.06);
  });

  it('is not made more probable by what is merely frequent', () => {
    const [without, beside] = [completeBasket([], model), completeBasket([2], model)];
    close(beside[1], without[1] as number, 0.02);
  });

  it('is told of the rest alone by taking away what a hidden item added', () => {
    for (const basket of baskets.filter(({ length }) => length > 3).slice(0, 50))
      for (const hidden of basket) {
        const rest = completeBasket(
          basket.filter((item) => item !== hidden),
          model,
        );
        for (const [item, score] of completeBasket(basket, model).entries())
          close(score - weightOf(hidden, item, model), rest[item] as number, 1e-9);
      }
  });

  it('is found more often than by popularity, among the first three', () => {
    const random = createRandom(1);
    const { gain, interval } = runThrough(tryBaskets(baskets, 20, { first: 3, random }));
    assert.ok(gain > 0 && interval[0] > 0, String(interval));
  });

  it('is found no more often where items have nothing to do with each other', () => {
    const random = createRandom(2);
    const free = Array.from({ length: 3_000 }, () =>
      Array.from({ length: 20 }, (_, item) => item).filter((item) => random() < 0.3 - item / 100),
    );
    const { interval } = runThrough(tryBaskets(free, 20, { first: 3, random }));
    assert.ok(interval[0] < 0, String(interval));
  });

  it('is nothing of no baskets', () => {
    const { baskets: count, gain } = runThrough(tryBaskets([], 0, { random: () => 0 }));
    assert.deepEqual([count, gain], [0, 0]);
  });

  it('is found more often than by popularity in the groceries, among the first ten', {
    skip,
  }, () => {
    const lines = readFileSync(join(DATA ?? '', 'groceries/groceries.csv'), 'utf8')
      .trim()
      .split('\n');
    const numbers = new Map<string, number>();
    const rows = lines.map((line) =>
      [...new Set(line.split(',').map((item) => item.trim()))].map((item) => {
        const number = numbers.get(item) ?? numbers.size;
        numbers.set(item, number);
        return number;
      }),
    );
    const { interval } = runThrough(tryBaskets(rows, numbers.size, { random: createRandom(1) }));
    assert.equal(numbers.size, 169);
    assert.ok(interval[0] > 0.02, String(interval));
  });

  it('is found more often than by popularity in what customers of the demo bought, among the first ten', () => {
    const numbers = new Map<string, number>();
    const bought = new Map<string, Set<number>>();
    for (const { type, subjects, data } of createDemoWorld(7).facts) {
      if (type !== 'purchase') continue;
      const [account = ''] = subjects;
      const product = String(data.product);
      const number = numbers.get(product) ?? numbers.size;
      numbers.set(product, number);
      bought.set(account, (bought.get(account) ?? new Set()).add(number));
    }
    const rows = [...bought.values()].map((own) => [...own]);
    const { interval } = runThrough(tryBaskets(rows, numbers.size, { random: createRandom(1) }));
    assert.ok(interval[0] > 0, String(interval));
  });
});
