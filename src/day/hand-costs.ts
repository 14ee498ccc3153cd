import type { DayProblem, Hand } from './day-problem.js';
import type { LinearSolver } from './linear-program.js';
import { solveDay } from './solve-day.js';

export interface HandCost {
  readonly hand: Hand;
  /** What the plan would be worth more without it, in units of priority. */
  readonly cost: number;
}

/** What each change by hand costs, the others staying: a plan is made for each. */
export function costOfHands(
  problem: DayProblem,
  value: number,
  solver: LinearSolver,
): readonly HandCost[] {
  return problem.hands.map((hand) => {
    const hands = problem.hands.filter((other) => other !== hand);
    const free = solveDay({ ...problem, hands }, solver);
    return { hand, cost: Math.max(0, free.value - value) };
  });
}
