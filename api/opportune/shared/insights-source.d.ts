import { S as SubjectKey, R as RecordId, A as AttributeValue, F as Fact } from './fact.js';
import { L as LinearSolver } from './linear-program.js';
import { S as SourceFile } from './problem.js';

/**
 * What an analysis has to say: for a terminal, a page of its own, or the component. Nothing but data, so that it may be stored.
 * Options of the command stand in parentheses of their own, `(--seller)`: the component leaves these out.
 */
interface Report {
    readonly title: string;
    /** What was asked, in a sentence or two. */
    readonly lead: readonly string[];
    readonly sections: readonly Section[];
}
interface Section {
    readonly heading: string;
    /** For who wants to know exactly: folded where that is possible. */
    readonly isAside?: true;
    readonly blocks: readonly Block[];
}
type Block = {
    readonly kind: 'text';
    readonly text: string;
} | {
    readonly kind: 'list';
    readonly items: readonly string[];
} | TableBlock | {
    readonly kind: 'chart';
    readonly chart: Chart;
    readonly data: TableBlock;
} | {
    readonly kind: 'records';
    readonly title: string;
    readonly records: readonly NamedRecord[];
} | DraftBlock;
interface TableBlock {
    readonly kind: 'table';
    readonly title: string;
    readonly head: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
}
/** A record that can be opened where records are. */
interface NamedRecord {
    readonly account: SubjectKey;
    readonly record: RecordId;
    readonly name?: string;
}
/** A play for people to correct, and what attributes.yaml would need for it. */
interface DraftBlock {
    readonly kind: 'draft';
    readonly title: string;
    readonly path: string;
    readonly text: string;
    readonly attributes?: string;
}
/** A small picture; its title and description say in words what it shows. */
type Chart = {
    readonly title: string;
    readonly description: string;
} & ({
    /** A dot with its interval a row. */
    readonly kind: 'intervals';
    /** A dashed line, where nothing would be or what is compared with lies. */
    readonly zero?: {
        readonly value: number;
        readonly text: string;
    };
    readonly rows: readonly {
        readonly label: string;
        readonly value: number;
        /** The value as it is read. */
        readonly text: string;
        readonly low: number;
        readonly high: number;
        /** Drawn quiet: it does not count. */
        readonly isQuiet?: boolean;
    }[];
} | {
    /** What was said against what came, from 0 to 1 both; on the line what was said came true. */
    readonly kind: 'calibration';
    readonly said: string;
    readonly came: string;
    readonly points: readonly {
        readonly said: number;
        readonly came: number;
        readonly low: number;
        readonly high: number;
    }[];
} | {
    /** The best of one amount for so much of another, from point to point; one point beside it is told apart. */
    readonly kind: 'frontier';
    readonly across: string;
    readonly up: string;
    readonly points: readonly {
        readonly x: number;
        readonly y: number;
        /** As they are read. */
        readonly textX: string;
        readonly textY: string;
    }[];
    readonly marked: {
        readonly x: number;
        readonly y: number;
        readonly text: string;
    };
} | {
    /** A bar a row, from 0. */
    readonly kind: 'bars';
    readonly rows: readonly {
        readonly label: string;
        readonly value: number;
        readonly text: string;
    }[];
});

/** What sellers can do, as it is or as it may become. */
interface Drivers {
    /** Of the working hours, those with buyers: what proposals, training, travel and administration leave. */
    readonly sellingShare: number;
    /** Selling hours that one opportunity takes. */
    readonly hoursAnOpportunity: number;
    readonly closeRate: number;
    /** From the first talk to the decision. */
    readonly cycleDays: number;
}
/** What stays as it is. Shares are of revenue. */
interface Company {
    readonly revenue: number;
    readonly sellers: number;
    readonly hoursAYear: number;
    /** Open opportunities that one seller can carry at once; absent: time alone is the limit. */
    readonly carries?: number;
    readonly grossMargin: number;
    /** On revenue beyond today's. */
    readonly commission: number;
    /** Selling, general and administrative costs, all fixed but for commissions. */
    readonly sga: number;
    readonly otherFixed: number;
    readonly interest: number;
    readonly softwareAYear: number;
    readonly tax: number;
    readonly shares: number;
}

/** Three values: the least and the most that somebody would defend, and what is likely. */
type Guess = readonly [number, number, number];
interface RoiAssumptions {
    readonly company: Company;
    readonly now: Drivers;
    readonly guided: {
        readonly [driver in keyof Drivers]: Guess;
    };
    /** Until everybody works with it, in equal steps. */
    readonly rampQuarters: number;
    readonly quarters: number;
}

