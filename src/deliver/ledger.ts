import { defined } from '../core/defined.js';
import { dayNumber, startOfDay } from '../core/zone.js';
import type { Fact } from '../domain/fact.js';
import type { ContactPolicy } from '../domain/playbook.js';
import type { ResponseData } from '../domain/response.js';
import type { Bid, Ledger, Touch } from '../domain/subject.js';
import { kindOf } from '../domain/value.js';

export const EMPTY_LEDGER: Ledger = { touches: [], bids: [] };

const HOUR = 3_600_000;
/** An activity echoes a done card, and a grant stays unused, for at most this long. */
const ECHO_MS = 24 * HOUR;
const GRANT_MS = 24 * HOUR;
const MOST_KEPT_DAYS = 31;

type Limit = ContactPolicy['limits'][number];

/** One fact into a ledger: a touch, an answer that was or took back a touch, or a bid. */
export function foldLedger(ledger: Ledger, fact: Fact, policy: ContactPolicy): Ledger {
  if (fact.type === 'bid') return placeBid(ledger, fact);
  if (fact.type === 'bid-withdrawn') return dropBid(ledger, String(fact.data.opening));
  if (fact.type === 'response') return foldResponse(ledger, fact);
  const channel = Object.hasOwn(policy.touches, fact.type) ? policy.touches[fact.type] : undefined;
  // What the buyer does costs nothing.
  if (channel === undefined || (fact.by !== undefined && kindOf(fact.by) === 'contact'))
    return ledger;
  const touch: Touch = defined({ id: fact.id, at: fact.occurredAt, channel, by: fact.by });
  return addTouch(ledger, touch, fact.data.writeBackOf, policy);
}

function foldResponse(ledger: Ledger, fact: Fact): Ledger {
  const data = fact.data as unknown as ResponseData;
  if (data.response.kind === 'undo') {
    const of = `response/${data.response.of}`;
    return {
      ...ledger,
      touches: ledger.touches.flatMap((touch) => {
        if (touch.id !== of) return [touch];
        // The CRM logged it as well, so it did happen.
        return touch.echo === undefined ? [] : [{ ...touch, id: touch.echo }];
      }),
    };
  }
  if (!data.touch) return ledger;
  const touch: Touch = defined({
    id: fact.id,
    at: fact.occurredAt,
    channel: data.touch.channel,
    by: fact.by,
    opening: data.opening,
  });
  const logged = ledger.touches.findIndex((one) => one.opening === undefined && echoes(one, touch));
  if (logged < 0)
    return {
      touches: inOrder([...ledger.touches, touch]),
      bids: dropBid(ledger, data.opening).bids,
    };
  const touches = ledger.touches.map((one, i) =>
    i === logged ? { ...touch, at: one.at, echo: one.id } : one,
  );
  return { touches: inOrder(touches), bids: dropBid(ledger, data.opening).bids };
}

const echoes = (a: Touch, b: Touch): boolean =>
  a.by === b.by && a.channel === b.channel && Math.abs(a.at - b.at) < ECHO_MS;

function addTouch(
  ledger: Ledger,
  touch: Touch,
  writeBackOf: unknown,
  policy: ContactPolicy,
): Ledger {
  const answered = ledger.touches.findIndex(
    (one) =>
      one.opening !== undefined &&
      one.echo === undefined &&
      (one.id === writeBackOf || echoes(one, touch)),
  );
  if (answered >= 0) {
    return {
      ...ledger,
      touches: ledger.touches.map((one, i) => (i === answered ? { ...one, echo: touch.id } : one)),
    };
  }
  const longest = Math.max(MOST_KEPT_DAYS, ...policy.limits.map(({ days }) => days)) * 24 * HOUR;
  const touches = inOrder([...ledger.touches, touch]);
  const newest = touches[touches.length - 1]?.at ?? 0;
  return { ...ledger, touches: touches.filter(({ at }) => at > newest - longest - 48 * HOUR) };
}

const inOrder = (touches: readonly Touch[]): readonly Touch[] =>
  [...touches].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

function placeBid(ledger: Ledger, fact: Fact): Ledger {
  const { opening, play, account, channel, priority, until } = fact.data as unknown as Bid;
  const earlier = ledger.bids.find((bid) => bid.opening === opening);
  const bid: Bid = defined({
    opening,
    play,
    account,
    channel,
    priority,
    until,
    grantedAt: earlier?.grantedAt,
    lapsedAt: earlier?.lapsedAt,
  });
  return { ...ledger, bids: [...dropBid(ledger, opening).bids, bid] };
}

