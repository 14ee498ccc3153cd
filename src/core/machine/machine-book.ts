import { stableJson } from '../../core/stable-json.js';
import type { Condition } from '../../domain/condition.js';
import type { MachineHeld } from '../../domain/machine.js';
import { type Cursor, findNextDelay, upTo } from './delays.js';
import { EVENTLESS, type MachineTable, type Move } from './machine-table.js';
import { macrostep, type Stepping, settle } from './macrostep.js';
import {
  endOfTimesIn,
  findOutcomes,
  firstTimeIn,
  leafIn,
  movesIn,
  type StepOutcomes,
  TOO_MANY,
} from './step-outcomes.js';

/**
 * The machines of very many records of one kind. What belongs to a record lies together: two bytes for the state of each
 * machine, a bit for the truth of each guard, and eight bytes for each depth of a machine at which some state has a
 * delay. Rows are counted from 0, machines in the order of the tables.
 */
export interface MachineBook {
  /** What it takes, beside the tables. */
  readonly bytes: number;
  /** What {@link setGuard} is told of, by number; what several machines ask is there once. */
  readonly guards: readonly Condition[];
  /** Numbers of events by name. 0 stands for attributes that changed, and for what no machine listens to. */
  readonly events: ReadonlyMap<string, number>;
  /** Sets whether a guard holds for a record. Nothing moves before the next `send`. */
  setGuard(row: number, guard: number, holds: boolean): void;
  /** Begins the machines of a record; gives how many moves followed at once. */
  start(row: number, at: number): number;
  /** An event for all machines of a record; gives the number of moves. */
  send(row: number, event: number, at: number): number;
  /** Events of one moment, each of one record, in order; gives the number of moves. Faster than one by one. */
  sendAll(rows: Uint32Array, events: Uint16Array, at: number): number;
  /** Lets time go on for all records, as for a single one; gives the number of moves. */
  elapse(from: number, until: number): number;
  /** Undefined for a record that has not begun. Times at depths without delays are NaN. */
  held(row: number, machine: number): MachineHeld | undefined;
}

/** So many records are fetched into the processor's cache together. */
const AHEAD = 64;
/** Bytes of a line of the processor's cache. */
const LINE_BYTES = 64;
/** Bytes of a machine's state; 0 stands for a machine that has not begun. */
const STATE_BYTES = 2;
const TIME_BYTES = 8;

export function createMachineBook(tables: readonly MachineTable[], rows: number): MachineBook {
  const guards = new Map<string, readonly [number: number, condition: Condition]>();
  const events = new Map([['', EVENTLESS]]);
  for (const table of tables) {
    for (const name of table.eventNames) if (!events.has(name)) events.set(name, events.size);
    for (const guard of table.guards) {
      const key = stableJson(guard);
      if (!guards.has(key)) guards.set(key, [guards.size, guard]);
    }
  }
  const levels = tables.map(({ leaves }) =>
    [...new Set(leaves.flatMap(({ delays }) => delays.map(({ level }) => level)))].sort(
      (a, b) => a - b,
    ),
  );
  const guardsFrom = tables.length * STATE_BYTES;
  const timesFrom = Math.ceil((guardsFrom + guards.size / 8) / TIME_BYTES) * TIME_BYTES;
  // The outermost of each machine first: inner ones are needed less often, and may lie in another line of the cache.
  const places = levels
    .flatMap((own, machine) => own.map((_, depth) => ({ machine, depth })))
    .sort((a, b) => a.depth - b.depth || a.machine - b.machine);
  const stride = timesFrom + places.length * TIME_BYTES;
  const near = timesFrom + levels.filter(({ length }) => length > 0).length * TIME_BYTES;
  const bytes = new Uint8Array(rows * stride);
  const bitOf = (guard: number): number => guardsFrom * 8 + guard;

  const machines = tables.map(
    (table, number) =>
      new BookMachine(bytes.buffer, stride, table, {
        stateAt: number * STATE_BYTES,
        levels: levels[number] ?? [],
        timesAt: Uint32Array.from(
          places.flatMap(({ machine }, place) =>
            machine === number ? [timesFrom / TIME_BYTES + place] : [],
          ),
        ),
        bits: Uint32Array.from(table.guards, (guard) =>
          bitOf(guards.get(stableJson(guard))?.[0] ?? 0),
        ),
        events: Uint16Array.from(events.keys(), (name) => table.events.get(name) ?? EVENTLESS),
      }),
  );
  const countMoves = (run: (machine: BookMachine) => void): number => {
    let moves = 0;
    for (const machine of machines) {
      machine.moves = 0;
      run(machine);
      moves += machine.moves;
    }
    return moves;
  };

  return {
    bytes: bytes.byteLength,
    guards: [...guards.values()].map(([, condition]) => condition),
    events,
    setGuard(row, guard, isTrue) {
      const place = row * stride + (bitOf(guard) >> 3);
      const bit = 1 << (guard & 7);
      bytes[place] = isTrue ? (bytes[place] as number) | bit : (bytes[place] as number) & ~bit;
    },
    start: (row, at) => countMoves((machine) => machine.start(row, at)),
    send(row, event, at) {
      let moves = 0;
      for (const machine of machines) {
        machine.moves = 0;
        machine.send(row, machine.events[event] as number, at);
        moves += machine.moves;
      }
      return moves;
    },
    sendAll(ofRows, happened, at) {
      for (const machine of machines) machine.moves = 0;
      // Read ahead, so that the processor waits for these records together and not for one after another.
      let touched = 0;
      for (let first = 0; first < ofRows.length; first += AHEAD) {
        const last = Math.min(first + AHEAD, ofRows.length);
        for (let i = first; i < last; i++) {
          const from = (ofRows[i] as number) * stride;
          for (let place = 0; place < near; place += LINE_BYTES)
            touched |= bytes[from + place] as number;
          touched |= bytes[from + near - 1] as number;
        }
        for (const machine of machines) machine.sendAll(ofRows, happened, first, last, at);
      }
      let moves = 0;
      for (const machine of machines) moves += machine.moves;
      return touched === -1 ? 0 : moves;
    },
    elapse: (from, until) =>
      countMoves((machine) => {
        for (let row = 0; row < rows; row++) machine.elapse(row, from, until);
      }),
    held: (row, machine) => machines[machine]?.held(row),
  };
}