/** What is a deal, how it ended, and what of it is looked at. */
interface DealQuestion {
    /** A qualified attribute that facts set, of an opportunity or of an account: such a record is one deal. */
    readonly outcome: string;
    readonly won: readonly AttributeValue[];
    readonly lost: readonly AttributeValue[];
    /** Qualified; absent: the owner of the record, else of the account. */
    readonly seller?: string;
    /**
     * Days from a deal's first fact on. What was known then counts, and deals decided sooner are left out, so that nothing
     * is explained by what the outcome brought.
     */
    readonly firstDays: number;
    /** In place of won or lost, an amount of those that were won: days to the decision, or a qualified number attribute. */
    readonly measure?: 'cycle' | (string & {});
    /** Qualified attributes that are not looked at. */
    readonly leaveOut?: readonly string[];
}

/** What an amount of a won deal is, where that says which way is better. */
type MeasureMeaning = (typeof MEANINGS)[number];
/** A number attribute has to say these. */
declare const MEANINGS: readonly ["discount", "returns", "turnover"];

/** What is asked of recorded facts: data, so that it may be sent, stored and compared. */
type Question = (PatternsQuestion | WhitespaceQuestion | WalletQuestion | RetentionQuestion | RenewalQuestion | ForecastTopicQuestion | RampQuestion | ProofTopicQuestion | RoiQuestion | TradeoffQuestion | ActionsQuestion | TriesQuestion | ReasonsQuestion | LearningQuestion | TrialQuestion) & {
    /** Only a part of what there is. */
    readonly cut?: Cut;
};
interface Outcome {
    /** Qualified: `opportunity.stage`. */
    readonly attribute: string;
    readonly won: readonly AttributeValue[];
    readonly lost: readonly AttributeValue[];
}
interface PatternsQuestion extends Omit<DealQuestion, 'outcome' | 'won' | 'lost'> {
    readonly topic: 'patterns';
    readonly outcome: Outcome;
    readonly adjustFor?: readonly string[];
    readonly stars?: boolean;
    /** What the attribute that is measured is, which says which way is better. Default: by its name. */
    readonly meaning?: MeasureMeaning;
    readonly seed?: string;
}
/** How purchases are told, and up to when. */
interface PurchaseQuestion {
    readonly purchase?: string;
    readonly product?: string;
    readonly amount?: string;
    /** Epoch milliseconds. */
    readonly until?: number;
}
interface WhitespaceQuestion extends PurchaseQuestion {
    readonly topic: 'whitespace';
    /** Qualified attributes of the account in which customers are comparable. */
    readonly peers: readonly string[];
    readonly seed?: string;
}
interface WalletQuestion extends PurchaseQuestion {
    readonly topic: 'wallet';
    readonly peers: readonly string[];
}
interface RetentionQuestion extends PurchaseQuestion {
    readonly topic: 'retention';
    /** How far to look ahead. Default 90. */
    readonly days?: number;
}
interface RenewalQuestion extends PurchaseQuestion {
    readonly topic: 'renewal';
    readonly attribute: string;
    readonly left: readonly AttributeValue[];
    readonly stayed: readonly AttributeValue[];
    readonly leaveOut?: readonly string[];
    readonly seed?: string;
}
interface ForecastTopicQuestion {
    readonly topic: 'forecast';
    readonly outcome: Outcome;
    /** Qualified; default: the attribute of the outcome. */
    readonly said?: string;
    /** The chance that each value of it claims. */
    readonly claims?: {
        readonly [value: string]: number;
    };
    /** Told for each team of five or more, too. */
    readonly by?: string;
    /** Of the deals of this person alone, for that person. */
    readonly rep?: string;
    readonly until?: number;
}
interface RampQuestion {
    readonly topic: 'ramp';
    readonly outcome: Outcome;
    readonly until?: number;
}
/** What the guidance earned against the standing holdout, of all accounts. */
interface ProofTopicQuestion extends Omit<PurchaseQuestion, 'product'> {
    readonly topic: 'proof';
    /** Epoch milliseconds; default: when the first account got an arm. */
    readonly since?: number;
    /** The share of a held out group's sales below which a difference changes nothing. Default 0.05. */
    readonly matters?: number;
}
/** What guidance may be worth: as assumed, or where there is a holdout as measured. */
interface RoiQuestion extends Pick<PurchaseQuestion, 'purchase' | 'amount'> {
    readonly topic: 'roi';
    /** Default: the worked example. */
    readonly assumptions?: RoiAssumptions;
}
/** What one goal costs another, and where today's weights stand. */
interface TradeoffQuestion {
    readonly topic: 'tradeoff';
}
/** What was done towards buyers and what they did after it: by one rep, for that rep; or by all together. */
interface ActionsQuestion {
    readonly topic: 'actions';
    /** `connection:rep:id`, or its last part where no other has the same. Absent: all, who have to be five or more. */
    readonly rep?: string;
    /** Days in which what a buyer does counts as after an action. Default 14. */
    readonly windowDays?: number;
    readonly until?: number;
}
/** What one rep tries, for that rep. */
interface TriesQuestion {
    readonly topic: 'tries';
    /** `connection:rep:id`. */
    readonly rep: string;
}
/** Why deals are lost and cards are set aside, by product and service. */
interface ReasonsQuestion {
    readonly topic: 'reasons';
    readonly outcome: Outcome;
    /** Qualified attribute of the opportunity. */
    readonly reason: string;
    /** Qualified attributes of the opportunity; the first one that a deal tells is its product or service. */
    readonly products: readonly string[];
}
/** How likely each play comes off, by the playbook's `learning`. */
interface LearningQuestion {
    readonly topic: 'learning';
}
/** How one of the playbook's trials stands. */
interface TrialQuestion {
    readonly topic: 'trial';
    /** Qualified attribute that holds the arms. */
    readonly arm: string;
}
/** A part of the records: a segment, a region, a product, a time. */
interface Cut {
    /** All of these hold, of the account or of the opportunity. */
    readonly where?: readonly Where[];
    /** `YYYY-MM-DD`: deals that began on this day or later, and before that day. */
    readonly from?: string;
    readonly before?: string;
}
interface Where {
    /** Qualified. */
    readonly attribute: string;
    readonly value: AttributeValue;
}

