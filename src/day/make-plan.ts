import { type DayModel, limitKey } from './day-model.js';
import type { DayPlan, LeftOut, PlannedDay, PlannedFloor, PlannedItem } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { findLeftOut } from './left-out.js';
import { minutesOf } from './make-rooms.js';
import type { Solved } from './solve-model.js';

/** What was chosen and placed, as a plan. */
export function makePlan(
  problem: DayProblem,
  model: DayModel,
  solved: Solved,
  how: DayPlan['how'],
): DayPlan {
  const { prices } = solved;
  const items = itemsOf(problem, model, solved);
  const left: readonly LeftOut[] = findLeftOut(problem, model, solved);
  return {
    how,
    items,
    value: solved.value,
    bound: solved.bound,
    days: daysOf(model, items, prices),
    floors: floorsOf(problem, model, items, prices),
    left,
    prices: pricesOf(model, prices),
  };
}

function itemsOf(
  { candidates }: DayProblem,
  { rooms, columns, musts }: DayModel,
  { chosen, placed }: Solved,
): readonly PlannedItem[] {
  const why = new Map(musts.map((one) => [one.candidate, one.why]));
  const values = new Map<number, number>();
  columns.forEach(({ candidate, value }, column) => {
    if (chosen[column] === 1) values.set(candidate, value);
  });
  const items: PlannedItem[] = [];
  for (const [room, own] of placed) {
    const place = rooms[room];
    if (!place) continue;
    for (const { candidate, from, until } of own)
      items.push({
        candidate: candidates[candidate]?.id ?? '',
        rep: place.rep,
        day: place.day,
        from,
        until,
        value: values.get(candidate) ?? 0,
        why: why.get(candidate) ?? 'best',
      });
  }
  return items.sort((a, b) => (a.rep < b.rep ? -1 : a.rep > b.rep ? 1 : a.from - b.from));
}

function daysOf(
  { rooms, rows }: DayModel,
  items: readonly PlannedItem[],
  prices: Float64Array,
): readonly PlannedDay[] {
  const days = new Map<string, { -readonly [field in keyof PlannedDay]: PlannedDay[field] }>();
  for (const room of rooms) {
    const { rep, day } = room;
    const own = days.get(`${rep}|${day}`) ?? {
      rep,
      day,
      freeMinutes: 0,
      plannedMinutes: 0,
      hourPrice: 0,
      loadHourPrice: 0,
      loadItemPrice: 0,
    };
    own.freeMinutes += minutesOf(room);
    days.set(`${rep}|${day}`, own);
  }
  for (const item of items) {
    const own = days.get(`${item.rep}|${item.day}`);
    if (own) own.plannedMinutes += minutesOf(item);
  }
  rows.forEach(({ limit }, row) => {
    const price = prices[row] ?? 0;
    if (!('rep' in limit) || price <= 0) return;
    const own = days.get(`${limit.rep}|${limit.day}`);
    if (!own) return;
    if (limit.kind === 'hours') own.hourPrice = Math.max(own.hourPrice, 60 * price);
    if (limit.kind === 'load-minutes') own.loadHourPrice = 60 * price;
    if (limit.kind === 'load-items') own.loadItemPrice = price;
  });
  return [...days.values()].sort((a, b) =>
    a.rep < b.rep ? -1 : a.rep > b.rep ? 1 : a.day - b.day,
  );
}

function floorsOf(
  { floors, candidates }: DayProblem,
  { rows }: DayModel,
  items: readonly PlannedItem[],
  prices: Float64Array,
): readonly PlannedFloor[] {
  const isPlanned = new Set(items.map(({ candidate }) => candidate));
  return floors.map(({ goal, reps }, floor) => {
    const row = rows.findIndex(({ limit }) => limit.kind === 'floor' && limit.floor === floor);
    const among = reps && new Set(reps);
    const reached = candidates.reduce(
      (sum, one) =>
        isPlanned.has(one.id) && (!among || among.has(one.rep))
          ? sum + (Object.hasOwn(one.goals, goal) ? (one.goals[goal] ?? 0) : 0)
          : sum,
      0,
    );
    return { floor, reached, price: row < 0 ? 0 : Math.max(0, -(prices[row] ?? 0)) };
  });
}

/** By key; of several rooms of a day the dearest. */
function pricesOf({ rows }: DayModel, prices: Float64Array): { readonly [limit: string]: number } {
  const known: { [limit: string]: number } = {};
  rows.forEach(({ limit }, row) => {
    const price = prices[row] ?? 0;
    if (Math.abs(price) < 1e-12) return;
    const key = limitKey(limit);
    const other = known[key] ?? 0;
    known[key] = Math.abs(other) > Math.abs(price) ? other : price;
  });
  return known;
}
