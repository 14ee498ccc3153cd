import { stableJson } from '../../core/stable-json.js';
import type { Condition } from '../../domain/condition.js';
import type { Machine, MachineState, MachineTransition } from '../../domain/machine.js';

/** A machine as tables: states without states inside, events, guards and moves are numbers. */
export interface MachineTable {
  readonly machine: Machine;
  readonly leaves: readonly Leaf[];
  readonly leafNumbers: ReadonlyMap<string, number>;
  /** By name. {@link EVENTLESS} stands for conditions that need no event. */
  readonly events: ReadonlyMap<string, number>;
  readonly eventNames: readonly string[];
  readonly eventCount: number;
  /** By number: what a step asks. */
  readonly guards: readonly Condition[];
  /** By `leaf * eventCount + event`: where its candidates begin. */
  readonly cells: Int32Array;
  /** Pairs of guard (or {@link ALWAYS_HOLDS}) and move (or -1: nothing moves) in the order in which they are tried, each list closed by {@link END}. */
  readonly candidates: Int32Array;
  readonly moves: readonly Move[];
  /** By move: the number of the leaf that it leads to. */
  readonly targets: Int32Array;
  /** By move: 1 where nothing can follow from it, for it raises nothing and where it leads no condition is asked. */
  readonly calm: Uint8Array;
  /** Entering the machine. */
  readonly beginning: Move;
}

export interface Leaf {
  readonly id: string;
  /** Ids of what is active: the machine, the states around, the state itself. */
  readonly path: readonly string[];
  /** Delays of everything on the path, outermost first. */
  readonly delays: readonly Delay[];
}

export interface Delay {
  /** Place on the path of the state that declares it. */
  readonly level: number;
  readonly ms: number;
  readonly event: number;
}

export interface Move {
  /** Number of a leaf; -1 for the beginning. */
  readonly from: number;
  readonly to: number;
  /** So many on the path stay entered; all behind them are left, and entered anew. */
  readonly kept: number;
  /** Numbers of events that leaving and entering raises, in order. */
  readonly raises: readonly number[];
  /** The state that declares the transition, or the machine. */
  readonly source: string;
  readonly transition?: MachineTransition;
}

export const EVENTLESS = 0;
export const ALWAYS_HOLDS = -1;
export const END = -2;
/** In place of the number of a move: nothing moves. */
const STAY = -1;

/** Name of the event that tells that a state with states inside has come to a final one. */
export function doneEvent(state: string): string {
  return `done.state.${state}`;
}

/** Calls back for each state, outer ones before what is inside, with the ids around it, the machine's first. */
export function walkStates(
  machine: Pick<Machine, 'id' | 'states'>,
  visit: (state: MachineState, around: readonly string[]) => void,
): void {
  const walk = (states: readonly MachineState[], around: readonly string[]): void => {
    for (const state of states) {
      visit(state, around);
      if (state.states) walk(state.states, [...around, state.id]);
    }
  };
  walk(machine.states, [machine.id]);
}

