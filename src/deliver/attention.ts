import { defined } from '../core/defined.js';
import type { LedgerView } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import type { Ledger } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';
import { countSlots, EMPTY_LEDGER, regrant, type Slots } from './ledger.js';
import type { Situation } from './situation.js';
import { isExempt, type Stop } from './stages.js';

/** Slots taken by cards of this very look that had not bid, by ledger and channel. */
export type Reserved = Map<string, number>;

export interface Attention {
  readonly view: LedgerView;
  readonly stop?: Stop;
}

/**
 * Whether a card may use the buyer's attention now: it holds a grant, or it has not bid and a slot is left that nobody
 * holds. Undefined for a play that touches nobody. `reserve` takes the slot for the rest of this look.
 */
export function askLedger(
  situation: Situation,
  play: Play,
  opening: string,
  contact: RecordId | undefined,
  reserved: Reserved,
  reserve: boolean,
): Attention | undefined {
  const { touch } = play.action;
  const { contactPolicy, zone } = situation.playbook;
  if (!touch) return undefined;
  const raw: Ledger =
    contact === undefined
      ? situation.account.ledger
      : (situation.ledgers.get(contact) ?? EMPTY_LEDGER);
  const ledger = regrant(raw, contactPolicy, situation.now, zone);
  const slots = countSlots(ledger, contactPolicy, touch, situation.now, zone);
  if (!slots.limit) return undefined;
  const view: LedgerView = defined({
    contact,
    used: slots.used.length,
    limit: slots.limit.touches,
    days: slots.limit.days,
    channel: slots.limit.channel,
    touches: slots.used,
  });
  if (isExempt(play)) return { view };
  const until = untilOf(slots);
  if (slots.free <= 0) return { view, stop: { stage: 'contact-policy', ledger: view, ...until } };
  const bid = ledger.bids.find((one) => one.opening === opening);
  if (bid?.grantedAt !== undefined) return { view };
  const holders = ledger.bids.filter(
    (one) => one.grantedAt !== undefined && sameLimit(slots, one.channel),
  );
  const key = `${contact ?? ''}|${slots.limit.channel ?? ''}`;
  const taken = reserved.get(key) ?? 0;
  if (!bid && slots.free - holders.length - taken > 0) {
    if (reserve) reserved.set(key, taken + 1);
    return { view };
  }
  const highest = holders.sort((a, b) => b.priority - a.priority)[0];
  const held: LedgerView = defined({
    ...view,
    outbid: highest ? { play: highest.play, priority: highest.priority } : undefined,
  });
  const passesOn = highest?.grantedAt === undefined ? undefined : highest.grantedAt + 86_400_000;
  return {
    view: held,
    stop: defined({
      stage: 'contact-policy',
      ledger: held,
      until: passesOn !== undefined ? new Date(passesOn).toISOString() : undefined,
    }),
  };
}

const sameLimit = (slots: Slots, channel: string): boolean =>
  slots.limit?.channel === undefined || slots.limit.channel === channel;

const untilOf = ({ freesAt }: Slots): { until?: string } =>
  freesAt === undefined ? {} : { until: new Date(freesAt).toISOString() };
