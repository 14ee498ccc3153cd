import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordId, RecordKind } from '../domain/value.js';
import type { Reads } from './reads.js';

type Records = Subject['records'];

/** What is judged of the records of each kind, by its number, indexed by what it reads. */
export interface WatchPlan {
  readonly counts: ReadonlyMap<RecordKind, number>;
  readonly readers: ReadonlyMap<RecordKind, KindReaders>;
}

/** Who reads records of one kind. */
interface KindReaders {
  /** By the bare name of an attribute. */
  readonly byName: ReadonlyMap<string, Readers>;
  /** To whom it matters that a record comes or goes, which is not the one in view. */
  readonly others: readonly Reader[];
}

interface Readers {
  /** Of what is judged of the record itself. */
  readonly own: readonly number[];
  readonly others: readonly Reader[];
}

interface Reader {
  readonly kind: RecordKind;
  readonly number: number;
}

/** `reads` is what is judged of each kind of record, in the order of its numbers. */
export function createWatchPlan(reads: ReadonlyMap<RecordKind, readonly Reads[]>): WatchPlan {
  type Found = { byName: Map<string, { own: number[]; others: Reader[] }>; others: Reader[] };
  const readers = new Map<RecordKind, Found>();
  const readersOf = (kind: RecordKind): Found => {
    const found: Found = readers.get(kind) ?? { byName: new Map(), others: [] };
    readers.set(kind, found);
    return found;
  };
  for (const [kind, list] of reads)
    for (const [number, { names, others }] of list.entries()) {
      for (const other of others) readersOf(other).others.push({ kind, number });
      for (const [of, bares] of names)
        for (const bare of bares) {
          const { byName } = readersOf(of);
          const found = byName.get(bare) ?? { own: [], others: [] };
          byName.set(bare, found);
          if (others.has(of)) found.others.push({ kind, number });
          else if (of === kind) found.own.push(number);
        }
    }
  return { counts: new Map([...reads].map(([kind, list]) => [kind, list.length])), readers };
}

/** What is to be judged anew, by record: its numbers. */
export type Stale = ReadonlyMap<RecordId, ReadonlySet<number>>;

/** Until when what was judged of the records of an account stays as it is. Changed in place while facts are folded. */
export interface Outlook {
  /** What a change of the records makes stale, and what the day does. */
  findStale(records: Records, today: number): Stale;
  /** Notes that something was judged, and until which day number it holds. */
  note(record: RecordState, number: number, until: number): void;
  /** All that was stale of these records has been judged. */
  settle(records: Records): void;
  /** The day number on which something becomes stale by time alone; infinity where nothing will. */
  next(): number;
}

/** The parts of a record that hold attributes by their bare names. */
const PARTS = ['values', 'derived', 'machines'] as const;
const NONE: { readonly [name: string]: undefined } = {};

/** Nothing has been judged yet. */
export function createOutlook({ counts, readers }: WatchPlan): Outlook {
  let before: Records = {};
  const days = new Map<RecordId, Float64Array>();
  return {
    findStale(records, today) {
      const stale = new Map<RecordId, Set<number>>();
      const mark = (id: RecordId, number: number): void => {
        const marked = stale.get(id);
        if (marked) marked.add(number);
        else stale.set(id, new Set([number]));
      };
      const markOthers = (others: readonly Reader[]): void => {
        for (const { kind, number } of others)
          for (const id in records)
            if ((records[id] as RecordState).kind === kind) mark(id, number);
      };
      for (const id in records) {
        const record = records[id] as RecordState;
        const { kind } = record;
        const until = days.get(id);
        if (until)
          for (let number = 0; number < until.length; number++)
            if ((until[number] as number) <= today) mark(id, number);
        const earlier = before[id];
        if (earlier === record) continue;
        const read = readers.get(kind);
        if (!earlier || earlier.deleted !== record.deleted) {
          for (let number = 0; number < (counts.get(kind) ?? 0); number++) mark(id, number);
          if (read) markOthers(read.others);
        } else if (read) {
          for (const part of PARTS) {
            const then = earlier[part] ?? NONE;
            const now = record[part] ?? NONE;
            if (then === now) continue;
            for (const [name, { own, others }] of read.byName) {
              if (then[name] === now[name]) continue;
              for (const number of own) mark(id, number);
              markOthers(others);
            }
          }
        }
      }
      return stale;
    },
    note({ id, kind }, number, until) {
      let held = days.get(id);
      if (!held) {
        held = new Float64Array(counts.get(kind) ?? 0).fill(Number.NEGATIVE_INFINITY);
        days.set(id, held);
      }
      held[number] = until;
    },
    settle(records) {
      before = records;
    },
    next() {
      let soonest = Number.POSITIVE_INFINITY;
      for (const until of days.values()) for (const day of until) if (day < soonest) soonest = day;
      return soonest;
    },
  };
}
