import { R as RecordKind, A as AttributeValue, a as RecordId, S as SubjectKey, P as Position, G as Grade, J as JsonObject } from './fact.js';
import { a as Response } from './response.js';

/**
 * A compiled condition. Attribute names are qualified (`opportunity.stage`, `event.brand`, `rep.region`).
 *
 * Truth has three values: a comparison with a missing value is unknown, `not` unknown is unknown,
 * and only true opens or passes. `missing` is never unknown.
 */
type Condition = {
    readonly all: readonly Condition[];
} | {
    readonly any: readonly Condition[];
} | {
    readonly not: Condition;
}
/** One child of that kind meets all of it. Bare children's names are qualified by the kind. */
 | {
    readonly has: RecordKind;
    readonly where: Condition;
} | {
    readonly hasNo: RecordKind;
    readonly where: Condition;
} | Test;
/** One comparison. Exactly one operator is set. */
type Test = 
/** Equal to, or for multi attributes containing, any of these. */
{
    readonly attribute: string;
    readonly in: readonly (string | number | boolean)[];
}
/** Bounds of a number or date (dates as day numbers since 1970-01-01); an absent bound is open. */
 | {
    readonly attribute: string;
    readonly range: Range;
} | {
    readonly attribute: string;
    readonly hasAll: readonly string[];
} | {
    readonly attribute: string;
    readonly hasNone: readonly string[];
}
/** Equal to, or for multi attributes sharing a value with, another attribute. */
 | {
    readonly attribute: string;
    readonly inAttribute: string;
}
/** Text equal to any of these, which are already case-folded and in NFC. */
 | {
    readonly attribute: string;
    readonly textIn: readonly string[];
}
/** Text begins with this, which is already case-folded and in NFC. */
 | {
    readonly attribute: string;
    readonly startsWith: string;
} | {
    readonly attribute: string;
    readonly missing: boolean;
};
interface Range {
    readonly gt?: number;
    readonly gte?: number;
    readonly lt?: number;
    readonly lte?: number;
}
type Truth = true | false | undefined;
/** What a condition is judged against. Missing values are `undefined`. */
interface Situated {
    get(attribute: string): AttributeValue | undefined;
    /** The children of the record in view, each able to answer for itself and its parents. */
    children(kind: RecordKind): readonly Situated[];
}
/** A condition with how it came out, for "why" and "why not". */
interface Explanation {
    readonly truth: Truth;
    readonly condition: Condition;
    /** For a test: what the attribute holds now; absent when missing. */
    readonly actual?: AttributeValue;
    readonly parts?: readonly Explanation[];
}
/** One attribute altered so that a condition becomes true. */
interface Change {
    readonly attribute: string;
    readonly from?: AttributeValue;
    /** A value that would do; absent: the attribute would have to be missing. */
    readonly to?: AttributeValue;
    /** The bound crossed, when the new value is only an example of a range. */
    readonly range?: Range;
}

/**
 * A state machine of a playbook: every record of its kind is in one of its states at any time. A compiled machine is
 * sound: its targets exist, ids of states are unique in it, and no guard asks the machine's own state.
 */
interface Machine {
    readonly id: string;
    readonly label: string;
    readonly of: 'account' | 'contact' | 'opportunity';
    /** The state of {@link states} in which a record begins. */
    readonly initial: string;
    readonly states: readonly MachineState[];
    /** Those of the machine as a whole: looked at in every state, after the state's own. */
    readonly transitions?: readonly MachineTransition[];
    /** Where it was written, for people: `machines/lifecycle.yaml`. */
    readonly file: string;
}
interface MachineState {
    readonly id: string;
    readonly label: string;
    /** The id that this state had before. */
    readonly was?: string;
    /** Present: a state with states inside; it is never held itself, always one of those without. */
    readonly states?: readonly MachineState[];
    /** Of {@link states}, the one to begin in. */
    readonly initial?: string;
    /** Nothing leads out. In a state with states it tells that state's `done.state.ID`; at the top the machine is over. */
    readonly final?: true;
    /** In the order in which they are tried. */
    readonly transitions?: readonly MachineTransition[];
    /** Events for this machine alone, raised on entering and on leaving. */
    readonly entry?: readonly string[];
    readonly exit?: readonly string[];
}
/**
 * What leads from a state to another: an event (`on`), time in the state (`after`, milliseconds), or, with neither,
 * `when` alone as soon as it is true. `when` of an event may read the fields of the event as `event.x`.
 */
