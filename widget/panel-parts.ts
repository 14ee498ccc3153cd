import type { TryPlan } from '../src/domain/try.js';
import type { CardView, PanelAnswer } from '../src/domain/view.js';
import type { Strings } from '../src/view/strings.js';

/** What a card has unfolded under its buttons. */
export type Choosing = 'snooze' | 'reasons' | 'other' | 'try';

/** What the parts of the panel need of it. Plain functions, none of which reads `this`. */
export interface Parts {
  readonly strings: Strings;
  /** Whether something stands open, by its name: a card by its id, `use` and the card's id, and so on. */
  readonly isOpen: (what: string) => boolean;
  readonly setOpen: (what: string, open: boolean) => void;
  readonly choosing: (card: string) => Choosing | undefined;
  readonly choose: (card: string, what: Choosing | undefined) => void;
  /** The name stands open for a moment. */
  readonly copy: (name: string, text: string) => void;
  /** The filled button. */
  readonly accept: (card: CardView) => void;
  readonly answer: (card: string, answer: PanelAnswer) => void;
  readonly beginTry: (card: string, plan: TryPlan) => void;
  /** What became of a try that was begun on the card, in words. */
  readonly begun: (card: string) => string | undefined;
  readonly undo: (responseId: string) => void;
  readonly sendTip: (text: string, card: string) => void;
  /** The rep leaves the receipt's question: `skip` and the card's id stand open. */
  readonly skip: (card: string) => void;
}
