import type { TryPlan } from '../src/domain/try.js';
import type { PanelAnswer, PanelSession, PanelSource, PanelView } from '../src/domain/view.js';
import { ENGLISH, type Strings } from '../src/view/strings.js';
import { HISTORY, KINDS, TIPS, TRIES, WHY_NOT } from './fixtures-inside.js';

/** What a panel asked of its session. */
export type Call =
  | { readonly name: 'answer'; readonly card: string; readonly answer: PanelAnswer }
  | { readonly name: 'undo'; readonly responseId: string }
  | { readonly name: 'seen'; readonly card: string }
  | { readonly name: 'hold'; readonly held: boolean; readonly open: readonly string[] }
  | { readonly name: 'beginTry'; readonly card: string; readonly plan: TryPlan }
  | { readonly name: 'endTry'; readonly id: string }
  | { readonly name: 'setKind'; readonly kind: string; readonly on: boolean }
  | {
      readonly name: 'sendTip';
      readonly text: string;
      readonly goesWith: readonly string[];
      readonly signed: boolean;
      readonly card?: string;
    }
  | { readonly name: 'retry' | 'close' | 'open' };

export interface FakeSource extends PanelSource {
  readonly calls: readonly Call[];
  /** Shows another view. */
  show(view: PanelView): void;
  /** What the next answer resolves to, and the view it leads to. */
  answerWith(goOn: boolean, view: PanelView): void;
}

/** A source without an agent: it shows what it is told to, and remembers what it was asked. */
export function createFakeSource(
  first: PanelView,
  { strings = ENGLISH, ...inside }: { readonly strings?: Strings } & Partial<PanelSession> = {},
): FakeSource {
  const calls: Call[] = [];
  let listener: ((view: PanelView) => void) | undefined;
  let view = first;
  let next: { readonly goOn: boolean; readonly view: PanelView } | undefined;
  const show = (shown: PanelView): void => {
    view = shown;
    listener?.(shown);
  };
  const session: PanelSession = {
    async answer(card, answer) {
      calls.push({ name: 'answer', card, answer });
      const { goOn, view: after } = next ?? { goOn: true, view };
      next = undefined;
      show(after);
      return goOn;
    },
    async undo(responseId) {
      calls.push({ name: 'undo', responseId });
      if (next) show(next.view);
      next = undefined;
    },
    seen: (card) => void calls.push({ name: 'seen', card }),
    hold: (held, open) => void calls.push({ name: 'hold', held, open }),
    whyNot: async () => WHY_NOT,
    history: async () => HISTORY,
    tips: async () => TIPS,
    sendTip: async (tip) => void calls.push({ name: 'sendTip', ...tip }),
    tries: async () => TRIES,
    beginTry: async (card, plan) => {
      calls.push({ name: 'beginTry', card, plan });
      return strings.tryStarted;
    },
    endTry: async ({ id }) => {
      calls.push({ name: 'endTry', id });
      return strings.tryStopped.rep;
    },
    kinds: async () => KINDS,
    setKind: async (kind, on) => void calls.push({ name: 'setKind', kind, on }),
    retry: () => void calls.push({ name: 'retry' }),
    close() {
      calls.push({ name: 'close' });
      listener = undefined;
    },
    ...inside,
  };
  return {
    strings,
    calls,
    show,
    answerWith(goOn, shown) {
      next = { goOn, view: shown };
    },
    open(_record, _asker, told) {
      calls.push({ name: 'open' });
      listener = told;
      told(view);
      return session;
    },
  };
}
