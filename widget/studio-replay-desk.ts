import type { StudioSource } from '../src/studio/studio-source.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { filesOf } from '../src/studio/workbench.js';
import type { StudioDesk, StudioState } from './studio-state.js';

const WORDS = STUDIO_STRINGS.replay;

/** What it needs of the desk that it belongs to. */
interface Core {
  readonly source: StudioSource;
  state(): StudioState;
  set(more: Partial<StudioState>): void;
  without(key: keyof StudioState): void;
}

/** Replays what is written beside what was opened, one at a time. */
export function createReplay({
  source,
  state,
  set,
  without,
}: Core): Pick<StudioDesk, 'replay' | 'stopReplay'> {
  let replaying: AbortController | undefined;
  return {
    async replay() {
      replaying?.abort();
      const own = new AbortController();
      replaying = own;
      set({ replay: { is: 'running', share: 0 } });
      const { bench } = state();
      try {
        const found = await source.engine.foresee(
          bench.files,
          filesOf(bench),
          (share) => own === replaying && set({ replay: { is: 'running', share } }),
          own.signal,
        );
        if (own !== replaying) return;
        without('replay');
        set(found ? { replay: { is: 'found', found } } : { said: WORDS.wrong });
      } catch (error) {
        if (own !== replaying) return;
        without('replay');
        const reason = error instanceof Error ? error.message : String(error);
        set({ said: own.signal.aborted ? WORDS.stopped : reason });
      }
    },
    stopReplay: () => replaying?.abort(),
  };
}
