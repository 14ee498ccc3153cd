import type { Condition } from './condition.js';
import type { Evidence } from './subject.js';
import type { RecordId } from './value.js';

/**
 * A length of time. Minutes and hours (`ms`) are exact. Days and working days keep the time of day in the company's zone,
 * so that two days after Friday 15:00 is Sunday 15:00 also where a clock changes in between. What happens on a day
 * without work counts as at the start of the next working day.
 */
export type Span =
  | { readonly ms: number }
  | { readonly days: number }
  | { readonly workdays: number };

/** Facts of a type, of which fields and record may be asked as in the `where` of an event. */
export interface EventTest {
  readonly event: string;
  readonly where?: Condition;
  /** In a sequence: all of these hold beside an earlier event of the same match. */
  readonly compare?: readonly Comparison[];
}

/** A field of an event beside a field of an earlier one. Where either is missing it does not hold. */
export interface Comparison {
  readonly field: string;
  readonly is: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
  /** Which of the events that the sequence waits for, from 0, and its field. */
  readonly step: number;
  readonly of: string;
}

/** Any of these. */
export type EventTests = readonly EventTest[];

/**
 * What must happen on one record. A window is half-open: what happens exactly at its end is too late. After a completion
 * everything is forgotten that led to it, so that no fact counts twice.
 */
export type Pattern = SequencePattern | AllPattern | CountPattern | FirstPattern;

export interface SequencePattern {
  /** In this order. `no` stands between two others (not meanwhile), or first or last with a length (not so long). */
  readonly sequence: readonly Step[];
  /** From the first event to the last; needed where there are two. */
  readonly within?: Span;
  /** No other activity on the record in between. */
  readonly strict?: true;
  /** One of these gives up what has begun. */
  readonly without?: EventTests;
}

export type Step =
  | { readonly one: EventTests }
  | { readonly no: EventTests; readonly within?: Span };

/** In any order. One fact may be several of them. */
export interface AllPattern {
  readonly all: readonly EventTests[];
  readonly within: Span;
  readonly without?: EventTests;
}

/** So many, the first and the last no further apart than the window. */
export interface CountPattern {
  readonly count: number;
  readonly of: EventTests;
  readonly within: Span;
  readonly without?: EventTests;
}

/** The first in the whole timeline. */
export interface FirstPattern {
  readonly first: EventTests;
}

/** A moment before or after one that a fact names, for example before the start of a meeting. */
export interface Appointment {
  readonly of: EventTests;
  /** The field of the fact's data that holds the moment, or a day. */
  readonly time: string;
  /** Exactly one of `before` and `after`. */
  readonly before?: Span;
  readonly after?: Span;
  /** The field that says which one is moved or cancelled; else it is the CRM record that the fact was read from. */
  readonly key?: string;
  readonly cancelledBy?: EventTests;
}

/** What the patterns of a playbook remember of one account: plain JSON. */
export interface PatternMemory {
  /** When the timeline began, epoch milliseconds: a silence at the start counts from there. */
  readonly since?: number;
  readonly watches: { readonly [play: string]: { readonly [record: RecordId]: Watch } };
}

/** What one pattern remembers of one record; {@link import('../monitor/patterns/compile-patterns.js').mostKept} bounds it. */
export interface Watch {
  /** Sequence: the best beginnings of each length. All: the latest of each part. Count: the latest ones. */
  readonly held?: readonly (Held | null)[];
  /** Complete when nothing comes until `due`. */
  readonly waiting?: Waiting;
  /** The same with other values to compare with: these are due later. */
  readonly alsoWaiting?: readonly Waiting[];
  /** Since when it has been quiet. */
  readonly quietSince?: number;
  /** The first one is past. */
  readonly seen?: true;
  /** Moments to come, and those whose card may still be open. */
  readonly moments?: readonly AheadMoment[];
}

export interface Held {
  /** Too late from then on. */
  readonly due: number;
  readonly facts: readonly Evidence[];
  readonly values?: KeptValues;
}

export type FieldValue = string | number | boolean;

/** What later steps compare with, as `step.field`. */
export interface KeptValues {
  readonly [slot: string]: FieldValue | undefined;
}

export interface Waiting extends Held {
  readonly event: Evidence;
  readonly contact?: RecordId;
}

export interface AheadMoment {
  readonly key: string;
  /** The moment that the fact names. */
  readonly time: number;
  readonly due: number;
  readonly event: Evidence;
  readonly contact?: RecordId;
  readonly fired?: true;
}

export const NO_MEMORY: PatternMemory = { watches: {} };
