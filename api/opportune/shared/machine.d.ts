import { a as RecordKind, A as AttributeValue } from './fact.js';

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

export type { Condition as C, Explanation as E, Machine as M, Situated as S, Change as a, MachineHeld as b };
