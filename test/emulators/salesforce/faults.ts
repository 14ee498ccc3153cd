import { createRandom } from '../../../src/core/random.js';

/** What can go wrong on the wire. `lost`: it was carried out, and the answer never came. */
export const FAULTS = [
  'too-many',
  'unavailable',
  'reset',
  'lost',
  'html',
  'cut',
  'slow',
  'locked',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Ordered {
  readonly fault: Fault;
  /** Of method and path, such as /^PATCH .*\/Task\//. */
  readonly on: RegExp;
  times: number;
}

/** Faults that were ordered for certain requests, else by chance at a rate. */
export function createFaults(seed: string): {
  order(fault: Fault, on: RegExp, times?: number): void;
  /** Of all requests to the data API, 0 to 1. */
  atRate(rate: number, kinds?: readonly Fault[]): void;
  next(request: string): Fault | undefined;
  /** How many there were. */
  count(): number;
} {
  const random = createRandom(seed);
  const ordered: Ordered[] = [];
  let rate = 0;
  let kinds: readonly Fault[] = FAULTS;
  let count = 0;
  return {
    order(fault, on, times = 1) {
      ordered.push({ fault, on, times });
    },
    atRate(share, which = FAULTS) {
      rate = share;
      kinds = which;
    },
    next(request) {
      const found = ordered.find(({ on, times }) => times > 0 && on.test(request));
      if (found) {
        found.times--;
        count++;
        return found.fault;
      }
      if (rate === 0 || random() >= rate) return undefined;
      count++;
      return kinds[Math.floor(random() * kinds.length)];
    },
    count: () => count,
  };
}
