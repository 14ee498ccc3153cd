import { defined } from '../core/defined.js';
import { dayNumber, startOfDay } from '../core/zone.js';
import type { Fact } from '../domain/fact.js';
import type { ContactPolicy, Playbook } from '../domain/playbook.js';
import type { ResponseData } from '../domain/response.js';
import type { Bid, Ledger, Touch } from '../domain/subject.js';
import { kindOf } from '../domain/value.js';

export const EMPTY_LEDGER: Ledger = { touches: [], bids: [] };

const DAY = 86_400_000;
/** An activity echoes a done card, and a grant stays unused, for at most this long. */
const ECHO_MS = DAY;
export const GRANT_MS: number = DAY;
const MOST_KEPT_DAYS = 31;

type Limit = ContactPolicy['limits'][number];
type Policy = Pick<Playbook, 'contactPolicy' | 'zone'>;

/** One fact into a ledger: a touch, an answer that was or took back a touch, or a bid. */
export function foldLedger(ledger: Ledger, fact: Fact, { limits, touches }: ContactPolicy): Ledger {
  const { id, type, data, by, occurredAt: at } = fact;
  if (type === 'bid') return placeBid(ledger, data as unknown as Bid);
  if (type === 'bid-withdrawn') return dropBid(ledger, data.opening);
  if (type === 'response') {
    const { response, touch, opening } = data as unknown as ResponseData;
    if (response.kind === 'undo') return takeBack(ledger, `response/${response.of}`);
    if (!touch) return ledger;
    const answer: Touch = defined({ id, at, channel: touch.channel, by, opening });
    return addTouch(dropBid(ledger, opening), answer, limits);
  }
  const channel = Object.hasOwn(touches, type) ? touches[type] : undefined;
  // What the buyer does costs nothing.
  if (channel === undefined || (by !== undefined && kindOf(by) === 'contact')) return ledger;
  return addTouch(ledger, defined({ id, at, channel, by }), limits, data.writeBackOf);
}

function takeBack(ledger: Ledger, id: string): Ledger {
  const touches = ledger.touches.flatMap((touch) => {
    if (touch.id !== id) return [touch];
    // The CRM logged it as well, so it did happen.
    return touch.echo === undefined ? [] : [{ ...touch, id: touch.echo }];
  });
  return { ...ledger, touches };
}

/** A touch in its place. An answer and the activity that the CRM logged for it are one touch, whichever comes first. */
function addTouch(
  { touches, bids }: Ledger,
  touch: Touch,
  limits: ContactPolicy['limits'],
  writeBackOf?: unknown,
): Ledger {
  const half = touches.find(
    (one) =>
      (one.opening === undefined) !== (touch.opening === undefined) &&
      one.echo === undefined &&
      (one.id === writeBackOf ||
        (one.by === touch.by &&
          one.channel === touch.channel &&
          Math.abs(one.at - touch.at) < ECHO_MS)),
  );
  const whole = !half
    ? touch
    : touch.opening === undefined
      ? { ...half, echo: touch.id }
      : { ...touch, at: half.at, echo: half.id };
  const inOrder = [...touches.filter((one) => one !== half), whole].sort(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
  );
  const newest = inOrder.at(-1)?.at ?? 0;
  const kept = Math.max(MOST_KEPT_DAYS, ...limits.map(({ days }) => days)) + 2;
  return { bids, touches: inOrder.filter(({ at }) => at > newest - kept * DAY) };
}

function placeBid(ledger: Ledger, bid: Bid): Ledger {
  const earlier = ledger.bids.find(({ opening }) => opening === bid.opening);
  return { ...ledger, bids: [...dropBid(ledger, bid.opening).bids, { ...earlier, ...bid }] };
}

function dropBid(ledger: Ledger, opening: unknown): Ledger {
  return { ...ledger, bids: ledger.bids.filter((bid) => bid.opening !== opening) };
}

/** Whether a limit counts touches on that channel. */
export const covers = (limit: Limit, channel: string): boolean =>
  limit.channel === undefined || limit.channel === channel;

