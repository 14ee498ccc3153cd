import type { Store } from '../domain/store.js';
import { commitCases } from './store-contract-commits.js';
import { crashCases } from './store-contract-crashes.js';
import { raceCases } from './store-contract-races.js';
import { readCases } from './store-contract-reads.js';

export { rewriteContract } from './store-contract-rewrites.js';

/** What a case is given: data that are empty at its start and its own. */
export interface StoreBench {
  /** A handle on the data, each time another where the store can have several. */
  open(): Promise<Store>;
  /**
   * A handle whose storage breaks in the midst of its next commit: so many writes get through to it and the next one
   * fails, as does the handle from then on. Absent: the data live and die with their handle.
   */
  openBreaking?(writes: number): Promise<Store>;
}

export interface StoreCase {
  readonly name: string;
  /** The bench must have it; skip the case otherwise, and say why. */
  readonly needs?: 'openBreaking';
  run(bench: StoreBench): Promise<void>;
}

/** What every store must hold to. Run each case on data of its own, with any test runner; a case that fails rejects. */
export const storeContract: readonly StoreCase[] = [
  ...commitCases,
  ...readCases,
  ...raceCases,
  ...crashCases,
];
