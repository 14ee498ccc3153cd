import type { Sliced } from '../core/run-sliced.js';

/** What speaks for a tag and against it, as numbers in a fixed order, and whether it was right. */
export interface Judged {
  readonly evidence: readonly number[];
  readonly right: boolean;
  /** As so many of its kind it counts. */
  readonly counts: number;
}

const MOST_STEPS = 12;

/**
 * Weights that turn evidence into a probability: a logistic regression by Newton's steps whose weights are drawn to what
 * was believed before, each with a variance of 1. Without anything judged they are that belief.
 */
export function* weighEvidence(
  judged: readonly Judged[],
  belief: readonly number[],
): Sliced<readonly number[]> {
  const size = belief.length;
  let weights = [...belief];
  for (let step = 0; step < MOST_STEPS; step++) {
    const slope = weights.map((weight, i) => weight - (belief[i] as number));
    const bend = belief.map((_, i) => belief.map((_, j) => (i === j ? 1 : 0)));
    for (const { evidence, right, counts } of judged) {
      const p = probabilityOf(evidence, weights);
      const rest = counts * (p - Number(right));
      const curve = counts * Math.max(p * (1 - p), 1e-6);
      for (let i = 0; i < size; i++) {
        const one = evidence[i] as number;
        if (one === 0) continue;
        slope[i] = (slope[i] as number) + rest * one;
        const row = bend[i] as number[];
        for (let j = 0; j <= i; j++)
          row[j] = (row[j] as number) + curve * one * (evidence[j] as number);
      }
    }
    const change = solve(bend, slope);
    // Far from the goal a whole step may overshoot.
    const largest = Math.max(...change.map(Math.abs));
    const share = largest > 2 ? 2 / largest : 1;
    weights = weights.map((weight, i) => weight - share * (change[i] as number));
    if (largest < 1e-6) break;
    yield step / MOST_STEPS;
  }
  return weights;
}

export function probabilityOf(evidence: readonly number[], weights: readonly number[]): number {
  let score = 0;
  for (let i = 0; i < weights.length; i++)
    score += (evidence[i] as number) * (weights[i] as number);
  return 1 / (1 + Math.exp(-score));
}

/** Cholesky's, of the lower half of a positive definite matrix, which it uses up. */
function solve(lower: number[][], right: readonly number[]): readonly number[] {
  const at = (i: number, j: number): number => lower[i]?.[j] as number;
  const x = [...right];
  for (let i = 0; i < x.length; i++) {
    const row = lower[i] as number[];
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      row[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(j, j);
    }
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - at(i, k) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] = (x[i] as number) - at(k, i) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  return x;
}
