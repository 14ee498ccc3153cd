import type { JsonValue } from '../domain/value.js';
import type { NameKind } from '../plan/context.js';
import type { Path } from './play-data.js';

/** What may stand in a slot. */
export type SlotKind =
  /** The kind of record that the play is about, or that a condition looks for. */
  | 'about'
  | 'child'
  /** Forms: choosing another changes how the value is built. */
  | 'trigger'
  | 'pattern'
  | 'operator'
  | 'group'
  | 'moment'
  | 'worth'
  /** An attribute as the play names it there, bare or with its kind. */
  | 'name'
  /** One value of the slot's attribute. */
  | 'value'
  /** A whole condition, where it is open or no condition at all. */
  | 'condition'
  | 'activity'
  /** An activity that does not happen: the same by its noun. */
  | 'absent'
  /** A field of an activity, or of an earlier step: `amount`, `quote.amount`. */
  | 'field'
  | 'count'
  | 'span'
  | 'action'
  | 'contact'
  | 'channel'
  | 'minutes'
  | 'audience'
  | 'goal'
  /** In the unit of the goal. */
  | 'amount'
  | 'share'
  | 'product'
  /** What content is tagged with, and a value of it. */
  | 'tag'
  | 'tag-value'
  | 'duration'
  | 'date'
  | 'mandatory'
  | 'requested'
  | 'id'
  | 'text'
  /** What the sentence has no words for, as JSON. */
  | 'exact';

/** A choice inside a sentence. */
export interface Slot {
  /** Where in the play it stands. */
  readonly path: Path;
  /** `value`: what stands at the path. `key`: the name at its end. `form`: how what stands there is built. */
  readonly of: 'value' | 'key' | 'form';
  readonly kind: SlotKind;
  /** Absent while it is open. */
  readonly value?: JsonValue;
  /** In words; `…` while it is open, and the value itself (`"…"`, `= …`) where words would not mean exactly this one. */
  readonly text: string;
  /** What a bare name belongs to there. */
  readonly bare?: NameKind;
  /** Qualified: whose value it is. */
  readonly attribute?: string;
  readonly unit?: string;
}

/** Fixed words, or a slot. */
export type Part = string | Slot;

/** A part of a play that may be said and is not. */
export interface Unsaid {
  /** Where it would stand. */
  readonly unsaid: Path;
  /** The words that begin it. */
  readonly says: string;
}

/** What the rules say of a play, in order. */
export type Said = Part | Unsaid;

export interface Sentence {
  readonly parts: readonly Part[];
  readonly unsaid: readonly Unsaid[];
}

/** The sentence as text, each choice in brackets: `For [a deal] [when] [Stage] [is] [Evaluation], suggest …` */
export function sentenceText({ parts }: Sentence): string {
  return parts.map((part) => (typeof part === 'string' ? part : `[${part.text}]`)).join('');
}
