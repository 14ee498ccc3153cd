/** How much each of the features adds to the log odds. */
export interface Logistic {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/** The features that each row has, by number, ascending. */
export type Features = readonly (readonly number[])[];

export interface FitLogisticOptions {
  /** Weights are drawn towards 0 as if each were known to be so with a variance of 1 over it. */
  readonly ridge: number;
}

const MOST_STEPS = 50;

/**
 * Logistic regression on features that a row has or has not, with a ridge on the weights and none on the intercept:
 * Newton's steps, halved while they make it worse (le Cessie & van Houwelingen 1992).
 */
export function fitLogistic(
  features: Features,
  outcome: ArrayLike<number>,
  count: number,
  { ridge }: FitLogisticOptions,
): Logistic {
  const size = count + 1;
  let beta = new Float64Array(size);
  let loss = lossOf(features, outcome, beta, ridge);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = new Float64Array(size);
    const curvature = new Float64Array(size * size);
    for (const [row, own] of features.entries()) {
      const p = sigmoid(scoreOf(own, beta));
      const rest = p - (outcome[row] as number);
      const weight = p * (1 - p);
      gradient[0] = (gradient[0] as number) + rest;
      curvature[0] = (curvature[0] as number) + weight;
      for (let i = 0; i < own.length; i++) {
        const at = (own[i] as number) + 1;
        gradient[at] = (gradient[at] as number) + rest;
        curvature[at * size] = (curvature[at * size] as number) + weight;
        for (let j = 0; j <= i; j++) {
          const place = at * size + (own[j] as number) + 1;
          curvature[place] = (curvature[place] as number) + weight;
        }
      }
    }
    for (let at = 1; at < size; at++) {
      gradient[at] = (gradient[at] as number) + ridge * (beta[at] as number);
      curvature[at * size + at] = (curvature[at * size + at] as number) + ridge;
    }
    const change = solve(curvature, gradient, size);
    let share = 1;
    let next = beta;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; share > 1e-6; share /= 2) {
      next = beta.map((one, at) => one - share * (change[at] as number));
      nextLoss = lossOf(features, outcome, next, ridge);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss < loss - 1e-9 * Math.abs(loss))) break;
    beta = next;
    loss = nextLoss;
  }
  return { intercept: beta[0] as number, weights: beta.slice(1) };
}

export function predictLogistic(own: readonly number[], { intercept, weights }: Logistic): number {
  let score = intercept;
  for (const feature of own) score += weights[feature] as number;
  return sigmoid(score);
}

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

function scoreOf(own: readonly number[], beta: Float64Array): number {
  let score = beta[0] as number;
  for (const feature of own) score += beta[feature + 1] as number;
  return score;
}

function lossOf(
  features: Features,
  outcome: ArrayLike<number>,
  beta: Float64Array,
  ridge: number,
): number {
  let loss = 0;
  for (const [row, own] of features.entries()) {
    const score = scoreOf(own, beta);
    // log(1 + e^score), without overflow.
    loss +=
      Math.max(score, 0) +
      Math.log1p(Math.exp(-Math.abs(score))) -
      (outcome[row] as number) * score;
  }
  for (let at = 1; at < beta.length; at++) loss += (ridge / 2) * (beta[at] as number) ** 2;
  return loss;
}

/** Cholesky's, of the lower half of a symmetric matrix; a direction without any curvature is left alone. */
function solve(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const factor = Float64Array.from(lower);
  const at = (i: number, j: number): number => factor[i * size + j] as number;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      factor[i * size + j] =
        i === j ? Math.sqrt(Math.max(sum, 1e-12)) : at(j, j) > 1e-6 ? sum / at(j, j) : 0;
    }
  const solved = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    let sum = solved[i] as number;
    for (let k = 0; k < i; k++) sum -= at(i, k) * (solved[k] as number);
    solved[i] = at(i, i) > 1e-6 ? sum / at(i, i) : 0;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solved[i] as number;
    for (let k = i + 1; k < size; k++) sum -= at(k, i) * (solved[k] as number);
    solved[i] = at(i, i) > 1e-6 ? sum / at(i, i) : 0;
  }
  return solved;
}
