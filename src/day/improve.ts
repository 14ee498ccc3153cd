import { push } from '../core/push.js';
import { type DayModel, isLeast } from './day-model.js';
import type { LinearAnswer, LinearProgram, LinearSolver } from './linear-program.js';
import { createUsage } from './usage.js';

/** Columns that are decided again, and nodes of the search, for all reps together, and for each at least and at most. */
const COLUMNS = { all: 2_000, least: 32, most: 200 };
const NODES = { all: 2_000, least: 20, most: 1_000 };

const share = ({ all, least, most }: typeof COLUMNS, reps: number): number =>
  Math.max(least, Math.min(most, Math.round(all / reps)));

/**
 * Rep by rep, the columns nearest to a change are decided again in whole numbers, all else staying as it is. Each step
 * keeps all limits, musts and floors, and makes the plan no worse.
 */
export function improve(
  model: DayModel,
  program: LinearProgram,
  solver: LinearSolver,
  { columns: shares }: LinearAnswer,
  { chosen, near }: { readonly chosen: Uint8Array; readonly near: readonly number[] },
): Uint8Array {
  const usage = createUsage(model, program, chosen);
  const byRep = new Map<string, number[]>();
  for (const column of near) {
    const rep = model.rooms[model.columns[column]?.room ?? 0]?.rep ?? '';
    push(byRep, rep, column);
  }
  const isAside = (column: number): boolean =>
    Math.abs((chosen[column] ?? 0) - (shares[column] ?? 0)) > 1e-6;
  for (const own of byRep.values()) {
    const asides = own.filter(isAside);
    const others = own.filter((column) => !isAside(column));
    const free = [...asides, ...others].slice(0, share(COLUMNS, byRep.size));
    const answer = solver.solve(partOf(model, program, free, usage.chosen, usage.used), {
      whole: Int32Array.from(free.keys()),
      start: Float64Array.from(free, (column) => usage.chosen[column] ?? 0),
      mostNodes: share(NODES, byRep.size),
      gap: 1e-4,
    });
    if (answer.columns.length === 0) continue;
    const before = free.reduce(
      (sum, column) => sum + (usage.chosen[column] ?? 0) * (program.costs[column] ?? 0),
      0,
    );
    if (answer.value <= before + 1e-9) continue;
    free.forEach((column, i) => {
      const is = Math.round(answer.columns[i] ?? 0);
      if (is === (usage.chosen[column] ?? 0)) return;
      if (is === 1) usage.add(column);
      else usage.remove(column);
    });
  }
  return usage.chosen;
}

/** Some columns with what the others leave them of each row. */
function partOf(
  { rows }: DayModel,
  program: LinearProgram,
  free: readonly number[],
  chosen: Uint8Array,
  used: Float64Array,
): LinearProgram {
  const places = new Map<number, number>();
  const starts = new Int32Array(free.length + 1);
  const entries: { readonly row: number; readonly use: number }[] = [];
  const own = new Map<number, number>();
  free.forEach((column, i) => {
    const end = program.starts[column + 1] ?? 0;
    for (let at = program.starts[column] ?? 0; at < end; at++) {
      const row = program.rows[at] ?? 0;
      const use = program.uses[at] ?? 0;
      if (!places.has(row)) places.set(row, places.size);
      entries.push({ row: places.get(row) ?? 0, use });
      if (chosen[column] === 1) own.set(row, (own.get(row) ?? 0) + use);
    }
    starts[i + 1] = entries.length;
  });
  const rowLeast = new Float64Array(places.size).fill(Number.NEGATIVE_INFINITY);
  const rowMost = new Float64Array(places.size).fill(Number.POSITIVE_INFINITY);
  for (const [row, place] of places) {
    const given = rows[row];
    if (!given) continue;
    const left = given.bound - ((used[row] ?? 0) - (own.get(row) ?? 0));
    if (isLeast(given)) rowLeast[place] = left;
    else rowMost[place] = left;
  }
  return {
    costs: Float64Array.from(free, (column) => program.costs[column] ?? 0),
    columnLeast: new Float64Array(free.length),
    columnMost: new Float64Array(free.length).fill(1),
    rowLeast,
    rowMost,
    starts,
    rows: Int32Array.from(entries, ({ row }) => row),
    uses: Float64Array.from(entries, ({ use }) => use),
  };
}
