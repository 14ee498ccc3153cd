import { isMissing } from '../core/condition.js';
import { murmur32 } from '../core/hash-unit.js';
import type { Sliced } from '../core/run-sliced.js';
import { stableJson } from '../core/stable-json.js';
import type { AttributeValue } from '../domain/value.js';
import type { Table } from './table.js';

/** Two rows that tell the same deal. */
export interface Duplicate {
  /** The first one stays. */
  readonly row: number;
  readonly of: number;
  /** Columns in which they differ: none, or one. */
  readonly differs: readonly string[];
}

/** Chance pairs that may be expected in the whole table. */
const CHANCE = 0.01;
/** Pairs that are compared in a slice: some milliseconds. */
const SLICE = 20_000;
/** Rows alike in half of the columns are compared with so many others at most. */
const MOST_COMPARED = 30;

/**
 * Rows that agree in all but one column at most, in seller and outcome, and in so much that is rare that chance would
 * not bring about one such pair in the table: the agreement weighs log2 of 1 over the share of rows with each value
 * (Fellegi & Sunter, "A theory for record linkage", 1969). Rows of few common values agree by chance: none is named.
 *
 * To agree in all but one is to agree in one half of the columns: rows are compared that share the hash of a half.
 */
export function* findDuplicates(table: Table): Sliced<readonly Duplicate[]> {
  const { columns, sellers, outcome, decidedAt } = table;
  const rows = outcome.length;
  const codes: Codes[] = [];
  for (const { values } of columns) {
    codes.push(encode(rows, (row) => plain(values[row])));
    yield (0.5 * codes.length) / columns.length;
  }
  codes.push(
    encode(rows, (row) => sellers?.[row]),
    encode(rows, (row) => outcome[row]),
  );
  const moments = decidedAt && encode(rows, (row) => decidedAt[row]);
  if (moments) codes.push({ ...moments, mayDiffer: true });

  const bits = codes.map(({ ofRow, counts }, place) => {
    // A column that repeats another is no further evidence.
    const isCopy = codes
      .slice(0, place)
      .some((other) => ofRow.every((code, row) => code === other.ofRow[row]));
    return counts.map((count) => (isCopy ? 0 : Math.log2(rows / count)));
  });
  const needed = Math.log2((rows * (rows - 1)) / 2 / CHANCE);

  /** Which columns differ, when the two rows agree in enough. */
  const agree = (row: number, other: number): readonly string[] | undefined => {
    let agreed = 0;
    const differs: string[] = [];
    for (const [c, { ofRow, mayDiffer }] of codes.entries()) {
      const code = ofRow[row] as number;
      if (code === ofRow[other]) agreed += bits[c]?.[code] as number;
      else if (!mayDiffer && (c >= columns.length || differs.length === 1)) return undefined;
      else if (!mayDiffer) differs.push(columns[c]?.id as string);
    }
    return agreed >= needed ? differs : undefined;
  };

  const found = new Map<number, Duplicate>();
  for (const half of [0, 1]) {
    const own = codes.filter((_, c) => c < columns.length && c % 2 === half);
    const buckets = bucketsOf(rows, own);
    let compared = 0;
    for (const bucket of buckets)
      for (const [i, row] of bucket.entries())
        for (const other of bucket.slice(Math.max(0, i - MOST_COMPARED), i)) {
          if (++compared % SLICE === 0) yield 0.5 + half / 4;
          if (found.has(row) || found.has(other)) continue;
          const differs = agree(row, other);
          if (differs) found.set(row, { row, of: other, differs });
        }
  }
  return [...found.values()].sort((one, other) => one.row - other.row);
}

/** Rows with the same values in all these columns, where there are several. */
function bucketsOf(rows: number, codes: readonly Codes[]): readonly (readonly number[])[] {
  const buckets = new Map<number, number[]>();
  const own = new Int32Array(codes.length);
  const bytes = new Uint8Array(own.buffer);
  for (let row = 0; row < rows; row++) {
    for (const [c, { ofRow }] of codes.entries()) own[c] = ofRow[row] as number;
    const key = murmur32(bytes);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [row]);
    else bucket.push(row);
  }
  return [...buckets.values()].filter(({ length }) => length > 1);
}

interface Codes {
  readonly ofRow: Int32Array;
  /** Rows of each code. */
  readonly counts: readonly number[];
  /** To agree is evidence; to differ says nothing. */
  readonly mayDiffer?: boolean;
}

function encode(rows: number, keyOf: (row: number) => unknown): Codes {
  const codes = new Map<unknown, number>();
  const counts: number[] = [];
  const ofRow = Int32Array.from({ length: rows }, (_, row) => {
    const key = keyOf(row);
    const code = codes.get(key) ?? codes.size;
    codes.set(key, code);
    counts[code] = (counts[code] ?? 0) + 1;
    return code;
  });
  return { ofRow, counts };
}

/** Equal for equal values. */
function plain(value: AttributeValue | undefined): unknown {
  if (isMissing(value)) return undefined;
  return typeof value === 'object' ? stableJson(value) : value;
}
