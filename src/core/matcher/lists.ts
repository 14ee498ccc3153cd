/**
 * Many short lists of items in one block of memory, read in order at the speed of memory.
 *
 * An item is four integers: the words of two cells, 16 bits each, their masks, and where to go on when both hold.
 * A cell holds when `bits[word] & mask` is not zero.
 */
export interface Lists {
  items: Int32Array;
  used: number;
  start: Int32Array;
  count: Int32Array;
  room: Int32Array;
  size: number;
}

export const ITEM = 4;

export function createLists(): Lists {
  const none = new Int32Array(0);
  return { items: none, used: 0, start: none, count: none, room: none, size: 0 };
}

/** The array, or a larger copy with room for `size`. */
export function withRoom(array: Int32Array, size: number): Int32Array {
  if (size <= array.length) return array;
  const larger = new Int32Array(size + (size >> 1) + 8);
  larger.set(array);
  return larger;
}

export function addList(lists: Lists): number {
  lists.start = withRoom(lists.start, lists.size + 1);
  lists.count = withRoom(lists.count, lists.size + 1);
  lists.room = withRoom(lists.room, lists.size + 1);
  return lists.size++;
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
  const size = (count[list] as number) * ITEM;
  if (size === room[list]) {
    const from = start[list] as number;
    const larger = size * 2 + ITEM;
    lists.items = withRoom(lists.items, lists.used + larger);
    lists.items.copyWithin(lists.used, from, from + size);
    start[list] = lists.used;
    room[list] = larger;
    lists.used += larger;
  }
  const { items } = lists;
  const at = (start[list] as number) + size;
  items[at] = words;
  items[at + 1] = mask;
  items[at + 2] = otherMask;
  items[at + 3] = next;
  count[list] = size / ITEM + 1;
}

/** Moves all lists together, without room between them. */
export function packLists(lists: Lists): void {
  const { items, start, count, room } = lists;
  const packed = new Int32Array(count.reduce((sum, size) => sum + size, 0) * ITEM);
  let used = 0;
  for (let list = 0; list < lists.size; list++) {
    const from = start[list] as number;
    const size = (count[list] as number) * ITEM;
    packed.set(items.subarray(from, from + size), used);
    start[list] = used;
    room[list] = size;
    used += size;
  }
  lists.items = packed;
  lists.used = used;
}

/** Writes where to go on for every item whose cells hold, and gives their number. `out` must have room for all. */
export function filterItems(
  lists: Lists,
  which: Int32Array,
  size: number,
  bits: Int32Array,
  out: Int32Array,
): number {
  const { items, start, count } = lists;
  let found = 0;
  for (let i = 0; i < size; i++) {
    const list = which[i] as number;
    const from = start[list] as number;
    const end = from + (count[list] as number) * ITEM;
    for (let at = from; at < end; at += ITEM) {
      const words = items[at] as number;
      const one = (bits[words & 0xffff] as number) & (items[at + 1] as number);
      const other = (bits[words >>> 16] as number) & (items[at + 2] as number);
      out[found] = items[at + 3] as number;
      // Adds 1 when neither is zero. A branch would be guessed wrong every third time.
      found += ((one | -one) & (other | -other)) >>> 31;
    }
  }
  return found;
}
