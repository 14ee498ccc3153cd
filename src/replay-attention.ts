import { dateOfDay, dayNumber } from './core/zone.js';
import { covers, EMPTY_LEDGER, foldLedger } from './deliver/ledger.js';
import type { Fact } from './domain/fact.js';
import type { Channel, ContactPolicy, Playbook } from './domain/playbook.js';
import { kindOf } from './domain/value.js';

/** More of somebody's attention asked for than a limit of the contact policy allows. */
export interface Overrun {
  readonly limit: ContactPolicy['limits'][number];
  /** The first day on which most was asked for, `YYYY-MM-DD` in the company's zone. */
  readonly day: string;
  /** Touches that the limit counts on that day. */
  readonly demand: number;
}

/** Whether a fact may be a touch, or take one back. What the buyer does costs nothing. */
export function mayTouch(
  { type, by }: Pick<Fact, 'type' | 'by'>,
  { touches }: ContactPolicy,
): boolean {
  return (
    type === 'response' ||
    (Object.hasOwn(touches, type) && (by === undefined || kindOf(by) !== 'contact'))
  );
}

/**
 * Limits that would be overrun were every card acted on when it opens: touches that happened, by the facts of one ledger
 * in order, and one for each card. Looked at are days on which there is one, from the day of `from` on.
 */
export function findOverruns(
  facts: readonly Fact[],
  cards: readonly { readonly at: number; readonly channel: Channel }[],
  { contactPolicy, zone }: Pick<Playbook, 'contactPolicy' | 'zone'>,
  from: number = Number.NEGATIVE_INFINITY,
): readonly Overrun[] {
  const touches = [...findTouches(facts, contactPolicy), ...cards].map(({ at, channel }) => ({
    day: dayNumber(at, zone),
    channel,
  }));
  touches.sort((a, b) => a.day - b.day);
  const firstDay = Number.isFinite(from) ? dayNumber(from, zone) : from;
  return contactPolicy.limits.flatMap((limit) => {
    const days = touches.flatMap(({ day, channel }) => (covers(limit, channel) ? [day] : []));
    let [most, on, oldest] = [0, 0, 0];
    days.forEach((day, i) => {
      while ((days[oldest] as number) <= day - limit.days) oldest++;
      const demand = i - oldest + 1;
      if (day >= firstDay && demand > most) [most, on] = [demand, day];
    });
    return most > limit.touches ? [{ limit, day: dateOfDay(on), demand: most }] : [];
  });
}

/** Every touch, old ones too, which a ledger itself lets go of. */
function findTouches(
  facts: readonly Fact[],
  policy: ContactPolicy,
): readonly { readonly at: number; readonly channel: string }[] {
  let ledger = EMPTY_LEDGER;
  const past: { readonly at: number; readonly channel: string }[] = [];
  for (const fact of facts) {
    const before = ledger.touches;
    ledger = foldLedger(ledger, fact, policy);
    const oldest = ledger.touches[0];
    // An echo joins a touch of the last day, and an undo is no touch: what else goes has gone by its age.
    if (oldest && ledger.touches.at(-1) !== before.at(-1))
      past.push(...before.filter(({ at }) => at < oldest.at && at < fact.occurredAt - KEPT_MS));
  }
  return [...past, ...ledger.touches];
}

/** A ledger keeps touches for longer than this. */
const KEPT_MS = 31 * 86_400_000;
