import { buildModel } from './build-model.js';
import { type DayModel, limitKey } from './day-model.js';
import type { DayPlan } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { fill, worthOf } from './fill.js';
import { makePlan } from './make-plan.js';
import { placeAll, topUp } from './place-all.js';
import { boundAt, reducedValues } from './prices.js';
import { toProgram } from './to-program.js';
import { createUsage } from './usage.js';

/** What was planned before stays where two choices are worth nearly the same, so that a day does not jump about. */
const STAYS = 0.02;

/**
 * A plan without the solver, when something has happened: by the prices of an earlier plan, each card that is worth more
 * than what it uses. Breaks no limit. Its bound holds whatever the prices are, and so says how much the solver could add
 * at most. A must that found no place is in `left`.
 */
export function replanDay(problem: DayProblem, earlier: DayPlan): DayPlan {
  const model = buildModel(problem);
  const program = toProgram(model);
  const prices = Float64Array.from(model.rows, ({ limit }) => earlier.prices[limitKey(limit)] ?? 0);
  const order = orderBy(problem, model, prices, earlier);
  const usage = createUsage(model, program);
  fill(model, usage, order);
  const done = placeAll(problem, model, usage.chosen, () => undefined);
  topUp(problem, model, program, done, order);
  const value = worthOf(model, done.chosen);
  const bound = Math.max(value, boundAt(model, prices));
  return makePlan(problem, model, { ...done, value, bound, prices }, 'quick');
}

function orderBy(
  { candidates }: DayProblem,
  model: DayModel,
  prices: Float64Array,
  earlier: DayPlan,
): number[] {
  const before = new Map(earlier.items.map((item) => [item.candidate, item]));
  const isMust = new Set(model.musts.map(({ candidate }) => candidate));
  const keys = reducedValues(model, prices).map((reduced, column) => {
    const { candidate = 0, room = 0, value = 0 } = model.columns[column] ?? {};
    const was = before.get(candidates[candidate]?.id ?? '');
    const place = model.rooms[room];
    const isThere = was && place && was.from >= place.from && was.from < place.until;
    return (
      reduced +
      (isMust.has(candidate) ? 1e9 : 0) +
      (was ? STAYS * Math.abs(value) : 0) +
      (isThere ? 1e-6 : 0)
    );
  });
  return [...model.columns.keys()].sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0) || a - b);
}
