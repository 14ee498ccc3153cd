import { a as ResponseData } from '../shared/response.js';
import { Fact } from '../index.js';

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
} | {
    readonly type: 'progress';
    readonly done: number;
    readonly total?: number;
    readonly unit: string;
};
/** Data in and out of one CRM. Optional methods are capabilities: the runtime asks whether they are there. */
interface Connector {
    readonly name: string;
    /** Everything, or everything since an opaque cursor. The last value yielded may be a cursor for next time. */
    pull(options?: {
        readonly since?: string;
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /** Writes an accepted action back; idempotent by the fact's id. */
    push?(response: Fact & {
        readonly data: ResponseData;
    }): Promise<void>;
}

/** What a case is given. */
interface ConnectorBench {
    /**
     * A connector over the same source each time, which remembers nothing of the times before. The source has records,
     * activities, and something that cannot be used.
     */
    open(): Promise<Connector>;
}
interface ConnectorCase {
    readonly name: string;
    run(bench: ConnectorBench): Promise<void>;
}
/** What every connector must hold to. Run each case with any test runner; a case that fails rejects. */
declare const connectorContract: readonly ConnectorCase[];

export { ResponseData, connectorContract };
export type { Connector, ConnectorBench, ConnectorCase, Pulled, Skipped, Tally };
