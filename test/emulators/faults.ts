import { createRandom } from '../../src/core/random.js';

/** What goes wrong on the wire, whatever the CRM. `lost`: it was carried out, and the answer never came. */
export const WIRE_FAULTS = ['unavailable', 'reset', 'lost', 'html', 'cut', 'slow'] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

interface Ordered<Fault> {
  readonly fault: Fault;
  /** Of method and path, such as /^PATCH .*\/Task\//. */
  readonly on: RegExp;
  times: number;
}

export interface Faults<Fault> {
  order(fault: Fault, on: RegExp, times?: number): void;
  /** Of all requests to the data API, 0 to 1. */
  atRate(rate: number, kinds?: readonly Fault[]): void;
  next(request: string): Fault | undefined;
  /** How many there were. */
  count(): number;
}

/** Faults that were ordered for certain requests, else by chance at a rate. */
export function createFaults<Fault>(seed: string, all: readonly Fault[]): Faults<Fault> {
  const random = createRandom(seed);
  const ordered: Ordered<Fault>[] = [];
  let rate = 0;
  let kinds = all;
  let count = 0;
  return {
    order(fault, on, times = 1) {
      ordered.push({ fault, on, times });
    },
    atRate(share, which = all) {
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
