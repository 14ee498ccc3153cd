import type { Strings } from '../view/strings.js';
import type { Grade } from './fact.js';
import type { ActionKind, MarkdownNode } from './playbook.js';
import type { TryPlan } from './try.js';
import type { RecordId } from './value.js';

/**
 * What a panel draws: words and a few numbers in [0, 1], nothing of a DOM, nothing to compute. The Lit panel, a HubSpot
 * card, an email and the command line draw the same one.
 */
export interface PanelView {
  readonly status: 'loading' | 'ready' | 'error' | 'no-plays' | 'no-access';
  /** The name of the record in view. Hostile: text. */
  readonly name: string;
  /** `as of 10:24`; empty before the first decision. */
  readonly asOf: string;
  readonly notices: readonly NoticeView[];
  /** At most three; an answered card stays in its place as a receipt until the record is left. */
  readonly cards: readonly (CardView | ReceiptView)[];
  readonly nothing?: NothingView;
  /** `Why not the other 38?`, or absent when there are none. */
  readonly whyNotLabel?: string;
  /** Answers kept on this device until they can be sent. */
  readonly waiting: readonly WaitingView[];
  readonly waitingLabel?: string;
  /** To be spoken once, politely; a new text each time something changed, else the same object as before. */
  readonly announcement?: { readonly text: string; readonly urgent: boolean };
  /** Why there is no guidance, when status is `error`. */
  readonly problem?: {
    readonly title: string;
    readonly text: string;
    readonly detail: string;
    /** `Last seen at 09:58, may be out of date`: stands over the titles of the cards; absent when there are none. */
    readonly lastSeen?: string;
  };
}

export interface NoticeView {
  /** `caution`: an answer was recorded and not carried out. */
  readonly kind: 'offline' | 'caution';
  readonly title: string;
  readonly text: string;
}

export interface CardView {
  readonly type: 'card';
  /** The opening key; the handle for answers. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly why: string;
  /** One line for the folded card. */
  readonly line: string;
  readonly changed?: {
    readonly text: string;
    readonly when: string;
    readonly scale?: ScaleView;
    readonly compared?: string;
  };
  readonly primary: {
    readonly kind: ActionKind;
    readonly label: string;
    /** What the click does: `Opens your phone and logs the call`. */
    readonly description: string;
    /** `tel:`, `mailto:` or `https:`; opened by the host after the answer was recorded. */
    readonly href?: string;
  };
  /** For `ask`: one tap answers, in place of the primary button. */
  readonly options?: { readonly question: string; readonly choices: readonly ChoiceView[] };
  readonly touches?: { readonly text: string; readonly used: number; readonly limit: number };
  readonly facts: readonly FactView[];
  readonly contents: readonly MaterialView[];
  readonly evidence: readonly EvidenceLineView[];
  readonly reasons: readonly ChoiceView[];
  /** `Hides this for Kestrel Foods only. Your team keeps the play.` */
  readonly reasonsNote: string;
  readonly snooze: SnoozeView;
  /** `Your try: open with the audit date`, or that it is as usual here, to compare. Hostile: text. */
  readonly ownTry?: string;
  /** The rep may try it another way: what to choose beside the rep's own words, `chosen` as it is proposed. */
  readonly mayTry?: readonly {
    readonly id: Exclude<keyof TryPlan, 'how'>;
    readonly label: string;
    readonly choices: readonly ChoiceView[];
    readonly chosen: string;
  }[];
  /** Recorded answer to "Was this helpful?". */
  readonly helpful?: boolean;
}

export interface ChoiceView {
  readonly id: string;
  readonly label: string;
}

/** A drawing of one number, all in [0, 1]. */
export interface ScaleView {
  readonly kind: 'gap' | 'need' | 'range';
  readonly dot: number;
  readonly tick?: number;
  readonly low?: number;
  readonly high?: number;
}

/** `Goal`, `Worth`, `Chance`. */
export interface FactView {
  readonly label: string;
  readonly strong: string;
  readonly text: string;
  readonly scale?: ScaleView;
}

export interface MaterialView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly meta: string;
  readonly body: readonly MarkdownNode[];
  /** A long body, which unfolds on demand. */
  readonly folded: boolean;
  /** Plain text for the clipboard. */
  readonly copyText?: string;
  readonly href?: string;
}

export interface EvidenceLineView {
  readonly text: string;
  readonly grade: Grade;
  readonly gradeLabel: string;
  /** `her email, 5 Nov`. */
  readonly meta: string;
}

export interface SnoozeView {
  /** Three weeks of working days, in rows of a week, one column a weekday; past days and holidays are not enabled. */
  readonly weekdays: readonly string[];
  readonly days: readonly {
    readonly date: string;
    readonly label: string;
    readonly fullLabel: string;
    readonly enabled: boolean;
  }[];
  readonly earliest: string;
  readonly latest: string;
  readonly suggested: string;
}

