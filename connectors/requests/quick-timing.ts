import type { Timing } from './timing.js';

/** For tests: waits take no time: the clock goes on instead. What waits for minutes is a limit, and is never reached. */
export function quickTiming(): Timing & { pass(ms: number): void } {
  let now = Date.parse('2026-06-01T09:00:00Z');
  let state = 1;
  return {
    now: () => now,
    pass(ms) {
      now += ms;
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = (): void => reject(signal?.reason);
        signal?.addEventListener('abort', onAbort, { once: true });
        if (ms >= 60_000) return;
        now += ms;
        setImmediate(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
      }),
    random: () => {
      state = (state * 16_807) % 2_147_483_647;
      return state / 2_147_483_647;
    },
  };
}
