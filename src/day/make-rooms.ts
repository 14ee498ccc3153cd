import { dayNumber, startOfDay } from '../core/zone.js';
import type { ModelRoom } from './day-model.js';
import type { DayCandidate, DayProblem, Hand, Room } from './day-problem.js';

const MINUTE_MS = 60_000;

export const minutesOf = ({ from, until }: Pick<Room, 'from' | 'until'>): number =>
  (until - from) / MINUTE_MS;

type Pin = Extract<Hand, { kind: 'pin' }>;

/**
 * The rooms of a problem from now on, split at the company's midnight, since the contact policy counts days by it, and
 * around what is pinned to a moment. A pin outside the free time makes no room.
 */
export function makeRooms({ rooms, now, zone, hands, candidates }: DayProblem): ModelRoom[] {
  let open: ModelRoom[] = rooms.flatMap((room) => {
    const from = Math.max(room.from, now);
    return from < room.until ? splitAtMidnight({ ...room, from, since: room.from }, zone) : [];
  });
  const places = new Map(candidates.map(({ id }, i) => [id, i]));
  for (const hand of hands) {
    const place = hand.kind === 'pin' ? places.get(hand.candidate) : undefined;
    const candidate = place === undefined ? undefined : candidates[place];
    if (hand.kind === 'pin' && hand.at !== undefined && candidate && place !== undefined)
      open = carve(open, hand, candidate, place);
  }
  return open;
}

function splitAtMidnight(room: ModelRoom, zone: string): ModelRoom[] {
  const midnight = startOfDay(dayNumber(room.from, zone) + 1, zone);
  return midnight >= room.until
    ? [room]
    : [{ ...room, until: midnight }, ...splitAtMidnight({ ...room, from: midnight }, zone)];
}

function carve(
  rooms: readonly ModelRoom[],
  { at = 0 }: Pin,
  { rep, minutes }: DayCandidate,
  only: number,
): ModelRoom[] {
  const end = at + minutes * MINUTE_MS;
  return rooms.flatMap((room) => {
    const isIn =
      room.rep === rep && room.only === undefined && room.from <= at && end <= room.until;
    if (!isIn) return [room];
    return [
      { ...room, until: at },
      { ...room, from: at, until: end, only },
      { ...room, from: end },
    ].filter((part) => part.from < part.until);
  });
}
