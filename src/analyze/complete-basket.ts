import type { Sliced } from '../core/run-sliced.js';
import type { Together } from './together.js';

/** How probable each item is, by which others are there. */
export interface BasketModel {
  readonly items: number;
  /** Of all baskets, the share with each item. */
  readonly share: Float64Array;
  /** What an item adds to each other one, a row an item. */
  readonly weights: Float64Array;
  /** Items that were learned of, the most frequent ones; of the others the share alone is known. */
  readonly learned: readonly number[];
}

/** Drawn towards 0 as if each weight had been seen to be so in so many of the baskets: 2 in 100. */
const SHRINK = 0.02;
const LEAST_SHRINK = 10;
/** The cube of them is the work. */
const MOST_LEARNED = 400;

/**
 * Each item by linear regression on all others at once, with a ridge, so that what only goes along with a frequent item
 * adds nothing (closed form as in Steck, "Embarrassingly shallow autoencoders", 2019, here around the shares).
 */
export function* learnBaskets(together: Together): Sliced<BasketModel> {
  const { items, baskets, counts, pairs } = together;
  const share = counts.map((count) => (baskets > 0 ? count / baskets : 0));
  const weights = new Float64Array(items * items);
  const learned = Array.from({ length: items }, (_, item) => item)
    .filter((item) => (counts[item] as number) > 0)
    .sort((one, other) => (counts[other] as number) - (counts[one] as number) || one - other)
    .slice(0, MOST_LEARNED);
  const size = learned.length;
  const ridge = Math.max(LEAST_SHRINK, SHRINK * baskets);
  const matrix = new Float64Array(size * size);
  for (const [i, one] of learned.entries())
    for (const [j, other] of learned.entries()) {
      const both = one === other ? (counts[one] as number) : (pairs[one * items + other] as number);
      const expected = (counts[one] as number) * (share[other] as number);
      matrix[i * size + j] = both - expected + (i === j ? ridge : 0);
    }
  const inverse = yield* invert(matrix, size);
  for (const [i, one] of learned.entries())
    for (const [j, other] of learned.entries())
      if (i !== j)
        weights[one * items + other] =
          -(inverse[i * size + j] as number) / (inverse[j * size + j] as number);
  return { items, share, weights, learned };
}

/**
 * For each item how probable it is beside those: the higher the more. A straight line may go a little below 0 or above 1.
 * Of those themselves it says what the others say of them.
 */
export function completeBasket(
  basket: readonly number[],
  { items, share, weights, learned }: BasketModel,
): Float64Array {
  const scores = Float64Array.from(share);
  const has = new Uint8Array(items);
  for (const item of basket) has[item] = 1;
  for (const item of learned) {
    const rest = (has[item] as number) - (share[item] as number);
    for (const other of learned)
      if (other !== item)
        scores[other] =
          (scores[other] as number) + rest * (weights[item * items + other] as number);
  }
  return scores;
}

/** What an item in the basket adds to the score of another one. */
export function weightOf(item: number, other: number, { items, weights }: BasketModel): number {
  return weights[item * items + other] as number;
}

/** Of a symmetric, positive matrix (Gauss & Jordan). */
function* invert(matrix: Float64Array, size: number): Sliced<Float64Array> {
  const left = Float64Array.from(matrix);
  const right = new Float64Array(size * size);
  for (let i = 0; i < size; i++) right[i * size + i] = 1;
  for (let i = 0; i < size; i++) {
    const pivot = left[i * size + i] as number;
    for (let j = 0; j < size; j++) {
      left[i * size + j] = (left[i * size + j] as number) / pivot;
      right[i * size + j] = (right[i * size + j] as number) / pivot;
    }
    for (let row = 0; row < size; row++) {
      const factor = left[row * size + i] as number;
      if (row === i || factor === 0) continue;
      for (let j = 0; j < size; j++) {
        left[row * size + j] =
          (left[row * size + j] as number) - factor * (left[i * size + j] as number);
        right[row * size + j] =
          (right[row * size + j] as number) - factor * (right[i * size + j] as number);
      }
    }
    if (i % 20 === 19) yield i / size;
  }
  return right;
}
