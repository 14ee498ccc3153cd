import type { Sliced } from '../core/run-sliced.js';
import { wilsonInterval } from '../core/statistics.js';
import { fisherGreater } from './fisher.js';
import { similarityOf, type Together } from './together.js';

/** Two items that are together more often than chance makes. */
export interface ItemPair {
  readonly item: number;
  readonly other: number;
  /** Baskets with the item, with the other one, and with both. */
  readonly having: number;
  readonly havingOther: number;
  readonly both: number;
  /** Of the baskets with the item the share that has the other one, and the same of all others. */
  readonly share: number;
  readonly elsewhere: number;
  /** 95 %, of the share less that elsewhere (Newcombe 1998, method 10). */
  readonly interval: readonly [number, number];
  /** Fisher's exact test, times the number of pairs looked at. */
  readonly p: number;
}

/** Items in fewer baskets are not looked at. */
const FEWEST = 10;
const LEVEL = 0.05;

/**
 * All pairs of frequent items that go together, each told of the item of which the larger share has the other one, the
 * strongest first (by Dunning's likelihood ratio, in which rare items do not explode). That any of them is false is bounded
 * by 5 %, however many pairs there are (Bonferroni).
 */
export function* findPairs(together: Together): Sliced<readonly ItemPair[]> {
  const { items, baskets, counts, pairs } = together;
  const frequent = Array.from({ length: items }, (_, item) => item).filter(
    (item) => (counts[item] as number) >= FEWEST,
  );
  const tests = (frequent.length * (frequent.length - 1)) / 2;
  const found: { readonly pair: ItemPair; readonly strength: number }[] = [];
  for (const [place, one] of frequent.entries()) {
    for (let next = place + 1; next < frequent.length; next++) {
      const two = frequent[next] as number;
      const both = pairs[one * items + two] as number;
      const rarerFirst = (counts[one] as number) <= (counts[two] as number);
      const [item, other] = rarerFirst ? [one, two] : [two, one];
      const [having, positive] = [counts[item] as number, counts[other] as number];
      if (both * baskets <= having * positive) continue;
      const p = Math.min(1, tests * fisherGreater(having, both, { rows: baskets, positive }));
      if (p > LEVEL) continue;
      const rest = baskets - having;
      const [share, elsewhere] = [both / having, rest > 0 ? (positive - both) / rest : 0];
      const [low, high] = wilsonInterval(both, having);
      const [least, most] = wilsonInterval(positive - both, rest);
      const interval = [
        share - elsewhere - Math.hypot(share - low, most - elsewhere),
        share - elsewhere + Math.hypot(high - share, elsewhere - least),
      ] as const;
      const pair = {
        item,
        other,
        having,
        havingOther: positive,
        both,
        share,
        elsewhere,
        interval,
        p,
      };
      found.push({ pair, strength: similarityOf(one, two, together).logLikelihoodRatio });
    }
    yield place / frequent.length;
  }
  return found.sort((one, other) => other.strength - one.strength).map(({ pair }) => pair);
}
