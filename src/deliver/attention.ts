import { defined } from '../core/defined.js';
import { toIso } from '../core/zone.js';
import type { LedgerView } from '../domain/decision.js';
import type { Candidate } from './candidates.js';
import { countSlots, covers, EMPTY_LEDGER, GRANT_MS, holds, regrant } from './ledger.js';
import type { Situation } from './situation.js';
import { isExempt, type Stop } from './stages.js';

export interface Attention {
  readonly view: LedgerView;
  readonly stop?: Stop;
  /** The card has not bid, and would take a slot of this ledger that nobody holds. */
  readonly takes?: string;
}

/**
 * Whether a card may use the buyer's attention now: it holds a grant, or it has not bid and a slot is left that nobody
 * holds. Undefined for a play that touches nobody, or is not limited. `taken` are the slots that other cards of this
 * very look took without a bid.
 */
export function askLedger(
  { account, subjects, playbook, now }: Situation,
  { play, opening, contact }: Candidate,
  taken: readonly string[] = [],
): Attention | undefined {
  const { touch } = play.action;
  if (!touch) return undefined;
  const known = subjects.get(contact?.id ?? account.key)?.ledger ?? EMPTY_LEDGER;
  const ledger = regrant(known, playbook, now);
  const slots = countSlots(ledger, playbook, touch, now);
  if (!slots) return undefined;
  const { limit, used, free, freesAt } = slots;
  const view: LedgerView = defined({
    ...limit,
    contact: contact?.id,
    used: used.length,
    limit: limit.touches,
    touches: used,
  });
  const bid = ledger.bids.find((one) => one.opening === opening);
  if (isExempt(play) || (free > 0 && bid && holds(bid))) return { view };
  if (free <= 0)
    return {
      view,
      stop: defined({ stage: 'contact-policy', ledger: view, until: toIso(freesAt) }),
    };
  const holders = ledger.bids.filter((one) => holds(one) && covers(limit, one.channel));
  const takes = `${contact?.id}|${limit.channel}`;
  if (!bid && free > holders.length + taken.filter((one) => one === takes).length)
    return { view, takes };
  const highest = holders.sort((a, b) => b.priority - a.priority)[0];
  const held = highest
    ? { ...view, outbid: { play: highest.play, priority: highest.priority } }
    : view;
  const until = toIso(highest?.grantedAt && highest.grantedAt + GRANT_MS);
  return { view: held, stop: defined({ stage: 'contact-policy', ledger: held, until }) };
}
