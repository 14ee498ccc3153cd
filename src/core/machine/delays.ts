import type { Delay, Leaf } from './machine-table.js';

/** When a state on the path was entered, by its place on the path; epoch milliseconds. */
export type Since = (level: number) => number;

/** A moment, and how far it has been worked off: delays of that moment up to that place on the path have run. */
export interface Cursor {
  readonly at: number;
  readonly level: number;
}

/** Everything due up to and at that moment has run. */
export function upTo(at: number): Cursor {
  return { at, level: Number.POSITIVE_INFINITY };
}

/** The delay that ends next, after the cursor: of those that end at one moment the outermost. */
export function findNextDelay(
  { delays }: Leaf,
  since: Since,
  done: Cursor,
): { readonly delay: Delay; readonly at: number } | undefined {
  let next: Delay | undefined;
  let soonest = Number.POSITIVE_INFINITY;
  for (const delay of delays) {
    const at = since(delay.level) + delay.ms;
    const isAhead = at > done.at || (at === done.at && delay.level > done.level);
    if (!isAhead || at >= soonest) continue;
    next = delay;
    soonest = at;
  }
  return next && { delay: next, at: soonest };
}
