import { createRandom } from '../core/random.js';
import type { Vector } from './text-vectors.js';

/** How much each term speaks for one side; beyond 1 and -1 a text stands clearly on a side. */
export interface Separator {
  readonly weights: Float32Array;
  readonly offset: number;
}

/** A text on one of the two sides, and how much it counts. */
export interface Sided {
  readonly vector: Vector;
  readonly side: 1 | -1;
  readonly counts: number;
}

/** Rounds over all texts, and in between over those that pull; the margins hardly move after them. */
const ROUNDS = 8;

/**
 * A linear support vector machine with squared hinge loss, by descent along the dual coordinates (Hsieh, Chang, Keerthi,
 * Sundararajan & Lin 2008). The offset is a term that every text has.
 */
export function separate(texts: readonly Sided[], size: number): Separator {
  const weights = new Float32Array(size);
  let offset = 0;
  const pulls = new Float64Array(texts.length);
  const order = shuffled(texts.length);
  for (let round = 0; round < ROUNDS; round++)
    for (const at of order) {
      if (round % 2 === 1 && pulls[at] === 0) continue;
      const { vector, side, counts } = texts[at] as Sided;
      const slack = 1 / (2 * counts);
      const pull = pulls[at] as number;
      const gradient = side * (dot(vector, weights) + offset) - 1 + slack * pull;
      const next = Math.max(0, pull - gradient / (2 + slack));
      if (next === pull) continue;
      pulls[at] = next;
      const change = (next - pull) * side;
      const { terms, weights: own } = vector;
      for (let i = 0; i < terms.length; i++) {
        const term = terms[i] as number;
        weights[term] = (weights[term] as number) + change * (own[i] as number);
      }
      offset += change;
    }
  return { weights, offset };
}

/** The same on every machine. */
function shuffled(size: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, at) => at);
  const random = createRandom(size);
  for (let at = size - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const held = order[at] as number;
    order[at] = order[other] as number;
    order[other] = held;
  }
  return order;
}

export function marginOf(vector: Vector, { weights, offset }: Separator): number {
  return dot(vector, weights) + offset;
}

function dot({ terms, weights: own }: Vector, weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < terms.length; i++)
    sum += (own[i] as number) * (weights[terms[i] as number] as number);
  return sum;
}
