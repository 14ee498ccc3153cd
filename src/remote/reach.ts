import { isOpportuneError } from '../core/errors.js';
import { createBackoff, createPause, type RemoteClock } from './pause.js';

/** What a device knows of its line, as `createPanelSource` takes it. */
export interface Line {
  readonly online: boolean;
  /** `changed` may be called without a change: when the page is in sight again, say. */
  listen(changed: () => void): () => void;
}

/** Whether the gateway can be reached: the device has a line, and the last that was asked was answered. */
export interface Reach extends Line {
  /** Something was not answered: asks the gateway again and again until it answers. */
  doubt(): void;
  /** There is reason to think that it answers: doubt is settled now, and who listens tries again. */
  hint(): void;
  close(): void;
}

export function createReach({
  line,
  clock,
  random,
  probe,
  woken,
}: {
  readonly line: Line | undefined;
  readonly clock: RemoteClock;
  readonly random: () => number;
  /** Asks the gateway something small. */
  probe(): Promise<unknown>;
  /** The device has a line, perhaps again; or the gateway answered, after doubt. */
  woken(): void;
}): Reach {
  const listeners = new Set<() => void>();
  const backoff = createBackoff(clock, random);
  const pause = createPause(clock);
  let answers = true;
  let doubting = false;
  let closed = false;

  const hasLine = (): boolean => line?.online !== false;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  async function settle(): Promise<void> {
    for (;;) {
      await pause.wait(hasLine() ? backoff() : undefined);
      if (closed) return;
      try {
        await probe();
        break;
      } catch (error) {
        // What it refuses it has heard.
        if (!isOpportuneError(error, 'opportune/gateway-unreachable')) break;
        if (answers) {
          answers = false;
          tell();
        }
      }
    }
    if (closed) return;
    answers = true;
    tell();
    woken();
  }

  const stop = line?.listen(() => {
    tell();
    if (!hasLine()) return;
    pause.end();
    woken();
  });

  return {
    get online() {
      return answers && hasLine();
    },
    listen(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    doubt() {
      if (doubting) return;
      doubting = true;
      void settle().finally(() => {
        doubting = false;
      });
    },
    hint() {
      if (doubting) pause.end();
      else tell();
    },
    close() {
      closed = true;
      stop?.();
      pause.end();
      listeners.clear();
    },
  };
}
