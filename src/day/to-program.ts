import { type DayModel, isLeast, type Row } from './day-model.js';
import type { LinearProgram } from './linear-program.js';

/** A column that makes up for what a row lacks, at a price a unit. */
export interface Slack {
  readonly row: number;
  readonly price: number;
  readonly most: number;
}

export interface ProgramOptions {
  /** What each column is worth. Default: its value. */
  readonly costs?: Float64Array;
  /** Columns that are decided: 0 or 1; others -1. */
  readonly fixed?: Int8Array;
  readonly slacks?: readonly Slack[];
  /** More rows, found in solving. */
  readonly cuts?: readonly Row[];
}

/** The model as a linear program; slacks come after the columns, cuts after the rows. */
export function toProgram(
  { columns, rows: own }: DayModel,
  { costs, fixed, slacks = [], cuts = [] }: ProgramOptions = {},
): LinearProgram {
  const rows = [...own, ...cuts];
  const width = columns.length + slacks.length;
  const counts = new Int32Array(width + 1);
  for (const { columns: members } of rows)
    for (const column of members) counts[column + 1] = (counts[column + 1] ?? 0) + 1;
  slacks.forEach((_, place) => {
    counts[columns.length + place + 1] = 1;
  });
  for (let column = 0; column < width; column++)
    counts[column + 1] = (counts[column + 1] ?? 0) + (counts[column] ?? 0);
  const starts = counts;
  const next = starts.slice(0, width);
  const entries = starts[width] ?? 0;
  const program = {
    costs: new Float64Array(width),
    columnLeast: new Float64Array(width),
    columnMost: new Float64Array(width).fill(1),
    rowLeast: new Float64Array(rows.length).fill(Number.NEGATIVE_INFINITY),
    rowMost: new Float64Array(rows.length).fill(Number.POSITIVE_INFINITY),
    starts,
    rows: new Int32Array(entries),
    uses: new Float64Array(entries),
  };
  const enter = (row: number, column: number, use: number): void => {
    const at = next[column] ?? 0;
    program.rows[at] = row;
    program.uses[at] = use;
    next[column] = at + 1;
  };
  rows.forEach((row, place) => {
    (isLeast(row) ? program.rowLeast : program.rowMost)[place] = row.bound;
    row.columns.forEach((column, i) => {
      enter(place, column, row.uses[i] ?? 0);
    });
  });
  columns.forEach(({ value }, column) => {
    program.costs[column] = costs?.[column] ?? value;
    const decided = fixed?.[column] ?? -1;
    if (decided >= 0) {
      program.columnLeast[column] = decided;
      program.columnMost[column] = decided;
    }
  });
  slacks.forEach(({ row, price, most }, place) => {
    const column = columns.length + place;
    program.costs[column] = -price;
    program.columnMost[column] = most;
    enter(row, column, 1);
  });
  return program;
}