function dropBid(ledger: Ledger, opening: string): Ledger {
  return { ...ledger, bids: ledger.bids.filter((bid) => bid.opening !== opening) };
}

/** Touches that a limit counts at a moment, oldest first. A window is whole days in the company's zone, today included. */
export function touchesWithin(
  ledger: Ledger,
  limit: Limit,
  at: number,
  zone: string,
): readonly Touch[] {
  const first = dayNumber(at, zone) - limit.days + 1;
  return ledger.touches.filter(
    (touch) =>
      (limit.channel === undefined || limit.channel === touch.channel) &&
      touch.at <= at &&
      dayNumber(touch.at, zone) >= first,
  );
}

const limitsFor = (policy: ContactPolicy, channel: string): readonly Limit[] =>
  policy.limits.filter((limit) => limit.channel === undefined || limit.channel === channel);

export interface Slots {
  /** The limit with the fewest free slots. */
  readonly limit?: Limit;
  readonly used: readonly Touch[];
  /** Slots not used; some may be granted to bids. */
  readonly free: number;
  /** When the next slot frees by time alone; only where none is free. */
  readonly freesAt?: number;
}

/** How many more touches on that channel the policy allows now. Without limits: as many as you like. */
export function countSlots(
  ledger: Ledger,
  policy: ContactPolicy,
  channel: string,
  at: number,
  zone: string,
): Slots {
  let tightest: Slots = { used: [], free: Number.POSITIVE_INFINITY };
  for (const limit of limitsFor(policy, channel)) {
    const used = touchesWithin(ledger, limit, at, zone);
    const free = limit.touches - used.length;
    if (free >= tightest.free) continue;
    const leaving = free <= 0 ? used[used.length - limit.touches] : undefined;
    tightest = defined({
      limit,
      used,
      free: Math.max(0, free),
      freesAt: leaving ? startOfDay(dayNumber(leaving.at, zone) + limit.days, zone) : undefined,
    });
  }
  return tightest;
}

/**
 * Who holds the free slots: the highest bids, ties by opening. A grant that is not used for 24 h passes on to the next
 * bid, and its holder stands behind those that have not had their turn.
 */
export function regrant(ledger: Ledger, policy: ContactPolicy, at: number, zone: string): Ledger {
  if (ledger.bids.length === 0) return ledger;
  const bids = ledger.bids
    .filter((bid) => bid.until > at)
    .map((bid) => {
      if (bid.grantedAt === undefined || at - bid.grantedAt < GRANT_MS) return bid;
      const { grantedAt: _, ...rest } = bid;
      return { ...rest, lapsedAt: at };
    });
  bids.sort(
    (a, b) =>
      Number(b.grantedAt !== undefined) - Number(a.grantedAt !== undefined) ||
      (a.lapsedAt ?? 0) - (b.lapsedAt ?? 0) ||
      b.priority - a.priority ||
      (a.opening < b.opening ? -1 : 1),
  );
  const granted: Bid[] = [];
  const next = bids.map((bid) => {
    const room = limitsFor(policy, bid.channel).every((limit) => {
      const taken = granted.filter(
        (other) => limit.channel === undefined || limit.channel === other.channel,
      ).length;
      return touchesWithin(ledger, limit, at, zone).length + taken < limit.touches;
    });
    const { grantedAt, ...rest } = bid;
    if (!room) return rest;
    const holding = { ...rest, grantedAt: grantedAt ?? at };
    granted.push(holding);
    return holding;
  });
  return { ...ledger, bids: next };
}

/** The next moment at which grants may change by time alone. */
export function findNextGrant(
  ledger: Ledger,
  policy: ContactPolicy,
  at: number,
  zone: string,
): number | undefined {
  const waiting = ledger.bids.filter((bid) => bid.grantedAt === undefined);
  const moments: number[] = ledger.bids.map((bid) => bid.until);
  if (waiting.length > 0) {
    for (const bid of ledger.bids)
      if (bid.grantedAt !== undefined) moments.push(bid.grantedAt + GRANT_MS);
    for (const limit of policy.limits) {
      const oldest = touchesWithin(ledger, limit, at, zone)[0];
      if (oldest) moments.push(startOfDay(dayNumber(oldest.at, zone) + limit.days, zone));
    }
  }
  const later = moments.filter((moment) => moment > at);
  return later.length === 0 ? undefined : Math.min(...later);
}
