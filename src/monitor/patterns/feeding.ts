import { defined } from '../../core/defined.js';
import type { Days } from '../../core/span.js';
import type { Situated } from '../../domain/condition.js';
import type { Fact } from '../../domain/fact.js';
import type { EventTests, KeptValues, PatternMemory, Watch } from '../../domain/pattern.js';
import { type Evidence, insideOf, type RecordState, type Subject } from '../../domain/subject.js';
import { kindOf, type RecordId } from '../../domain/value.js';

/** The account as it is seen at one moment. */
export interface PatternView {
  readonly records: Subject['records'];
  situated(record: RecordState, event?: Fact['data']): Situated;
}

/** A pattern that is complete on a record. */
export interface Completion {
  readonly play: string;
  readonly record: RecordId;
  /** The moment at which it is complete, epoch milliseconds. */
  readonly begin: number;
  /** What happened, in order. */
  readonly facts: readonly Evidence[];
  /** The last of them, with its fields. */
  readonly event: Evidence;
  readonly contact?: RecordId;
}

/** What opened a card was moved or cancelled. */
export interface Revoked {
  readonly play: string;
  readonly record: RecordId;
  /** The id of the fact that named the moment. */
  readonly event: string;
}

/** One fact as one pattern sees it, on one record. */
export interface Feeding {
  readonly fact: Fact;
  /** The fact concerns the record by name; one that does not can only end a silence or give up what has begun. */
  readonly named: boolean;
  /** `kept` is what is known of earlier steps, for what compares with them. */
  readonly matches: (tests: EventTests, kept?: KeptValues) => boolean;
  /** When the timeline began. */
  readonly since: number;
  readonly days: Days;
}

export interface Step {
  readonly watch: Watch;
  readonly done?: Pick<Completion, 'facts' | 'event' | 'contact'>;
  /** The fact that named the moment which opened a card. */
  readonly revoked?: string;
}

/** Longer fields are not kept: what a card says of an event is short. */
const MOST_FIELD = 200;
const MOST_FIELDS = 20;

/** A fact as patterns remember it. */
export function toMatched({ id, type, occurredAt, grade, by, source, about }: Fact): Evidence {
  return defined({ fact: id, type, occurredAt, grade, by, source, about: insideOf(about) });
}

/** A fact that stands for a whole match, with the fields that a card may show, and the contact that it names. */
export function toOpener(fact: Fact): Pick<Completion, 'event' | 'contact'> {
  const contact = fact.about.find((id) => kindOf(id) === 'contact');
  const data = Object.fromEntries(
    Object.entries(fact.data)
      .filter(([, value]) => JSON.stringify(value).length <= MOST_FIELD)
      .slice(0, MOST_FIELDS),
  );
  return { event: { ...toMatched(fact), data }, ...(contact !== undefined && { contact }) };
}

/** Memories under change. */
export type Watches = { [play: string]: PatternMemory['watches'][string] };

/** Puts a watch in its place, or takes it out when there is nothing in it. */
export function putWatch(watches: Watches, play: string, record: RecordId, watch: Watch): void {
  const { [record]: _, ...rest } = watches[play] ?? {};
  const byRecord = Object.keys(watch).length > 0 ? { ...rest, [record]: watch } : rest;
  if (Object.keys(byRecord).length > 0) watches[play] = byRecord;
  else delete watches[play];
}
