import { createRandom } from '../../../src/core/random.js';

/** Draws that are the same on every machine for the same seed and names. */
export interface Draws {
  /** In [0, 1). */
  unit(): number;
  chance(rate: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  between(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, the first the likeliest, by Zipf's law. */
  pickZipf<Item>(items: readonly Item[]): Item;
  /** `count` different items, fewer when there are no more. */
  sample<Item>(items: readonly Item[], count: number): Item[];
  /** Its logarithm is normal: many small ones, a few large ones. */
  logNormal(median: number, spread: number): number;
  poisson(mean: number): number;
  exponential(mean: number): number;
}

/** A stream of its own for each set of names: drawing more in one place shifts nothing in another. */
export function createDraws(...names: readonly (string | number)[]): Draws {
  const unit = createRandom(names.join('|'));
  const whole = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  const pick = <Item>(items: readonly Item[]): Item => items[whole(0, items.length - 1)] as Item;
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  const exponential = (mean: number): number => -mean * Math.log(1 - unit());
  return {
    unit,
    chance: (rate) => unit() < rate,
    whole,
    between: (low, high) => low + unit() * (high - low),
    pick,
    pickZipf: (items) => {
      let left = 0;
      for (let rank = 1; rank <= items.length; rank++) left += 1 / rank;
      left *= unit();
      for (let rank = 1; rank <= items.length; rank++) {
        left -= 1 / rank;
        if (left < 0) return items[rank - 1] as (typeof items)[number];
      }
      return items[0] as (typeof items)[number];
    },
    sample: (items, count) => {
      const rest = [...items];
      const taken: typeof rest = [];
      while (taken.length < count && rest.length > 0)
        taken.push(...rest.splice(whole(0, rest.length - 1), 1));
      return taken;
    },
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = unit(); product > limit; product *= unit()) count++;
      return count;
    },
    exponential,
  };
}
