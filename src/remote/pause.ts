/** What a page gives of its time; the same object serves `createPanelSource`. */
export interface RemoteClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs a function again and again and returns how to stop it. */
  every(ms: number, run: () => void): () => void;
}

/** Runs once, later; gives what prevents it. */
export function after(clock: RemoteClock, ms: number, run: () => void): () => void {
  const stop = clock.every(ms, () => {
    stop();
    run();
  });
  return stop;
}

/** A wait that can be cut short. */
export interface Pause {
  /** Resolves when the time is over or at `end`; without a time at `end` alone. */
  wait(ms?: number): Promise<void>;
  end(): void;
}

export function createPause(clock: RemoteClock): Pause {
  let end: (() => void) | undefined;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          stop?.();
          end = undefined;
          resolve();
        };
        const stop = ms === undefined ? undefined : after(clock, ms, done);
        end = done;
      }),
    end: () => end?.(),
  };
}

const LONGEST_MS = 30_000;
const CALM_MS = 90_000;

/** How long to wait before each further try: any moment up to a bound that doubles, so that many panels do not come at once. */
export function createBackoff(
  clock: RemoteClock,
  random: () => number,
): (firstMs?: number) => number {
  let tries = 0;
  let last = 0;
  return (firstMs = 1000) => {
    if (clock.now() - last > CALM_MS) tries = 0;
    last = clock.now();
    return random() * Math.min(LONGEST_MS, firstMs * 2 ** tries++);
  };
}
