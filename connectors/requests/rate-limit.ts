import type { Timing } from './timing.js';

export interface RateLimitOptions {
  /** Requests begun in a second, on the long run. */
  readonly perSecond: number;
  /** Requests that may begin at once after a pause. */
  readonly burst: number;
  /** Requests under way at once. */
  readonly parallel: number;
}

export interface RateLimit {
  /** Waits for its turn, first come first served. Resolves with what gives the place back. */
  enter(signal?: AbortSignal): Promise<() => void>;
  /** Nothing begins for that long. */
  hold(ms: number): void;
}

/** A bucket that holds `burst` requests and gains `perSecond`, and a door for `parallel`. */
export function createRateLimit(
  { perSecond, burst, parallel }: RateLimitOptions,
  { now, wait }: Timing,
): RateLimit {
  /** When the bucket would be empty, were it filled since: a request moves it on by its share of a second. */
  let paid = Number.NEGATIVE_INFINITY;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let inside = 0;
  let turn: Promise<void> = Promise.resolve();
  let onFree: (() => void) | undefined;

  function release(): void {
    inside--;
    onFree?.();
  }

  async function waitForTurn(signal: AbortSignal | undefined): Promise<void> {
    while (inside >= parallel) await freed(signal);
    for (;;) {
      signal?.throwIfAborted();
      const at = now();
      const share = 1_000 / perSecond;
      paid = Math.max(paid, at - burst * share);
      const free = Math.max(paid + share, heldUntil);
      if (free <= at) {
        paid += share;
        return;
      }
      await wait(Math.max(1, Math.ceil(free - at)), signal);
    }
  }

  /** Only the first in the line waits here. */
  async function freed(signal: AbortSignal | undefined): Promise<void> {
    try {
      await unlessAborted(
        new Promise<void>((resolve) => {
          onFree = resolve;
        }),
        signal,
      );
    } finally {
      onFree = undefined;
    }
  }

  return {
    async enter(signal) {
      const before = turn;
      let next = (): void => undefined;
      turn = new Promise((resolve) => {
        next = resolve;
      });
      try {
        await unlessAborted(before, signal);
      } catch (error) {
        // Its place in the line stays until those before it are through.
        void before.then(next);
        throw error;
      }
      try {
        await waitForTurn(signal);
        inside++;
      } finally {
        next();
      }
      let given = true;
      return () => {
        if (given) release();
        given = false;
      };
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, now() + ms);
    },
  };
}

function unlessAborted<Value>(value: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return value;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
