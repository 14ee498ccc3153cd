import { limitKey } from './day-model.js';
import type { DayPlan } from './day-plan.js';
import type { DayCandidate, DayProblem, Room } from './day-problem.js';
import { minutesOf } from './make-rooms.js';
import { replanDay } from './replan-day.js';

const NO_PLAN: DayPlan = {
  how: 'quick',
  items: [],
  value: 0,
  bound: 0,
  days: [],
  floors: [],
  left: [],
  prices: {},
};

/**
 * A plan where there is neither an earlier one nor a solver, by one price for all days: what the last card brings that
 * still finds room when those that bring most come first, a minute or each, whichever makes the better plan.
 */
export function firstPlan(problem: DayProblem): DayPlan {
  const { rooms, load, now } = problem;
  const days = new Map<string, Room>(rooms.map((room) => [`${room.rep}|${room.day}`, room]));
  const free = rooms.reduce(
    (sum, { from, until }) => sum + Math.max(0, minutesOf({ from: Math.max(from, now), until })),
    0,
  );
  const { minutes = Number.POSITIVE_INFINITY, items = Number.POSITIVE_INFINITY } = load ?? {};
  const mostMinutes = minutes * days.size;
  const perMinute = lastPrice(problem, Math.min(free, mostMinutes), (one) => one.minutes);
  const perItem = lastPrice(problem, items * days.size, () => 1);
  const kind = mostMinutes < free ? 'load-minutes' : 'hours';
  const plans = [{ [kind]: perMinute }, { 'load-items': perItem }].map((prices) =>
    replanDay(problem, { ...NO_PLAN, prices: pricesOn([...days.values()], prices) }),
  );
  const bound = Math.min(...plans.map((plan) => plan.bound));
  const [one = NO_PLAN, other = one] = plans;
  return { ...(other.value > one.value ? other : one), bound };
}

/** What the first that finds no room any more brings for what it uses. */
function lastPrice(
  { candidates }: DayProblem,
  most: number,
  usesOf: (one: DayCandidate) => number,
): number {
  let left = most;
  const each = candidates
    .map((one) => ({ uses: usesOf(one), worth: one.value / Math.max(1, usesOf(one)) }))
    .sort((a, b) => b.worth - a.worth);
  const last = each.find(({ uses }) => {
    left -= uses;
    return left < 0;
  });
  return Math.max(0, last?.worth ?? 0);
}

function pricesOn(
  days: readonly Room[],
  prices: { readonly [kind in 'hours' | 'load-minutes' | 'load-items']?: number },
): DayPlan['prices'] {
  const told = Object.entries(prices) as [keyof typeof prices, number][];
  return Object.fromEntries(
    days.flatMap(({ rep, day }) =>
      told.map(([kind, price]) => [
        limitKey(kind === 'hours' ? { kind, rep, day, room: 0 } : { kind, rep, day }),
        price,
      ]),
    ),
  );
}
