import type { RecordId } from '../domain/value.js';

/** What is to be done when, what it leaves out, and what its limits cost. Plain JSON. */
export interface DayPlan {
  /** `solved`: by the solver. `quick`: by the prices of an earlier plan, in an instant. */
  readonly how: 'solved' | 'quick';
  /** By rep, in order of time. */
  readonly items: readonly PlannedItem[];
  /** The worth of all items, in units of priority; a day later counts a little less. */
  readonly value: number;
  /** No plan under these limits is worth more. */
  readonly bound: number;
  readonly days: readonly PlannedDay[];
  readonly floors: readonly PlannedFloor[];
  readonly left: readonly LeftOut[];
  /** What one unit more of each limit is worth, by its key; those that cost nothing are left out. */
  readonly prices: { readonly [limit: string]: number };
  /** Present: not everything that must be can be, and this plan leaves out as little of it as possible. */
  readonly clash?: Clash;
}

export interface PlannedItem {
  readonly candidate: string;
  readonly rep: RecordId;
  /** Days since 1970-01-01 in the rep's zone. */
  readonly day: number;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly value: number;
  readonly why: 'best' | 'mandatory' | 'requested' | 'pinned';
}

export interface PlannedDay {
  readonly rep: RecordId;
  readonly day: number;
  readonly freeMinutes: number;
  readonly plannedMinutes: number;
  /** What one more free hour would add, at most, in units of priority. */
  readonly hourPrice: number;
  /** What an hour or an action more than the load limit would add, at most. */
  readonly loadHourPrice: number;
  readonly loadItemPrice: number;
}

export interface PlannedFloor {
  /** Its place among the floors of the problem. */
  readonly floor: number;
  readonly reached: number;
  /** What one unit of the goal more costs, in units of priority. */
  readonly price: number;
}

export interface LeftOut {
  readonly candidate: string;
  readonly because:
    | 'excluded'
    /** Its cost in minutes and attention is more than what it brings. */
    | 'no-gain'
    /** No free time is long enough within its window. */
    | 'no-time'
    | 'hours'
    | 'load'
    | 'contact-policy'
    | 'tried'
    | 'alike'
    | 'order';
  /** By how much its value lies below what its time and its touch bring elsewhere. */
  readonly lacks: number;
  /** What was planned in its place, where it is one thing. */
  readonly behind?: string;
  /** It had to be done. */
  readonly isMust?: true;
}

/** Wishes and limits that do not go together; leave out any one, and the rest does. */
export interface Clash {
  readonly wishes: readonly ClashWish[];
  readonly limits: readonly ClashLimit[];
  /** Candidates that are not planned for it. */
  readonly givenUp: readonly string[];
}

export type ClashWish =
  | {
      readonly kind: 'must';
      readonly candidate: string;
      readonly rep: RecordId;
      readonly why: 'mandatory' | 'requested' | 'pinned';
      readonly minutes: number;
      /** No free time can take it, whatever else is planned. */
      readonly hasNoTime: boolean;
    }
  | {
      readonly kind: 'floor';
      readonly floor: number;
      readonly least: number;
      /** As much as can be reached beside the other wishes. */
      readonly most: number;
    };

export type ClashLimit =
  | { readonly kind: 'hours'; readonly rep?: RecordId; readonly minutes: number }
  | { readonly kind: 'load-minutes' | 'load-items'; readonly most: number }
  | {
      readonly kind: 'contact-policy';
      readonly buyer?: RecordId;
      readonly touches: number;
      readonly days: number;
      readonly used: number;
    }
  | { readonly kind: 'tried' | 'tried-play'; readonly most: number }
  | { readonly kind: 'alike' | 'order' };