interface MachineTransition {
    readonly on?: string;
    readonly afterMs?: number;
    readonly when?: Condition;
    /** A state; one with states inside stands for its initial one. */
    readonly target: string;
    /** To itself or inwards: leave and enter the state anew, so that its delays begin again. */
    readonly reenter?: true;
}
/** What is remembered of one machine of one record: plain JSON. */
interface MachineHeld {
    /** A state without states inside. */
    readonly state: string;
    /** When the machine began, when each state around was entered, outermost first, and last the state itself; epoch milliseconds. */
    readonly since: readonly number[];
}

/** What a rep knows, on its way to become guidance. */
interface TipRequest {
    readonly id: string;
    readonly asker: RecordId;
    readonly account?: SubjectKey;
    readonly record?: RecordId;
    readonly play?: string;
    readonly text: string;
    /** Attributes of the situation it goes with. */
    readonly attributes: {
        readonly [attribute: string]: string | number | boolean | readonly string[];
    };
    /** False: the author's name stays with the author's own list only. */
    readonly signed: boolean;
    readonly occurredAt: number;
}
type TipStatus = 'sent' | 'edited' | 'published' | 'not-used';
interface Tip extends TipRequest {
    readonly status: TipStatus;
    readonly steps: readonly {
        readonly status: TipStatus;
        readonly at: number;
        readonly by?: RecordId;
        readonly because?: string;
        readonly text?: string;
    }[];
}

