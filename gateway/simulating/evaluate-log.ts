import {
  type Estimate,
  type Estimator,
  estimateValue,
} from '../../src/off-policy/estimate-value.js';
import { type Doubt, judgeLog } from '../../src/off-policy/judge-log.js';
import { predictRewards } from '../../src/off-policy/predict-rewards.js';
import { type Weights, weighLog } from '../../src/off-policy/weigh-log.js';
import { targetsOf } from './policy-of-log.js';
import type { Log } from './read-log.js';

export interface Evaluated {
  readonly policy: string;
  readonly weights: Weights;
  /** Why nothing can be concluded; none: it can. */
  readonly doubts: readonly Doubt[];
  readonly estimates: { readonly [estimator in Estimator]?: Estimate };
  /** Against what the log earned, by the doubly robust estimate; absent where nothing can be concluded. */
  readonly verdict?: 'better' | 'worse' | 'no-difference-shown';
}

export interface EvaluateOptions {
  /** Default: the square root of the number of rounds. */
  readonly clip?: number;
  /** Default: the square of that. */
  readonly shrink?: number;
}

/** What each policy would have earned in place of the one that made the log, as far as the log can tell. */
export function evaluateLog(
  log: Log,
  policies: readonly string[],
  { clip = Math.sqrt(log.rounds.length), shrink = clip ** 2 }: EvaluateOptions,
): readonly Evaluated[] {
  const isPredicted = log.rounds.every(({ predicted }) => predicted);
  const predicted = isPredicted
    ? log.rounds.map((round) => round.predicted as readonly number[])
    : predictRewards(log.rounds, log.actions.length);
  return policies.map((policy): Evaluated => {
    const targets = targetsOf(policy, log, predicted);
    const rounds = log.rounds.map((round, i) => ({
      ...round,
      target: targets[i] as readonly number[],
      predicted: predicted[i] as readonly number[],
    }));
    const weights = weighLog(rounds);
    const doubts = judgeLog(weights);
    const estimates = estimateValue(rounds, { clip, shrink });
    const { low, high } = estimates.dr?.gain ?? { low: 0, high: 0 };
    const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'no-difference-shown';
    return { policy, weights, doubts, estimates, ...(doubts.length === 0 && { verdict }) };
  });
}
