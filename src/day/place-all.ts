import { push } from '../core/push.js';
import type { DayModel, Row } from './day-model.js';
import type { DayProblem } from './day-problem.js';
import type { LinearProgram } from './linear-program.js';
import { orderIn } from './order-in.js';
import { type Placed, placeRoom } from './place-room.js';
import { createUsage } from './usage.js';

export type { Placed };

/** Rows found in placing, and the rooms that are decided again. */
export interface Placing {
  readonly cuts: readonly Row[];
  readonly rooms: ReadonlySet<number>;
}

interface Done {
  readonly chosen: Uint8Array;
  readonly placed: Map<number, readonly Placed[]>;
}

const MOST_ROUNDS = 12;

/**
 * A moment for each action. What cannot be placed together in a room is solved again without that; in the end the least
 * of it goes.
 */
export function placeAll(
  problem: DayProblem,
  model: DayModel,
  first: Uint8Array,
  solve: (placing: Placing) => Uint8Array | undefined,
): Done {
  let chosen = first;
  const cuts: Row[] = [];
  const rooms = new Set<number>();
  for (let round = 0; ; round++) {
    const { placed, failed } = placeRooms(problem, model, chosen);
    if (failed.size === 0) return { chosen, placed };
    for (const [room, members] of failed) {
      rooms.add(room);
      cuts.push({
        limit: { kind: 'together', room },
        bound: members.length - 1,
        columns: members,
        uses: members.map(() => 1),
      });
    }
    const solved = round < MOST_ROUNDS ? solve({ cuts, rooms }) : undefined;
    chosen = solved ?? chosen.slice();
    if (!solved) for (const members of failed.values()) chosen[leastOf(model, members)] = 0;
  }
}

function leastOf({ columns, musts }: DayModel, among: readonly number[]): number {
  const isMust = new Set(musts.map(({ candidate }) => candidate));
  const weight = (column: number): number => {
    const { candidate = 0, value = 0 } = columns[column] ?? {};
    return value + (isMust.has(candidate) ? 1e9 : 0);
  };
  return [...among].sort((a, b) => weight(a) - weight(b))[0] ?? 0;
}

/** Of each room what is chosen there, as far as it can be placed. */
function placeRooms(
  problem: DayProblem,
  model: DayModel,
  chosen: Uint8Array,
): {
  readonly placed: Map<number, readonly Placed[]>;
  readonly failed: ReadonlyMap<number, readonly number[]>;
} {
  const byRoom = new Map<number, number[]>();
  model.columns.forEach(({ room }, column) => {
    if (chosen[column] === 1) push(byRoom, room, column);
  });
  const placed = new Map<number, readonly Placed[]>();
  const failed = new Map<number, readonly number[]>();
  for (const [room, members] of byRoom) {
    const candidates = members.map((column) => model.columns[column]?.candidate ?? 0);
    const found = placeIn(problem, model, room, candidates);
    if (found) placed.set(room, found);
    else failed.set(room, members);
  }
  return { placed, failed };
}

function placeIn(
  problem: DayProblem,
  { rooms }: DayModel,
  room: number,
  members: readonly number[],
): readonly Placed[] | undefined {
  const place = rooms[room];
  return place && placeRoom(place, members, problem.candidates, orderIn(problem, place));
}

/** Adds what fits yet, best first. */
export function topUp(
  problem: DayProblem,
  model: DayModel,
  program: LinearProgram,
  { chosen, placed }: Done,
  order: readonly number[],
): void {
  const usage = createUsage(model, program, chosen);
  for (const column of order) {
    const { room = 0, value = 0, candidate = 0 } = model.columns[column] ?? {};
    if (value <= 0 || chosen[column] === 1 || usage.findFull(column) !== undefined) continue;
    const members = (placed.get(room) ?? []).map((one) => one.candidate);
    const found = placeIn(problem, model, room, [...members, candidate]);
    if (!found) continue;
    usage.add(column);
    chosen[column] = 1;
    placed.set(room, found);
  }
}
