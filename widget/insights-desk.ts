import type { LitElement } from 'lit';
import { stableJson } from '../src/core/stable-json.js';
import { isWhole } from '../src/insights/cut.js';
import type { Colleague, Insight, OpenedInsights, Sharing } from '../src/insights/engine.js';
import type { InsightsSource } from '../src/insights/insights-source.js';
import { INSIGHTS_STRINGS as WORDS } from '../src/insights/insights-strings.js';
import { isSearch, type Level, type Look, levelOf } from '../src/insights/looks.js';
import type { Preset, Quarter } from '../src/insights/menu.js';
import type { Cut, Question, Where } from '../src/insights/question.js';
import { keepFocus } from './keep-focus.js';

/** What is shown, and what has been chosen and not yet looked at. */
export interface InsightsState {
  readonly opened: OpenedInsights;
  readonly looks: readonly Look[];
  readonly preset?: Preset;
  readonly where: readonly Where[];
  readonly quarter?: Quarter;
  /** The answer in view. */
  readonly shown?: Insight;
  /** The share done of the question that is being answered. */
  readonly running?: number;
  readonly said: string;
  readonly sharing?: Sharing;
  readonly failed?: string;
}

export interface InsightsDesk {
  readonly state: InsightsState;
  readonly source: InsightsSource;
  /** The question as it is chosen now. */
  question(): Question | undefined;
  /** What the next look at it would have to pass; undefined where nothing is searched for. */
  level(): Level | undefined;
  /** Whether what is in view answers what is chosen. */
  isShown(): boolean;
  choose(preset: Preset): void;
  narrow(more: { readonly where?: readonly Where[]; readonly quarter?: Quarter | null }): void;
  look(): void;
  stop(): void;
  /** With one colleague, or with nobody any more. */
  share(critic: Colleague | undefined): void;
  say(said: string): void;
  close(): void;
}

/** @throws what the source's `open` rejects with. */
export async function openInsightsDesk(
  element: LitElement,
  source: InsightsSource,
): Promise<InsightsDesk> {
  const opened = await source.open();
  let state: InsightsState = {
    ...{ opened, looks: opened.looks, where: [], said: '' },
    ...(opened.sharing && { sharing: opened.sharing }),
  };
  const answers = new Map<string, Insight>();
  let running: AbortController | undefined;

  function set(more: Partial<InsightsState>, ...without: readonly (keyof InsightsState)[]): void {
    const left = Object.entries({ ...state, ...more }).filter(
      ([key]) => !without.includes(key as keyof InsightsState),
    );
    state = Object.fromEntries(left) as unknown as InsightsState;
    keepFocus(element);
    element.requestUpdate();
  }
  function question(): Question | undefined {
    const { preset, where, quarter } = state;
    if (!preset) return undefined;
    const cut: Cut = {
      ...(where.length > 0 && { where }),
      ...(quarter && { from: quarter.from, before: quarter.before }),
    };
    return isWhole(cut) ? preset.question : { ...preset.question, cut };
  }
  const keyOf = (one: Question | undefined): string => stableJson(one);
  const level = (): Level | undefined => {
    const asked = question();
    return asked && isSearch(asked) ? levelOf(asked, opened.family, state.looks) : undefined;
  };
  /** What costs no further look is answered at once. */
  function lookIfFree(): void {
    const asked = question();
    if (!asked) return;
    running?.abort();
    const known = answers.get(keyOf(asked));
    if (known) {
      set({ shown: known, said: '' }, 'running', 'failed');
      return;
    }
    set({ said: '' }, 'shown', 'running', 'failed');
    const own = level();
    if (!own || own.look <= state.looks.filter(isOfFamily).length || own.look === 1) void ask();
  }
  const isOfFamily = ({ family, question: one }: Look): boolean =>
    family === opened.family && isSearch(one);

  async function ask(): Promise<void> {
    const asked = question();
    if (!asked) return;
    running?.abort();
    const own = new AbortController();
    running = own;
    const isCurrent = (): boolean => running === own;
    set({ running: 0, said: '' }, 'shown', 'failed');
    try {
      const found = await source.ask(
        asked,
        (share) => isCurrent() && set({ running: share }),
        own.signal,
      );
      answers.set(keyOf(asked), found);
      set({ looks: found.looks });
      if (isCurrent()) set({ shown: found, said: found.report.title }, 'running');
    } catch (error) {
      if (!isCurrent()) return;
      if (own.signal.aborted) {
        set({ said: WORDS.stopped }, 'running');
        return;
      }
      const because = error instanceof Error ? error.message : String(error);
      set(
        { failed: navigator.onLine ? WORDS.failed.replace('{because}', because) : WORDS.offline },
        'running',
      );
    }
  }

  async function share(critic: Colleague | undefined): Promise<void> {
    const { sharing } = state;
    try {
      await source.share?.(critic?.rep);
      set({
        sharing: { colleagues: sharing?.colleagues ?? [], ...(critic && { critic }) },
        said: critic ? WORDS.shares.replace('{name}', critic.name) : WORDS.sharesNot,
      });
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      // Drawn anew, so that the field shows what holds.
      set({ ...(sharing && { sharing: { ...sharing } }) });
      set({ said: WORDS.shareFailed.replace('{because}', because) });
    }
  }

  const desk: InsightsDesk = {
    get state() {
      return state;
    },
    source,
    question,
    level,
    isShown: () => {
      const asked = question();
      return state.shown !== undefined && state.shown === answers.get(keyOf(asked));
    },
    choose(preset) {
      set({ preset, where: [] }, 'quarter');
      lookIfFree();
    },
    narrow({ where, quarter }) {
      set(
        { ...(where && { where }), ...(quarter && { quarter }) },
        ...(quarter === null ? (['quarter'] as const) : []),
      );
      const known = answers.get(keyOf(question()));
      if (known) set({ shown: known });
    },
    look: () => void ask(),
    stop: () => running?.abort(),
    share: (critic) => void share(critic),
    say: (said) => set({ said }),
    close: () => {
      const own = running;
      running = undefined;
      own?.abort();
    },
  };
  const [first] = opened.presets;
  if (first) desk.choose(first);
  return desk;
}
