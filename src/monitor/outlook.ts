import type { Change } from '../domain/draft.js';
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

/** Until when what was judged of one record stays as it is. */
export interface Watched {
  readonly id: RecordId;
  readonly kind: RecordKind;
  /** By number, the day number from which on it is to be judged anew; below all days where it is now. */
  readonly untils: Float64Array;
  /** By number, the moment at which something of it ends by itself. */
  readonly ends: Float64Array;
  /** The soonest of each. */
  until: number;
  end: number;
}

const NOW = Number.NEGATIVE_INFINITY;

/** Until when what was judged of the records of an account stays as it is. Changed in place while facts are folded. */
export interface Outlook {
  /** In the order of the records; none where nothing is judged of a kind. */
  readonly watched: readonly Watched[];
  /** What a change makes stale. */
  touch(change: Change): void;
  /** Notes that something was judged: until which day number it holds, and the moment at which something ends. */
  note(watched: Watched, number: number, until: number, end?: number): void;
  /** The day number on which something becomes stale by time alone; infinity where nothing will. */
  nextDay(): number;
  nextEnd(): number;
}

/** Nothing has been judged yet. */
export function createOutlook({ counts, readers }: WatchPlan, records: Records): Outlook {
  const watched: Watched[] = [];
  const byId = new Map<RecordId, Watched>();
  const begin = (id: RecordId, kind: RecordKind): void => {
    const count = counts.get(kind);
    if (count === undefined || byId.has(id)) return;
    const untils = new Float64Array(count).fill(NOW);
    const ends = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    const one = { id, kind, untils, ends, until: NOW, end: Number.POSITIVE_INFINITY };
    watched.push(one);
    byId.set(id, one);
  };
  for (const id in records) begin(id, (records[id] as RecordState).kind);
  const mark = (one: Watched, number: number): void => {
    one.untils[number] = NOW;
    one.until = NOW;
  };
  const markOthers = (others: readonly Reader[]): void => {
    for (const { kind, number } of others)
      for (const one of watched) if (one.kind === kind) mark(one, number);
  };
  return {
    watched,
    touch({ id, kind, part, name }) {
      const read = readers.get(kind);
      if (part) {
        const found = read?.byName.get(name);
        if (!found) return;
        const one = found.own.length > 0 ? byId.get(id) : undefined;
        if (one) for (const number of found.own) mark(one, number);
        markOthers(found.others);
        return;
      }
      begin(id, kind);
      const one = byId.get(id);
      if (one) {
        one.untils.fill(NOW);
        one.until = NOW;
      }
      if (read) markOthers(read.others);
    },
    note(one, number, until, end = Number.POSITIVE_INFINITY) {
      one.untils[number] = until;
      one.ends[number] = end;
      settle(one);
    },
    nextDay() {
      let soonest = Number.POSITIVE_INFINITY;
      for (const { until } of watched) if (until < soonest) soonest = until;
      return soonest;
    },
    nextEnd() {
      let soonest = Number.POSITIVE_INFINITY;
      for (const { end } of watched) if (end < soonest) soonest = end;
      return soonest;
    },
  };
}

/** The soonest of each, after what was noted. */
function settle(one: Watched): void {
  one.until = lowest(one.untils);
  one.end = lowest(one.ends);
}

function lowest(values: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++)
    if ((values[i] as number) < least) least = values[i] as number;
  return least;
}
