import { S as SubjectKey, F as Fact, P as Position } from './fact.js';
import { S as Subject } from './playbook.js';

interface Stored {
    /** Counts commits, from 1. */
    readonly version: number;
    readonly subject: Subject;
}
/** One transaction on one subject. */
interface Commit {
    /** Appended; a fact whose id the subject already has is left out. */
    readonly facts: readonly Fact[];
    readonly subject: Subject;
    /** The subject's next wake, replacing the earlier one; absent: none. */
    readonly wakeAt?: number;
    /** To be delivered to other subjects, at least once. */
    readonly outbox: readonly Outgoing[];
    /** Keep `subject` as a snapshot as well. */
    readonly snapshot?: boolean;
    /** It changes nothing that anybody is shown, so that nobody has to be told. */
    readonly quiet?: boolean;
    /** Named values put in the same transaction. */
    readonly values?: {
        readonly [name: string]: unknown;
    };
}
/** A timeline in the place of another: what is left of it once somebody was erased. */
interface Rewrite {
    /** All of them, in any order, each once. */
    readonly facts: readonly Fact[];
    readonly subject: Subject;
    readonly wakeAt?: number;
}
interface Outgoing {
    /** Unique; sent again it is the same. */
    readonly id: string;
    readonly to: SubjectKey;
    readonly fact: Fact;
}
/**
 * Where an agent remembers. Every store passes `store-contract.ts`: commits are atomic and compare-and-set, racing
 * writers lose cleanly, and a crash before or after a commit loses nothing that was acknowledged.
 */
interface Store {
    read(key: SubjectKey): Promise<Stored | undefined>;
    /** Several at once, in one transaction: what one look needs. */
    readAll(keys: readonly SubjectKey[]): Promise<readonly (Stored | undefined)[]>;
    /** False when `expectedVersion` (0: not there yet) is no longer the version; nothing was written then. */
    commit(key: SubjectKey, expectedVersion: number, commit: Commit): Promise<boolean>;
    /** Which of these facts the subject already has. */
    known(key: SubjectKey, ids: readonly string[]): Promise<ReadonlySet<string>>;
    /** In order, strictly after `after`, at most `limit`. */
    facts(key: SubjectKey, after?: Position, limit?: number): Promise<readonly Fact[]>;
    /** The newest snapshot at or before that place. */
    snapshot(key: SubjectKey, before: Position): Promise<Subject | undefined>;
    /** Subjects to wake, earliest first, ties by key. */
    due(now: number, limit: number): Promise<readonly {
        readonly key: SubjectKey;
        readonly wakeAt: number;
    }[]>;
    outbox(limit: number): Promise<readonly Outgoing[]>;
    settle(ids: readonly string[]): Promise<void>;
    /** Keys that begin so, in order of code units, after `after`. */
    keys(prefix: string, after: SubjectKey | undefined, limit: number): Promise<readonly SubjectKey[]>;
    /** Playbooks and parameters by version, and the queue of offline responses. */
    get(name: string): Promise<unknown>;
    put(name: string, value: unknown): Promise<void>;
    names(prefix: string): Promise<readonly string[]>;
    drop(name: string): Promise<void>;
    /**
     * Replaces all that is kept of a subject, its snapshots included, or removes it (`undefined`), in one transaction that is
     * compare-and-set as a commit is; at version 0 it makes the subject. Only erasing a person asks for it: facts are never
     * edited otherwise. Absent: the store cannot. See `rewriteContract` in `store-contract-rewrites.ts`.
     */
    rewrite?(key: SubjectKey, expectedVersion: number, rewrite: Rewrite | undefined): Promise<boolean>;
    close(): Promise<void>;
}

export type { Commit as C, Outgoing as O, Rewrite as R, Store as S, Stored as a };
