/** Wakes who waits. A ring that nobody waits for is heard by the next who does; those who wait at once wait for the same. */
export interface Bell {
  ring(): void;
  /** Until it rings, the time is over or it is stopped. */
  wait(signal: AbortSignal): Promise<void>;
  /** So long, whoever rings. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(longestMs: number): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  let waiting: Promise<void> | undefined;

  const sleep = (ms: number, signal: AbortSignal): { over: Promise<void>; end: () => void } => {
    let end = (): void => {};
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), ms);
      end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
    return { over, end };
  };

  async function untilRung(signal: AbortSignal): Promise<void> {
    if (!rung) {
      const { over, end } = sleep(longestMs, signal);
      wake = end;
      await over;
      wake = undefined;
    }
    rung = false;
  }

  return {
    ring() {
      rung = true;
      wake?.();
    },
    wait(signal) {
      waiting ??= untilRung(signal).finally(() => {
        waiting = undefined;
      });
      return waiting;
    },
    pause: (ms, signal) => sleep(ms, signal).over,
  };
}
