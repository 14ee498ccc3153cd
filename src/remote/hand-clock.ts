import type { RemoteClock } from './pause.js';

/** A clock that a test moves: what is due runs in order of time, and all that follows from it before the next. */
export interface HandClock extends RemoteClock {
  at: number;
  pass(ms: number): Promise<void>;
}

export function createHandClock(at: number): HandClock {
  const timers = new Map<
    object,
    { at: number; readonly every: number; readonly run: () => void }
  >();
  const clock: HandClock = {
    at,
    now: () => clock.at,
    every(ms, run) {
      const key = {};
      timers.set(key, { at: clock.at + ms, every: Math.max(ms, 1), run });
      return () => timers.delete(key);
    },
    async pass(ms) {
      const end = clock.at + ms;
      for (;;) {
        await quiet();
        const [next] = [...timers.values()].sort((a, b) => a.at - b.at);
        if (!next || next.at > end) break;
        clock.at = Math.max(clock.at, next.at);
        next.at = clock.at + next.every;
        next.run();
      }
      clock.at = end;
      await quiet();
    },
  };
  return clock;
}

/** What streams and promises still have to do is done. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn++)
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage('');
    });
}
