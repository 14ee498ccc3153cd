import { R as RecordId, S as SubjectKey, F as Fact } from './fact.js';
import { u as Channel, v as ContactPolicy, F as FilledPhrase, P as Playbook, G as Goal } from './playbook.js';
import { E as EnginePort } from './port-calls.js';
import { L as LinearSolver } from './linear-program.js';

/** A card that could be worked on in the time that is planned. */
interface DayCandidate {
    /** The opening. */
    readonly id: string;
    readonly play: string;
    readonly rep: RecordId;
    readonly record: RecordId;
    /** Whom it touches, a contact or an account; absent: it touches nobody. */
    readonly touch?: {
        readonly buyer: RecordId;
        readonly channel: Channel;
    };
    readonly minutes: number;
    /** Its priority, in the playbook's units. */
    readonly value: number;
    /** What it is expected to bring each goal, in the goal's unit. */
    readonly goals: {
        readonly [goal: string]: number;
    };
    /** The play is new, or being tried. */
    readonly tried?: boolean;
    /** It is planned whatever else is left out: the law or a contract wants it, or the buyer asked for it. */
    readonly owed?: 'mandatory' | 'requested';
    /** Not before, and done by: epoch milliseconds. An agreed moment is a window as long as the action. */
    readonly from?: number;
    readonly until?: number;
    /** At most one of those that are alike is planned: the same kind of action on the same contact. */
    readonly alike?: string;
}
/** Time in which a rep is free, without a break. */
interface Room {
    readonly rep: RecordId;
    /** Days since 1970-01-01 in the rep's zone. */
    readonly day: number;
    /** Epoch milliseconds. */
    readonly from: number;
    readonly until: number;
}
/** What a person changed by hand. */
type Hand = 
/** It is planned: any time, on a day, or at a moment (epoch milliseconds). */
{
    readonly kind: 'pin';
    readonly candidate: string;
    readonly day?: number;
    readonly at?: number;
} | {
    readonly kind: 'exclude';
    readonly candidate: string;
}
/** Of a day, those that are planned come in this order. */
 | {
    readonly kind: 'order';
    readonly rep: RecordId;
    readonly day: number;
    readonly candidates: readonly string[];
};
/** At least so much is expected of what is planned. */
interface Floor {
    readonly goal: string;
    readonly label: string;
    /** `money` (minor units), `rate`, or a word to print after the number. */
    readonly unit?: string;
    readonly least: number;
    /** Of these reps alone; absent: of all. */
    readonly reps?: readonly RecordId[];
}
interface DayProblem {
    /** Epoch milliseconds. */
    readonly now: number;
    /** The company's: the contact policy counts days in it. */
    readonly zone: string;
    readonly rooms: readonly Room[];
    readonly candidates: readonly DayCandidate[];
    readonly contactPolicy: ContactPolicy['limits'];
    /** Touches so far, by buyer. */
    readonly touches: ReadonlyMap<RecordId, readonly {
        readonly at: number;
        readonly channel: string;
    }[]>;
    /** The most of a rep's day that is planned. What is left is for what nobody foresees. */
    readonly load?: {
        readonly minutes?: number;
        readonly items?: number;
    };
    /** The most that is planned of plays that are new or being tried. */
    readonly tried?: {
        readonly perDay?: number;
        readonly perPlay?: number;
    };
    readonly floors: readonly Floor[];
    readonly hands: readonly Hand[];
}

/** A candidate, with what a person reads of it. */
interface DayCard extends DayCandidate {
    readonly account: RecordId;
    readonly title: FilledPhrase;
    readonly why: FilledPhrase;
    /** Of the record, as the rep may see it. */
    readonly name?: string;
}

/** Everything that some reps could work on, and how their buyers' attention stands. */
interface DayBook {
    readonly cards: readonly DayCard[];
    readonly touches: DayProblem['touches'];
    readonly accounts: number;
    /** Of everybody who has a card, by id. */
    readonly reps: ReadonlyMap<RecordId, PlannedRep>;
}
interface PlannedRep {
    readonly name?: string;
    readonly teams: readonly string[];
}
interface DayBookOptions {
    /** Facts of reps and of the company, in order. */
    readonly people: ReadonlyMap<SubjectKey, readonly Fact[]>;
    /** Epoch milliseconds: what happened later is not known, and the playbook is in force from then on. */
    readonly now: number;
    /** Plays that are new or being tried. */
    readonly tried: ReadonlySet<string>;
}
/**
 * Gathers accounts and contacts one after the other, and keeps of each only its cards and its last touches; the facts of
 * each come in order, each once.
 */
declare function createDayBook(playbook: Playbook, { people: told, now, tried }: DayBookOptions): {
    add(key: SubjectKey, facts: readonly Fact[]): void;
    finish(): DayBook;
};

