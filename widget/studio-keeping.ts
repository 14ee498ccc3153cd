import type { KeptOnly, StudioSource } from '../src/studio/studio-source.js';
import { keptOf } from '../src/studio/workbench.js';
import type { StudioState } from './studio-state.js';
import { messageOf } from './studio-work.js';

/** Typing rests this long before it is kept, */
const REST_MS = 150;
/** and what is typed begins to be kept within so long, also where typing goes on. A second is promised: the rest is for the store. */
const WITHIN_MS = 300;

export interface Keeping {
  /** Something changed. */
  later(): void;
  now(): Promise<void>;
  /** What is not kept yet is. */
  close(): void;
}

/** Keeps a draft while it is written. */
export function createKeeping({
  source,
  state,
  set,
}: {
  readonly source: StudioSource;
  state(): StudioState;
  set(more: Pick<StudioState, 'kept'>): void;
}): Keeping {
  let rest: ReturnType<typeof setTimeout> | undefined;
  let bound: ReturnType<typeof setTimeout> | undefined;
  let only: KeptOnly | undefined;

  source.watchKept?.((told) => {
    only = told;
    const { kept } = state();
    if (kept.is === 'kept' && kept.at !== undefined) tell(kept.at);
  });
  const tell = (at: number): void => set({ kept: { is: 'kept', at, ...(only && { only }) } });

  async function now(): Promise<void> {
    clearTimeout(rest);
    clearTimeout(bound);
    bound = undefined;
    const { bench, base, folder } = state();
    // What belongs to a folder goes there when it is saved.
    if (folder) {
      set({ kept: { is: 'kept' } });
      return;
    }
    try {
      await source.keep(keptOf(bench), base);
      if (bound === undefined) tell(Date.now());
    } catch (error) {
      set({ kept: { is: 'not-kept', because: messageOf(error) } });
    }
  }
  return {
    later() {
      clearTimeout(rest);
      rest = setTimeout(() => void now(), REST_MS);
      bound ??= setTimeout(() => void now(), WITHIN_MS);
    },
    now,
    close() {
      if (bound !== undefined) void now();
    },
  };
}
