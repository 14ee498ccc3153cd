import type { KeptOnly, StudioSource } from '../src/studio/studio-source.js';
import { keptOf } from '../src/studio/workbench.js';
import type { StudioState } from './studio-state.js';
import { messageOf } from './studio-work.js';

/** What is typed is kept within so long, also while typing goes on. */
const WITHIN_MS = 500;

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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let only: KeptOnly | undefined;

  source.watchKept?.((told) => {
    only = told;
    const { kept } = state();
    if (kept.is === 'kept' && kept.at !== undefined) tell(kept.at);
  });
  const tell = (at: number): void => set({ kept: { is: 'kept', at, ...(only && { only }) } });

  async function now(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { bench, base, folder } = state();
    // What belongs to a folder goes there when it is saved.
    if (folder) {
      set({ kept: { is: 'kept' } });
      return;
    }
    try {
      await source.keep(keptOf(bench), base);
      if (timer === undefined) tell(Date.now());
    } catch (error) {
      set({ kept: { is: 'not-kept', because: messageOf(error) } });
    }
  }
  return {
    later() {
      timer ??= setTimeout(() => void now(), WITHIN_MS);
    },
    now,
    close() {
      if (timer !== undefined) void now();
    },
  };
}