/** When somebody is not free, epoch milliseconds. */
interface BusyTime {
    readonly from: number;
    readonly until: number;
    /** Absent where the calendar calls it private, or tells none. */
    readonly title?: string;
}
interface ReadCalendar {
    /** In order. */
    readonly busy: readonly BusyTime[];
    /** Entries that repeat in a way that is not read, or are none: of the former the first time alone is taken. */
    readonly unread: number;
}

interface Span {
    readonly from: number;
    readonly until: number;
}
/** What a rep could do in the days that come, and within which limits. Plain JSON. */
interface ToldDay {
    readonly rep: RecordId;
    readonly name?: string;
    /** As things stood then, epoch milliseconds. */
    readonly now: number;
    /** IANA name of the zone that the rep's clock shows. */
    readonly zone: string;
    /** The contact policy counts days in it. */
    readonly companyZone: string;
    /** The days that are worked from today on, as many as a week has; days since 1970-01-01. */
    readonly days: readonly number[];
    readonly accounts: number;
    readonly cards: readonly ToldCard[];
    /** Touches so far, by buyer. */
    readonly touches: readonly (readonly [
        buyer: RecordId,
        readonly {
            readonly at: number;
            readonly channel: string;
        }[]
    ])[];
    readonly contactPolicy: ContactPolicy['limits'];
    readonly goals: readonly Pick<Goal, 'id' | 'label' | 'weight' | 'scale' | 'unit'>[];
    readonly currency: string;
    /** Milliseconds after midnight on the rep's clock. */
    readonly hours: readonly Span[];
    /** What the calendar holds, epoch milliseconds. */
    readonly busy: readonly BusyTime[];
    /** Entries of the calendar that could not be read; `all`: none of it could. Absent: there are none. */
    readonly unread?: number | 'all';
    /** The most of a day that is planned. */
    readonly load: {
        readonly minutes: number;
        readonly items: number;
    };
}
/** A card in words. */
interface ToldCard extends DayCandidate {
    readonly account: RecordId;
    readonly title: string;
    readonly why: string;
    /** Of the record, as the rep may see it. */
    readonly name: string;
    /** Where the record opens, `https:`. */
    readonly link?: string;
}
interface TellDayOptions {
    readonly playbook: Playbook;
    readonly now: number;
    readonly busy?: ToldDay['busy'];
    readonly unread?: ToldDay['unread'];
    /** Default: the playbook's. */
    readonly zone?: string;
    /** What the rep's cards are told as, where the playbook's own label is not enough. */
    readonly name?: string;
}
/** What was gathered for one rep, as the page of the day is told it. */
declare function tellDay({ cards, touches, accounts, reps }: DayBook, rep: RecordId, { playbook, now, busy, unread, zone, name }: TellDayOptions): ToldDay;

/** What a rep decides about the own plan. Plain JSON, to be kept between visits. */
interface DayChoices {
    readonly hands: readonly Hand[];
    /** Milliseconds after midnight on the rep's clock; absent: as told. */
    readonly hours?: readonly Span[];
    readonly load?: ToldDay['load'];
    /** By goal, at least so much is expected of the plan. */
    readonly floors?: {
        readonly [goal: string]: number;
    };
    /** Beside what the calendar holds, epoch milliseconds. */
    readonly busy?: readonly Span[];
    /** What a calendar held that the rep gave, up to a moment, epoch milliseconds. */
    readonly calendar?: ReadCalendar & {
        readonly until: number;
    };
}

