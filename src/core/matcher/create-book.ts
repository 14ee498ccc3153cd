import { isMissing, judgePair, judgeTest } from '../../core/condition.js';
import type { Condition, Test, Truth } from '../../domain/condition.js';
import type { AttributeValue } from '../../domain/value.js';
import { daysFrom, daysOf, type MatcherAttribute, type Value, type Values } from './channels.js';

export type { MatcherAttribute, Value, Values };

/**
 * Many records by columns, to ask which of them meet a condition. A record takes a byte or two for an attribute of few
 * values, four for one of many, beside what the distinct values take. It has no children.
 */
export interface Book {
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

interface Column {
  /** By row, the place among the values; rows beyond its end are missing. */
  rows: Uint8Array | Uint16Array | Uint32Array;
  /** Distinct values, the missing one first. */
  readonly values: (AttributeValue | undefined)[];
  readonly places: Map<unknown, number>;
}

/** Rows in a slice: a millisecond or so. */
const SLICE = 32_768;

const NOTHING: Column = { rows: new Uint8Array(0), values: [undefined], places: new Map() };

export function createBook(attributes: readonly MatcherAttribute[]): Book {
  const declared = new Map(attributes.map((attribute) => [attribute.id, attribute]));
  const columns = new Map<string, Column>();
  const ids: (string | undefined)[] = [];

  const set = (row: number, name: string, value: Value): void => {
    const column: Column = columns.get(name) ?? {
      ...NOTHING,
      values: [undefined],
      places: new Map(),
    };
    columns.set(name, column);
    const { values, places, rows } = column;
    let place = 0;
    if (!isMissing(value)) {
      const key = typeof value === 'object' ? `[]${JSON.stringify(value)}` : value;
      place = places.get(key) ?? values.push(value as AttributeValue) - 1;
      places.set(key, place);
    }
    const size = values.length;
    const Rows = size <= 256 ? Uint8Array : size <= 65_536 ? Uint16Array : Uint32Array;
    if (row >= rows.length || rows.BYTES_PER_ELEMENT < Rows.BYTES_PER_ELEMENT) {
      column.rows = new Rows(row < rows.length ? rows.length : row + (row >> 1) + 1);
      column.rows.set(rows);
    }
    column.rows[row] = place;
  };

  const columnOf = (name: string): Column => columns.get(name) ?? NOTHING;
  const createTestReader = (test: Test, today: number | undefined): Reader => {
    const name = test.attribute;
    if ('inAttribute' in test) {
      const valueAt = (of: string, row: number): AttributeValue | undefined => {
        const { rows, values } = columnOf(of);
        const days = daysOf(of, declared);
        return values[rows[row] ?? 0] ?? (days && daysFrom(days, valueAt(days.source, row), today));
      };
      return (from, to) =>
        Uint8Array.from({ length: to - from }, (_, i) =>
          toOutcome(judgePair(valueAt(name, from + i), valueAt(test.inAttribute, from + i))),
        );
    }
    const days = daysOf(name, declared);
    // By place in the column, the outcome for each of its values; and for each date that days are counted from.
    let own = new Uint8Array(0);
    let derived = new Uint8Array(0);
    return (from, to) => {
      const { rows, values } = columnOf(name);
      const source = columnOf(days ? days.source : '');
      if (own.length < values.length) {
        own = Uint8Array.from(values, (value) => toOutcome(judgeTest(test, value)));
      }
      if (days && derived.length < source.values.length) {
        derived = Uint8Array.from(source.values, (date) =>
          toOutcome(judgeTest(test, daysFrom(days, date, today))),
        );
      }
      const outcomes = new Uint8Array(to - from);
      for (let row = from; row < to; row++) {
        const place = rows[row] ?? 0;
        outcomes[row - from] = (
          days && place === 0 ? derived[source.rows[row] ?? 0] : own[place]
        ) as number;
      }
      return outcomes;
    };
  };

  return {
    set,
    add(id, record) {
      const row = ids.push(id) - 1;
      for (const name of Object.keys(record)) set(row, name, record[name]);
      return row;
    },
    remove(row) {
      ids[row] = undefined;
      for (const { rows } of columns.values()) rows[row] = 0;
    },
    *find(condition, today) {
      const read = createReader(condition, (test) => createTestReader(test, today));
      for (let from = 0; from < ids.length; from += SLICE) {
        const outcomes = read(from, Math.min(from + SLICE, ids.length));
        const found: string[] = [];
        for (let i = 0; i < outcomes.length; i++) {
          const id = outcomes[i] === TRUE ? ids[from + i] : undefined;
          if (id !== undefined) found.push(id);
        }
        yield found;
      }
    },
  };
}

/** Truth as numbers: `all` is the least of its parts, `any` the greatest. */
const FALSE = 0;
const UNKNOWN = 1;
const TRUE = 2;
function toOutcome(truth: Truth): number {
  return truth === undefined ? UNKNOWN : truth ? TRUE : FALSE;
}

/** Gives the outcomes for rows `from` up to `to`, in memory that is the caller's. */
type Reader = (from: number, to: number) => Uint8Array;

function createReader(condition: Condition, readTest: (test: Test) => Reader): Reader {
  if ('attribute' in condition) return readTest(condition);
  if ('has' in condition || 'hasNo' in condition) {
    const outcome = 'has' in condition ? FALSE : TRUE;
    return (from, to) => new Uint8Array(to - from).fill(outcome);
  }
  if ('not' in condition) {
    const inner = createReader(condition.not, readTest);
    return (from, to) => inner(from, to).map((outcome) => TRUE - outcome);
  }
  const all = 'all' in condition;
  const parts = (all ? condition.all : condition.any).map((part) => createReader(part, readTest));
  return (from, to) => {
    const outcomes = new Uint8Array(to - from).fill(all ? TRUE : FALSE);
    for (const part of parts) {
      const more = part(from, to);
      for (let i = 0; i < more.length; i++) {
        const one = more[i] as number;
        if (all ? one < (outcomes[i] as number) : one > (outcomes[i] as number)) outcomes[i] = one;
      }
    }
    return outcomes;
  };
}
