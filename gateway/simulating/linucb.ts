/** One arm of LinUCB with a model of its own (Li and others 2010): what it brought is linear in what is known. */
export interface LinearArm {
  /** The inverse of the sum of outer products, and of the ridge. */
  readonly inverse: readonly (readonly number[])[];
  readonly sum: readonly number[];
}

/** `prior` is what it brings before anything is known, for the first feature, which is always 1. */
export function createArm(features: number, ridge: number, prior = 0): LinearArm {
  return {
    inverse: Array.from({ length: features }, (_, i) =>
      Array.from({ length: features }, (_, j) => (i === j ? 1 / ridge : 0)),
    ),
    sum: Array.from({ length: features }, (_, i) => (i === 0 ? ridge * prior : 0)),
  };
}

/** What it would bring, and `alpha` deviations on top of that. */
export function scoreArm(
  { inverse, sum }: LinearArm,
  known: readonly number[],
  alpha: number,
): number {
  const leaning = inverse.map((row) => dot(row, known));
  return dot(leaning, sum) + alpha * Math.sqrt(Math.max(0, dot(leaning, known)));
}

/** It was chosen once more (Sherman & Morrison 1950). */
export function addToArm(arm: LinearArm, known: readonly number[], reward: number): LinearArm {
  const leaning = arm.inverse.map((row) => dot(row, known));
  const share = 1 + dot(leaning, known);
  return {
    inverse: arm.inverse.map((row, i) =>
      row.map((value, j) => value - ((leaning[i] as number) * (leaning[j] as number)) / share),
    ),
    sum: addReward(arm.sum, known, reward),
  };
}

/** More of what an earlier choice brought has become known. */
export const addReward = (
  sum: readonly number[],
  known: readonly number[],
  reward: number,
): readonly number[] => sum.map((value, i) => value + reward * (known[i] as number));

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
