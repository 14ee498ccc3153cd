import { logGamma } from '../core/gamma.js';
import { minimize } from './minimize.js';
import { rankCorrelation } from './rank-correlation.js';
import type { TooLittleData } from './too-little-data.js';

/** The mean value of a customer's repeat purchases, in any currency unit. */
export interface MeanValue {
  readonly repeats: number;
  readonly mean: number;
}

/** Values vary around a customer's own mean (gamma), and these means between customers (gamma). */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly v: number;
  readonly logLikelihood: number;
  /**
   * Rank correlation of how often customers buy with for how much. The model takes it as 0: far from that, who buys often
   * is valued wrongly.
   */
  readonly correlation: number;
}

const FEWEST_REPEATERS = 50;

/** The model of what purchases are worth with the highest likelihood (Fader & Hardie, note 025, 2013). */
export function fitGammaGamma(customers: readonly MeanValue[]): GammaGamma | TooLittleData {
  const told = customers.filter(({ repeats, mean }) => repeats > 0 && mean > 0);
  if (told.length < FEWEST_REPEATERS)
    return {
      needed: `${FEWEST_REPEATERS} customers who bought again for more than nothing`,
      got: told.length,
    };
  const scale = told.reduce((sum, { mean }) => sum + mean, 0) / told.length;
  const minimum = minimize(
    (logs) => {
      const [p, q, v] = logs.map(Math.exp) as [number, number, number];
      return -likelihoodOf(told, { p, q, v: v * scale }) / told.length;
    },
    [1, 1, 0],
  );
  const [p, q, v] = minimum.at.map(Math.exp) as [number, number, number];
  const model = { p, q, v: v * scale };
  return {
    ...model,
    logLikelihood: likelihoodOf(told, model),
    correlation: rankCorrelation(
      told.map(({ repeats }) => repeats),
      told.map(({ mean }) => mean),
    ),
  };
}

function likelihoodOf(
  customers: readonly MeanValue[],
  { p, q, v }: Pick<GammaGamma, 'p' | 'q' | 'v'>,
): number {
  let sum = 0;
  for (const { repeats: x, mean } of customers)
    sum +=
      logGamma(p * x + q) -
      logGamma(p * x) -
      logGamma(q) +
      q * Math.log(v) +
      (p * x - 1) * Math.log(mean) +
      p * x * Math.log(x) -
      (p * x + q) * Math.log(x * mean + v);
  return sum;
}

/** What a purchase of a customer will be worth; undefined where values spread so far that no mean exists (q at most 1). */
export function expectedValue(
  { repeats, mean }: MeanValue,
  { p, q, v }: Pick<GammaGamma, 'p' | 'q' | 'v'>,
): number | undefined {
  const below = p * repeats + q - 1;
  return below > 0 ? (p * (v + repeats * (repeats > 0 ? mean : 0))) / below : undefined;
}
