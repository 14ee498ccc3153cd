/** Something that may come, and what it would add. */
export interface Chance {
  readonly p: number;
  /** Not below 0. */
  readonly amount: number;
}

/** The sum of what comes, where nothing has to do with anything else. */
export interface SumDistribution {
  readonly expected: number;
  /** The least sum that is not passed with this probability. */
  quantile(share: number): number;
  /** How probable it is that the sum is at least that. */
  atLeast(sum: number): number;
}

/** Steps in which the largest sum is told. */
const STEPS = 4_000;

/**
 * The distribution of a sum of independent chances, exactly but for amounts being told in steps of the largest sum over
 * 4,000. Deals of one account, or of one quarter's end, hang together: the truth is wider than this.
 */
export function distributeSum(chances: readonly Chance[]): SumDistribution {
  const most = chances.reduce((sum, { amount }) => sum + amount, 0);
  const step = most > 0 ? most / STEPS : 1;
  let mass = Float64Array.of(1);
  // Amounts are rounded along the way so that their sum stays right.
  let told = 0;
  let exact = 0;
  for (const { p, amount } of chances) {
    exact += amount;
    const steps = Math.round(exact / step) - told;
    told += steps;
    const next = new Float64Array(mass.length + steps);
    for (let i = 0; i < mass.length; i++) {
      const own = mass[i] as number;
      next[i] = (next[i] as number) + own * (1 - p);
      next[i + steps] = (next[i + steps] as number) + own * p;
    }
    mass = next;
  }
  return {
    expected: chances.reduce((sum, { p, amount }) => sum + p * amount, 0),
    quantile(share) {
      let below = 0;
      for (let i = 0; i < mass.length; i++) {
        below += mass[i] as number;
        if (below >= share - 1e-12) return i * step;
      }
      return most;
    },
    atLeast(sum) {
      let above = 0;
      for (let i = mass.length - 1; i >= 0 && i * step >= sum - step / 2; i--)
        above += mass[i] as number;
      return Math.min(1, above);
    },
  };
}
