import { createRandom } from '../core/random.js';
import { quantile } from '../core/statistics.js';
import { type Round, standardError, unitsOf, weightOf } from './weigh-log.js';

/** What a policy would earn a round, told from a log that another one made. */
export interface Estimate {
  readonly value: number;
  /** Told from how rounds differ (the delta method); what a model gets wrong is not in it. */
  readonly error: number;
  /** 95 %: what comes of it when units are drawn again from the log. */
  readonly low: number;
  readonly high: number;
  /** Against what the log itself earned, 95 %. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number };
}

export const ESTIMATORS = [
  'logged',
  'ips',
  'clipped',
  'snips',
  'dm',
  'dr',
  'sndr',
  'switch-dr',
  'dr-shrunk',
] as const;
export type Estimator = (typeof ESTIMATORS)[number];

/** Those that need no prediction. */
const WEIGHTING: readonly Estimator[] = ['logged', 'ips', 'clipped', 'snips'];

export interface EstimateOptions {
  /** Larger weights count as this in `clipped`, and leave it to the model in `switch-dr`. */
  readonly clip: number;
  /** How far `dr-shrunk` trusts large weights (Su and others 2020): 0 is the model alone, infinity is `dr`. */
  readonly shrink: number;
  readonly seed?: string;
}

/** So many units are drawn for intervals, in no more than so many resamples and no fewer. */
const EFFORT = 4e6;
const MOST_DRAWS = 1_000;
const FEWEST_DRAWS = 200;

/**
 * Estimators of the value of a policy (Dudík and others 2014; Swaminathan & Joachims 2015). Each is a mean of what a round
 * says, or a ratio of two such means, so that one pass over the sums of units serves all of their intervals.
 */
export function estimateValue(
  rounds: readonly Round[],
  options: EstimateOptions,
): { readonly [estimator in Estimator]?: Estimate } {
  const terms = rounds.map((round) => toTerms(round, options));
  const hasModel = rounds.every(({ predicted }) => predicted !== undefined);
  const wanted = hasModel ? ESTIMATORS : WEIGHTING;
  const sums = sumOf(terms);
  const resampled = resample(rounds, terms, options.seed ?? 'off-policy');
  return Object.fromEntries(
    wanted.map((estimator): [Estimator, Estimate] => {
      const value = readValue(estimator, sums);
      const centred = terms.map((term) => influence(estimator, term, sums));
      const drawn = resampled.map((one) => readValue(estimator, one));
      const gained = drawn.map((one, i) => one - readValue('logged', resampled[i] as Terms));
      return [
        estimator,
        {
          value,
          error: standardError(centred, rounds),
          ...interval(drawn),
          gain: { value: value - readValue('logged', sums), ...interval(gained) },
        },
      ];
    }),
  );
}

/** A resample without any weight has no ratio, and tells nothing. */
function interval(drawn: readonly number[]): { readonly low: number; readonly high: number } {
  const told = drawn.filter(Number.isFinite);
  return { low: quantile(told, 0.025), high: quantile(told, 0.975) };
}

/** What a round adds to each sum, in this order. */
type Terms = Float64Array;
const [ROUNDS, REWARD, W, WR, CLIPPED, DM, OFF, SWITCHED, SHRUNK] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const COLUMNS = 9;

function toTerms(round: Round, { clip, shrink }: EstimateOptions): Terms {
  const { action, reward, target, predicted } = round;
  const weight = weightOf(round);
  const off = reward - (predicted?.[action] ?? 0);
  const trusted = shrink === Number.POSITIVE_INFINITY ? 1 : shrink / (weight ** 2 + shrink);
  return Float64Array.of(
    1,
    reward,
    weight,
    weight * reward,
    Math.min(weight, clip) * reward,
    predicted ? target.reduce((sum, share, i) => sum + share * (predicted[i] ?? 0), 0) : 0,
    weight * off,
    weight <= clip ? weight * off : 0,
    weight === 0 ? 0 : weight * trusted * off,
  );
}

function sumOf(all: readonly Terms[]): Terms {
  const sums = new Float64Array(COLUMNS);
  for (const terms of all)
    for (let i = 0; i < sums.length; i++) (sums[i] as number) += terms[i] as number;
  return sums;
}

function readValue(estimator: Estimator, sums: Terms): number {
  const at = (column: number): number => sums[column] as number;
  const n = at(ROUNDS);
  switch (estimator) {
    case 'logged':
      return at(REWARD) / n;
    case 'ips':
      return at(WR) / n;
    case 'clipped':
      return at(CLIPPED) / n;
    case 'snips':
      return at(WR) / at(W);
    case 'dm':
      return at(DM) / n;
    case 'dr':
      return (at(DM) + at(OFF)) / n;
    case 'sndr':
      return at(DM) / n + at(OFF) / at(W);
    case 'switch-dr':
      return (at(DM) + at(SWITCHED)) / n;
    case 'dr-shrunk':
      return (at(DM) + at(SHRUNK)) / n;
  }
}

/** By how much one round moves the estimate, times the number of rounds. */
function influence(estimator: Estimator, term: Terms, sums: Terms): number {
  const at = (column: number): number => term[column] as number;
  const mean = (column: number): number => (sums[column] as number) / (sums[ROUNDS] as number);
  const value = readValue(estimator, sums);
  if (estimator === 'snips') return (at(WR) - value * at(W)) / mean(W);
  if (estimator === 'sndr')
    return at(DM) - mean(DM) + (at(OFF) - (mean(OFF) / mean(W)) * at(W)) / mean(W);
  return readValue(estimator, term) - value;
}

function resample(rounds: readonly Round[], terms: readonly Terms[], seed: string): Terms[] {
  const all = Array.from(unitsOf(rounds).values(), (own) =>
    sumOf(own.map((i) => terms[i] as Terms)),
  );
  // Side by side: they are read millions of times.
  const units = new Float64Array(all.length * COLUMNS);
  for (const [i, sums] of all.entries()) units.set(sums, i * COLUMNS);
  const draws = Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.floor(EFFORT / all.length)));
  const random = createRandom(seed);
  return Array.from({ length: draws }, () => {
    const sums = new Float64Array(COLUMNS);
    for (let drawn = 0; drawn < all.length; drawn++) {
      const from = Math.floor(random() * all.length) * COLUMNS;
      for (let i = 0; i < COLUMNS; i++) (sums[i] as number) += units[from + i] as number;
    }
    return sums;
  });
}
