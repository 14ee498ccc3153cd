import { a as RecordKind, A as AttributeValue, R as RecordId, b as JsonValue, G as Grade, S as SubjectKey, P as Position, J as JsonObject } from './fact.js';
import { b as Response, e as Try } from './response.js';

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

/**
 * Where a play stands on a record, as one rep sees it:
 * `armed`, nothing is open and its trigger may open a card; `open`, a card is there; `snoozed`, and, while it cools down,
 * `done` and `dismissed`, by an answer under which it rests; `spent`, its card closed and its trigger still holds, or has
 * not been away as far as `rearm` asks, so that no other card opens until then.
 */
type PlayState = 'armed' | 'open' | 'snoozed' | 'done' | 'dismissed' | 'spent';
interface PlayLife {
    readonly state: PlayState;
    /**
     * When the card opened, the answer was given, or the last card closed, epoch milliseconds. Absent where none closed
     * within 90 days, and for a play that is judged whenever its record is looked at.
     */
    readonly since?: number;
    /** When the card expires, or the rest is over, epoch milliseconds. */
    readonly until?: number;
    /** The card that is open, also while it rests unseen: its opening. */
    readonly opening?: string;
    /** Of `armed` and `spent`: how the last card closed. */
    readonly ended?: EndReason;
    /** The answer under which it rests; of several the one that rests longest. */
    readonly answer?: Answer;
}

