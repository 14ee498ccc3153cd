import { createRandom } from '../../../src/core/random.js';

/** Choices that are the same for the same seed on every machine. */
export interface Dice {
  /** True so often, of one. */
  chance(share: number): boolean;
  /** A whole number from 0, below this. */
  below(limit: number): number;
  pick<Of>(list: readonly [Of, ...(readonly Of[])]): Of;
}

export function createDice(seed: string): Dice {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    chance: (share) => random() < share,
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
  };
}