/** The derived state of one subject: plain JSON, made from its facts alone and thrown away without loss. */
interface Subject {
    readonly key: SubjectKey;
    /** The last fact folded, in order. */
    readonly at: Position;
    /** The last moment at which a fact or time alone changed something, epoch milliseconds. */
    readonly judgedAt: number;
    /** Nothing more happened up to here, epoch milliseconds. */
    readonly clock: number;
    /** The next moment at which time alone may change something. */
    readonly wakeAt?: number;
    /** The playbook version in force; empty while nothing is judged and facts are history. */
    readonly playbook: string;
    /** The subject itself and the records inside it, by id. */
    readonly records: {
        readonly [id: RecordId]: RecordState;
    };
    /** Openings now open, and those closed within the last 90 days, by key. */
    readonly openings: {
        readonly [key: string]: Opening;
    };
    /** By record, plays whose trigger holds (or is latched by hysteresis): since when. */
    readonly standing: {
        readonly [record: RecordId]: {
            readonly [play: string]: number;
        };
    };
    /** What patterns and moments to come remember. */
    readonly patterns?: PatternMemory;
    /** By `play|record`. */
    readonly answers: {
        readonly [playAndRecord: string]: readonly Answer[];
    };
    readonly ledger: Ledger;
    /** What this account last told the ledgers its open cards would touch, by opening. */
    readonly placed: {
        readonly [opening: string]: Placed;
    };
    /** Dated rates into the playbook's currency, by currency, by day number. */
    readonly rates: {
        readonly [currency: string]: {
            readonly [day: number]: number;
        };
    };
    readonly holdout?: 'guided' | 'holdout';
    /** What stands for it since it was merged. */
    readonly mergedInto?: SubjectKey;
    /** Of a rep: the tips this rep sent. Of the company: all of them, unsigned ones without their author. */
    readonly tips?: {
        readonly [id: string]: Tip;
    };
    /** Something changed after which nothing has been judged yet. */
    readonly unjudged?: true;
    /** Facts that came later than `correctionDays` and opened nothing of themselves. */
    readonly tooLate: number;
    /** Facts folded since the last snapshot. */
    readonly sinceSnapshot: number;
}
interface RecordState {
    readonly id: RecordId;
    readonly kind: RecordKind;
    readonly values: {
        readonly [attribute: string]: Known;
    };
    /** Accumulators of derived attributes, by bare id. */
    readonly derived: {
        readonly [attribute: string]: Accumulator;
    };
    /** The fact that deleted it; a record that is written again after that is there again. */
    readonly deleted?: Position;
    /** State machines of its kind, by their id; absent where there are none. */
    readonly machines?: {
        readonly [machine: string]: MachineHeld;
    };
}
/** A value, and how we know it. */
interface Known {
    readonly value: AttributeValue;
    readonly at: Position;
    readonly grade: Grade;
    /** When it last became this value; differs from `at` when a fact only confirmed it. */
    readonly since: number;
    readonly source?: {
        readonly record: RecordId;
        readonly field?: string;
    };
    readonly by?: RecordId;
}
/** What a derivation remembers. Its parts do not depend on the order in which facts came. */
interface Accumulator {
    readonly first?: Evidence;
    readonly last?: Evidence;
    /** Sums by day number in the company's zone. */
    readonly days?: {
        readonly [day: number]: number;
    };
    /** Everything older than the window, where there is none. */
    readonly total?: number;
    /** Last day on which each value was seen. */
    readonly seen?: {
        readonly [value: string]: number;
    };
    /** Future moments told by facts (a meeting's start), soonest kept first. */
    readonly ahead?: readonly Evidence[];
}
/** One fact as evidence: enough to show it and to find it again. */
interface Evidence {
    readonly fact: string;
    readonly type: string;
    readonly occurredAt: number;
    readonly grade: Grade;
    readonly value?: AttributeValue;
    readonly by?: RecordId;
    readonly source?: {
        readonly record: RecordId;
        readonly field?: string;
    };
    readonly text?: string;
    /** Contacts and opportunities that it concerns: who may not see one of them is not told. */
    readonly about?: readonly RecordId[];
    /** For the event that opened a play: its fields. */
    readonly data?: JsonObject;
}
/** One life of a play on a record. */
interface Opening {
    /** `play|record|begin`. */
    readonly key: string;
    readonly play: string;
    readonly record: RecordId;
    readonly begin: number;
    /** The attribute whose change opened it, or the event. */
    readonly changed?: {
        readonly attribute: string;
        readonly from?: AttributeValue;
        readonly to?: AttributeValue;
    };
    readonly event?: Evidence;
    /** For a pattern: everything that was part of it, in order; `event` is the last of it. */
    readonly matched?: readonly Evidence[];
    readonly contact?: RecordId;
    /** Already true at a publish or a first import. */
    readonly trueSinceBefore?: boolean;
    /** Shown from then on only: the roll-out limit of that day was used up. */
    readonly from?: number;
    readonly end?: number;
    readonly ended?: EndReason;
    /** The attribute or fact that ended it. */
    readonly endedBy?: {
        readonly attribute?: string;
        readonly from?: AttributeValue;
        readonly to?: AttributeValue;
        readonly fact?: Evidence;
    };
}
type EndReason = 'no-longer-true' | 'expired' | 'until' | 'playbook-changed' | 'record-gone' | 'done' | 'corrected';
/** A response as the account remembers it. */
interface Answer {
    readonly id: string;
    readonly at: number;
    readonly asker: RecordId;
    readonly opening: string;
    readonly response: Response;
    readonly scope: 'rep' | 'record';
    readonly restsUntil?: number;
    readonly undone?: boolean;
    readonly executed: boolean;
}
/** The buyer's attention: touches spent, and cards that bid for the next ones. */
interface Ledger {
    readonly touches: readonly Touch[];
    readonly bids: readonly Bid[];
}
interface Touch {
    /** The fact that was the touch. */
    readonly id: string;
    readonly at: number;
    readonly channel: string;
    readonly by?: RecordId;
    /** The opening that it answered, if any; an echo by the CRM is no second touch. */
    readonly opening?: string;
    /** The activity that the CRM logged for it. */
    readonly echo?: string;
}
interface Placed {
    readonly to: SubjectKey;
    readonly priority: number;
}
interface Bid {
    readonly opening: string;
    readonly play: string;
    readonly account: SubjectKey;
    readonly channel: string;
    readonly priority: number;
    readonly until: number;
    /** Since when it holds a slot. */
    readonly grantedAt?: number;
    /** It let a grant pass unused, and stands behind those that did not. */
    readonly lapsedAt?: number;
}

