import type { SubjectKey } from '../domain/value.js';

export interface Timer {
  readonly key: SubjectKey;
  readonly wakeAt: number;
}

/** One moment for each key, and those that have come in order of (moment, key). */
export interface Timers {
  /** Puts the key at a moment, or takes it out. */
  set(key: SubjectKey, wakeAt: number | undefined): void;
  /** The first ones at or before `now`; they stay until they are set anew. */
  due(now: number, limit: number): readonly Timer[];
}

interface Entry {
  readonly key: SubjectKey;
  wakeAt: number;
  place: number;
}

/** A binary heap that knows the place of every key: each change and each timer given costs the logarithm of their number. */
export function createTimers(): Timers {
  const entries = new Map<SubjectKey, Entry>();
  const heap: Entry[] = [];

  const put = (entry: Entry, place: number): void => {
    heap[place] = entry;
    entry.place = place;
  };

  function rise(entry: Entry): void {
    let { place } = entry;
    while (place > 0) {
      const parent = heap[(place - 1) >> 1] as Entry;
      if (!isBefore(entry, parent)) break;
      const free = parent.place;
      put(parent, place);
      place = free;
    }
    put(entry, place);
  }

  function sink(entry: Entry): void {
    let { place } = entry;
    for (;;) {
      const left = heap[2 * place + 1];
      if (!left) break;
      const right = heap[2 * place + 2];
      const child = right && isBefore(right, left) ? right : left;
      if (!isBefore(child, entry)) break;
      const free = child.place;
      put(child, place);
      place = free;
    }
    put(entry, place);
  }

  function insert(entry: Entry): void {
    entry.place = heap.length;
    heap.push(entry);
    rise(entry);
  }

  function remove({ place }: Entry): void {
    const last = heap.pop() as Entry;
    if (last.place === place) return;
    put(last, place);
    rise(last);
    sink(last);
  }

  return {
    set(key, wakeAt) {
      const entry = entries.get(key);
      if (entry) {
        if (entry.wakeAt === wakeAt) return;
        remove(entry);
        if (wakeAt === undefined) entries.delete(key);
        else {
          entry.wakeAt = wakeAt;
          insert(entry);
        }
      } else if (wakeAt !== undefined) {
        const added = { key, wakeAt, place: 0 };
        entries.set(key, added);
        insert(added);
      }
    },
    due(now, limit) {
      const due: Entry[] = [];
      for (
        let first = heap[0];
        first && first.wakeAt <= now && due.length < limit;
        first = heap[0]
      ) {
        due.push(first);
        remove(first);
      }
      due.forEach(insert);
      return due.map(({ key, wakeAt }) => ({ key, wakeAt }));
    },
  };
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.wakeAt < b.wakeAt || (a.wakeAt === b.wakeAt && a.key < b.key);
}
