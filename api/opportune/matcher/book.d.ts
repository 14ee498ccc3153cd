import { Condition } from '../index.js';
import { V as Values, a as Value, M as MatcherAttribute } from '../shared/channels.js';
import '../shared/fact.js';
import '../shared/response.js';

/**
 * Many records by columns, to ask which of them meet a condition. A record takes a byte or two for an attribute of few
 * values, four for one of many, beside what the distinct values take. It has no children.
 */
interface Book {
    /** Puts a record in; gives its row, counted from 0. */
    add(id: string, record: Values): number;
    set(row: number, attribute: string, value: Value): void;
    remove(row: number): void;
    /**
     * Ids of the records for which the condition is true, in the order of rows, a slice of rows at a time, also when none
     * is found there: other work can go on between two slices. `today` as for a matcher.
     */
    find(condition: Condition, today?: number): Generator<readonly string[], void>;
}
declare function createBook(attributes: readonly MatcherAttribute[]): Book;

export { MatcherAttribute, Value, Values, createBook };
export type { Book };