/** What is to be done when, what it leaves out, and what its limits cost. Plain JSON. */
interface DayPlan {
    /** `solved`: by the solver. `quick`: by the prices of an earlier plan, in an instant. */
    readonly how: 'solved' | 'quick';
    /** By rep, in order of time. */
    readonly items: readonly PlannedItem[];
    /** The worth of all items, in units of priority; a day later counts a little less. */
    readonly value: number;
    /** No plan under these limits is worth more. */
    readonly bound: number;
    readonly days: readonly PlannedDay[];
    readonly floors: readonly PlannedFloor[];
    readonly left: readonly LeftOut[];
    /** What one unit more of each limit is worth, by its key; those that cost nothing are left out. */
    readonly prices: {
        readonly [limit: string]: number;
    };
    /** Present: not everything that must be can be, and this plan leaves out as little of it as possible. */
    readonly clash?: Clash;
}
interface PlannedItem {
    readonly candidate: string;
    readonly rep: RecordId;
    /** Days since 1970-01-01 in the rep's zone. */
    readonly day: number;
    /** Epoch milliseconds. */
    readonly from: number;
    readonly until: number;
    readonly value: number;
    readonly why: 'best' | 'mandatory' | 'requested' | 'pinned';
}
interface PlannedDay {
    readonly rep: RecordId;
    readonly day: number;
    readonly freeMinutes: number;
    readonly plannedMinutes: number;
    /** What one more free hour would add, at most, in units of priority. */
    readonly hourPrice: number;
    /** What an hour or an action more than the load limit would add, at most. */
    readonly loadHourPrice: number;
    readonly loadItemPrice: number;
}
interface PlannedFloor {
    /** Its place among the floors of the problem. */
    readonly floor: number;
    readonly reached: number;
    /** What one unit of the goal more costs, in units of priority. */
    readonly price: number;
}
interface LeftOut {
    readonly candidate: string;
    readonly because: 'excluded'
    /** Its cost in minutes and attention is more than what it brings. */
     | 'no-gain'
    /** No free time is long enough within its window. */
     | 'no-time' | 'hours' | 'load' | 'contact-policy' | 'tried' | 'alike' | 'order';
    /** By how much its value lies below what its time and its touch bring elsewhere. */
    readonly lacks: number;
    /** What was planned in its place, where it is one thing. */
    readonly behind?: string;
    /** It had to be done. */
    readonly isMust?: true;
}
/** Wishes and limits that do not go together; leave out any one, and the rest does. */
interface Clash {
    readonly wishes: readonly ClashWish[];
    readonly limits: readonly ClashLimit[];
    /** Candidates that are not planned for it. */
    readonly givenUp: readonly string[];
}
type ClashWish = {
    readonly kind: 'must';
    readonly candidate: string;
    readonly rep: RecordId;
    readonly why: 'mandatory' | 'requested' | 'pinned';
    readonly minutes: number;
    /** No free time can take it, whatever else is planned. */
    readonly hasNoTime: boolean;
} | {
    readonly kind: 'floor';
    readonly floor: number;
    readonly least: number;
    /** As much as can be reached beside the other wishes. */
    readonly most: number;
};
type ClashLimit = {
    readonly kind: 'hours';
    readonly rep?: RecordId;
    readonly minutes: number;
} | {
    readonly kind: 'load-minutes' | 'load-items';
    readonly most: number;
} | {
    readonly kind: 'contact-policy';
    readonly buyer?: RecordId;
    readonly touches: number;
    readonly days: number;
    readonly used: number;
} | {
    readonly kind: 'tried' | 'tried-play';
    readonly most: number;
} | {
    readonly kind: 'alike' | 'order';
};

/** What a plan is worth with other changes by hand. */
interface Weighed {
    /** In units of priority. */
    readonly value: number;
    /** Not everything that must be could be had. */
    readonly clashes: boolean;
}
/** Plans to the end, beside the page. */
interface DaySolver {
    /** Rejects with `opportune/no-solver` where there is none. */
    solve(problem: DayProblem): Promise<DayPlan>;
    /** The problem once for each of these lists of changes by hand, in place of its own. */
    weigh(problem: DayProblem, hands: readonly (readonly Hand[])[]): Promise<readonly Weighed[]>;
}
/** `load` is called with the first question. */
declare function createDaySolver(load: () => Promise<LinearSolver>): DaySolver;
/** Answers for a solver; in the worker. */
declare function serveDaySolver(solver: DaySolver, port: EnginePort): void;
/** The solver behind a port; in the page. */
declare function connectDaySolver(port: EnginePort): DaySolver;

/** How many of a rep's accounts were looked at, while that goes on. */
interface LookingAround {
    readonly looked: number;
    readonly of: number;
}
/** Where the page of the day has its cards from, and where it leads. */
interface DaySource {
    /** As things stand now, with what the rep decided before. Rejects where it cannot be told. */
    open(
    /** Called while it is found out what could be done, where that takes long. */
    progress?: (looking: LookingAround) => void): Promise<{
        readonly told: ToldDay;
        readonly choices?: DayChoices;
    }>;
    /** Absent: plans are made without a solver, and say how far from the best they may be. */
    readonly solver?: DaySolver;
    /** Calls when something has happened; gives what ends it. Absent: it is looked at anew when somebody asks. */
    watch?(happened: () => void): () => void;
    /** The rep decided otherwise. */
    keep?(choices: DayChoices): void;
    openRecord?(card: {
        readonly account: SubjectKey;
        readonly record: RecordId;
    }): void;
}

export { connectDaySolver as g, createDayBook as h, createDaySolver as i, serveDaySolver as s, tellDay as t };
export type { DaySource as D, LookingAround as L, TellDayOptions as T, DayBook as a, DayBookOptions as b, DayChoices as c, DaySolver as d, ToldCard as e, ToldDay as f };
