import { logBeta } from '../core/gamma.js';

/** One of several rates that are alike: how often it was tried and came off, and what would be said without its own data. */
export interface Tried {
  readonly mean: number;
  readonly successes: number;
  readonly trials: number;
}

/** Of how many trials the prior counts when too few are there to tell how alike they are. */
const USUAL = 20;
const LEAST = 2;
const MOST = 1_000;
/** So many that were tried at all say how alike they are. */
const FEWEST = 4;

/**
 * How many trials the prior mean is worth against a rate's own data: what makes the data of all of them most probable
 * (type II maximum likelihood of beta-binomials with known means). Rates that hardly differ make it large. `belief` is how
 * firmly it is held to be the usual one, as the precision of its logarithm: few rates tell little of how alike they are.
 */
export function fitStrength(all: readonly Tried[], belief = 0): number {
  const tried = all.filter(({ trials }) => trials >= 1);
  if (tried.length < FEWEST) return USUAL;
  const surpriseAt = (strength: number): number =>
    surprise(tried, strength) + (belief / 2) * Math.log(strength / USUAL) ** 2;
  let [low, high] = [Math.log(LEAST), Math.log(MOST)];
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [left, right].map((log) => surpriseAt(Math.exp(log))) as [number, number];
  for (let step = 0; step < 60; step++)
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = surpriseAt(Math.exp(left));
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = surpriseAt(Math.exp(right));
    }
  return Math.exp((low + high) / 2);
}

/** Minus the logarithm of how probable the data are, without what does not depend on the strength. */
function surprise(tried: readonly Tried[], strength: number): number {
  let sum = 0;
  for (const { mean, successes, trials } of tried) {
    const [a, b] = [mean * strength, (1 - mean) * strength];
    sum += logBeta(a, b) - logBeta(a + successes, b + trials - successes);
  }
  return sum;
}

/** The rate with its own data, drawn towards the prior mean. */
export function shrink({ mean, successes, trials }: Tried, strength: number): number {
  return (mean * strength + successes) / (strength + trials);
}
