import { S as SubjectKey, R as RecordId, A as AttributeValue } from './fact.js';

/** What a rep wants to do another way with a play, on half of some own accounts. */
interface TryPlan {
    /** In the rep's words: `open with the audit date`. Hostile: text. */
    readonly how: string;
    /** The role of the contact to turn to; absent: whom the play names. */
    readonly role?: string;
    /** From 1 to 6. */
    readonly weeks: number;
    /** At most so many, from 10 to 60. */
    readonly accounts: number;
}
/** Why a try could not begin: it would be one too many, too few accounts may be in it, or this card is not for trying. */
type NoTry = 'too-many' | 'too-few' | 'not-this-card';
type TryEnd = 'rep' | 'guardrail' | 'sample-ratio';
/** `usual`: as always, to compare with. */
declare const TRY_ARMS: readonly ["usual", "new"];
interface TryAccount {
    readonly account: SubjectKey;
    /** The buying group, which sees one arm. */
    readonly group: string;
    readonly arm: (typeof TRY_ARMS)[number];
}
/** A try as its rep has it; which account is in which arm never changes. */
interface Try extends Pick<TryPlan, 'how' | 'role'> {
    readonly id: string;
    readonly play: string;
    /** Epoch milliseconds. */
    readonly startedAt: number;
    readonly until: number;
    readonly accounts: readonly TryAccount[];
    readonly endedAt?: number;
    readonly because?: TryEnd;
}
/** How a try stands. Moments are ISO 8601 UTC. */
interface TryStand extends Pick<Try, 'id' | 'play' | 'how' | 'role' | 'because'> {
    readonly startedAt: string;
    /** When it ended or will. */
    readonly until: string;
    readonly isRunning: boolean;
    readonly usual: TryCount;
    readonly new: TryCount;
    /** Groups that saw a card and whose time is not over yet. */
    readonly waiting: number;
    /** Days that a buyer has to act. */
    readonly days: number;
    /** Of the rates, the new way less the usual one, with an interval that holds at every look; absent: too few. */
    readonly difference?: {
        readonly value: number;
        readonly interval: readonly [number, number];
    };
    readonly verdict: {
        readonly is: 'better' | 'worse' | 'no-difference-that-matters' | 'not-enough-yet';
        /** How many more accounts it takes; absent: too few to say, or there is a verdict. */
        readonly more?: number;
    };
}
/** Buying groups of an arm. */
interface TryCount {
    readonly assigned: number;
    /** A card of the play stood before the rep's eyes. */
    readonly entered: number;
    /** Of those, whose time is over: these decide. */
    readonly known: number;
    /** Of those, where the buyer acted. */
    readonly succeeded: number;
}

/** What a rep did with a card. It hangs on (play, record), so that a correction never revives what was dismissed. */
type Response = 
/** The rep acts now. A touch claims its slot in the ledger first and is refused when there is none. */
{
    readonly kind: 'done';
    readonly outcome?: string;
    readonly answer?: AttributeValue;
}
/** It was done before, elsewhere: recorded, counted as a touch, never refused. */
 | {
    readonly kind: 'already-done';
} | {
    readonly kind: 'not-relevant';
    readonly reason: string;
    readonly text?: string;
}
/** `until` is a day, `YYYY-MM-DD`: it returns that day, only if it still holds. */
 | {
    readonly kind: 'snooze';
    readonly until: string;
} | {
    readonly kind: 'helpful' | 'not-helpful';
    readonly text?: string;
}
/** How a done action went, told afterwards: `spoke`, `left-message`, `no-answer`. */
 | {
    readonly kind: 'outcome';
    readonly outcome: string;
}
/** Takes back an earlier response, by its id. */
 | {
    readonly kind: 'undo';
    readonly of: string;
}
/** Begins a try of the rep's own with the card's play. It says nothing about this card, and nobody but the rep is told. */
 | ({
    readonly kind: 'try';
} & TryPlan)
/** Ends it, by the id of the request that began it. */
 | {
    readonly kind: 'end-try';
    readonly of: string;
};
/** A response on its way: made once, given its id by the device, safe to send again. */
interface ResponseRequest {
    readonly id: string;
    readonly play: string;
    readonly record: RecordId;
    readonly account: RecordId;
    /** The card's opening; the response is recorded and not executed when it has meanwhile closed. */
    readonly opening: string;
    readonly asker: RecordId;
    /** Epoch milliseconds on the device. */
    readonly occurredAt: number;
    readonly response: Response;
}
/** `data` of a `response` fact. */
interface ResponseData {
    readonly play: string;
    readonly record: RecordId;
    readonly opening: string;
    readonly response: Response;
    readonly scope: 'rep' | 'record';
    readonly touch?: {
        readonly channel: string;
        readonly contact?: RecordId;
    };
    /** Epoch milliseconds until which the play rests on this record. */
    readonly restsUntil?: number;
    /** False: the card had closed before; kept as knowledge, nothing was carried out. */
    readonly executed: boolean;
}
type ResponseResult = {
    readonly status: 'recorded';
}
/** The slot went to another; `by` is a rep the asker may know, else absent ("a colleague"). */
 | {
    readonly status: 'no-slot';
    readonly freesAt: number;
    readonly by?: RecordId;
}
/** The card had closed before the answer came. Recorded, not executed. */
 | {
    readonly status: 'closed';
    readonly because: string;
    readonly at: number;
} | {
    readonly status: 'unknown-card';
}
/** Nothing began. */
 | {
    readonly status: 'no-try';
    readonly because: NoTry;
};

export type { ResponseRequest as R, TryStand as T, ResponseResult as a, Response as b, TryPlan as c, ResponseData as d, Try as e };
