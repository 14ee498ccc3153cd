import type { CardView, PanelAnswer } from '../src/domain/view.js';
import type { Strings } from '../src/view/strings.js';

/** What a card has unfolded under its buttons. */
export type Choosing = 'snooze' | 'reasons' | 'other';

/** What the parts of the panel need of it. Plain functions, none of which reads `this`. */
export interface Parts {
  readonly strings: Strings;
  /** Of a card by its id, or of a part of it. */
  readonly isOpen: (what: string) => boolean;
  readonly setOpen: (what: string, open: boolean) => void;
  readonly choosing: (card: string) => Choosing | undefined;
  readonly choose: (card: string, what: Choosing | undefined) => void;
  /** Copied a moment ago. */
  readonly isCopied: (id: string) => boolean;
  readonly copy: (id: string, text: string) => void;
  /** The filled button. */
  readonly accept: (card: CardView) => void;
  readonly answer: (card: string, answer: PanelAnswer) => void;
  readonly undo: (responseId: string) => void;
  readonly sendTip: (text: string, card: string) => void;
  /** The rep skipped the receipt's question. */
  readonly isSkipped: (card: string) => boolean;
  readonly skip: (card: string) => void;
}

/** A text with its holes filled. */
export function fill(text: string, holes: { readonly [hole: string]: string }): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole);
}
