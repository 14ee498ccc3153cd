import type { Weights } from './weigh-log.js';

/** Why a log cannot carry a conclusion about a policy. */
export type Doubt =
  /** The policy would do what the log never does; so much of it. */
  | { readonly is: 'never-tried'; readonly share: number }
  /** The log's probabilities cannot be those by which it was made: weights are off on average, and not by chance. */
  | { readonly is: 'mean-weight'; readonly mean: number; readonly errors: number }
  | { readonly is: 'few-effective'; readonly effective: number; readonly needed: number }
  | { readonly is: 'one-weight'; readonly share: number; readonly most: number }
  /** Hardly anything was rewarded in what the two have in common. */
  | { readonly is: 'few-rewarded'; readonly effective: number; readonly needed: number }
  | { readonly is: 'few-units'; readonly units: number; readonly needed: number };

/** More than this of a policy outside of the log would move any estimate. */
const MOST_UNSUPPORTED = 0.01;
/** Two-sided, one in a thousand. */
const MOST_ERRORS = 3.2905;
/** By so much no chance may move the mean weight either. */
const MOST_OFF = 0.5;
const FEWEST_EFFECTIVE = 100;
const FEWEST_REWARDED = 10;
const FEWEST_UNITS = 20;
const MOST_IN_ONE = 0.1;

/** Everything that speaks against drawing a conclusion; nothing: the log carries one. */
export function judgeLog(weights: Weights): readonly Doubt[] {
  const { units, mean, meanError, effective, effectiveRewarded, unsupported } = weights;
  const doubts: Doubt[] = [];
  if (unsupported > MOST_UNSUPPORTED) doubts.push({ is: 'never-tried', share: unsupported });
  // A deterministic log has weights that do not differ: any distance from 1 is no chance then.
  const errors = mean === 1 ? 0 : Math.abs(mean - 1) / Math.max(meanError, 1e-12);
  if (Math.abs(mean - 1) > 1e-9 && (errors > MOST_ERRORS || Math.abs(mean - 1) > MOST_OFF))
    doubts.push({ is: 'mean-weight', mean, errors });
  if (effective < FEWEST_EFFECTIVE)
    doubts.push({ is: 'few-effective', effective, needed: FEWEST_EFFECTIVE });
  if (weights.largestShare > MOST_IN_ONE)
    doubts.push({ is: 'one-weight', share: weights.largestShare, most: MOST_IN_ONE });
  if (effectiveRewarded < FEWEST_REWARDED)
    doubts.push({ is: 'few-rewarded', effective: effectiveRewarded, needed: FEWEST_REWARDED });
  if (units < FEWEST_UNITS) doubts.push({ is: 'few-units', units, needed: FEWEST_UNITS });
  return doubts;
}