/** Touches that a limit counts at a moment, oldest first. A window is whole days in the company's zone, today included. */
function touchesWithin(
  { touches }: Ledger,
  limit: Limit,
  at: number,
  { zone }: Policy,
): readonly Touch[] {
  const first = dayNumber(at, zone) - limit.days + 1;
  return touches.filter(
    (touch) => covers(limit, touch.channel) && touch.at <= at && dayNumber(touch.at, zone) >= first,
  );
}

export interface Slots {
  /** The limit with the fewest free slots. */
  readonly limit: Limit;
  readonly used: readonly Touch[];
  /** Slots not used, some of which may be granted to bids; below zero when more was used. */
  readonly free: number;
  /** When the next slot frees by time alone; only where none is free. */
  readonly freesAt?: number;
}

/** How many more touches on that channel the policy allows now; undefined where it has no limit for it. */
export function countSlots(
  ledger: Ledger,
  policy: Policy,
  channel: string,
  at: number,
): Slots | undefined {
  let tightest: Slots | undefined;
  for (const limit of policy.contactPolicy.limits) {
    const used = touchesWithin(ledger, limit, at, policy);
    const free = limit.touches - used.length;
    if (!covers(limit, channel) || (tightest && free >= tightest.free)) continue;
    const leaving = free > 0 ? undefined : used[used.length - limit.touches];
    tightest = defined({ limit, used, free, freesAt: leaving && leaves(leaving, limit, policy) });
  }
  return tightest;
}

/** The midnight at which a limit no longer counts a touch. */
const leaves = (touch: Touch, limit: Limit, { zone }: Policy): number =>
  startOfDay(dayNumber(touch.at, zone) + limit.days, zone);

/**
 * Who holds the free slots: the highest bids, ties by opening. A grant that is not used for 24 h passes on to the next
 * bid, and its holder stands behind those that have not had their turn.
 */
export function regrant(ledger: Ledger, policy: Policy, at: number): Ledger {
  if (ledger.bids.length === 0) return ledger;
  const granted: Bid[] = [];
  const bids = ledger.bids
    .filter((bid) => bid.until > at)
    .map(({ grantedAt, ...bid }) =>
      grantedAt === undefined
        ? bid
        : at - grantedAt < GRANT_MS
          ? { ...bid, grantedAt }
          : { ...bid, lapsedAt: at },
    )
    .sort(
      (a, b) =>
        Number(holds(b)) - Number(holds(a)) ||
        (a.lapsedAt ?? 0) - (b.lapsedAt ?? 0) ||
        b.priority - a.priority ||
        (a.opening < b.opening ? -1 : 1),
    )
    .map(({ grantedAt = at, ...bid }: Bid) => {
      const hasRoom = policy.contactPolicy.limits.every(
        (limit) =>
          !covers(limit, bid.channel) ||
          touchesWithin(ledger, limit, at, policy).length +
            granted.filter(({ channel }) => covers(limit, channel)).length <
            limit.touches,
      );
      if (!hasRoom) return bid;
      const holding = { ...bid, grantedAt };
      granted.push(holding);
      return holding;
    });
  return { ...ledger, bids };
}

export const holds = (bid: Bid): boolean => bid.grantedAt !== undefined;

/** Moments at which grants may change by time alone. */
export function findNextGrants(ledger: Ledger, policy: Policy, at: number): readonly number[] {
  const { bids } = ledger;
  const ends = bids.map((bid) => bid.until);
  if (bids.every(holds)) return ends;
  const frees = policy.contactPolicy.limits.flatMap((limit) =>
    touchesWithin(ledger, limit, at, policy)
      .slice(0, 1)
      .map((oldest) => leaves(oldest, limit, policy)),
  );
  const passes = bids.flatMap(({ grantedAt }) =>
    grantedAt === undefined ? [] : [grantedAt + GRANT_MS],
  );
  return [...ends, ...frees, ...passes];
}
