import { judge } from '../../core/condition.js';
import type { Situated } from '../../domain/condition.js';
import type { MachineHeld, MachineMove } from '../../domain/machine.js';
import { type Cursor, findNextDelay, type Since, upTo } from './delays.js';
import { EVENTLESS, type Leaf, type MachineTable, type Move } from './machine-table.js';
import { macrostep, type Stepping, settle } from './macrostep.js';

/** A machine after a step. */
export interface MachineStep {
  readonly held: MachineHeld;
  /** In the order in which they were taken. */
  readonly moves: readonly MachineMove[];
  /** It went on and on by conditions or raised events, and was stopped in the state that it holds. */
  readonly stopped?: true;
}

/** A record's machine at its beginning: in its initial state, and on from there where conditions lead on at once. */
export function startMachine(table: MachineTable, situated: Situated, at: number): MachineStep {
  const { beginning } = table;
  const taking = begin(table, { state: '', since: [] }, situated, at);
  taking.enter(beginning);
  return taking.end(settle(table, beginning.to, beginning.raises, taking));
}

/**
 * A machine at a moment at which something happened: an event of that name (`situated` then answers for its fields as
 * `event.x`), or, without one, attributes changed. Delays that ended earlier have to be elapsed before.
 */
export function stepMachine(
  table: MachineTable,
  held: MachineHeld,
  situated: Situated,
  at: number,
  event?: string,
): MachineStep {
  const leaf = table.leafNumbers.get(held.state);
  if (leaf === undefined) return { held, moves: [] };
  const number = event === undefined ? EVENTLESS : table.events.get(event);
  const taking = begin(table, held, situated, at);
  // What the machine does not listen to is a moment all the same.
  return taking.end(macrostep(table, leaf, number ?? EVENTLESS, taking));
}

/**
 * Lets time go on: every delay that ends after `from` (up to which all was elapsed before) and up to `until` runs at its own
 * moment, in order, those of one moment from the outermost state inwards. A delay whose guard does not hold then is over.
 */
export function elapseMachine(
  table: MachineTable,
  held: MachineHeld,
  situated: (at: number) => Situated,
  from: number,
  until: number,
): MachineStep {
  let now: MachineStep = { held, moves: [] };
  for (let done = upTo(from); ; ) {
    const next = findNextDelay(leafOf(table, now.held), sinceOf(now.held), done);
    if (!next || next.at > until) return now;
    const { at, delay } = next;
    const leaf = table.leafNumbers.get(now.held.state) as number;
    const taking = begin(table, now.held, situated(at), at);
    const step = taking.end(macrostep(table, leaf, delay.event, taking));
    now = { ...now, ...step, moves: [...now.moves, ...step.moves] };
    done = { at, level: delay.level } satisfies Cursor;
  }
}

/** The next moment at which a delay ends; undefined where none runs. */
export function findMachineWake(
  table: MachineTable,
  held: MachineHeld,
  from: number,
): number | undefined {
  return findNextDelay(leafOf(table, held), sinceOf(held), upTo(from))?.at;
}

const sinceOf =
  ({ since }: MachineHeld): Since =>
  (level) =>
    since[level] ?? Number.NaN;

function leafOf(table: MachineTable, { state }: MachineHeld): Leaf {
  return table.leaves[table.leafNumbers.get(state) ?? -1] ?? NOWHERE;
}

/** A state that the table does not know: nothing leads out. */
const NOWHERE: Leaf = { id: '', path: [], delays: [] };

/** Keeps what is held and what was taken while a step runs. */
function begin(
  table: MachineTable,
  held: MachineHeld,
  situated: Situated,
  at: number,
): Stepping & { enter(move: Move): void; end(leaf: number): MachineStep } {
  const moves: MachineMove[] = [];
  let { since, state } = held;
  const enter = ({ to, kept }: Move): void => {
    const leaf = table.leaves[to] ?? NOWHERE;
    since = leaf.path.map((_, level) => (level < kept ? (since[level] ?? at) : at));
    state = leaf.id;
  };
  return {
    enter,
    holds(guard) {
      const condition = table.guards[guard];
      return condition !== undefined && judge(condition, situated) === true;
    },
    take(number, event) {
      const move = table.moves[number] as Move;
      const { transition: { when, afterMs } = {}, source } = move;
      const from = state;
      // Staying where it is, with nothing left and nothing entered, is no move.
      if (move.from === move.to && move.kept === table.leaves[move.to]?.path.length) return;
      enter(move);
      const because =
        afterMs !== undefined
          ? { delayMs: afterMs }
          : event === EVENTLESS
            ? { condition: when ?? { all: [] } }
            : { event: table.eventNames[event] ?? '' };
      moves.push({ from, to: state, at, source, because });
    },
    end(leaf) {
      return {
        held: state === held.state && since === held.since ? held : { state, since },
        moves,
        ...(leaf < 0 && { stopped: true }),
      };
    },
  };
}