/** What was just done, with a way back, in the place of its card. */
export interface ReceiptView {
  readonly type: 'receipt';
  readonly id: string;
  readonly responseId?: string;
  readonly text: string;
  /** Follows the text in a lighter hand: the reason, the day. */
  readonly detail?: string;
  /** False for a card that withdrew itself. */
  readonly undoable: boolean;
  readonly question?: {
    readonly text: string;
    readonly choices: readonly ChoiceView[];
    readonly chosen?: string;
  };
  readonly tipQuestion?: string;
  readonly note?: string;
  /** What became of it in the CRM: `Written to Salesforce.` */
  readonly written?: string;
  readonly askHelpful: boolean;
  readonly helpful?: boolean;
  readonly tone: 'good' | 'caution';
}

export interface NothingView {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly text: string;
  readonly meta: string;
  readonly strong?: string;
  readonly state: 'done' | 'now' | 'to-come';
}

export interface WaitingView {
  readonly responseId: string;
  readonly text: string;
  readonly when: string;
}

export interface WhyNotView {
  /** `38 not shown`. */
  readonly count: string;
  readonly groups: readonly {
    readonly stage: string;
    readonly title: string;
    readonly items: readonly WhyNotItemView[];
  }[];
  readonly note: string;
}

export interface WhyNotItemView {
  readonly play: string;
  readonly record: RecordId;
  readonly title: string;
  /** `Replies in 14 days: **0**, needs **2**` in pieces; strong ones are the figures. */
  readonly need: readonly { readonly text: string; readonly strong: boolean }[];
  readonly scale?: ScaleView;
  readonly touches?: { readonly text: string; readonly used: number; readonly limit: number };
  /** `Shows after two replies.` */
  readonly change: string;
  /** Where the play stands on the record, where that is news: `Done by you, 12 Nov; rests until 12 Dec.` */
  readonly life?: string;
}

export interface HistoryView {
  readonly steps: readonly StepView[];
}

export interface TipsView {
  /** Attributes of the situation that the tip may go with. */
  readonly goesWith: readonly (ChoiceView & { readonly checked: boolean })[];
  readonly signer: string;
  readonly tips: readonly {
    readonly id: string;
    readonly text: string;
    readonly steps: readonly StepView[];
    readonly verdict?: string;
  }[];
}

export interface TriesView {
  readonly tries: readonly {
    readonly id: string;
    readonly play: string;
    /** The rep's own words. */
    readonly how: string;
    /** The play, and from when to when. */
    readonly meta: string;
    readonly verdict: string;
    readonly lines: readonly string[];
    readonly isRunning: boolean;
    /** It turned out better: what a tip would say. */
    readonly tip?: string;
  }[];
}

export interface KindsView {
  readonly kinds: readonly (ChoiceView & { readonly on: boolean })[];
}

/** Answers as a panel gives them. */
export type PanelAnswer =
  | { readonly kind: 'primary' }
  | { readonly kind: 'option'; readonly choice: string }
  | { readonly kind: 'not-relevant'; readonly reason: string; readonly text?: string }
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'helpful'; readonly helpful: boolean }
  | { readonly kind: 'outcome'; readonly choice: string };

/** Where a panel gets its views. An agent in the page, a worker or a server stand behind it alike. */
export interface PanelSource {
  readonly strings: Strings;
  /** Opens a record. `listener` is called now and whenever the view changes, never after `close`. */
  open(record: RecordId, asker: RecordId, listener: (view: PanelView) => void): PanelSession;
}

export interface PanelSession {
  /**
   * Resolves when the answer is safe (stored or queued): true to go on and open the primary's `href`, false when it was
   * refused or could not be kept. The view says what became of it.
   */
  answer(card: string, answer: PanelAnswer): Promise<boolean>;
  undo(responseId: string): Promise<void>;
  /** The card stood before the rep's eyes. */
  seen(card: string): void;
  /**
   * The rep's pointer or focus is in the panel, or has left it. While it is there no card changes its place and a new
   * one comes last; afterwards the next decision may sort them again around `open`, the cards unfolded.
   */
  hold(held: boolean, open: readonly string[]): void;
  whyNot(): Promise<WhyNotView>;
  history(): Promise<HistoryView>;
  tips(): Promise<TipsView>;
  sendTip(tip: {
    readonly text: string;
    readonly goesWith: readonly string[];
    readonly signed: boolean;
    readonly card?: string;
  }): Promise<void>;
  tries(): Promise<TriesView>;
  /** Begins a try with a card's play. Resolves with what became of that, in words. */
  beginTry(card: string, plan: TryPlan): Promise<string>;
  /** Ends it, and resolves as the beginning does. */
  endTry(one: Pick<TriesView['tries'][number], 'id' | 'play'>): Promise<string>;
  kinds(): Promise<KindsView>;
  setKind(kind: string, on: boolean): Promise<void>;
  retry(): void;
  close(): void;
}
