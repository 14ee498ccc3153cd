import { type DayModel, isLeast } from './day-model.js';
import type { DayProblem } from './day-problem.js';
import { fill, worthOf } from './fill.js';
import { improve } from './improve.js';
import type { LinearAnswer, LinearSolver } from './linear-program.js';
import { type Placed, type Placing, placeAll, topUp } from './place-all.js';
import { type Slack, toProgram } from './to-program.js';
import { createUsage } from './usage.js';

export interface Solved {
  readonly chosen: Uint8Array;
  /** By room. */
  readonly placed: ReadonlyMap<number, readonly Placed[]>;
  readonly value: number;
  /** No plan is worth more. */
  readonly bound: number;
  /** What one unit more of each row is worth, by the linear program. */
  readonly prices: Float64Array;
}

/** Columns of a problem that is solved to the end. */
const FEW_COLUMNS = 400;
const MOST_NODES = 20_000;

/**
 * The linear program; what it leaves whole and is far from changing stays so, and the rest is solved in whole numbers,
 * all at once where it is little, else rep by rep. Undefined where the musts and floors cannot be had.
 */
export function solveModel(
  problem: DayProblem,
  model: DayModel,
  solver: LinearSolver,
): Solved | undefined {
  const program = toProgram(model);
  if (model.columns.length === 0) return nothingIn(model);
  const relaxed = solver.solve(program);
  if (relaxed.is === 'infeasible') return undefined;
  const order = orderBy(model, relaxed);
  const usage = createUsage(model, program);
  fill(model, usage, order);
  const isFound = usage.missing() === 0;
  const low = isFound ? worthOf(model, usage.chosen) : Number.NEGATIVE_INFINITY;
  const near = nearColumns(relaxed, low);
  let { bound } = relaxed;
  let best = isFound ? usage.chosen : undefined;
  if (near.length <= FEW_COLUMNS || !best) {
    const whole = solveWhole(model, solver, relaxed, near, best);
    if (whole && whole.value > low) best = whole.chosen;
    // A column that is far is in no plan better than the one that was known.
    if (whole?.is === 'optimal' && near.length <= FEW_COLUMNS)
      bound = Math.min(bound, Math.max(whole.bound, low));
    if (!best) return undefined;
  }
  if (near.length > FEW_COLUMNS)
    best = improve(model, program, solver, relaxed, { chosen: best, near });
  const resolve = (placing: Placing): Uint8Array | undefined =>
    solveWhole(model, solver, relaxed, near, undefined, placing)?.chosen;
  const done = placeAll(problem, model, best, resolve);
  topUp(problem, model, program, done, order);
  const value = worthOf(model, done.chosen);
  return { ...done, value, bound: Math.max(bound, value), prices: relaxed.prices };
}

function nothingIn({ rows }: DayModel): Solved | undefined {
  if (rows.some((row) => isLeast(row) && row.bound > 0)) return undefined;
  const prices = new Float64Array(rows.length);
  return { chosen: new Uint8Array(), placed: new Map(), value: 0, bound: 0, prices };
}

/** Those that the linear program takes first, then by what they are worth beyond what they use. */
function orderBy({ columns }: DayModel, { columns: shares, reduced }: LinearAnswer): number[] {
  const keys = Float64Array.from(
    columns,
    (_, column) => (reduced[column] ?? 0) + 1e6 * Math.round(4 * (shares[column] ?? 0)),
  );
  return columns.map((_, column) => column).sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0));
}

/** Columns that a better plan than the known one might decide otherwise than the linear program, the nearest first. */
function nearColumns({ reduced, value }: LinearAnswer, low: number): readonly number[] {
  const distance = (value - low) * (1 + 1e-9) + 1e-9;
  const near: number[] = [];
  reduced.forEach((one, column) => {
    if (Math.abs(one) <= distance) near.push(column);
  });
  return near.sort((a, b) => Math.abs(reduced[a] ?? 0) - Math.abs(reduced[b] ?? 0) || a - b);
}

interface Whole {
  readonly is: LinearAnswer['is'];
  readonly chosen: Uint8Array;
  readonly value: number;
  readonly bound: number;
}

/**
 * The columns that are near, those of musts, and all of a room that cannot be placed as it is, in whole numbers. A floor
 * that they do not reach is missed by as little as can be.
 */
function solveWhole(
  model: DayModel,
  solver: LinearSolver,
  relaxed: LinearAnswer,
  near: readonly number[],
  known: Uint8Array | undefined,
  { cuts, rooms }: Placing = { cuts: [], rooms: new Set() },
): Whole | undefined {
  const isMust = new Set(model.musts.map(({ candidate }) => candidate));
  const isFree = new Set(near.slice(0, FEW_COLUMNS));
  const fixed = Int8Array.from(model.columns, ({ candidate, room }, column) => {
    const share = relaxed.columns[column] ?? 0;
    const isWhole = share < 1e-6 || share > 1 - 1e-6;
    return isWhole && !isFree.has(column) && !isMust.has(candidate) && !rooms.has(room)
      ? Math.round(share)
      : -1;
  });
  // For the sake of musts and rooms, what the linear program takes may be left out.
  const wider = fixed.map((decided) => (decided === 1 ? -1 : decided));
  const slacks = floorSlacks(model, relaxed);
  for (const decided of [fixed, wider]) {
    const whole = Int32Array.from(
      model.columns.flatMap((_, column) => (decided[column] === -1 ? [column] : [])),
    );
    const answer = solver.solve(toProgram(model, { fixed: decided, slacks, cuts }), {
      whole,
      mostNodes: MOST_NODES,
      ...(known && { start: Float64Array.from([...known, ...slacks.map(() => 0)]) }),
    });
    if (answer.columns.length === 0) continue;
    const chosen = Uint8Array.from(model.columns, (_, column) =>
      Math.round(answer.columns[column] ?? 0),
    );
    const { is, value, bound } = answer;
    return { is, chosen, value, bound };
  }
  return undefined;
}

/** Above what a unit of the floor costs, so that it is missed only where it cannot be reached. */
function floorSlacks({ rows }: DayModel, { prices, value }: LinearAnswer): readonly Slack[] {
  return rows.flatMap(({ limit, bound }, row) => {
    if (limit.kind !== 'floor') return [];
    const most = Math.abs(bound);
    const price = 100 * Math.abs(prices[row] ?? 0) + (10 * Math.abs(value)) / Math.max(1e-9, most);
    return [{ row, price, most }];
  });
}
