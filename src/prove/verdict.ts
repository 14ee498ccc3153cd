import type { CompareOptions, Estimate } from './compare-arms.js';
import { bestRho, mixtureBound } from './mixture-bound.js';

export type Verdict =
  | { readonly is: 'better' | 'worse' | 'no-difference-that-matters' }
  /** About so many more units of both arms until one of the others can be said; absent: not to be told yet. */
  | { readonly is: 'not-enough-yet'; readonly more?: number };

export interface VerdictOptions extends Pick<CompareOptions, 'alpha' | 'planned'> {
  /** Differences below it, either way, change nothing that one would do. */
  readonly matters: number;
}

/** Says of more than this that it is out of reach. */
const MOST = 10_000_000;

export function judgeEstimate(estimate: Estimate | undefined, options: VerdictOptions): Verdict {
  if (!estimate) return { is: 'not-enough-yet' };
  const [low, high] = estimate.interval;
  if (low > -options.matters && high < options.matters) return { is: 'no-difference-that-matters' };
  if (low > 0) return { is: 'better' };
  if (high < 0) return { is: 'worse' };
  return { is: 'not-enough-yet', ...moreNeeded(estimate, options) };
}

/**
 * Until the interval reaches no further than what matters: then a difference that matters is told from none, and none
 * from one that does.
 */
function moreNeeded(
  { standardError, units }: Estimate,
  { alpha, planned, matters }: VerdictOptions,
): { more?: number } {
  const spread = standardError * Math.sqrt(units);
  const rho = bestRho(planned, alpha);
  const isEnough = (count: number): boolean =>
    (spread * mixtureBound(count, alpha, rho)) / count <= matters;
  if (!isEnough(MOST)) return {};
  let [low, high] = [units, MOST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return { more: high - units };
}