/** The answer for one record and one asker at one moment. Plain JSON; the same inputs give the same bytes. */
interface Decision {
    readonly record: RecordId;
    readonly account: RecordId;
    readonly asker: RecordId;
    /** ISO 8601 UTC. */
    readonly now: string;
    /** The versions it was made from. */
    readonly inputs: {
        readonly playbook: string;
        readonly parameters: string;
        readonly subjects: {
            readonly [key: string]: number;
        };
    };
    readonly shown: readonly Card[];
    /** Every play that is shown, held, or passed applicability; all of them when asked for. */
    readonly verdicts: readonly Verdict[];
    /** How many plays each stage stopped. */
    readonly counts: {
        readonly [stage in Stage]?: number;
    };
    /** Present when nothing is shown. */
    readonly nothing?: Nothing;
    /** Names of the records, contacts and reps mentioned here, as far as the asker may see them. */
    readonly names?: {
        readonly [id: RecordId]: string;
    };
    /** With every verdict: what the asker may see of the record and its account, by qualified attribute, for a tip to go with. */
    readonly situation?: {
        readonly [attribute: string]: AttributeValue;
    };
    /** ISO 8601 UTC: the CRM does not answer, and what it had since is not known. Only a gateway that reads one says so. */
    readonly oldSince?: string;
    /** What became in the CRM of this asker's answers, by their id, of those that were asked about. */
    readonly written?: {
        readonly [response: string]: Written;
    };
}
/** `waiting`: it goes there yet; `kept`: it stays on this device; `not-written`: the CRM or the rep said no. */
interface Written {
    readonly status: 'waiting' | 'written' | 'not-written' | 'kept';
    /** Why it is not there; of what waits only where the CRM has said no before. */
    readonly because?: string;
    /** The CRM, as it writes its name. */
    readonly crm: string;
}
declare const STAGES: readonly ["shown", "trigger", "audience", "eligibility", "applicability", "suitability", "answered", "holdout", "contact-policy", "profit-gate", "arbitration"];
type Stage = (typeof STAGES)[number];
/** Text with values that a renderer formats for its reader. */
type FilledPhrase = readonly (string | ShownValue)[];
interface ShownValue {
    readonly value: AttributeValue;
    readonly type: 'choice' | 'multi' | 'number' | 'boolean' | 'date' | 'text';
    readonly unit?: string;
    /** Labels of the values, for choice and multi. */
    readonly labels?: readonly string[];
}
interface Verdict {
    readonly play: string;
    readonly record: RecordId;
    readonly title: FilledPhrase;
    readonly stage: Stage;
    readonly rank?: number;
    readonly priority?: number;
    /** The condition that stopped it, with what it found. */
    readonly condition?: Explanation;
    /** The smallest change that would show it; in `why` and in decisions that were asked for all verdicts. */
    readonly change?: readonly Change[] | 'several';
    /** When it may show again, if time alone can do it. ISO 8601 UTC. */
    readonly until?: string;
    readonly answered?: Answered;
    /** Where the play stands on the record, whatever stopped it here; in `why` and in decisions that were asked for all verdicts. */
    readonly life?: LifeView;
    /** The ledger that is full, and who used it. */
    readonly ledger?: LedgerView;
    readonly margin?: Margin;
    readonly arbitration?: ArbitrationView;
}
interface Answered {
    readonly kind: string;
    readonly reason?: string;
    readonly asker?: RecordId;
    /** ISO 8601 UTC. */
    readonly at: string;
}
/** A {@link PlayLife} in a decision; moments are ISO 8601 UTC. */
interface LifeView extends Pick<PlayLife, 'state' | 'opening' | 'ended'> {
    readonly since?: string;
    readonly until?: string;
    readonly answered?: Answered;
}
interface LedgerView {
    readonly contact?: RecordId;
    readonly used: number;
    readonly limit: number;
    readonly days: number;
    readonly channel?: Channel;
    readonly touches: readonly Touch[];
    /** A free slot, and a card of higher priority that holds it. */
    readonly outbid?: {
        readonly play: string;
        readonly priority: number;
    };
}
interface Margin {
    readonly rate: number;
    readonly required: number;
    readonly priceMinor: number;
    /** The lowest price that would pass. */
    readonly neededPriceMinor: number;
}
interface ArbitrationView {
    readonly priority: number;
    /** One line a goal, in the playbook's order. */
    readonly goals: readonly GoalShare[];
    /** In units of priority, as it was ranked by. */
    readonly minuteCost: number;
    readonly touchCost: number;
    /** Present where minutes and touches are priced by so many plans of days; else they cost what the playbook declares. */
    readonly priced?: {
        readonly plans: number;
        readonly days: number;
    };
    /**
     * What the priority would be at the costs that the playbook declares; absent where it is just that. By this, and never by
     * what was learned, a card is worth showing or not.
     */
    readonly worth?: number;
    readonly propensity: Propensity;
    /** Present where the playbook ranks by the product: the priority is the propensity's rate times these three. */
    readonly product?: Omit<ByFactor, 'propensity'>;
    /** Present: ranked without a part of the product, to measure what that adds; see `worth` for the whole. */
    readonly arm?: Exclude<StandingArm, 'full'>;
    /** The goal below its floor that this would hurt. */
    readonly vetoedBy?: string;
    /** The play shown in its place, and how much priority it lacks. */
    readonly behind?: {
        readonly play: string;
        readonly lacks: number;
        /** `tried`: that one was drawn in its place, to learn. */
        readonly why: 'ranked-lower' | 'same-action' | 'tried';
        /** By the product: how far that one is ahead by each factor. */
        readonly logs?: ByFactor;
    };
}
/**
 * One number for each factor of the product. As logs, ln of the factor of the one over that of the other, they add up to
 * ln of the ratio of the priorities; no factor's part depends on another (for a product that is also the Shapley split).
 */
