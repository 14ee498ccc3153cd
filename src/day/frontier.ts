import type { Sliced } from '../core/run-sliced.js';
import type { DayPlan } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import type { LinearSolver } from './linear-program.js';
import { solveDay } from './solve-day.js';

/** What a plan is expected to bring each goal, in the goal's unit. */
export type Expected = { readonly [goal: string]: number };

/** Two goals against each other: the best plans in one for so much of the other. */
export interface Frontier {
  readonly first: string;
  readonly second: string;
  /** From the plan that brings most of the first goal to the one that brings most of the second. */
  readonly points: readonly Expected[];
  /** As much of the first goal as could be had with what today's plan brings of the second. */
  readonly beside: number;
}

export interface Tradeoffs {
  /** By the weights of the playbook. */
  readonly today: Expected;
  /** By one goal alone. */
  readonly alone: ReadonlyMap<string, Expected>;
  readonly frontiers: readonly Frontier[];
}

export interface TradedGoal {
  readonly id: string;
  /** So much counts as 1. */
  readonly scale: number;
}

/** Steps from one end of a frontier to the other. */
const STEPS = 5;
/** So much of another goal counts where the first is the same: no point can be bettered for nothing. */
const BESIDE = 1e-3;

/** The first goal against each of the others, under the limits of the problem. */
export function* findTradeoffs(
  problem: DayProblem,
  [first, ...others]: readonly TradedGoal[],
  solver: LinearSolver,
): Sliced<Tradeoffs> {
  const most = others.length * (STEPS + 1) + 2;
  let done = 0;
  const share = (): number => Math.min(1, ++done / most);
  const today = expectedOf(problem, solveDay(problem, solver));
  yield share();
  const alone = new Map<string, Expected>();
  const frontiers: Frontier[] = [];
  if (!first) return { today, alone, frontiers };
  const end = expectedOf(problem, bestIn(problem, solver, { first, others }));
  alone.set(first.id, end);
  yield share();
  for (const second of others) {
    const pair = { first, others: [second] };
    const start = expectedOf(problem, bestIn(problem, solver, pair));
    const far = expectedOf(problem, bestIn(problem, solver, { first: second, others: [first] }));
    alone.set(second.id, far);
    yield share();
    const [from, to] = [of(start, second), of(far, second)];
    const points = [start];
    for (let step = 1; step < STEPS && to > from; step++) {
      const least = from + ((to - from) * step) / STEPS;
      points.push(expectedOf(problem, bestIn(problem, solver, { ...pair, least })));
      yield share();
    }
    const level = of(today, second);
    const beside =
      level <= from
        ? of(start, first)
        : of(expectedOf(problem, bestIn(problem, solver, { ...pair, least: level })), first);
    yield share();
    frontiers.push({
      ...{ first: first.id, second: second.id, beside },
      points: distinct([...points, far], [first.id, second.id]),
    });
  }
  return { today, alone, frontiers };
}

/** The plan that brings most of one goal, with at least so much of the next. */
export function bestIn(
  problem: DayProblem,
  solver: LinearSolver,
  {
    first,
    others,
    least,
  }: {
    readonly first: TradedGoal;
    readonly others: readonly TradedGoal[];
    readonly least?: number;
  },
): DayPlan {
  const [second] = others;
  const asked =
    least === undefined || !second
      ? []
      : // As much of it as a plan in whole actions has, and no rounding less.
        [{ goal: second.id, label: '', least: least - 1e-9 * Math.abs(least) }];
  return solveDay(
    {
      ...problem,
      candidates: problem.candidates.map((one) => ({
        ...one,
        value: others.reduce(
          (sum, goal) => sum + (BESIDE * of(one.goals, goal)) / goal.scale,
          of(one.goals, first) / first.scale,
        ),
      })),
      floors: [...problem.floors, ...asked],
    },
    solver,
  );
}

export function expectedOf(
  { candidates }: Pick<DayProblem, 'candidates'>,
  { items }: Pick<DayPlan, 'items'>,
): Expected {
  const planned = new Set(items.map(({ candidate }) => candidate));
  const sums: { [goal: string]: number } = {};
  for (const { id, goals } of candidates)
    if (planned.has(id))
      for (const [goal, amount] of Object.entries(goals)) sums[goal] = (sums[goal] ?? 0) + amount;
  return sums;
}

const of = (expected: Expected, { id }: Pick<TradedGoal, 'id'>): number =>
  Object.hasOwn(expected, id) ? (expected[id] ?? 0) : 0;

/** Steps that lead to the same plan are one. */
function distinct(points: readonly Expected[], goals: readonly string[]): readonly Expected[] {
  const key = (point: Expected): string =>
    goals.map((id) => of(point, { id }).toPrecision(9)).join(' ');
  return [...new Map(points.map((point) => [key(point), point])).values()];
}
