import { type DayModel, isLeast } from './day-model.js';
import type { LinearProgram } from './linear-program.js';

/** What is chosen, and how much of every row that uses. */
export interface Usage {
  readonly chosen: Uint8Array;
  readonly used: Float64Array;
  /** The first row that is full, were the column added; undefined where it goes. */
  findFull(column: number): number | undefined;
  add(column: number): void;
  remove(column: number): void;
  /** Whether a must or a floor that the column serves lacks something. */
  isWanted(column: number): boolean;
  /** What is missing to the musts and floors, each as a share of its bound. */
  missing(): number;
}

const EPSILON = 1e-7;

/** @param start columns that are chosen already. */
export function createUsage(
  { rows }: DayModel,
  { starts, rows: places, uses, costs }: Pick<LinearProgram, 'starts' | 'rows' | 'uses' | 'costs'>,
  start: Uint8Array = new Uint8Array(costs.length),
): Usage {
  const chosen = new Uint8Array(costs.length);
  const used = new Float64Array(rows.length);
  const bounds = Float64Array.from(rows, (row) =>
    isLeast(row) ? Number.POSITIVE_INFINITY : row.bound + EPSILON,
  );
  const leasts = rows.flatMap((row, place) =>
    isLeast(row) ? [{ place, bound: row.bound, scale: Math.max(1e-12, Math.abs(row.bound)) }] : [],
  );
  const leastAt = new Map(leasts.map(({ place, bound }) => [place, bound]));
  const change = (column: number, by: 1 | -1): void => {
    chosen[column] = by === 1 ? 1 : 0;
    const end = starts[column + 1] ?? 0;
    for (let at = starts[column] ?? 0; at < end; at++) {
      const row = places[at] ?? 0;
      used[row] = (used[row] ?? 0) + by * (uses[at] ?? 0);
    }
  };
  start.forEach((is, column) => {
    if (is === 1) change(column, 1);
  });
  return {
    chosen,
    used,
    findFull: (column) => {
      const end = starts[column + 1] ?? 0;
      for (let at = starts[column] ?? 0; at < end; at++) {
        const row = places[at] ?? 0;
        if ((used[row] ?? 0) + (uses[at] ?? 0) > (bounds[row] ?? 0)) return row;
      }
      return undefined;
    },
    add: (column) => {
      change(column, 1);
    },
    remove: (column) => {
      change(column, -1);
    },
    isWanted: (column) => {
      const end = starts[column + 1] ?? 0;
      for (let at = starts[column] ?? 0; at < end; at++) {
        const row = places[at] ?? 0;
        const bound = leastAt.get(row);
        if (bound !== undefined && (uses[at] ?? 0) > 0 && (used[row] ?? 0) < bound - EPSILON)
          return true;
      }
      return false;
    },
    missing: () =>
      leasts.reduce((sum, { place, bound, scale }) => {
        const lacks = bound - (used[place] ?? 0);
        return lacks > EPSILON * scale ? sum + lacks / scale : sum;
      }, 0),
  };
}
