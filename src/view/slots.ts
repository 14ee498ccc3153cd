import type { HistoryEntry } from '../domain/agent.js';
import type { Card } from '../domain/decision.js';
import type { CardView, ReceiptView } from '../domain/view.js';
import { sentence, toCardView } from './card-view.js';
import type { Reading } from './reading.js';
import { toWhyNotItem } from './why-not.js';

/** One place in the panel: a card, or what became of it. */
export interface Slot {
  readonly id: string;
  readonly card: Card;
  readonly view: CardView;
  readonly receipt?: ReceiptView | undefined;
  /** When the receipt of a withdrawal was made. */
  readonly withdrawnAt?: number | undefined;
  readonly helpful?: boolean | undefined;
  /** Its answer waits to be sent, and stands in that list instead. */
  readonly waits?: boolean;
}

export interface Placed {
  readonly slots: readonly Slot[];
  /** Came with this decision, in their order. */
  readonly added: readonly Slot[];
  /** Went with this decision, answered by nobody here. */
  readonly gone: readonly Slot[];
}

/** A withdrawal is told in its card's place for this long; then the next decision may drop it. */
const TOLD_MS = 600_000;

/**
 * Puts a decision's cards into places. A card never leaves an unfolded or held place without a word: it turns into a
 * receipt there. While the panel is held no card moves and new ones come last; otherwise cards stand in the order of
 * the decision, around the receipts.
 */
export function placeCards(
  before: readonly Slot[],
  reading: Reading,
  {
    pending,
    held,
    open,
    history,
  }: {
    /** Openings that were answered and wait to be sent. */
    readonly pending: ReadonlySet<string>;
    readonly held: boolean;
    readonly open: ReadonlySet<string>;
    readonly history: readonly HistoryEntry[];
  },
): Placed {
  const { decision, words } = reading;
  const shown = new Map(
    decision.shown
      .filter(({ opening }) => !pending.has(opening))
      .map((card) => [card.opening, card] as const),
  );
  const gone: Slot[] = [];
  const kept = before.flatMap((slot): Slot[] => {
    const card = shown.get(slot.id);
    const answered = slot.receipt && slot.withdrawnAt === undefined;
    if (card && !answered) {
      return [{ id: slot.id, card, view: toCardView(card, reading), helpful: slot.helpful }];
    }
    if (answered) return [slot];
    if (slot.withdrawnAt !== undefined) {
      return held || words.now - slot.withdrawnAt < TOLD_MS ? [slot] : [];
    }
    const receipt = withdrawal(slot, reading, history);
    gone.push({ ...slot, receipt });
    return held || open.has(slot.id) ? [{ ...slot, receipt, withdrawnAt: words.now }] : [];
  });
  const known = new Set(kept.map(({ id }) => id));
  const added = [...shown.values()]
    .filter(({ opening }) => !known.has(opening))
    .map((card): Slot => ({ id: card.opening, card, view: toCardView(card, reading) }));
  const slots = [...kept, ...added];
  if (held) return { slots, added, gone };
  const order = [...shown.keys()];
  const cards = slots
    .filter(({ receipt }) => !receipt)
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  let next = 0;
  return {
    slots: slots.map((slot) => (slot.receipt ? slot : (cards[next++] as Slot))),
    added,
    gone,
  };
}

/** Why a card went: what the history says of it, else the stage that stops it now. */
function withdrawal(slot: Slot, reading: Reading, history: readonly HistoryEntry[]): ReceiptView {
  const { words, decision } = reading;
  const { strings } = words;
  const entry = history.find(({ opening, type }) => opening === slot.id && type !== 'opened');
  const { play, record } = slot.card;
  const verdict = decision.verdicts.find((one) => one.play === play && one.record === record);
  const stopped = !entry && verdict && verdict.stage !== 'shown' ? verdict : undefined;
  const item = stopped && toWhyNotItem(stopped, reading);
  const note = item
    ? [sentence(item.need.map(({ text }) => text).join('')), item.change].filter(Boolean).join(' ')
    : entry && words.phrase(entry.text);
  return {
    type: 'receipt',
    id: slot.id,
    text: stopped
      ? `${strings.stages[stopped.stage as 'arbitration']}:`
      : entry?.type === 'expired'
        ? strings.expired
        : entry?.type === 'answered'
          ? strings.answered
          : strings.withdrawn,
    detail: slot.view.title,
    ...(note && { note }),
    undoable: false,
    askHelpful: false,
    tone: 'good',
  };
}