interface ByFactor {
    readonly propensity: number;
    readonly context: number;
    readonly value: number;
    readonly lever: number;
}
interface GoalShare {
    readonly goal: string;
    readonly label: string;
    readonly share: number;
    readonly weight: number;
    /** In [0, 1]: 1 at or below the floor, 0 at or above the target. */
    readonly credit: number;
    /** What it is worth if the buyer acts, in the goal's unit. */
    readonly value: number;
    readonly unit?: string;
    readonly level?: number;
    readonly floor?: number;
    readonly target?: number;
}
/** P(the buyer acts | done), and from how much it is known; 0 means it is the author's guess. */
interface Propensity {
    readonly rate: number;
    readonly sampleSize: number;
    readonly low?: number;
    readonly high?: number;
}
interface Card {
    /** The opening; for plays judged on opening the record, `play|record|opened`. */
    readonly opening: string;
    readonly play: string;
    readonly record: RecordId;
    readonly rank: number;
    readonly title: FilledPhrase;
    readonly why: FilledPhrase;
    readonly changed?: Changed;
    readonly action: {
        readonly kind: ActionKind;
        readonly verb?: FilledPhrase;
        readonly minutes: number;
        readonly touch?: Channel;
        readonly contact?: {
            readonly id: RecordId;
            readonly name?: string;
            readonly phone?: string;
            readonly email?: string;
        };
        readonly asks?: {
            readonly attribute: string;
            readonly label: string;
            readonly options: readonly {
                readonly id: string;
                readonly label: string;
            }[];
        };
        readonly link?: string;
    };
    readonly mandatory?: boolean;
    readonly buyerRequested?: boolean;
    readonly arbitration: ArbitrationView;
    /** Present: it was drawn among cards that are nearly as good, and why not every time alike, for the log. */
    readonly draw?: Draw;
    /** The asker tries something with this play, and the account is in it: the new way, in the asker's words (hostile: text), or as usual. */
    readonly ownTry?: {
        readonly id: string;
        readonly arm: 'usual' | 'new';
        readonly how?: string;
    };
    /** The goal that decided, and what leading with it puts off. */
    readonly goal?: GoalShare;
    readonly deferred?: {
        readonly play: string;
        readonly title: FilledPhrase;
        readonly goal: string;
        readonly value: number;
        readonly unit?: string;
    };
    /** By the product: the play that comes next, and how far this one is ahead of it by each factor. */
    readonly ahead?: {
        readonly play: string;
        readonly title: FilledPhrase;
        readonly logs: ByFactor;
    };
    readonly ledger?: LedgerView;
    readonly evidence: readonly EvidenceView[];
    readonly contents: readonly ContentView[];
    readonly reasons: readonly {
        readonly id: string;
        readonly label: string;
        readonly scope: 'rep' | 'record';
        readonly asks?: string;
    }[];
    readonly margin?: Margin;
}
interface Draw {
    /** With which this card was drawn: exact, so that what came of it can be weighed. */
    readonly probability: number;
    /** All that could have been drawn, best first. */
    readonly among: readonly {
        readonly play: string;
        readonly record: RecordId;
        readonly probability: number;
    }[];
}
/** What changed, as a number against what is usual or required where there is one. */
interface Changed {
    readonly text: FilledPhrase;
    readonly at: string;
    readonly trueSinceBefore?: boolean;
    readonly actual?: number;
    readonly required?: number;
    readonly unit?: string;
    /** What `required` is, in words: `Won deals like this average 4`. Absent: it is the trigger's bound. */
    readonly compared?: FilledPhrase;
    /** The state that a machine came from. */
    readonly from?: ShownValue;
    /** Everything that was part of a pattern, in order. */
    readonly matched?: readonly {
        readonly type: string;
        readonly at: string;
    }[];
    /** What the event says of the moment that the play waited for: an instant, a time of the company's clock, or a day. */
    readonly moment?: JsonValue;
}
interface EvidenceView {
    readonly text: FilledPhrase;
    readonly grade: Grade;
    /** `call-made`, `record-changed`, ... */
    readonly type: string;
    readonly at: string;
    readonly by?: {
        readonly id: RecordId;
        readonly name?: string;
    };
    readonly source?: {
        readonly record: RecordId;
        readonly field?: string;
    };
    /** Words of the source, quoted. Hostile: show as text. */
    readonly quote?: string;
}
interface ContentView {
    readonly id: string;
    readonly title: string;
    readonly kind: string;
    readonly revision: number;
    readonly body: readonly MarkdownNode[];
    /** What the holes of the body hold for this record, by attribute; a missing one shows its `otherwise`. */
    readonly values?: {
        readonly [attribute: string]: ShownValue;
    };
    readonly link?: string;
    /** How many attributes matched, and which. */
    readonly matched: readonly string[];
}
/** Why nothing is worth doing here now, and until when. */
interface Nothing {
    readonly because: 'no-plays' | 'holdout' | 'rests' | 'buyer-contacted-enough' | 'answered' | 'nothing-holds' | 'no-access';
    /** ISO 8601 UTC. */
    readonly until?: string;
    readonly verdict?: Verdict;
    /** What happened last, newest first: withdrawn by the buyer's own act, and so on. */
    readonly lately: readonly {
        readonly at: string;
        readonly text: FilledPhrase;
        readonly grade?: Grade;
    }[];
}

