import { e as EndReason, f as Answer, g as Touch, E as Explanation, b as Change, c as TipRequest, T as Tip, d as TipStatus } from './pattern.js';
import { a as RecordId, A as AttributeValue, b as JsonValue, G as Grade, F as Fact } from './fact.js';
import { a as ActionKind, d as Channel, M as MarkdownNode, b as Playbook } from './playbook.js';
import { b as ResponseRequest, c as ResponseResult } from './response.js';

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
    readonly minuteCost: number;
    readonly touchCost: number;
    readonly propensity: Propensity;
    /** The goal below its floor that this would hurt. */
    readonly vetoedBy?: string;
    /** The play shown in its place, and how much priority it lacks. */
    readonly behind?: {
        readonly play: string;
        readonly lacks: number;
        readonly why: 'ranked-lower' | 'same-action';
    };
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
/** P(the buyer acts | shown), and from how much it is known; 0 means it is the author's guess. */
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
    /** The goal that decided, and what leading with it puts off. */
    readonly goal?: GoalShare;
    readonly deferred?: {
        readonly play: string;
        readonly title: FilledPhrase;
        readonly goal: string;
        readonly value: number;
        readonly unit?: string;
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

/** The loop around the pure functions: it stores, folds, judges, delivers and tells. One per store. */
interface Agent {
    /**
     * Takes facts in, in any order, any number of times. Resolves when they are durable and judged.
     * Facts of different subjects may be mixed.
     */
    record(facts: readonly Fact[], options?: RecordOptions): Promise<Recorded>;
    /** Wakes what is due and delivers what waits in the outbox. Call it on a timer, and after downtime. */
    tick(): Promise<void>;
    /** Makes a playbook the one in force. The past is not judged again. */
    publish(playbook: Playbook): Promise<Published>;
    /** The one in force. With an asker: without what this asker may not see, by name, and without content for other teams. */
    playbook(asker?: RecordId): Promise<Playbook | undefined>;
    /** Changes nothing, ever. An unknown record and one the asker may not see give the same answer. */
    decide(record: RecordId, asker: RecordId, options?: {
        readonly verdicts?: 'all';
        /** Ids of this asker's answers: who writes them to a CRM tells with the decision what became of them there. */
        readonly answers?: readonly string[];
    }): Promise<Decision>;
    /** The verdict of one play on a record, from the same inputs as `decide`. */
    why(play: string, record: RecordId, asker: RecordId): Promise<Verdict>;
    respond(request: ResponseRequest): Promise<ResponseResult>;
    /** A renderer put the card before the rep's eyes. */
    seen(request: {
        readonly id: string;
        readonly account: RecordId;
        readonly opening: string;
        readonly asker: RecordId;
    }): Promise<void>;
    /** What opened, was answered and was withdrawn here, newest first. */
    history(record: RecordId, asker: RecordId): Promise<readonly HistoryEntry[]>;
    sendTip(tip: TipRequest): Promise<void>;
    /** This rep's tips and what became of each, newest first. */
    tips(asker: RecordId): Promise<readonly Tip[]>;
    /** Tips that wait for a marketer. */
    candidates(): Promise<readonly Tip[]>;
    /** What a marketer did with a tip; its author is told. */
    settleTip(id: string, change: {
        readonly by: RecordId;
        readonly status: TipStatus;
        readonly text?: string;
        readonly because?: string;
    }): Promise<void>;
    /** Kinds of action that this rep has switched off. */
    kindsOff(asker: RecordId): Promise<readonly string[]>;
    setKind(asker: RecordId, kind: string, on: boolean): Promise<void>;
    /** Called after a commit that may change what this record shows. */
    watch(record: RecordId, listener: () => void): () => void;
    close(): Promise<void>;
}
/** What a panel asks of an agent: one in its page and one behind a gateway alike. */
type PanelAgent = Pick<Agent, 'playbook' | 'decide' | 'why' | 'respond' | 'seen' | 'history' | 'sendTip' | 'tips' | 'kindsOff' | 'setKind' | 'watch' | 'close'>;
interface RecordOptions {
    /** History: it makes attributes, and opens nothing as it goes by. What holds at the end is judged once, by `publish`. */
    readonly history?: boolean;
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
}
interface Recorded {
    readonly added: number;
    /** Already known, by id. */
    readonly repeated: number;
    /** Refused, with the reason. */
    readonly refused: readonly {
        readonly id: string;
        readonly reason: string;
    }[];
    readonly opened: readonly string[];
    readonly withdrawn: readonly string[];
}
interface Published {
    readonly version: string;
    readonly stillOpen: number;
    readonly opened: number;
    readonly withdrawn: number;
    /** True already, and left for a later day by the roll-out limit. */
    readonly waiting: number;
}
interface HistoryEntry {
    readonly at: number;
    readonly type: 'opened' | 'withdrawn' | 'answered' | 'expired';
    readonly play: string;
    readonly record: RecordId;
    readonly opening: string;
    readonly title: FilledPhrase;
    /** Why: what changed, the reason given, what the buyer did. */
    readonly text: FilledPhrase;
    readonly grade?: Grade;
    /** Of what ended: how. */
    readonly ended?: EndReason;
    readonly asker?: RecordId;
    readonly askerName?: string;
    readonly responseId?: string;
    readonly response?: string;
    /** Until when the play rests on the record by that answer, epoch milliseconds. */
    readonly restsUntil?: number;
    readonly undone?: boolean;
}

export type { Agent as A, Card as C, Decision as D, FilledPhrase as F, HistoryEntry as H, LifeView as L, Nothing as N, Propensity as P, RecordOptions as R, ShownValue as S, Verdict as V, PanelAgent as a, PlayState as b, Published as c, Recorded as d, Stage as e };
