import { P as Playbook, D as Decision, V as Verdict, a as Draw, F as FilledPhrase, E as EndReason, T as TipRequest, b as Tip, c as TipStatus } from './playbook.js';
import { F as Fact, R as RecordId, G as Grade } from './fact.js';
import { R as ResponseRequest, a as ResponseResult, T as TryStand } from './response.js';

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
        /** Of a card that was drawn: how. */
        readonly draw?: Draw | undefined;
        /** Ids of the content that the card brought then. */
        readonly contents?: readonly string[] | undefined;
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
    /** How this rep's own tries stand, newest first. Nobody else's are told. */
    tries(asker: RecordId): Promise<readonly TryStand[]>;
    /** Kinds of action that this rep has switched off. */
    kindsOff(asker: RecordId): Promise<readonly string[]>;
    setKind(asker: RecordId, kind: string, on: boolean): Promise<void>;
    /** Called after a commit that may change what this record shows. */
    watch(record: RecordId, listener: () => void): () => void;
    close(): Promise<void>;
}
/** What a panel asks of an agent: one in its page and one behind a gateway alike. */
type PanelAgent = Pick<Agent, 'playbook' | 'decide' | 'why' | 'respond' | 'seen' | 'history' | 'sendTip' | 'tips' | 'tries' | 'kindsOff' | 'setKind' | 'watch' | 'close'>;
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

export type { Agent as A, HistoryEntry as H, PanelAgent as P, RecordOptions as R, Published as a, Recorded as b };
