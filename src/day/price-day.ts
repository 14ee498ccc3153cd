import { hashUnit } from '../core/hash-unit.js';
import { push } from '../core/push.js';
import type { Sliced } from '../core/run-sliced.js';
import type { LearnedCosts } from '../domain/parameters.js';
import type { Playbook } from '../domain/playbook.js';
import type { RecordId } from '../domain/value.js';
import type { DayBook } from './day-book.js';
import type { DayCard } from './day-cards.js';
import { limitKey } from './day-model.js';
import type { DayPlan } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import type { LinearSolver } from './linear-program.js';
import { nextDayOf } from './next-day.js';
import { solveDay } from './solve-day.js';

/** So many reps tell as much as all of them would, and a night is short. */
const MOST_REPS = 200;

/**
 * What a minute of a rep and a touch of a buyer would bring elsewhere on the next day that is worked, in units of priority
 * beyond the costs that the playbook declares: the mean over plans, one for each rep. A slice is a plan.
 */
export function* priceDay(
  { cards, touches, reps }: DayBook,
  playbook: Playbook,
  now: number,
  solver: LinearSolver,
): Sliced<Pick<LearnedCosts, 'minute' | 'touch' | 'plans'>> {
  const own = new Map<RecordId, DayCard[]>();
  for (const card of cards) push(own, card.rep, card);
  const drawn = [...own.keys()]
    .map((rep) => ({ rep, at: hashUnit(`price/${now}/${rep}`) }))
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST_REPS);
  let [minute, touch, plans] = [0, 0, 0];
  for (const { rep } of drawn) {
    const alone = new Map([[rep, reps.get(rep) ?? { teams: [] }]]);
    const problem = nextDayOf({ cards: own.get(rep) ?? [], touches, reps: alone }, playbook, now);
    const plan = solveDay(problem, solver);
    minute += minutePrice(plan);
    touch += touchPrice(plan, problem);
    plans++;
    yield plans / drawn.length;
  }
  return plans === 0
    ? { minute, touch, plans }
    : { minute: minute / plans, touch: touch / plans, plans };
}

/** All that the planned actions pay for the rep's hours, load and places in the day, by minute. */
function minutePrice({ days, items }: DayPlan): number {
  const [day] = days;
  if (!day || day.plannedMinutes === 0) return 0;
  const { hourPrice, loadHourPrice, loadItemPrice, plannedMinutes } = day;
  return (hourPrice + loadHourPrice) / 60 + (loadItemPrice * items.length) / plannedMinutes;
}

/** What the buyers' attention costs a card that would touch one, on average. */
function touchPrice({ prices, days }: DayPlan, { candidates, contactPolicy }: DayProblem): number {
  const touching = candidates.filter(({ touch, owed }) => touch && !owed);
  const day = days[0]?.day;
  if (touching.length === 0 || day === undefined) return 0;
  const paid = touching.map(({ touch }) =>
    contactPolicy
      .filter(({ channel }) => channel === undefined || channel === touch?.channel)
      .reduce((sum, limit) => {
        const key = limitKey({ kind: 'contact-policy', buyer: touch?.buyer ?? '', day, ...limit });
        return sum + (prices[key] ?? 0);
      }, 0),
  );
  return paid.reduce((sum, one) => sum + one, 0) / paid.length;
}
