import { type Sliced, within } from '../core/run-sliced.js';
import { type BasketModel, completeBasket, learnBaskets, weightOf } from './complete-basket.js';
import { countTogether, type Together } from './together.js';

/** Whether what goes together tells the missing item better than what is popular does. */
export interface BasketTrial {
  /** Baskets of which each item was hidden in turn. */
  readonly baskets: number;
  readonly first: number;
  /** How often the hidden item is among the first ones: the mean of a basket, on average over baskets. */
  readonly hits: { readonly together: number; readonly popular: number };
  /** Of the first ones, the share that was hidden: with one hidden item at a time a hit rate over their number. */
  readonly precision: { readonly together: number; readonly popular: number };
  /** Of the hit rate. */
  readonly gain: number;
  /** 95 %, by pairs: a basket is one observation, however many items it has. */
  readonly interval: readonly [number, number];
}

export interface BasketTrialOptions {
  /** Default 10. */
  readonly first?: number;
  readonly random: () => number;
  /** Each basket's moment: then the last third is told by what came before. Absent: by the other nine tenths. */
  readonly times?: ArrayLike<number>;
}

const FOLDS = 10;

/**
 * Hides each item in turn of each basket with two or more, and looks for it among the first ones that are not in it. A
 * basket has no part in the model that judges it.
 */
export function* tryBaskets(
  baskets: readonly (readonly number[])[],
  items: number,
  { first = 10, random, times }: BasketTrialOptions,
): Sliced<BasketTrial> {
  const fold = baskets.map(() => Math.floor(random() * FOLDS));
  const results: [number, number][] = [];
  const judge = (
    which: (number: number) => boolean,
    popular: Together,
    model: BasketModel,
  ): void => {
    for (const [number, basket] of baskets.entries()) {
      if (basket.length < 2 || !which(number)) continue;
      const scores = completeBasket(basket, model);
      const hits = [0, 0] as [number, number];
      for (const target of basket) {
        const rest = scores.map((score, item) => score - weightOf(target, item, model));
        hits[0] += isAmong(target, basket, rest, first) / basket.length;
        hits[1] += isAmong(target, basket, popular.counts, first) / basket.length;
      }
      results.push(hits);
    }
  };
  if (times) {
    const sorted = Float64Array.from(times).sort();
    const cut = sorted[Math.floor((2 * sorted.length) / 3)] ?? 0;
    const before = (number: number): boolean => (times[number] as number) < cut;
    const together = countTogether(
      baskets.filter((_, number) => before(number)),
      items,
    );
    const model = yield* within(learnBaskets(together), 0, 0.9);
    judge((number) => !before(number), together, model);
  } else
    for (let part = 0; part < FOLDS; part++) {
      const together = countTogether(
        baskets.filter((_, number) => fold[number] !== part),
        items,
      );
      const model = yield* within(learnBaskets(together), part / FOLDS, (part + 1) / FOLDS);
      judge((number) => fold[number] === part, together, model);
    }
  return summarize(results, first);
}

/** 1 when it is among the first beside the others of its basket; of equal ones the first by number. */
function isAmong(
  target: number,
  basket: readonly number[],
  scores: Float64Array,
  first: number,
): number {
  const own = scores[target] as number;
  let better = 0;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item] as number;
    if (item === target || basket.includes(item)) continue;
    if (score > own || (score === own && item < target)) better++;
  }
  return Number(better < first);
}

function summarize(results: readonly (readonly [number, number])[], first: number): BasketTrial {
  const count = results.length;
  const mean = (values: readonly number[]): number =>
    count > 0 ? values.reduce((sum, one) => sum + one, 0) / count : 0;
  const [together, popular] = [
    mean(results.map(([one]) => one)),
    mean(results.map(([, one]) => one)),
  ];
  const gain = together - popular;
  const variance = mean(results.map(([one, other]) => (one - other - gain) ** 2));
  const reach = count > 1 ? 1.96 * Math.sqrt(variance / (count - 1)) : 1;
  return {
    baskets: count,
    first,
    hits: { together, popular },
    precision: { together: together / first, popular: popular / first },
    gain,
    interval: [gain - reach, gain + reach],
  };
}
