/** `connection:type:id`, for example `demo:account:17`; the type is a {@link RecordKind}. */
type RecordId = string;
/** The id of a record that has a timeline of its own: an account, a contact, a rep, or {@link COMPANY}. */
type SubjectKey = RecordId;
type RecordKind = 'account' | 'contact' | 'opportunity' | 'rep' | 'product' | 'company';
/** The company itself: its catalogue, playbook, parameters and calendar. */
declare const COMPANY: SubjectKey;
/** What an attribute can hold. Money is in minor units of the playbook's currency; a date is `YYYY-MM-DD`. */
type AttributeValue = string | number | boolean | readonly string[];
/** Money as it arrives in a fact. It becomes a number in the playbook's currency when it is folded. */
interface Money {
    readonly amountMinor: number;
    /** ISO 4217, three capital letters. */
    readonly currency: string;
}
type JsonValue = string | number | boolean | null | readonly JsonValue[] | {
    readonly [key: string]: JsonValue;
};
type JsonObject = {
    readonly [key: string]: JsonValue;
};

/** How well a fact is known, strongest first: the buyer did it, we saw it, somebody said it. */
declare const GRADES: readonly ["buyer-verified", "observed", "claimed"];
type Grade = (typeof GRADES)[number];
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
interface Fact {
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
    readonly source?: {
        readonly record: RecordId;
        readonly field?: string;
    };
    readonly data: JsonObject;
}
/** A place in a timeline. */
interface Position {
    readonly occurredAt: number;
    readonly id: string;
}

export { COMPANY as C };
export type { AttributeValue as A, Fact as F, Grade as G, JsonObject as J, Money as M, Position as P, RecordId as R, SubjectKey as S, RecordKind as a, JsonValue as b };
