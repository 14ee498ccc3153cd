import { a as RecordKind } from '../shared/fact.js';
import { RecordId, Fact } from '../index.js';
import { d as ResponseData } from '../shared/response.js';

/** Something a connector met and did not turn into a fact: where, and why. Nothing is dropped silently. */
interface Skipped {
    /** File and line, or object and id. */
    readonly place: string;
    /** The same words for the same cause, so that a report can count them. */
    readonly reason: string;
    /** What exactly was met. Hostile: text. */
    readonly detail?: string;
    /** `value`: the rest of the row was used. `gone`: it was there last time, and what was learned from it stays. */
    readonly part: 'file' | 'row' | 'value' | 'gone';
}
/** What became of one file or kind of object: read = used + skipped. */
interface Tally {
    readonly place: string;
    readonly read: number;
    readonly used: number;
    readonly skipped: number;
}
type Pulled = {
    readonly type: 'fact';
    readonly fact: Fact;
} | {
    readonly type: 'skipped';
    readonly skipped: Skipped;
} | {
    readonly type: 'tally';
    readonly tally: Tally;
} | {
    readonly type: 'repaired';
    readonly place: string;
    readonly from: string;
    readonly to: string;
}
/** How far it has come; `unit` says of what, and each unit counts by itself: objects, and records of the one being read. */
 | {
    readonly type: 'progress';
    readonly done: number;
    readonly total?: number;
    readonly unit: string;
}
/** What was pushed under this key came back, and no fact was made of it: the response is on record. */
 | {
    readonly type: 'returned';
    readonly key: string;
    readonly record: string;
}
/** Everything yielded before need not come again: keep it once that is stored, and go on from it with `changesSince`. */
 | {
    readonly type: 'position';
    readonly position: string;
};
/** Something may have changed, in this kind of object if one is named. It may come late, twice, or never. */
interface Hint {
    readonly object?: string;
}
/** What became of a response that was to be written back. */
type Pushed = 
/** `record`: the CRM's own id of what stands for it. `again`: it was there already, under the same key. */
{
    readonly status: 'written';
    readonly record: string;
    readonly again: boolean;
}
/** The CRM has no place for such a response: an opinion of a card, or one of another connection. */
 | {
    readonly status: 'not-written';
    readonly because: string;
};
/** How a written-back action reads in the CRM. */
interface PushOptions {
    /** One line for people, such as the name of the play. */
    readonly title: string;
    readonly text?: string;
    readonly signal?: AbortSignal;
}
/** What an attribute of the agent could be read from. */
interface DescribedField {
    readonly name: string;
    readonly label: string;
    /** What it can be mapped to; `other` is a kind that no attribute can hold. */
    readonly type: FieldType;
    /** The CRM's own name of the type: two of the same `type` may differ here. */
    readonly nativeType: string;
    readonly custom: boolean;
    readonly writable: boolean;
    /** For `choice` and `choices`: every value, inactive ones included. */
    readonly choices?: readonly {
        readonly value: string;
        readonly label: string;
        readonly active: boolean;
    }[];
    /** For `reference`: names of the objects that it may lead to. */
    readonly refersTo?: readonly string[];
    /** For `reference`: what a path through it begins with, such as `Owner` in `Owner.Name`. */
    readonly relationship?: string;
    /** Of how many in a hundred records looked at it is not empty, 0 to 1; absent: not looked at. */
    readonly filled?: number;
}
declare const FIELD_TYPES: readonly ["text", "number", "money", "boolean", "date", "time", "choice", "choices", "reference", "other"];
type FieldType = (typeof FIELD_TYPES)[number];
interface DescribedObject {
    readonly name: string;
    readonly label: string;
    readonly custom: boolean;
    /** What its records are to the agent; absent: none of its kinds, or not known. */
    readonly kind?: RecordKind;
    /** How many records the fill rates were found from. */
    readonly sampled: number;
    /** Those that this user may read. */
    readonly fields: readonly DescribedField[];
}
/** Who asks, what that allows, and how much of it is left. Never a token. */
interface Identity {
    readonly user: RecordId;
    readonly name: string;
    /** The company's id at the CRM. */
    readonly company: string;
    /** As the CRM names them; absent: it does not say. */
    readonly scopes?: readonly string[];
    readonly limits: readonly {
        readonly name: string;
        readonly max: number;
        readonly left: number;
    }[];
}
/** For a device that keeps some accounts and not all: those of one rep. */
interface AccountReading {
    /** The accounts that this rep owns, as far as the user who asks may see them. */
    own(rep: RecordId, options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly RecordId[]>;
    /** The account that a record is, or belongs to; undefined: there is none, or this user may not see it. */
    of(record: RecordId, options?: {
        readonly signal?: AbortSignal;
    }): Promise<RecordId | undefined>;
    /** All that belongs to these accounts and to no other. It gives no position. */
    pull(accounts: readonly RecordId[], options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /** From here `changesSince` tells what changes from now on, and the whole of what belongs to no account: reps, products. */
    begin(options?: {
        readonly signal?: AbortSignal;
    }): Promise<string>;
}
/**
 * Data in and out of one CRM.
 *
 * `pull` is what every connector has. Each optional method is a capability: it is there, or the CRM (or what this user
 * may do in it) has none, and the runtime asks `connector.push !== undefined` before it offers what rests on it. A
 * connector leaves the method out; it never has one that throws "not supported". The contract suite runs the cases of the
 * capabilities that it finds.
 *
 * Every method stops with the reason of its signal. What the CRM refuses for good is thrown as an
 * {@link import('../core/errors.js').OpportuneError} that says what to do; what may pass is retried within.
 */
interface Connector {
    readonly name: string;
    /** Everything there is. A connector that has `changesSince` ends with a position. */
    pull(options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /**
     * What changed since a position that this connector gave; a position of another is refused (`opportune/position`).
     * It reads a little of what was before again, since a CRM tells late what took long to save; such facts have
     * the ids that they had. Gone records are `record-deleted` facts, merged ones `merged`.
     */
    changesSince?(position: string, options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /** Hints that it is worth asking `changesSince` now. It may fall silent: asking at intervals is what misses nothing. */
    watch?(options: {
        readonly signal: AbortSignal;
    }): AsyncIterable<Hint>;
    /** Writes what a rep did back. The fact's id is the key: however often it is pushed, the CRM holds it once. */
    push?(response: Fact & {
        readonly data: ResponseData;
    }, options: PushOptions): Promise<Pushed>;
    /** What there is to map: those objects, or the ones that usually matter. */
    describe?(options?: {
        readonly objects?: readonly string[];
        readonly signal?: AbortSignal;
    }): Promise<readonly DescribedObject[]>;
    identity?(options?: {
        readonly signal?: AbortSignal;
    }): Promise<Identity>;
    readonly accounts?: AccountReading;
}

/** What a case is given. */
interface ConnectorBench {
    /**
     * A connector over the same source each time, which remembers nothing of the times before. The source has records,
     * activities, and something that cannot be used.
     */
    open(): Promise<Connector>;
    /** For `changesSince` and `watch`: somebody changes a record in the source. Resolves with the record. */
    change?(): Promise<RecordId>;
    /** For `changesSince`: somebody deletes a record in the source. Resolves with the record. */
    remove?(): Promise<RecordId>;
    /** For `push`: a touch that a rep did, on a record of the source. */
    done?(): Fact & {
        readonly data: ResponseData;
    };
    /** For `identity` and `describe`: texts that must not be told, tokens above all. */
    readonly secrets?: readonly string[];
}
interface ConnectorCase {
    readonly name: string;
    /** The capability that it is about; absent: every connector has it. */
    readonly needs?: 'changesSince' | 'watch' | 'push' | 'describe' | 'identity' | 'accounts';
    run(bench: ConnectorBench): Promise<void>;
}

/**
 * What every connector must hold to. Run each case with any test runner; a case that fails rejects. One that needs a
 * capability is for the connectors that have it: skip it where `connector[needs]` is undefined.
 */
declare const connectorContract: readonly ConnectorCase[];

export { RecordKind, ResponseData, connectorContract };
export type { AccountReading, Connector, ConnectorBench, ConnectorCase, DescribedField, DescribedObject, FieldType, Hint, Identity, Pulled, PushOptions, Pushed, Skipped, Tally };
