import type { MachineHeld } from '../../domain/machine.js';
import { type Cursor, findNextDelay, upTo } from './delays.js';
import type { MachineTable, Move } from './machine-table.js';
import { macrostep, settle } from './macrostep.js';

/**
 * One machine of very many records: for each record two bytes for the state, a bit for the truth of each guard, and eight
 * bytes for each depth at which some state has a delay. Rows are counted from 0.
 */
export interface MachineBook {
  /** What it takes, beside the table. */
  readonly bytes: number;
  /** Sets whether a guard, by its number in the table, holds for a record. Nothing moves before the next `send`. */
  setGuard(row: number, guard: number, holds: boolean): void;
  /** Begins the machine of a record; gives how many moves followed at once. */
  start(row: number, at: number): number;
  /** An event by its number in the table (0: attributes changed); gives the number of moves. */
  send(row: number, event: number, at: number): number;
  /** Events of one moment, each of one record, in order; gives the number of moves. Twice as fast as one by one. */
  sendAll(rows: Uint32Array, events: Uint16Array, at: number): number;
  /** Lets time go on for all records, as for a single one; gives the number of moves. */
  elapse(from: number, until: number): number;
  /** Undefined for a record that has not begun. Times at depths without delays are NaN. */
  held(row: number): MachineHeld | undefined;
}

/** So many records are fetched into the processor's cache together. */
const AHEAD = 64;
/** Bytes of a record that hold its state; 0 stands for a machine that has not begun. */
const STATE_BYTES = 2;

export function createMachineBook(table: MachineTable, rows: number): MachineBook {
  const { leaves, guards, beginning } = table;
  /** Depths at which times are kept. */
  const kept = [...new Set(leaves.flatMap(({ delays }) => delays.map(({ level }) => level)))].sort(
    (a, b) => a - b,
  );
  // What every event reads lies together and is small, for records come in any order; times are mostly only written.
  const width = Math.ceil((STATE_BYTES + guards.length / 8) / 2) * 2;
  const bits = new Uint8Array(rows * width);
  const states = new Uint16Array(bits.buffer);
  const times = new Float64Array(rows * kept.length);
  // What the callbacks below are about: they are made once.
  let row = 0;
  let at = 0;
  let moves = 0;
  const bitPlace = (guard: number): number => row * width + STATE_BYTES + (guard >> 3);
  const holds = (guard: number): boolean =>
    (((bits[bitPlace(guard)] as number) >> (guard & 7)) & 1) === 1;
  const sinceOf = (level: number): number => {
    const place = kept.indexOf(level);
    return place < 0 ? Number.NaN : (times[row * kept.length + place] as number);
  };
  const onMove = (move: Move): void => {
    moves += 1;
    const from = row * kept.length;
    for (let place = kept.length - 1; place >= 0 && (kept[place] as number) >= move.kept; place--)
      times[from + place] = at;
  };
  const stateOf = (): number => (states[(row * width) >> 1] as number) - 1;
  const end = (leaf: number): void => {
    // Below zero: stopped there.
    states[(row * width) >> 1] = (leaf < 0 ? ~leaf : leaf) + 1;
  };

  return {
    bytes: bits.byteLength + times.byteLength,
    setGuard(ofRow, guard, isTrue) {
      row = ofRow;
      const place = bitPlace(guard);
      const bit = 1 << (guard & 7);
      bits[place] = isTrue ? (bits[place] as number) | bit : (bits[place] as number) & ~bit;
    },
    start(ofRow, moment) {
      row = ofRow;
      at = moment;
      onMove(beginning);
      moves = 0;
      end(settle(table, beginning.to, beginning.raises, holds, onMove));
      return moves;
    },
    send(ofRow, event, moment) {
      row = ofRow;
      at = moment;
      moves = 0;
      const leaf = stateOf();
      if (leaf >= 0) end(macrostep(table, leaf, event, holds, onMove));
      return moves;
    },
    sendAll(ofRows, events, moment) {
      at = moment;
      moves = 0;
      // Read ahead, so that the processor waits for these records together and not for one after another.
      let touched = 0;
      for (let first = 0; first < ofRows.length; first += AHEAD) {
        const last = Math.min(first + AHEAD, ofRows.length);
        for (let i = first; i < last; i++) {
          const next = ofRows[i] as number;
          touched |= (bits[next * width] as number) | (times[next * kept.length] as number);
        }
        for (let i = first; i < last; i++) {
          row = ofRows[i] as number;
          const leaf = stateOf();
          if (leaf >= 0) end(macrostep(table, leaf, events[i] as number, holds, onMove));
        }
      }
      return touched === -1 ? 0 : moves;
    },
    elapse(from, until) {
      moves = 0;
      for (row = 0; row < rows; row++) {
        let leaf = leaves[stateOf()];
        for (let done: Cursor = upTo(from); leaf && leaf.delays.length > 0; ) {
          const next = findNextDelay(leaf, sinceOf, done);
          if (!next || next.at > until) break;
          at = next.at;
          end(macrostep(table, stateOf(), next.delay.event, holds, onMove));
          leaf = leaves[stateOf()];
          done = { at, level: next.delay.level };
        }
      }
      return moves;
    },
    held(ofRow) {
      row = ofRow;
      const leaf = leaves[stateOf()];
      return leaf && { state: leaf.id, since: leaf.path.map((_, level) => sinceOf(level)) };
    },
  };
}
