import type { JsonObject, RecordId, SubjectKey } from './value.js';

/** How well a fact is known, strongest first: the buyer did it, we saw it, somebody said it. */
export const GRADES = ['buyer-verified', 'observed', 'claimed'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * Something that happened. A fact is appended once per subject and never edited.
 *
 * The type is a kebab-case name. Most types mean nothing to the agent and are read only by what a
 * playbook declares over them (`email-received`, `meeting-held`, `purchase`, ...). These have a meaning of their own:
 *
 * | type | data |
 * | --- | --- |
 * | `record-changed` | `{ values }`: attributes of `about[0]`, by bare id; `null` removes one. A child names its account in `subjects` |
 * | `record-deleted` | `{}`: `about[0]` is gone |
 * | `response` | {@link import('./response.js').ResponseData} |
 * | `tip` | `{ text, attributes, signed }` |
 * | `try-started` | `{ play, how, role, until, accounts }`, to the rep alone: which accounts are in which arm of it, for good |
 * | `try-ended` | `{ id, because }` |
 * | `seen` | `{ opening, draw, contents }`: a renderer put the card before the rep's eyes; of one that was drawn, among which others and how likely each was; ids of the content that it brought. A card that brings other content is seen anew |
 * | `bid`, `bid-withdrawn` | from an account to the ledger that a card would touch |
 * | `published` | `{ version }`: a playbook went live |
 * | `roll-out` | `{ showFrom }`: what held at a publish is shown from then on |
 * | `holdout-assigned` | `{ arm }`: `guided` or `holdout` |
 * | `arm-assigned` | `{ arm }`: `full`, `random`, `propensity` or `no-levers` |
 * | `learned` | `{ parameters }`, see {@link import('./parameters.js').Parameters}, to the company: what arbitration goes by from then on |
 * | `rate` | `{ from, to, rate }`: one unit of currency `from` is worth `rate` of `to`, from this day on |
 */
export interface Fact {
  /** Unique for ever and given by the source, so that a redelivered fact is recognised. */
  readonly id: string;
  readonly type: string;
  /** The timelines it is folded into: account, contact, rep or company. At least one. */
  readonly subjects: readonly SubjectKey[];
  /** Every record it concerns, opportunities and products included. For record facts the first is the record itself. */
  readonly about: readonly RecordId[];
  /** Epoch milliseconds. Order is (occurredAt, id). */
  readonly occurredAt: number;
  /** Epoch milliseconds at which the agent was told. */
  readonly learnedAt: number;
  readonly grade: Grade;
  /** Who did it: a contact (the buyer acted) or a rep (the seller acted). */
  readonly by?: RecordId;
  /** The CRM record and field it was read from. */
  readonly source?: { readonly record: RecordId; readonly field?: string };
  readonly data: JsonObject;
}

/** A fact that the agent itself makes now; seen with its own eyes, unless it says otherwise. */
/** The year 1653: before it, dates and time zones mean nothing. */
export const EARLIEST: number = -1e13;

export function noteFact(
  fact: Pick<Fact, 'id' | 'type' | 'subjects' | 'data'> & Partial<Fact>,
  now: number,
): Fact {
  return { about: [], occurredAt: now, learnedAt: now, grade: 'observed', ...fact };
}

/** A place in a timeline. */
export interface Position {
  readonly occurredAt: number;
  readonly id: string;
}

/** Below zero when `a` comes first. Ids break ties, by code unit, so that every machine agrees. */
export function comparePositions(a: Position, b: Position): number {
  return a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
