import { ALWAYS_HOLDS, END, EVENTLESS, type MachineTable, type Move } from './machine-table.js';

/** Whether a guard is true, by its number. */
export type Holds = (guard: number) => boolean;

/** Beyond so many steps that follow from one event the machine is stopped where it is: it would not come to rest. */
const MOST_STEPS = 100;

/** Told of each move as it is taken, and of the event that it was taken for. */
type OnMove = (move: Move, event: number) => void;

const NOT_QUEUED: readonly number[] = [];

/**
 * Takes an event, then what follows from it: conditions first, then raised events in the order in which they were raised.
 * Inner states before outer ones, in each the first transition whose guard holds. Gives the leaf in which the machine is
 * then; a number below zero (`~leaf`) where it was stopped.
 */
export function macrostep(
  table: MachineTable,
  leaf: number,
  event: number,
  holds: Holds,
  onMove: OnMove,
): number {
  const { leaves, moves } = table;
  if (leaves[leaf]?.over) return leaf;
  const first = select(table, leaf, event, holds);
  if (first < 0) return event === EVENTLESS ? leaf : settle(table, leaf, NOT_QUEUED, holds, onMove);
  const move = moves[first] as Move;
  onMove(move, event);
  return settle(table, move.to, move.raises, holds, onMove);
}

/** What follows after a move. */
export function settle(
  table: MachineTable,
  leaf: number,
  raised: readonly number[],
  holds: Holds,
  onMove: OnMove,
): number {
  const { cells, eventCount, leaves, moves } = table;
  let queue = raised;
  let next = 0;
  for (let steps = 0; ; ) {
    if (leaves[leaf]?.over) return leaf;
    let event = EVENTLESS;
    let chosen = cells[leaf * eventCount] ? select(table, leaf, event, holds) : -1;
    while (chosen < 0 && next < queue.length) {
      event = queue[next++] as number;
      chosen = select(table, leaf, event, holds);
    }
    if (chosen < 0) return leaf;
    if (steps++ === MOST_STEPS) return ~leaf;
    const move = moves[chosen] as Move;
    onMove(move, event);
    leaf = move.to;
    if (move.raises.length > 0) {
      queue = [...queue.slice(next), ...move.raises];
      next = 0;
    }
  }
}

/** The number of the first move whose guard holds; -1 where nothing moves. */
function select(
  { cells, candidates, eventCount }: MachineTable,
  leaf: number,
  event: number,
  holds: Holds,
): number {
  for (let at = cells[leaf * eventCount + event] as number; ; at += 2) {
    const guard = candidates[at] as number;
    if (guard === END) return -1;
    if (guard === ALWAYS_HOLDS || holds(guard)) return candidates[at + 1] as number;
  }
}