/**
 * A length of time. Minutes and hours (`ms`) are exact. Days and working days keep the time of day in the company's zone,
 * so that two days after Friday 15:00 is Sunday 15:00 also where a clock changes in between. What happens on a day
 * without work counts as at the start of the next working day.
 */
type Span = {
    readonly ms: number;
} | {
    readonly days: number;
} | {
    readonly workdays: number;
};
/** Facts of a type, of which fields and record may be asked as in the `where` of an event. */
interface EventTest {
    readonly event: string;
    readonly where?: Condition;
    /** In a sequence: all of these hold beside an earlier event of the same match. */
    readonly compare?: readonly Comparison[];
}
/** A field of an event beside a field of an earlier one. Where either is missing it does not hold. */
interface Comparison {
    readonly field: string;
    readonly is: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
    /** Which of the events that the sequence waits for, from 0, and its field. */
    readonly step: number;
    readonly of: string;
}
/** Any of these. */
type EventTests = readonly EventTest[];
/**
 * What must happen on one record. A window is half-open: what happens exactly at its end is too late. After a completion
 * everything is forgotten that led to it, so that no fact counts twice.
 */
type Pattern = SequencePattern | AllPattern | CountPattern | FirstPattern;
interface SequencePattern {
    /** In this order. `no` stands between two others (not meanwhile), or first or last with a length (not so long). */
    readonly sequence: readonly Step[];
    /** From the first event to the last; needed where there are two. */
    readonly within?: Span;
    /** No other activity on the record in between. */
    readonly strict?: true;
    /** One of these gives up what has begun. */
    readonly without?: EventTests;
}
type Step = {
    readonly one: EventTests;
} | {
    readonly no: EventTests;
    readonly within?: Span;
};
/** In any order. One fact may be several of them. */
interface AllPattern {
    readonly all: readonly EventTests[];
    readonly within: Span;
    readonly without?: EventTests;
}
/** So many, the first and the last no further apart than the window. */
interface CountPattern {
    readonly count: number;
    readonly of: EventTests;
    readonly within: Span;
    readonly without?: EventTests;
}
/** The first in the whole timeline. */
interface FirstPattern {
    readonly first: EventTests;
}
/** A moment before or after one that a fact names, for example before the start of a meeting. */
interface Appointment {
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
interface PatternMemory {
    /** When the timeline began, epoch milliseconds: a silence at the start counts from there. */
    readonly since?: number;
    readonly watches: {
        readonly [play: string]: {
            readonly [record: RecordId]: Watch;
        };
    };
}
/** What one pattern remembers of one record; {@link import('../monitor/patterns/compile-patterns.js').mostKept} bounds it. */
interface Watch {
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
interface Held {
    /** Too late from then on. */
    readonly due: number;
    readonly facts: readonly Evidence[];
    readonly values?: KeptValues;
}
type FieldValue = string | number | boolean;
/** What later steps compare with, as `step.field`. */
interface KeptValues {
    readonly [slot: string]: FieldValue | undefined;
}
interface Waiting extends Held {
    readonly event: Evidence;
    readonly contact?: RecordId;
}
interface AheadMoment {
    readonly key: string;
    /** The moment that the fact names. */
    readonly time: number;
    readonly due: number;
    readonly event: Evidence;
    readonly contact?: RecordId;
    readonly fired?: true;
}

export type { Appointment as A, Condition as C, Explanation as E, Machine as M, Pattern as P, Subject as S, Tip as T, Situated as a, Change as b, TipRequest as c, TipStatus as d, EndReason as e, Answer as f, Touch as g };
