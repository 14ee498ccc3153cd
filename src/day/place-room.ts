import type { ModelRoom } from './day-model.js';
import type { DayCandidate } from './day-problem.js';
import { windowOf } from './window-rows.js';

const MINUTE_MS = 60_000;

/** When an action is to be done, epoch milliseconds. */
export interface Placed {
  readonly candidate: number;
  readonly from: number;
  readonly until: number;
}

/**
 * The actions of a room one after another, those with little choice first and then by worth; those in `order` in that
 * order. Undefined where no way is found to keep all their windows.
 */
export function placeRoom(
  room: ModelRoom,
  members: readonly number[],
  candidates: readonly DayCandidate[],
  order: readonly number[] = [],
): readonly Placed[] | undefined {
  const all = members.map((candidate) => {
    const { minutes = 0, value = 0, ...rest } = candidates[candidate] ?? {};
    const window = windowOf(rest, room);
    return { candidate, minutes, value, ...window, ordered: order.indexOf(candidate) };
  });
  const slack = (one: (typeof all)[number]): number => one.until - one.from;
  const inOrder = all
    .filter(({ ordered }) => ordered >= 0)
    .sort((a, b) => a.ordered - b.ordered || a.candidate - b.candidate);
  const free = all.filter(({ ordered }) => ordered < 0);
  const byWorth = [...free].sort(
    (a, b) => slack(a) - slack(b) || b.value - a.value || a.candidate - b.candidate,
  );
  const longest = [...free].sort(
    (a, b) => slack(a) - slack(b) || b.minutes - a.minutes || a.candidate - b.candidate,
  );
  const byEnd = [...free].sort((a, b) => a.until - b.until || a.candidate - b.candidate);
  for (const rest of [byWorth, longest, byEnd])
    for (const orderedFirst of [true, false]) {
      const placed: Placed[] = [];
      const isWell = orderedFirst
        ? placeChain(inOrder, placed) && rest.every((one) => placeOne(one, placed))
        : rest.every((one) => placeOne(one, placed)) && placeChain(inOrder, placed);
      if (isWell) return placed.sort((a, b) => a.from - b.from);
      if (inOrder.length === 0) break;
    }
  return undefined;
}

interface Open {
  readonly candidate: number;
  readonly minutes: number;
  readonly from: number;
  readonly until: number;
}

function placeChain(chain: readonly Open[], placed: Placed[]): boolean {
  let after = Number.NEGATIVE_INFINITY;
  return chain.every((one) => {
    if (!placeOne({ ...one, from: Math.max(one.from, after) }, placed)) return false;
    after = placed.at(-1)?.until ?? after;
    return true;
  });
}

/** Into the first gap that is long enough. */
function placeOne({ candidate, minutes, from, until }: Open, placed: Placed[]): boolean {
  let at = from;
  for (const other of [...placed].sort((a, b) => a.from - b.from)) {
    if (other.until <= at) continue;
    if (other.from - at >= minutes * MINUTE_MS) break;
    at = other.until;
  }
  const end = at + minutes * MINUTE_MS;
  if (end > until + 1) return false;
  placed.push({ candidate, from: at, until: end });
  return true;
}
