import { runSliced } from '../core/run-sliced.js';
import type { Fact } from '../domain/fact.js';
import type { SubjectKey } from '../domain/value.js';
import { createEffects, type Effect } from '../effect.js';
import { gatherHistory, type History } from '../foresee.js';
import { createCompiler, type SourceFile } from '../plan/compile-playbook.js';
import { type Setting, withoutSetting } from './settings.js';

/** What one setting does. */
export type SettingEffect =
  /** The playbook cannot be without it. */
  | { readonly is: 'needed' }
  | ({ readonly is: 'found'; readonly names: { readonly [account: string]: string } } & Effect);

export interface EffectEngine {
  /**
   * How many Decisions of the last 90 days would have been others without a setting; undefined where the playbook has
   * errors. The playbook goes through the history at the first question. Rejects when it is stopped.
   */
  effect(
    files: readonly SourceFile[],
    setting: Setting,
    progress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<SettingEffect | undefined>;
}

const SPAN_MS = 90 * 86_400_000;

export function createEffectEngine({
  facts,
  now,
  today,
  pause,
}: {
  readonly facts: readonly Fact[];
  readonly now: number;
  readonly today: string;
  readonly pause: () => Promise<void>;
}): EffectEngine {
  const compile = createCompiler({ today });
  const compileWithout = createCompiler({ today });
  let tried: { readonly history: History; readonly effects: ReturnType<typeof createEffects> };
  const begin = (): typeof tried => {
    const history = gatherHistory(facts, now);
    return { history, effects: createEffects(history, { from: now - SPAN_MS, until: now }) };
  };
  return {
    async effect(files, setting, progress = () => undefined, signal) {
      const { playbook: before } = compile(files);
      if (!before) return undefined;
      const { playbook: after } = compileWithout(withoutSetting(files, setting));
      if (!after) return { is: 'needed' };
      tried ??= begin();
      const found = await runSliced(tried.effects({ before, after }), {
        ...{ pause, progress },
        ...(signal && { signal }),
      });
      const accounts = new Set(found.examples.map(({ account }) => account));
      return { is: 'found', ...found, names: namesOf(accounts, tried.history) };
    },
  };
}

function namesOf(
  accounts: ReadonlySet<SubjectKey>,
  { own }: History,
): { readonly [account: string]: string } {
  const names: { [account: string]: string } = {};
  for (const account of accounts)
    for (const { type, about, data } of own.get(account) ?? []) {
      const { name } = (data.values ?? {}) as { readonly name?: unknown };
      if (type === 'record-changed' && about[0] === account && typeof name === 'string')
        names[account] = name;
    }
  return names;
}
