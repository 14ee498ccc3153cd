import { push } from '../core/push.js';
import { blocksOf } from './blocks.js';
import type { Column, DayModel, ModelRoom, Must } from './day-model.js';
import { type DayCandidate, type DayProblem, worthIn } from './day-problem.js';
import { dayRows, floorRows, mustRows, roomRows } from './limit-rows.js';
import { makeRooms, minutesOf } from './make-rooms.js';
import { orderRows } from './order-rows.js';
import { policyRows } from './policy-rows.js';
import { windowOf, windowRows } from './window-rows.js';

/** A problem as rows and columns: a column is a candidate in a room, a row a limit that could be reached. */
export function buildModel(problem: DayProblem): DayModel {
  const { candidates, hands, floors } = problem;
  const rooms = makeRooms(problem);
  const excluded = new Set(hands.flatMap((one) => (one.kind === 'exclude' ? [one.candidate] : [])));
  const pins = new Map(hands.flatMap((one) => (one.kind === 'pin' ? [[one.candidate, one]] : [])));
  const isCounted = new Set(floors.map(({ goal }) => goal));
  const musts: Must[] = [];
  candidates.forEach(({ id, owed }, candidate) => {
    if (excluded.has(id)) return;
    if (pins.has(id)) musts.push({ candidate, why: 'pinned' });
    else if (owed) musts.push({ candidate, why: owed });
  });
  const isMust = new Set(musts.map(({ candidate }) => candidate));
  const byRep = new Map<string, number[]>();
  rooms.forEach(({ rep }, room) => {
    push(byRep, rep, room);
  });
  const first = rooms.reduce(
    (least, { since }) => Math.min(least, since),
    Number.POSITIVE_INFINITY,
  );
  const columns: Column[] = [];
  candidates.forEach((one, candidate) => {
    const isWanted =
      isMust.has(candidate) ||
      one.value > 0 ||
      Object.entries(one.goals).some(([goal, amount]) => amount > 0 && isCounted.has(goal));
    if (!isWanted || excluded.has(one.id)) return;
    const pin = pins.get(one.id);
    for (const room of byRep.get(one.rep) ?? []) {
      const place = rooms[room];
      if (!place || !fits(one, place) || !(place.only === undefined || place.only === candidate))
        continue;
      if (pin?.day !== undefined && pin.day !== place.day) continue;
      if (pin?.at !== undefined && place.only !== candidate) continue;
      const value = worthIn(one.value, { from: place.since }, first);
      columns.push({ candidate, room, value });
    }
  });
  const rows = [
    ...roomRows(columns, rooms, candidates),
    ...windowRows(columns, rooms, candidates),
    ...dayRows(columns, rooms, problem),
    ...policyRows(columns, rooms, problem),
    ...orderRows(columns, rooms, problem),
    ...mustRows(columns, candidates, musts),
    ...floorRows(columns, problem),
  ];
  const { blocks, rows: blockRows } = blocksOf(columns, candidates);
  return { rooms, columns, rows: [...rows, ...blockRows], musts, blocks };
}

function fits(candidate: DayCandidate, room: ModelRoom): boolean {
  const { from, until } = windowOf(candidate, room);
  return minutesOf({ from, until }) >= candidate.minutes;
}
