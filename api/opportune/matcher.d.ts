import { d as Situated } from './shared/playbook.js';
import { Condition, Explanation } from './index.js';
import { AttributeValue } from './index.js';
import { M as MatcherAttribute } from './shared/channels.js';
import './shared/response.js';

/** A condition under a name of its own. */
interface Entry {
    readonly id: string;
    readonly when: Condition;
}

/** Values by qualified attribute id, as enumerable properties; what is absent, null or NaN is missing. It has no children. */
interface MatchRecord {
    readonly [attribute: string]: AttributeValue | null | undefined;
}
/** Ids of entries that became true, and of those that stopped being true, each in the order of entries. */
interface MatchDifference {
    readonly entered: readonly string[];
    readonly left: readonly string[];
}
/** One record kept open, so that a change of one attribute tells what it changes. */
interface MatchHandle {
    set(attribute: string, value: AttributeValue | null | undefined): MatchDifference;
    /** Lets the days since and until the record's dates move on to another day. */
    advance(today: number): MatchDifference;
    /** What matches now, in the order of entries. Entries added, replaced or removed since count. */
    ids(): string[];
}
/**
 * `today`, a day number, gives a value to attributes derived as days since or until a date, where the record has none of
 * its own; without it they are missing.
 */
interface Matcher {
    /** Ids of the entries that are true of the record, in the order of entries. */
    match(record: MatchRecord | Situated, today?: number): string[];
    open(record: MatchRecord, today?: number): MatchHandle;
    /** Puts an entry last. Throws for an id that is there. */
    add(entry: Entry): void;
    /** Puts a new condition in the place of the old one. Throws for an id that is not there. */
    replace(entry: Entry): void;
    /** False when there was no such entry. */
    remove(id: string): boolean;
    /** How an entry comes out for a record; undefined for an id that is not there. */
    explain(id: string, record: MatchRecord | Situated, today?: number): Explanation | undefined;
}
declare function createMatcher(entries: readonly Entry[], attributes: readonly MatcherAttribute[]): Matcher;

export { MatcherAttribute, Situated, createMatcher };
export type { MatchDifference, MatchHandle, MatchRecord, Matcher };
