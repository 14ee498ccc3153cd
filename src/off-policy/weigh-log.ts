/** One time that a policy chose, with what it chose and what came of it. */
export interface Round {
  /** The place of the action among all. */
  readonly action: number;
  readonly reward: number;
  /** How likely the policy that made the log was to choose this action then: above 0, at most 1. */
  readonly propensity: number;
  /** How likely the policy that is asked about would have been to choose each action, in their order. */
  readonly target: readonly number[];
  /** How likely the logging policy was to choose each; absent: only {@link propensity} was kept. */
  readonly logged?: readonly number[];
  /** What a model predicts each action would have brought; without it only weighting is possible. */
  readonly predicted?: readonly number[];
  /** Rounds of one unit, an account for instance, depend on each other; absent: this one stands for itself. */
  readonly unit?: string;
}

/** What the log and the policy have in common. */
export interface Weights {
  readonly rounds: number;
  readonly units: number;
  /** 1 but for chance where the log holds everything that the policy would do. */
  readonly mean: number;
  readonly meanError: number;
  readonly largest: number;
  /** The part of all weight that lies on one round. */
  readonly largestShare: number;
  /** As many rounds logged by the policy itself would say as much. */
  readonly effective: number;
  /**
   * So many of these would be rewarded: the least of what rewards count for by their own weights, and of the share that is
   * rewarded among {@link effective} rounds. The second is less where large weights have had no luck yet.
   */
  readonly effectiveRewarded: number;
  readonly rewarded: number;
  /** How much of what the policy would do the log never does: there, or where that was not kept, anywhere. */
  readonly unsupported: number;
}

/** How much a round counts for the policy that is asked about. */
export const weightOf = ({ action, target, propensity }: Round): number =>
  (target[action] ?? 0) / propensity;

export function weighLog(rounds: readonly Round[]): Weights {
  const weights = rounds.map(weightOf);
  const sum = add(weights);
  const mean = sum / rounds.length;
  const gained = rounds.map(({ reward }, i) => Math.abs((weights[i] as number) * reward));
  const largest = weights.reduce((most, one) => Math.max(most, one), 0);
  const effective = effectiveSize(weights);
  const rewarded = add(weights.filter((_, i) => rounds[i]?.reward !== 0));
  return {
    rounds: rounds.length,
    units: unitsOf(rounds).size,
    mean,
    meanError: standardError(
      weights.map((weight) => weight - mean),
      rounds,
    ),
    largest,
    largestShare: sum === 0 ? 0 : largest / sum,
    effective,
    effectiveRewarded:
      sum === 0 ? 0 : Math.min(effectiveSize(gained), (effective * rewarded) / sum),
    rewarded: rounds.filter(({ reward }) => reward !== 0).length,
    unsupported: findUnsupported(rounds),
  };
}

/** Kish 1965: the square of the sum over the sum of the squares. */
function effectiveSize(weights: readonly number[]): number {
  // Scaled, so that the square of a huge one stays a number.
  const most = weights.reduce((largest, one) => Math.max(largest, one), 0);
  if (most === 0) return 0;
  const scaled = weights.map((one) => one / most);
  return add(scaled) ** 2 / add(scaled.map((one) => one ** 2));
}

function findUnsupported(rounds: readonly Round[]): number {
  const ever = new Set(rounds.map(({ action }) => action));
  const shares = rounds.map(({ target, logged }) =>
    add(target.filter((_, i) => (logged ? (logged[i] ?? 0) <= 0 : !ever.has(i)))),
  );
  return add(shares) / rounds.length;
}

/** Rounds by their unit, in the order in which units come first. */
export function unitsOf(rounds: readonly Round[]): ReadonlyMap<string, readonly number[]> {
  const units = new Map<string, number[]>();
  for (const [i, { unit }] of rounds.entries()) {
    const key = unit === undefined ? `#${i}` : `=${unit}`;
    const own = units.get(key);
    if (own) own.push(i);
    else units.set(key, [i]);
  }
  return units;
}

/** Of the mean of numbers that are centred on 0; those of one unit go together. NaN where there is but one. */
export function standardError(centred: readonly number[], rounds: readonly Round[]): number {
  const units = unitsOf(rounds);
  const squares = Array.from(
    units.values(),
    (own) => add(own.map((i) => centred[i] as number)) ** 2,
  );
  return Math.sqrt((units.size / (units.size - 1)) * add(squares)) / rounds.length;
}

const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
