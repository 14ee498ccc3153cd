import type { SubjectKey } from './value.js';

/** What a try may be at most: small, short, and few at a time. */
export const TRY_LIMITS = {
  /** Tries of a rep that run at once. */
  running: 2,
  /** Accounts of a try: so many show a large difference. */
  accounts: 60,
  /** Buying groups below which a comparison could never tell anything. */
  fewest: 10,
  weeks: 6,
  /** Characters of {@link TryPlan.how}. */
  words: 140,
} as const;

/** What a rep wants to do another way with a play, on half of some own accounts. */
export interface TryPlan {
  /** In the rep's words: `open with the audit date`. Hostile: text. */
  readonly how: string;
  /** The role of the contact to turn to; absent: whom the play names. */
  readonly role?: string;
  /** From 1 to 6. */
  readonly weeks: number;
  /** At most so many, from 10 to 60. */
  readonly accounts: number;
}

/** Why a try could not begin: it would be one too many, too few accounts may be in it, or this card is not for trying. */
export type NoTry = 'too-many' | 'too-few' | 'not-this-card';

export type TryEnd = 'rep' | 'guardrail' | 'sample-ratio';

/** `usual`: as always, to compare with. */
export const TRY_ARMS = ['usual', 'new'] as const;

export interface TryAccount {
  readonly account: SubjectKey;
  /** The buying group, which sees one arm. */
  readonly group: string;
  readonly arm: (typeof TRY_ARMS)[number];
}

/** A try as its rep has it; which account is in which arm never changes. */
export interface Try extends Pick<TryPlan, 'how' | 'role'> {
  readonly id: string;
  readonly play: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly until: number;
  readonly accounts: readonly TryAccount[];
  readonly endedAt?: number;
  readonly because?: TryEnd;
}

/** How a try stands. Moments are ISO 8601 UTC. */
export interface TryStand extends Pick<Try, 'id' | 'play' | 'how' | 'role' | 'because'> {
  readonly startedAt: string;
  /** When it ended or will. */
  readonly until: string;
  readonly isRunning: boolean;
  readonly usual: TryCount;
  readonly new: TryCount;
  /** Groups that saw a card and whose time is not over yet. */
  readonly waiting: number;
  /** Days that a buyer has to act. */
  readonly days: number;
  /** Of the rates, the new way less the usual one, with an interval that holds at every look; absent: too few. */
  readonly difference?: { readonly value: number; readonly interval: readonly [number, number] };
  readonly verdict: {
    readonly is: 'better' | 'worse' | 'no-difference-that-matters' | 'not-enough-yet';
    /** How many more accounts it takes; absent: too few to say, or there is a verdict. */
    readonly more?: number;
  };
}

/** Buying groups of an arm. */
export interface TryCount {
  readonly assigned: number;
  /** A card of the play stood before the rep's eyes. */
  readonly entered: number;
  /** Of those, whose time is over: these decide. */
  readonly known: number;
  /** Of those, where the buyer acted. */
  readonly succeeded: number;
}

/** The try that runs at that moment, in the state of a rep. */
export const isRunning = ({ until, endedAt = until }: Try, now: number): boolean => now < endedAt;
