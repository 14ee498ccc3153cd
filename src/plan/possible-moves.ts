import type { Domains } from '../core/candidates.js';
import { implies, isSatisfiable } from '../core/condition-logic.js';
import {
  ALWAYS_HOLDS,
  END,
  EVENTLESS,
  type MachineTable,
  type Move,
} from '../core/machine/machine-table.js';
import type { Condition } from '../domain/condition.js';
import type { MachineTransition } from '../domain/machine.js';

/** What can happen in each state of a machine, as far as its conditions tell. */
export interface Possible {
  readonly table: MachineTable;
  /** By leaf. */
  readonly moves: readonly (readonly {
    readonly move: Move;
    /** For a move by condition alone: what holds when it is taken. */
    readonly together?: Condition;
  }[])[];
  /** Transitions that are taken in some state. */
  readonly taken: ReadonlySet<MachineTransition>;
  /** Those after a delay that never ends, for the state is always left before. */
  readonly late: ReadonlySet<MachineTransition>;
}

interface Candidate {
  /** Undefined: it keeps the record where it is. */
  readonly move: Move | undefined;
  readonly guard: number;
  /** It holds whatever the record is like. */
  readonly certain: boolean;
}

/** Leaves out guards that never hold, what stands behind one that always does, and what waits where nothing stays. */
export function findPossible(table: MachineTable, domains: Domains): Possible {
  const { guards, leaves, cells, candidates, eventCount } = table;
  const never = guards.map((guard) => isSatisfiable(guard, domains) !== true);
  const always = guards.map((guard) => implies({ all: [] }, guard, domains));
  const covered = new Map<number, boolean>();
  /** Whether the first holds whenever the second does. */
  const covers = (earlier: number, guard: number): boolean => {
    if (earlier === ALWAYS_HOLDS || always[earlier] || earlier === guard) return true;
    const [a, b] = [guards[earlier], guards[guard]];
    if (!a || !b) return false;
    const key = earlier * guards.length + guard;
    const known = covered.get(key) ?? implies(b, a, domains);
    covered.set(key, known);
    return known;
  };
  const listOf = (leaf: number, event: number): readonly Candidate[] => {
    const found: Candidate[] = [];
    for (let at = cells[leaf * eventCount + event] ?? 0; candidates[at] !== END; at += 2) {
      const guard = candidates[at] as number;
      if (never[guard] || found.some((earlier) => covers(earlier.guard, guard))) continue;
      const move = table.moves[candidates[at + 1] as number];
      found.push({ move, guard, certain: guard === ALWAYS_HOLDS || always[guard] === true });
    }
    return found;
  };
  const taken = new Set<MachineTransition>();
  const delayed = new Set<MachineTransition>();
  const moves = leaves.map(({ delays, path }, leaf) => {
    const found: { readonly move: Move; readonly together?: Condition }[] = [];
    const add = (list: readonly Candidate[], eventless = false): void => {
      const earlier: Condition[] = [];
      for (const { move, guard } of list) {
        const condition = guards[guard] ?? { all: [] };
        if (move)
          found.push({ move, ...(eventless && { together: { all: [condition, ...earlier] } }) });
        if (move?.transition) taken.add(move.transition);
        earlier.push({ not: condition });
      }
    };
    const eventless = listOf(leaf, EVENTLESS);
    add(eventless, true);
    // A state that is left at once waits for nothing.
    const isPassed = eventless.some(({ move, certain }) => move && certain);
    const waits = new Set(delays.map(({ event }) => event));
    for (let event = 1; event < eventCount && !isPassed; event++)
      if (!waits.has(event)) add(listOf(leaf, event));
    for (const { event, level, ms } of delays) {
      const isLeftBefore = delays.some(
        (other) =>
          other.level === level &&
          other.ms < ms &&
          listOf(leaf, other.event).some(
            ({ move, certain }) => certain && move && move.kept <= level && level < path.length,
          ),
      );
      const list = listOf(leaf, event);
      if (!isPassed && !isLeftBefore) add(list);
      else for (const { move } of list) if (move?.transition) delayed.add(move.transition);
    }
    return found;
  });
  return {
    table,
    moves,
    taken,
    late: new Set([...delayed].filter((transition) => !taken.has(transition))),
  };
}

/** Leaves to which a record can come. */
export function findReached({ table, moves }: Possible): ReadonlySet<number> {
  const reached = new Set([table.beginning.to]);
  // A set gives also what is added to it meanwhile.
  for (const leaf of reached) for (const { move } of moves[leaf] ?? []) reached.add(move.to);
  return reached;
}