/** Compiles a sound machine; once a playbook. */
export function createMachineTable(machine: Machine): MachineTable {
  const nodes = new Map<
    string,
    { readonly state: MachineState; readonly path: readonly string[] }
  >();
  walkStates(machine, (state, around) => {
    nodes.set(state.id, { state, path: [...around, state.id] });
  });
  const pathOf = (id: string): readonly string[] => nodes.get(id)?.path ?? [machine.id];
  const stateOf = (id: string): MachineState | undefined => nodes.get(id)?.state;
  const leafIds = [...nodes.values()].flatMap(({ state }) => (state.states ? [] : [state.id]));
  const leafNumbers = new Map(leafIds.map((id, number) => [id, number]));

  const events = new Map<string, number>([['', EVENTLESS]]);
  const eventNumber = (name: string): number => {
    const number = events.get(name) ?? events.size;
    events.set(name, number);
    return number;
  };
  const guards = new Map<string, readonly [number: number, condition: Condition]>();
  const guardNumber = (condition: Condition | undefined): number => {
    if (!condition) return ALWAYS_HOLDS;
    const key = stableJson(condition);
    const known = guards.get(key) ?? ([guards.size, condition] as const);
    guards.set(key, known);
    return known[0];
  };

  /** Into a state: down its initial states to one without. */
  const descend = (id: string): string => {
    const state = stateOf(id);
    return state?.states ? descend(state.initial ?? '') : id;
  };
  /** Raised by entering all of the path from that level on. */
  const raisedByEntry = (path: readonly string[], level: number): number[] =>
    path.slice(level).flatMap((id, i) => {
      const state = stateOf(id);
      const parent = path[level + i - 1] ?? machine.id;
      return [
        ...(state?.entry ?? []),
        ...(state?.final && parent !== machine.id ? [doneEvent(parent)] : []),
      ].map(eventNumber);
    });
  const raisedByExit = (path: readonly string[], level: number): number[] =>
    path
      .slice(level)
      .reverse()
      .flatMap((id) => stateOf(id)?.exit ?? [])
      .map(eventNumber);

  const moves: Move[] = [];
  const addMove = (from: string, source: string, transition: MachineTransition): number => {
    const path = pathOf(from);
    const [outer, inner] = [pathOf(source), pathOf(transition.target)];
    const inward = inner.length >= outer.length && outer.every((id, i) => inner[i] === id);
    const to = descend(transition.target);
    // What stays: everything that holds both the source and the target, and the source itself unless it is entered anew.
    let kept = 0;
    if (inward && !transition.reenter) kept = outer.length;
    else
      while (kept < Math.min(outer.length, inner.length) - 1 && outer[kept] === inner[kept])
        kept += 1;
    return (
      moves.push({
        from: leafNumbers.get(from) ?? -1,
        to: leafNumbers.get(to) ?? -1,
        kept,
        raises: [...raisedByExit(path, kept), ...raisedByEntry(pathOf(to), kept)],
        source,
        transition,
      }) - 1
    );
  };

  const lists: { cell: readonly [leaf: number, event: number]; pairs: number[] }[] = [];
  const leaves = leafIds.map((id, number): Leaf => {
    const path = pathOf(id);
    const byEvent = new Map<number, number[]>();
    const delays: Delay[] = [];
    // At the top, nothing happens any more.
    const over = path.length === 2 && stateOf(id)?.final === true;
    for (const [up, source] of (over ? [] : [...path].reverse()).entries()) {
      const level = path.length - 1 - up;
      const declared = (level === 0 ? machine : stateOf(source))?.transitions ?? [];
      for (const transition of declared) {
        const { on, afterMs, when, target } = transition;
        const isEventless = on === undefined && afterMs === undefined;
        // A condition that leads to where the record is already keeps it there: what stands behind it is not asked.
        const stays = isEventless && (path.indexOf(target) >= level || descend(target) === id);
        const event = eventNumber(
          on ?? (afterMs === undefined ? '' : `after.${afterMs}.${source}`),
        );
        if (afterMs !== undefined && !delays.some((delay) => delay.event === event))
          delays.push({ level, ms: afterMs, event });
        const pairs = byEvent.get(event) ?? [];
        pairs.push(guardNumber(when), stays ? STAY : addMove(id, source, transition));
        byEvent.set(event, pairs);
      }
    }
    for (const [event, pairs] of byEvent) lists.push({ cell: [number, event], pairs });
    delays.sort((a, b) => a.level - b.level);
    return { id, path, delays };
  });

  const first = descend(machine.initial);
  const beginning: Move = {
    from: -1,
    to: leafNumbers.get(first) ?? -1,
    kept: 0,
    raises: raisedByEntry(pathOf(first), 1),
    source: machine.id,
  };
  const eventCount = events.size;
  const cells = new Int32Array(leaves.length * eventCount);
  // Place 0 is the empty list.
  const candidates = [END];
  for (const { cell, pairs } of lists) {
    cells[cell[0] * eventCount + cell[1]] = candidates.length;
    candidates.push(...pairs, END);
  }
  return {
    machine,
    leaves,
    leafNumbers,
    events,
    eventNames: [...events.keys()],
    eventCount,
    guards: [...guards.values()].map(([, condition]) => condition),
    cells,
    candidates: Int32Array.from(candidates),
    moves,
    targets: Int32Array.from(moves, ({ to }) => to),
    calm: Uint8Array.from(moves, ({ to, raises }) =>
      raises.length === 0 && cells[to * eventCount] === 0 ? 1 : 0,
    ),
    beginning,
  };
}
