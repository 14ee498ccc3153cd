import { isMissing } from '../core/condition.js';
import { murmur32 } from '../core/hash-unit.js';
import { stableJson } from '../core/stable-json.js';
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
/** Rows alike in half of the columns are compared with so many others at most. */
const MOST_COMPARED = 30;

/**
 * Rows that agree in all but one column at most, in seller and outcome, and in so much that is rare that chance would
 * not bring about one such pair in the table: the agreement weighs log2 of 1 over the share of rows with each value
 * (Fellegi & Sunter, "A theory for record linkage", 1969). Rows of few common values agree by chance: none is named.
 *
 * To agree in all but one is to agree in one half of the columns: rows are compared that share the hash of a half.
 */
export function findDuplicates(table: Table): readonly Duplicate[] {
  const { columns, sellers, outcome, decidedAt } = table;
  const rows = outcome.length;
  const codes = columns.map(({ values }) =>
    encode(rows, (row) => (isMissing(values[row]) ? '' : stableJson(values[row]))),
  );
  codes.push(
    encode(rows, (row) => sellers[row] as string),
    encode(rows, (row) => String(outcome[row])),
  );
  const bits = codes.map(({ ofRow, counts }, place) => {
    // A column that repeats another is no further evidence.
    const isCopy = codes
      .slice(0, place)
      .some((other) => ofRow.every((code, row) => code === other.ofRow[row]));
    return Float64Array.from(ofRow, (code) =>
      isCopy ? 0 : Math.log2(rows / (counts[code] as number)),
    );
  });
  const moments = decidedAt && encode(rows, (row) => String(decidedAt[row]));
  const sameMoment = moments ? Math.log2(moments.counts.length) : 0;
  const needed = Math.log2((rows * (rows - 1)) / 2 / CHANCE);
  const duplicateOf = new Map<number, Duplicate>();
  const halves = [0, 1].map((half) => codes.filter((_, i) => i < columns.length && i % 2 === half));
  for (const half of halves) {
    const buckets = new Map<number, number[]>();
    for (let row = 0; row < rows; row++) {
      const key = murmur32(
        new Uint8Array(Int32Array.from(half, ({ ofRow }) => ofRow[row] as number).buffer),
      );
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [row]);
      else bucket.push(row);
    }
    for (const bucket of buckets.values())
      for (const [i, row] of bucket.entries()) {
        for (const other of bucket.slice(Math.max(0, i - MOST_COMPARED), i)) {
          if (duplicateOf.has(row) || duplicateOf.has(other)) continue;
          let agreed = 0;
          const differs: number[] = [];
          for (let c = 0; c < codes.length && differs.length < 2; c++)
            if (codes[c]?.ofRow[row] === codes[c]?.ofRow[other]) agreed += bits[c]?.[row] as number;
            else differs.push(c);
          if (decidedAt && decidedAt[row] === decidedAt[other]) agreed += sameMoment;
          if (differs.length > 1 || differs.some((c) => c >= columns.length) || agreed < needed)
            continue;
          duplicateOf.set(row, {
            row,
            of: other,
            differs: differs.map((c) => columns[c]?.id ?? ''),
          });
        }
      }
  }
  return [...duplicateOf.values()].sort((one, other) => one.row - other.row);
}

interface Codes {
  readonly ofRow: Int32Array;
  readonly counts: readonly number[];
}

function encode(rows: number, keyOf: (row: number) => string): Codes {
  const codes = new Map<string, number>();
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
