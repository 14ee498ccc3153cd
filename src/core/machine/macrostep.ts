import { ALWAYS_HOLDS, END, EVENTLESS, type MachineTable } from './machine-table.js';

/** What a step asks about a record, and tells. */
export interface Stepping {
  /** Whether a guard is true, by its number. */
  holds(guard: number): boolean;
  /** Told of each move as it is taken, by its number, and of the event that it was taken for. */
  take(move: number, event: number): void;
}

/** Beyond so many steps that follow from one event the machine is stopped where it is: it would not come to rest. */
const MOST_STEPS = 100;

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
  stepping: Stepping,
): number {
  const { cells, eventCount, targets, calm } = table;
  const chosen = select(table, leaf, event, stepping);
  if (chosen < 0) {
    const asks = event !== EVENTLESS && cells[leaf * eventCount] !== 0;
    return asks ? settle(table, leaf, NOT_QUEUED, stepping) : leaf;
  }
  stepping.take(chosen, event);
  const to = targets[chosen] as number;
  return calm[chosen] === 1 ? to : settle(table, to, table.moves[chosen]?.raises ?? [], stepping);
}

/** What follows after a move. */
export function settle(
  table: MachineTable,
  leaf: number,
  raised: readonly number[],
  stepping: Stepping,
): number {
  const { targets, moves } = table;
  let queue = raised;
  let next = 0;
  for (let steps = 0; ; ) {
    let event = EVENTLESS;
    let chosen = select(table, leaf, event, stepping);
    while (chosen < 0 && next < queue.length) {
      event = queue[next++] as number;
      chosen = select(table, leaf, event, stepping);
    }
    if (chosen < 0) return leaf;
    if (steps++ === MOST_STEPS) return ~leaf;
    stepping.take(chosen, event);
    leaf = targets[chosen] as number;
    const { raises } = moves[chosen] as MachineTable['moves'][number];
    if (raises.length > 0) {
      queue = [...queue.slice(next), ...raises];
      next = 0;
    }
  }
}

/** The number of the first move whose guard holds; -1 where nothing moves. A machine that is over has no candidates. */
function select(
  { cells, candidates, eventCount }: MachineTable,
  leaf: number,
  event: number,
  stepping: Stepping,
): number {
  for (let at = cells[leaf * eventCount + event] as number; ; at += 2) {
    const guard = candidates[at] as number;
    if (guard === END) return -1;
    if (guard === ALWAYS_HOLDS || stepping.holds(guard)) return candidates[at + 1] as number;
  }
}
