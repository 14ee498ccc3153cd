import type { SettingEffect } from '../src/studio/effect-engine.js';
import type { Items } from '../src/studio/playbook-folder.js';
import type { Setting } from '../src/studio/settings.js';
import type { StudioSource } from '../src/studio/studio-source.js';
import { filesOf } from '../src/studio/workbench.js';
import type { StudioState } from './studio-state.js';
import { messageOf } from './studio-work.js';

/** What settings do, as far as it was found out. */
export interface Effects {
  /** Of the playbook as it was written then. */
  readonly of: Items;
  readonly found: ReadonlyMap<string, SettingEffect>;
  readonly running?: {
    /** The list that is gone through, by its name. */
    readonly list: string;
    readonly at: Setting;
    readonly done: number;
    readonly all: number;
    readonly share: number;
  };
  /** Why it ended before its end. */
  readonly ended?: { readonly list: string; readonly because: 'stopped' | 'wrong' | Error };
}

export interface EffectsDesk {
  /** One after the other, what each of them does; what was found out already of the same playbook is not looked at again. */
  findEffects(list: string, settings: readonly Setting[]): Promise<void>;
  stopEffects(): void;
}

export const settingKey = ({ file, path }: Setting): string => `${file} ${path.join('.')}`;

export function createEffectsDesk({
  source,
  state,
  set,
}: {
  readonly source: StudioSource;
  state(): StudioState;
  set(more: Partial<StudioState>): void;
}): EffectsDesk {
  let running: AbortController | undefined;
  return {
    async findEffects(list, settings) {
      running?.abort();
      const own = new AbortController();
      running = own;
      const { bench, effects } = state();
      const files = filesOf(bench);
      const of = bench.items;
      const found = new Map(effects?.of === of ? effects.found : []);
      const put = (more: Omit<Effects, 'of' | 'found'>): void => {
        if (own === running) set({ effects: { of, found: new Map(found), ...more } });
      };
      try {
        for (const [done, at] of settings.entries()) {
          if (found.has(settingKey(at))) continue;
          const tell = (share: number): void =>
            put({ running: { list, at, done, all: settings.length, share } });
          tell(0);
          const one = await source.engine.effect(files, at, tell, own.signal);
          own.signal.throwIfAborted();
          if (!one) return put({ ended: { list, because: 'wrong' } });
          found.set(settingKey(at), one);
        }
        put({});
      } catch (error) {
        const because = own.signal.aborted ? 'stopped' : new Error(messageOf(error));
        put({ ended: { list, because } });
      }
    },
    stopEffects: () => running?.abort(),
  };
}
