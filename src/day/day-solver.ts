import { connectCalls, type EnginePort, serveCalls } from '../port-calls.js';
import type { DayPlan } from './day-plan.js';
import type { DayProblem, Hand } from './day-problem.js';
import type { LinearSolver } from './linear-program.js';
import { solveDay } from './solve-day.js';

/** What a plan is worth with other changes by hand. */
export interface Weighed {
  /** In units of priority. */
  readonly value: number;
  /** Not everything that must be could be had. */
  readonly clashes: boolean;
}

/** Plans to the end, beside the page. */
export interface DaySolver {
  /** Rejects with `opportune/no-solver` where there is none. */
  solve(problem: DayProblem): Promise<DayPlan>;
  /** The problem once for each of these lists of changes by hand, in place of its own. */
  weigh(problem: DayProblem, hands: readonly (readonly Hand[])[]): Promise<readonly Weighed[]>;
}

/** `load` is called with the first question. */
export function createDaySolver(load: () => Promise<LinearSolver>): DaySolver {
  let loading: Promise<LinearSolver> | undefined;
  const solver = (): Promise<LinearSolver> => {
    loading ??= load();
    return loading;
  };
  return {
    solve: async (problem) => solveDay(problem, await solver()),
    async weigh(problem, variants) {
      const own = await solver();
      return variants.map((hands) => {
        const { value, clash } = solveDay({ ...problem, hands }, own);
        return { value, clashes: clash !== undefined };
      });
    },
  };
}

/** Answers for a solver; in the worker. */
export function serveDaySolver(solver: DaySolver, port: EnginePort): void {
  serveCalls(solver, port, new Set());
}

/** The solver behind a port; in the page. */
export function connectDaySolver(port: EnginePort): DaySolver {
  const ask = connectCalls(port);
  return {
    solve: (problem) => ask('solve', [problem]),
    weigh: (problem, hands) => ask('weigh', [problem, hands]),
  };
}
