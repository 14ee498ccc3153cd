import { buildModel } from './build-model.js';
import type { DayPlan } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { explainClash } from './explain-clash.js';
import type { LinearSolver } from './linear-program.js';
import { makePlan } from './make-plan.js';
import { solveModel } from './solve-model.js';

/**
 * The best plan under all limits, with the bound that no plan exceeds. Where the musts, pins and floors do not go
 * together it says why, and gives up as little of them as possible; hours, contact policy and load hold always. The same
 * for the same problem.
 */
export function solveDay(problem: DayProblem, solver: LinearSolver): DayPlan {
  const model = buildModel(problem);
  const solved = solveModel(problem, model, solver);
  if (solved) return makePlan(problem, model, solved, 'solved');
  const { clash, problem: reduced } = explainClash(problem, solver);
  const other = buildModel(reduced);
  const found = solveModel(reduced, other, solver);
  if (!found) throw new RangeError('a plan without what clashes was not found');
  return { ...makePlan(reduced, other, found, 'solved'), clash };
}