/** Where a machine finds what is its own in the bytes of a record. */
interface Places {
  readonly stateAt: number;
  /** Depths at which times are kept. */
  readonly levels: readonly number[];
  /** Where the times of these depths are, counted in times. */
  readonly timesAt: Uint32Array;
  /** By guard of the table: its bit, counted from the first of the record. */
  readonly bits: Uint32Array;
  /** The table's numbers of events by those of the book. */
  readonly events: Uint16Array;
}

/** One machine of all records. A class, for what a step calls a hundred million times is then known to the compiler. */
class BookMachine implements Stepping {
  moves = 0;
  readonly events: Uint16Array;
  readonly #levels: readonly number[];
  readonly #table: MachineTable;
  readonly #outcomes: StepOutcomes;
  readonly #bytes: Uint8Array;
  readonly #states: Uint16Array;
  readonly #times: Float64Array;
  readonly #stride: number;
  readonly #stateAt: number;
  readonly #timesAt: Uint32Array;
  readonly #bits: Uint32Array;
  /** Of the record in hand: its first byte. */
  #from = 0;
  #at = 0;

  constructor(
    buffer: ArrayBufferLike,
    stride: number,
    table: MachineTable,
    { stateAt, timesAt, levels, bits, events }: Places,
  ) {
    this.#table = table;
    this.#outcomes = findOutcomes(table, levels);
    this.#bytes = new Uint8Array(buffer);
    this.#states = new Uint16Array(buffer);
    this.#times = new Float64Array(buffer);
    this.#stride = stride;
    this.#stateAt = stateAt;
    this.#timesAt = timesAt;
    this.#bits = bits;
    this.#levels = levels;
    this.events = events;
  }

  holds(guard: number): boolean {
    return this.#bit(guard) === 1;
  }

  take(move: number): void {
    const { kept } = this.#table.moves[move] as Move;
    this.moves += 1;
    this.#stamp(this.#levels.filter((level) => level < kept).length, this.#levels.length);
  }

  start(row: number, at: number): void {
    const { beginning } = this.#table;
    this.#turnTo(row, at);
    this.#stamp(0, this.#levels.length);
    this.#end(settle(this.#table, beginning.to, beginning.raises, this));
  }

  send(row: number, event: number, at: number): void {
    this.#turnTo(row, at);
    const leaf = this.#leaf();
    if (leaf >= 0) this.#step(leaf, event);
  }

  sendAll(rows: Uint32Array, events: Uint16Array, first: number, last: number, at: number): void {
    for (let i = first; i < last; i++)
      this.send(rows[i] as number, this.events[events[i] as number] as number, at);
  }

  elapse(row: number, from: number, until: number): void {
    const { leaves } = this.#table;
    this.#turnTo(row, from);
    let leaf = leaves[this.#leaf()];
    for (let done: Cursor = upTo(from); leaf && leaf.delays.length > 0; ) {
      const next = findNextDelay(leaf, (level) => this.#since(level), done);
      if (!next || next.at > until) break;
      this.#at = next.at;
      this.#step(this.#leaf(), next.delay.event);
      leaf = leaves[this.#leaf()];
      done = { at: next.at, level: next.delay.level };
    }
  }

  held(row: number): MachineHeld | undefined {
    this.#turnTo(row, 0);
    const leaf = this.#table.leaves[this.#leaf()];
    return leaf && { state: leaf.id, since: leaf.path.map((_, level) => this.#since(level)) };
  }

  #turnTo(row: number, at: number): void {
    this.#from = row * this.#stride;
    this.#at = at;
  }

  #step(leaf: number, event: number): void {
    const { roots, questions } = this.#outcomes;
    let outcome = roots[leaf * this.#table.eventCount + event] as number;
    if (outcome === TOO_MANY) {
      this.#end(macrostep(this.#table, leaf, event, this));
      return;
    }
    while (outcome > 0)
      outcome = questions[outcome + 1 + this.#bit(questions[outcome] as number)] as number;
    this.moves += movesIn(outcome);
    this.#states[(this.#from + this.#stateAt) >>> 1] = leafIn(outcome) + 1;
    this.#stamp(firstTimeIn(outcome), endOfTimesIn(outcome));
  }

  #bit(guard: number): number {
    const bit = this.#bits[guard] as number;
    return ((this.#bytes[this.#from + (bit >> 3)] as number) >> (bit & 7)) & 1;
  }

  #leaf(): number {
    return (this.#states[(this.#from + this.#stateAt) >>> 1] as number) - 1;
  }

  #end(leaf: number): void {
    // Below zero: stopped there.
    this.#states[(this.#from + this.#stateAt) >>> 1] = (leaf < 0 ? ~leaf : leaf) + 1;
  }

  #stamp(first: number, end: number): void {
    for (let place = first; place < end; place++) this.#times[this.#timeAt(place)] = this.#at;
  }

  #since(level: number): number {
    const place = this.#levels.indexOf(level);
    return place < 0 ? Number.NaN : (this.#times[this.#timeAt(place)] as number);
  }

  #timeAt(place: number): number {
    return (this.#from >>> 3) + (this.#timesAt[place] as number);
  }
}
