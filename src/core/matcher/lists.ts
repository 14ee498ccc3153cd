/**
 * Many short lists of four integers each in one block of memory, read in order at the speed of memory.
 * An item says: when both of these cells hold, go on there.
 *
 * A cell is a word and a mask: it holds when `words[word] & mask` is not zero. An item packs the two word numbers into
 * its first integer; its other integers are the two masks and where to go on.
 */
export interface Lists {
  items: Int32Array;
  start: Int32Array;
  count: Int32Array;
  room: Int32Array;
  /** How many lists there are. */
  size: number;
  /** Integers of `items` in use. */
  used: number;
  /** Items put in before {@link packLists}, five integers each, the list first. */
  staged: Int32Array | undefined;
  stagedUsed: number;
}

const ITEM = 4;

export function createLists(): Lists {
  return {
    items: new Int32Array(0),
    start: new Int32Array(64),
    count: new Int32Array(64),
    room: new Int32Array(64),
    size: 0,
    used: 0,
    staged: new Int32Array(1024),
    stagedUsed: 0,
  };
}

/** The array, or a larger copy with room for `size`. */
export function withRoom(array: Int32Array, size: number): Int32Array {
  if (size <= array.length) return array;
  const larger = new Int32Array(Math.max(size, array.length + (array.length >> 1)));
  larger.set(array);
  return larger;
}

export function addList(lists: Lists): number {
  const list = lists.size++;
  lists.start = withRoom(lists.start, lists.size);
  lists.count = withRoom(lists.count, lists.size);
  lists.room = withRoom(lists.room, lists.size);
  return list;
}

export function addItem(
  lists: Lists,
  list: number,
  words: number,
  mask: number,
  otherMask: number,
  next: number,
): void {
  const { count, room, start } = lists;
  const place = count[list] as number;
  count[list] = place + 1;
  if (lists.staged) {
    lists.staged = withRoom(lists.staged, lists.stagedUsed + ITEM + 1);
    lists.staged.set([list, words, mask, otherMask, next], lists.stagedUsed);
    lists.stagedUsed += ITEM + 1;
    return;
  }
  if (place === room[list]) {
    const larger = place + (place >> 1) + 2;
    const from = start[list] as number;
    lists.items = withRoom(lists.items, lists.used + larger * ITEM);
    lists.items.copyWithin(lists.used, from, from + place * ITEM);
    start[list] = lists.used;
    room[list] = larger;
    lists.used += larger * ITEM;
  }
  lists.items.set([words, mask, otherMask, next], (start[list] as number) + place * ITEM);
}

/** Lays out what was added so far, list after list. Call it once, when the first items are in. */
export function packLists(lists: Lists): void {
  const { staged, stagedUsed, start, count, room } = lists;
  if (!staged) return;
  lists.staged = undefined;
  let used = 0;
  for (let list = 0; list < lists.size; list++) {
    start[list] = used;
    used += (count[list] as number) * ITEM;
  }
  lists.items = new Int32Array(used);
  lists.used = used;
  for (let at = 0; at < stagedUsed; at += ITEM + 1) {
    const list = staged[at] as number;
    const place = room[list] as number;
    lists.items.set(staged.subarray(at + 1, at + 1 + ITEM), (start[list] as number) + place * ITEM);
    room[list] = place + 1;
  }
}

/** Takes out every item of the list that goes on at one of these two places. */
export function removeItems(lists: Lists, list: number, next: number, otherNext: number): void {
  const { items, start, count } = lists;
  const from = start[list] as number;
  for (let place = (count[list] as number) - 1; place >= 0; place--) {
    const at = from + place * ITEM;
    const found = items[at + 3];
    if (found !== next && found !== otherNext) continue;
    const last = from + ((count[list] as number) - 1) * ITEM;
    items.copyWithin(at, last, last + ITEM);
    count[list] = (count[list] as number) - 1;
  }
}

/** Changes where to go on, for every item. */
export function changeNexts(lists: Lists, change: (next: number) => number): void {
  const { items, start, count } = lists;
  for (let list = 0; list < lists.size; list++) {
    const from = start[list] as number;
    const end = from + (count[list] as number) * ITEM;
    for (let at = from + 3; at < end; at += ITEM) items[at] = change(items[at] as number);
  }
}

/** Writes where to go on for every item whose cells hold; gives their number. `out` must have room for all. */
export function filterItems(
  lists: Lists,
  which: Int32Array,
  size: number,
  words: Int32Array,
  out: Int32Array,
): number {
  const { items, start, count } = lists;
  let found = 0;
  for (let i = 0; i < size; i++) {
    const list = which[i] as number;
    const from = start[list] as number;
    const end = from + (count[list] as number) * ITEM;
    for (let at = from; at < end; at += ITEM) {
      const pair = items[at] as number;
      const one = (words[pair & 0xffff] as number) & (items[at + 1] as number);
      const other = (words[pair >>> 16] as number) & (items[at + 2] as number);
      out[found] = items[at + 3] as number;
      // Without a branch, which would be guessed wrong every third time: add 1 when neither is zero.
      found += ((one | -one) & (other | -other)) >>> 31;
    }
  }
  return found;
}
