import type { Clock } from 'opportune';

/** Remembers signed requests for as long as they would be believed. Several gateways share one, in their database. */
export interface ReplayMemory {
  /** `new` for one caller alone, however many ask at once. `full`: it cannot be remembered, and must not be believed. */
  claim(key: string, until: number): Promise<'new' | 'known' | 'full'>;
  /** When a request failed by our own fault, so that the CRM may send it again as it was. */
  forget(key: string): Promise<void>;
}

const MOST = 200_000;

/** For one process. What is remembered is lost at its end, so that what was signed in the last minutes could come again. */
export function createReplayMemory(clock: Clock, most: number = MOST): ReplayMemory {
  const known = new Map<string, number>();
  return {
    async claim(key, until) {
      if ((known.get(key) ?? 0) > clock.now()) return 'known';
      if (known.size >= most) dropExpired(known, clock.now());
      if (known.size >= most) return 'full';
      known.set(key, until);
      return 'new';
    },
    async forget(key) {
      known.delete(key);
    },
  };
}

function dropExpired(known: Map<string, number>, now: number): void {
  for (const [key, until] of known) if (until <= now) known.delete(key);
}