/** What was learned or delivered from outside one account, with a version that every Decision carries. */
interface Parameters {
    readonly version: string;
    /** By play, and by `play|value` of the attribute {@link situation}. */
    readonly propensity: {
        readonly [play: string]: Propensity;
    };
    /** Qualified attribute by whose value the propensity of a play differs; absent: by none. */
    readonly situation?: string;
    /** The company's level of each goal, where an account has none of its own. */
    readonly levels: {
        readonly [goal: string]: number;
    };
    /** How helpful reps find content, by its id; absent: nobody said anything. It orders content, and values no card. */
    readonly contents?: {
        readonly [content: string]: Propensity;
    };
    readonly explore?: Explore;
    /** Absent: the playbook does not ask for it, or nothing was planned yet. */
    readonly costs?: LearnedCosts;
}
/**
 * What a minute of a rep and a touch of a buyer would bring elsewhere, by the plans of days (the dual prices of hours, load
 * and contact policy), beyond what the playbook declares; in units of priority, at least 0.
 */
interface LearnedCosts {
    readonly minute: number;
    readonly touch: number;
    /** Plans of one rep for one day, older ones counting less. */
    readonly plans: number;
    /** Days on which something was planned. */
    readonly days: number;
    /** The last of them: days since 1970-01-01 in the company's zone. */
    readonly day: number;
}
/** Where the last card may be drawn among those that are nearly as good, to learn what buyers answer to. */
interface Explore {
    /** How strongly it counts that a card is less good. */
    readonly gamma: number;
    /** Those that lose least when a card was not the best. */
    readonly accounts: readonly SubjectKey[];
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
    /** Absent: as `full`, where no playbook has drawn arms yet. */
    readonly arm?: StandingArm;
    /** Of the company: what was learned last. */
    readonly parameters?: Parameters;
    /** What stands for it since it was merged. */
    readonly mergedInto?: SubjectKey;
    /** Of a rep: the tips this rep sent. Of the company: all of them, unsigned ones without their author. */
    readonly tips?: {
        readonly [id: string]: Tip;
    };
    /** Of a rep: what this rep tries, by id. */
    readonly tries?: {
        readonly [id: string]: Try;
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

/** A playbook, compiled: plain JSON that a browser can load. Unknown fields are an error at compile time, never here. */
interface Playbook {
    readonly format: 1;
    readonly name: string;
    /** Changes with any byte that changes behaviour. */
    readonly version: string;
    /** ISO 4217. Every money attribute is in minor units of it. */
    readonly currency: string;
    readonly zone: string;
    /** Days without work, `YYYY-MM-DD`, beside the weekdays that are not in {@link workdays}. */
    readonly holidays: readonly string[];
    /** 1 is Monday, 7 is Sunday. */
    readonly workdays: readonly number[];
    readonly attributes: readonly Attribute[];
    readonly products: readonly Product[];
    readonly goals: readonly Goal[];
    readonly plays: readonly Play[];
    /** Absent where there are none. */
    readonly machines?: readonly Machine[];
    readonly contents: readonly Content[];
    readonly reasons: readonly Reason[];
    readonly contactPolicy: ContactPolicy;
    readonly holdout: {
        readonly rate: number;
        readonly salt: string;
        /** Absent: everybody who is guided has the whole product. */
        readonly arms?: StandingArms;
    };
    readonly profitGate?: {
        readonly minMarginRate: number /** Money attribute: what serving this account costs for one such sale. */;
        readonly costToServe?: string;
    };
    /** What a minute of a rep and a touch of a buyer cost, in units of priority. */
    readonly costs: {
        readonly minute: number;
        readonly touch: number;
    };
    /** Used where a play gives none and nothing is learned. */
    readonly propensity: number;
    /** How priorities are made; absent: by the sum over goals less costs. `product`: propensity x context x value x lever. */
    readonly arbitration?: 'product';
    /** The most cards that plays already true at a publish or first import may open, per rep and day. */
    readonly rollOut: number;
    /** A fact this many days late still corrects what is open; an older one changes attributes only. */
    readonly correctionDays: number;
    /** How propensities are learned; absent: not by themselves. */
    readonly learning?: LearningSettings;
    /** Absent where there are none. */
    readonly trials?: readonly TrialSettings[];
}
/** Shares of the guided accounts at which a layer of the ranking is left out, to measure what it adds. */
interface StandingArms {
    readonly salt: string;
    /** Among what is eligible and worth showing, by lot. */
    readonly random: number;
    /** By how likely the buyer acts alone. */
    readonly propensity: number;
    /** Without lever, and every goal that has a weight at weight 1. */
    readonly noLevers: number;
}
/** How cards of an account are ranked. */
type StandingArm = 'full' | 'random' | 'propensity' | 'no-levers';
/** What of a buyer's doing tells that a card came off. */
interface LearningSettings {
    /** Types of facts, each of which is a success where the buyer did it, verified. */
    readonly success: readonly string[];
    /** How long a buyer has to act after a card was seen. */
    readonly days: number;
    /** Days after which something counts half. */
    readonly halfLife: number;
    /** Qualified choice attribute of the account by which plays differ. */
    readonly situation?: string;
    /** So many accounts of each rep at once may see a card that is nearly as good as the best. */
    readonly explore: number;
    /** What minutes and touches cost is learned from the plans of days. */
    readonly costs?: true;
    readonly newReps?: NewRepSettings;
}
/** What is left to learn for a rep who has begun lately: a number of the rep from 1 to 0, by which plays can go. */
interface NewRepSettings {
    /** Qualified number attribute of the rep that is told. */
    readonly attribute: string;
    /** Qualified date attribute of the rep: the first day. */
    readonly since: string;
    /** After so many days nobody is new. */
    readonly days: number;
}
/** Versions of a card, each for the accounts of one arm. */
interface TrialSettings {
    /** Qualified choice attribute of the account whose values are the arms; the first is what the others are compared with. */
    readonly arm: string;
    readonly success: readonly string[];
    /** Types of facts that must not become more frequent, whoever did them. */
    readonly guardrails: readonly string[];
    /** Qualified attributes of the account: each combination of their values is dealt out evenly. */
    readonly strata: readonly string[];
    /** How long an account has to act. */
    readonly days: number;
    /** A difference of the rate that matters. */
    readonly matters: number;
    /** How often any winner may be false, over all looks. */
    readonly alpha: number;
    /** An account enters when a card is seen, or already when it gets its arm. */
    readonly entry: 'seen' | 'assigned';
    /** Of a trial of goals: by arm, what goals weigh there instead; those that are not named weigh the same. */
    readonly weights?: {
        readonly [arm: string]: {
            readonly [goal: string]: number;
        };
    };
}
interface Attribute {
    /** Qualified: `opportunity.stage`. */
    readonly id: string;
    readonly label: string;
    readonly type: 'choice' | 'multi' | 'number' | 'boolean' | 'date' | 'text';
    readonly of: RecordKind;
    readonly values?: readonly {
        readonly id: string;
        readonly label: string;
        /** Other words by which people look for it. */
        readonly synonyms?: readonly string[];
    }[];
    /** `money` (minor units), `days`, `rate` (0 to 1), or a word to print after the number. */
    readonly unit?: string;
    /** A sentence about one value, for "what changed": `No reply for {value} days`. */
    readonly says?: string;
    /** The attribute that holds what is usual, shown beside what changed by its own sentence: `Won deals like this average {value}`. */
    readonly usual?: string;
    /** Present: computed from the timeline. Absent: set by `record-changed` facts. */
    readonly derive?: Derivation;
    /** The admin declares that it shows nothing of a single source record. */
    readonly aggregate?: boolean;
    /** The state of the machine of that bare id: a choice that no fact sets. Its values are the states without states inside. */
    readonly machine?: true;
}
/** Which facts of the record's timeline count. */
interface FactFilter {
    readonly types: readonly string[];
    readonly grades?: readonly Grade[];
    readonly by?: 'buyer' | 'seller';
    /** Fields of the fact's data that must hold one of these. */
    readonly where?: {
        readonly [field: string]: readonly AttributeValue[];
    };
}
/**
 * How an attribute follows from the timeline. An activity that names no opportunity concerns every opportunity of
 * its account. `field` is a field of the fact's data, or `type`, `by` (`buyer` or `seller`) or `contact`.
 * Windows are whole days in the company's zone, today included.
 */
type Derivation = {
    readonly op: 'days-since';
    readonly facts: FactFilter;
} | {
    readonly op: 'days-until';
    readonly facts: FactFilter /** A date in the fact's data, for example a meeting's. */;
    readonly field: string;
} | {
    readonly op: 'count';
    readonly facts: FactFilter;
    readonly days?: number;
} | {
    readonly op: 'sum';
    readonly facts: FactFilter;
    readonly field: string;
    readonly days?: number;
} | {
    readonly op: 'distinct';
    readonly facts: FactFilter;
    readonly field: string;
    readonly days?: number;
} | {
    readonly op: 'first' | 'last';
    readonly facts: FactFilter;
    readonly field: string;
} | {
    readonly op: 'days-since-date' | 'days-until-date';
    readonly attribute: string;
}
/** Whole days since that attribute of the same record last took another value. */
 | {
    readonly op: 'days-since-change';
    readonly attribute: string;
}
/** Over the records of that kind inside the account (or linked to the opportunity). */
 | {
    readonly op: 'count-records';
    readonly kind: RecordKind;
    readonly where: Condition;
} | {
    readonly op: 'sum-records';
    readonly kind: RecordKind;
    readonly where: Condition;
    readonly attribute: string;
};
interface Product {
    readonly id: string;
    readonly label: string;
    readonly brand?: string;
    readonly family?: string;
    readonly priceMinor: number;
    readonly costMinor?: number;
    /** Products that nobody has beside it: said of one of the two, it holds of both. */
    readonly excludes?: readonly string[];
    readonly attributes: {
        readonly [id: string]: AttributeValue;
    };
}
interface Goal {
    readonly id: string;
    readonly label: string;
    /** Qualified attribute that holds the level, of the account or of the company. */
    readonly measure?: string;
    readonly weight: number;
    /** Below it nothing that hurts the goal goes through. */
    readonly floor?: number;
    /** At or above it there is no more credit. */
    readonly target?: number;
    /** The value that counts as 1: minor units for a money goal. */
    readonly scale: number;
    readonly unit?: string;
}
type Channel = 'call' | 'email' | 'meeting' | 'visit' | 'message' | 'mailing';
declare const ACTION_KINDS: readonly ["call", "email", "meeting", "propose", "bring-in", "prepare", "log", "ask", "learn", "send-self-serve", "help-decide", "fix", "leave-alone"];
type ActionKind = (typeof ACTION_KINDS)[number];
interface Action {
    readonly kind: ActionKind;
    /** A value of `contact.role`; or `event`, the contact of the event that opened it; or `self`. */
    readonly contact?: string;
    /** Minutes of the rep. */
    readonly minutes: number;
    /** The channel of a touch on the buyer; absent: it touches nobody. */
    readonly touch?: Channel;
    /** The verb on the button; a default by kind where absent. */
    readonly verb?: Phrase;
    /** For `ask`: the attribute that one tap sets, as a claim. */
    readonly asks?: string;
    /** For `send-self-serve` and `propose`: an https address to open or copy. */
    readonly link?: string;
}
/** The first and the last day on which a play runs, `YYYY-MM-DD`. */
interface Validity {
    readonly from?: string;
    readonly until?: string;
}
/** Text with values in it. A hole names a qualified attribute and may say what to print when it is missing. */
type Phrase = readonly (string | {
    readonly attribute: string;
    readonly otherwise?: string;
})[];
type Trigger = {
    readonly becomes: Condition;
    readonly rearm?: Condition;
} | {
    readonly event: string;
    readonly where?: Condition;
    readonly until?: Condition;
} | {
    readonly pattern: Pattern;
    readonly until?: Condition;
} | {
    readonly at: Appointment;
    readonly until?: Condition;
}
/** Judged in `decide` only; never pushed. */
 | {
    readonly opened: true;
};
/** What a play is worth to a goal: a fixed value in the goal's unit, or a share of an attribute (money for a goal in money, else a number). Below zero: it hurts. */
type Serves = {
    readonly value: number;
} | {
    readonly share: number;
    readonly of: string;
};
interface Play {
    readonly id: string;
    readonly title: Phrase;
    readonly why: Phrase;
    readonly about: 'account' | 'contact' | 'opportunity';
    readonly trigger: Trigger;
    readonly eligibility?: Condition;
    readonly applicability?: Condition;
    readonly suitability?: Condition;
    readonly action: Action;
    /** `owner`, `team`, `partner`, or a value of `rep.role`. */
    readonly for: string;
    readonly serves: {
        readonly [goal: string]: Serves;
    };
    /** Legal or contractual: exempt from holdout and contact policy, and first. */
    readonly mandatory?: boolean;
    /** The buyer asked for it: exempt from holdout and contact policy. */
    readonly buyerRequested?: boolean;
    /** The product on offer: passes the profit gate first. */
    readonly offers?: string;
    /** P(the buyer acts | done) before anything is learned. */
    readonly propensity?: number;
    /** By the product alone: the manual weight, above 0; absent: 1. */
    readonly lever?: number;
    /** By the product alone: what fits the situation. Of what holds the points add up, and weigh 1 + sum / 100. */
    readonly context?: readonly {
        readonly when: Condition;
        readonly points: number;
    }[];
    /** Content is picked by these attributes; `same` means this record's value. */
    readonly content?: {
        readonly [attribute: string]: readonly AttributeValue[] | 'same';
    };
    /** Milliseconds after which an opening closes by itself. */
    readonly expiresMs: number;
    readonly coolDownMs: {
        readonly done: number;
        readonly notRelevant: number;
    };
    readonly valid?: Validity;
    readonly owner: string;
    /** Where it was written, for people: `plays/silent-buyer.yaml`. */
    readonly file: string;
    /** The id that this play had before. */
    readonly was?: string;
}
interface Content {
    readonly id: string;
    readonly title: string;
    /** `case-study`, `talk-track`, `email`, `battlecard`, `brochure`, `checklist`, `guide`, `tip`, ... */
    readonly kind: string;
    /** What it goes with; an attribute that is absent means any. Keys are qualified, or bare for content's own (`job`). */
    readonly attributes: {
        readonly [attribute: string]: readonly AttributeValue[];
    };
    /** It goes nowhere that this is known to be false. It looks into no records inside. */
    readonly when?: Condition;
    readonly owner: string;
    readonly revision: number;
    /** `YYYY-MM-DD`; not offered on or after it. */
    readonly expires?: string;
    /** Values of `rep.team` that alone see it; absent: everybody. */
    readonly teams?: readonly string[];
    readonly body: readonly MarkdownNode[];
    readonly link?: string;
    readonly file: string;
}
/** Markdown as a tree of safe nodes. Text is text: no renderer ever sets HTML from it. */
type MarkdownNode = {
    readonly type: 'text';
    readonly text: string;
} | {
    readonly type: 'hole';
    readonly attribute: string;
    readonly otherwise?: string;
} | {
    readonly type: 'paragraph' | 'strong' | 'emphasis' | 'quote' | 'item';
    readonly children: readonly MarkdownNode[];
} | {
    readonly type: 'heading';
    readonly level: 1 | 2 | 3 | 4 | 5 | 6;
    readonly children: readonly MarkdownNode[];
} | {
    readonly type: 'list';
    readonly ordered: boolean;
    readonly children: readonly MarkdownNode[];
} | {
    readonly type: 'link' /** https, http, mailto or tel only. */;
    readonly href: string;
    readonly children: readonly MarkdownNode[];
} | {
    readonly type: 'code';
    readonly text: string;
    readonly block: boolean;
} | {
    readonly type: 'break' | 'rule';
};
interface Reason {
    readonly id: string;
    readonly label: string;
    /** `rep`: hidden for the rep who says so. `record`: for everybody, on this record. */
    readonly scope: 'rep' | 'record';
    /** Attributes of the play's record that it sets, as a claim. */
    readonly sets?: {
        readonly [attribute: string]: AttributeValue;
    };
    /** A question to ask after the answer, for a tip. */
    readonly asks?: string;
}
interface ContactPolicy {
    /** All must hold. A limit without a channel counts every channel. */
    readonly limits: readonly {
        readonly touches: number;
        readonly days: number;
        readonly channel?: Channel;
    }[];
    /** Which facts are touches, and on which channel. */
    readonly touches: {
        readonly [factType: string]: Channel;
    };
}

export type { Attribute as A, Condition as C, Decision as D, EndReason as E, FilledPhrase as F, Goal as G, LearningSettings as L, Machine as M, NewRepSettings as N, Playbook as P, Subject as S, TipRequest as T, Verdict as V, Draw as a, Tip as b, TipStatus as c, Situated as d, Explanation as e, Card as f, Change as g, Content as h, MarkdownNode as i, Nothing as j, Parameters as k, Play as l, PlayState as m, Product as n, Propensity as o, ShownValue as p, Stage as q, TrialSettings as r, ActionKind as s, LifeView as t, Channel as u, ContactPolicy as v };