/** A question whose findings somebody has seen. */
interface Look {
    /** The quarter of the year in which it was first seen: `2026-Q4`. */
    readonly family: string;
    readonly question: Question;
}
/** How sure a finding has to be at this look. */
interface Level {
    /** Which look of its family it is, from 1 on. */
    readonly look: number;
    /** The chance that anything it finds is false. */
    readonly alpha: number;
}

interface Answered {
    /** One JSON document, for programs. */
    readonly result: object;
    readonly report: Report;
    readonly found: boolean;
}

/** What can be asked of the facts of a playbook. */
interface Menu {
    readonly presets: readonly Preset[];
    readonly filters: readonly Filter[];
    /** Quarters of the year in which deals may have begun, the last one first. */
    readonly quarters: readonly Quarter[];
}
interface Preset {
    readonly id: string;
    readonly label: string;
    readonly question: Question;
}
interface Filter {
    /** Qualified. */
    readonly attribute: string;
    readonly label: string;
    readonly values: readonly {
        readonly value: AttributeValue;
        readonly label: string;
    }[];
}
interface Quarter {
    readonly label: string;
    /** `YYYY-MM-DD`. */
    readonly from: string;
    readonly before: string;
}

/** What was found, and how often somebody has looked. */
interface Insight extends Answered {
    /** Of a search. */
    readonly level?: Level;
    readonly looks: readonly Look[];
}
interface OpenedInsights extends Menu {
    /** Whose looks share a bound on what may be false: `2026-Q4`. */
    readonly family: string;
    readonly looks: readonly Look[];
    /** Of a rep who looks at the own figures. */
    readonly sharing?: Sharing;
}
/** Who may see a rep's own figures. */
interface Sharing {
    readonly critic?: Colleague;
    /** Who may be chosen. */
    readonly colleagues: readonly Colleague[];
}
interface Colleague {
    readonly rep: RecordId;
    readonly name: string;
}
/** What answers questions, beside the page. */
interface InsightsEngine {
    /**
     * Over the files of a playbook, and with what was looked at before.
     *
     * @throws OpportuneError `opportune/playbook`: it has an error
     */
    open(files: readonly SourceFile[], looks: readonly Look[]): Promise<OpenedInsights>;
    /**
     * Each new search is one more look of the family. `progress` is told the share done. Rejects when it is stopped; what
     * was stopped has shown nothing, and is no look.
     */
    ask(question: Question, progress?: (share: number) => void, signal?: AbortSignal): Promise<Insight>;
}
interface InsightsOptions {
    /** In order of time. */
    readonly facts: readonly Fact[];
    /** Epoch milliseconds. */
    readonly now: number;
    /** `YYYY-MM-DD`. */
    readonly today: string;
    /** Settles when the next slice of long work may begin. */
    readonly pause: () => Promise<void>;
    /** Called once something is asked that takes one: `loadHighsSolver`. Absent: that is not offered. */
    readonly solver?: () => Promise<LinearSolver>;
}
declare function createInsightsEngine({ facts, now, today, pause, solver, }: InsightsOptions): InsightsEngine;

/** Where a page of findings gets them, and where it leads. What was looked at is kept by the source, over a reload. */
interface InsightsSource {
    open(): Promise<OpenedInsights>;
    ask(question: Question, progress: (share: number) => void, signal: AbortSignal): Promise<Insight>;
    /** Lets one colleague see the reader's own figures, or nobody any more; absent: they cannot be shared here. */
    share?(critic: RecordId | undefined): Promise<void>;
    /** Opens an example; absent: its name is told. */
    openRecord?(record: NamedRecord): void;
    /** Opens a draft where plays are written; absent: its text is told. */
    openDraft?(draft: DraftBlock): void;
}

export { createInsightsEngine as e };
export type { Colleague as C, DraftBlock as D, InsightsEngine as I, Level as L, NamedRecord as N, OpenedInsights as O, Preset as P, Question as Q, Report as R, Sharing as S, InsightsSource as a, Insight as b, InsightsOptions as c, Look as d };
