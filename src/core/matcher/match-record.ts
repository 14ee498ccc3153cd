import { isMissing, judge } from '../../core/condition.js';
import type { Entry } from '../../core/matcher.js';
import type { Situated } from '../../domain/condition.js';
import type { AttributeValue } from '../../domain/value.js';
import {
  type Channel,
  CUTS,
  codesOf,
  daysFrom,
  EXACT,
  exactCode,
  type MatchedAttribute,
  MISSING,
  numberOf,
  rankOf,
  type Value,
  type Values,
  writeCodes,
  writeCuts,
  writeExact,
} from './channels.js';
import { ALWAYS_LIST, type EntryIndex } from './entry-index.js';
import { filterItems, ITEM, withRoom } from './lists.js';
import { runProgram } from './programs.js';

/** Memory that is used anew for every record. */
export interface Scratch {
  /** Lists to read. */
  lists: Int32Array;
  size: number;
  /** Where to go on. */
  out: Int32Array;
  /** A bit for each entry. All zero between uses. */
  hits: Int32Array;
}

export function createScratch(): Scratch {
  const none = new Int32Array(0);
  return { lists: none, size: 0, out: none, hits: none };
}

/**
 * Sets the bits from a record, and notes which lists to read. Gives the attribute, if there is one, that was taken for a
 * single value and holds a list here; then nothing else is to be relied on.
 */
export function readRecord(
  { words }: EntryIndex,
  known: ReadonlyMap<string, MatchedAttribute>,
  scratch: Scratch,
  values: Values,
  today: number | undefined,
): MatchedAttribute | undefined {
  const { channels, bits, missing, access } = words;
  bits.set(missing);
  scratch.lists = withRoom(scratch.lists, access.size);
  scratch.lists[0] = ALWAYS_LIST;
  scratch.size = 1;
  let before: MatchedAttribute | undefined;
  // Asking for each attribute by name is twice as slow, and three times where records name different ones.
  for (const name in values) {
    const value = values[name];
    let attribute = before?.next;
    if (attribute?.name !== name) {
      attribute = known.get(name);
      if (!attribute) continue;
      if (before) before.next = attribute;
    }
    before = attribute;
    if (isMissing(value)) continue;
    for (const channel of attribute.channels)
      if (channel && !readChannel(channel, value, bits, scratch)) return attribute;
  }
  for (const channel of channels) {
    const { days } = channel.attribute;
    if (days && isMissing(values[channel.name])) {
      const value = daysFrom(days, values[days.source], today);
      if (!isMissing(value)) readChannel(channel, value, bits, scratch);
    }
    if (channel.kind !== CUTS && (bits[channel.words[0] as number] as number) & 1)
      scratch.lists[scratch.size++] = channel.lists[MISSING] as number;
  }
  return undefined;
}

/**
 * Writes a value over the bits of a missing one, and adds the lists to read. False for a list in a channel for single
 * values.
 */
function readChannel(
  channel: Channel,
  value: AttributeValue,
  bits: Int32Array,
  scratch: Scratch,
): boolean {
  const { lists } = scratch;
  if (channel.kind === EXACT) {
    const code = exactCode(channel, value);
    if (code === undefined) return false;
    writeExact(channel, code, bits);
    if (code >= 0) lists[scratch.size++] = channel.lists[code] as number;
  } else if (channel.kind === CUTS) {
    const number = numberOf(value);
    if (!Number.isNaN(number)) lists[scratch.size++] = writeCuts(channel, number, bits);
  } else {
    const codes = codesOf(channel, value);
    writeCodes(channel, codes, bits);
    for (const code of codes) lists[scratch.size++] = channel.lists[code] as number;
  }
  return true;
}

/** Ids of the entries that are true of the record last read, in order. */
export function matchRead(index: EntryIndex, scratch: Scratch, situate: () => Situated): string[] {
  const { programs, records, words, ids } = index;
  const { bits, access } = words;
  const size = (ids.length + 31) >> 5;
  if (scratch.hits.length < size) scratch.hits = new Int32Array(size * 2);
  const most = access.used / ITEM + ids.length;
  if (scratch.out.length < most) scratch.out = new Int32Array(most);
  const { out, hits } = scratch;
  // Step by step for all of them: short loops without branches are several times as fast as each entry to its end.
  const found = filterItems(access, scratch.lists, scratch.size, bits, out);
  const left = filterRecords(records.code, bits, out, found);
  markHits(programs.code, bits, out, left, hits);
  if (index.hasChecked) checkHits(index, hits, situate());
  const taken = takeHits(hits, size, out);
  const matched = new Array<string>(taken);
  for (let i = 0; i < taken; i++) matched[i] = ids[out[size + i] as number] as string;
  return matched;
}

/** Goes on with the first `found` places in `out`, and writes where to go on from there; gives their number. */
function filterRecords(code: Int32Array, bits: Int32Array, out: Int32Array, found: number): number {
  let left = 0;
  for (let i = 0; i < found; i++) {
    const at = out[i] as number;
    if (at < 0) {
      out[left++] = at;
      continue;
    }
    const pair = code[at] as number;
    const three = code[at + 1] as number;
    const one = (bits[pair & 0xffff] as number) & (code[at + 3] as number);
    const other = (bits[pair >>> 16] as number) & (code[at + 4] as number);
    const any =
      ((bits[three & 0xffff] as number) & (code[at + 5] as number)) |
      ((bits[three >>> 16] as number) & (code[at + 6] as number)) |
      ((bits[code[at + 2] as number] as number) & (code[at + 7] as number));
    out[left] = code[at + 8] as number;
    left += ((one | -one) & (other | -other) & (any | -any)) >>> 31;
  }
  return left;
}

/** Sets the bits of the entries at the first `left` places in `out`, some perhaps twice. */
function markHits(
  code: Int32Array,
  bits: Int32Array,
  out: Int32Array,
  left: number,
  hits: Int32Array,
): void {
  for (let i = 0; i < left; i++) {
    const at = out[i] as number;
    const number = at < 0 ? ~at : runProgram(code, at, bits);
    if (number >= 0) hits[number >> 5] = (hits[number >> 5] as number) | (1 << number);
  }
}

/** Leaves the bits of checked entries only where they are true. */
function checkHits(index: EntryIndex, hits: Int32Array, situated: Situated): void {
  const { checked, programs, entries, loose, programAt } = index;
  for (let at = 0; at < checked.length; at++) {
    for (let left = (checked[at] as number) & (hits[at] ?? 0); left !== 0; left &= left - 1) {
      const number = (at << 5) + 31 - Math.clz32(left & -left);
      const holds =
        runProgram(programs.code, programAt[number] as number, index.words.bits) >= 0 &&
        (!loose.has(number) || judge((entries[number] as Entry).when, situated));
      if (!holds) hits[at] = (hits[at] as number) & ~(left & -left);
    }
  }
}

/** Clears the bits that are set, and writes their numbers in order to `out`, from `size` on; gives how many there are. */
function takeHits(hits: Int32Array, size: number, out: Int32Array): number {
  let words = 0;
  for (let at = 0; at < size; at++) {
    const word = hits[at] as number;
    out[words] = at;
    words += (word | -word) >>> 31;
  }
  let taken = 0;
  for (let i = 0; i < words; i++) {
    const at = out[i] as number;
    let left = hits[at] as number;
    hits[at] = 0;
    do {
      out[size + taken++] = (at << 5) + 31 - Math.clz32(left & -left);
      left &= left - 1;
    } while (left !== 0);
  }
  return taken;
}

/**
 * Changes one attribute in the bits. Calls back for each entry that was true before and is not (-1), or is true and was
 * not before (1), once, in no order; loose entries are left out.
 */
export function changeRead(
  index: EntryIndex,
  scratch: Scratch,
  attribute: MatchedAttribute,
  from: Value,
  to: Value,
  tell: (number: number, change: number) => void,
): void {
  const { code } = index.programs;
  const { bits, missing, watchers } = index.words;
  scratch.size = 0;
  for (const channel of attribute.channels) if (channel) collectLists(channel, from, to, scratch);
  let most = 0;
  for (let i = 0; i < scratch.size; i++)
    most += watchers.count[scratch.lists[i] as number] as number;
  if (scratch.out.length < 2 * most) scratch.out = new Int32Array(4 * most);
  const { out } = scratch;
  const found = filterItems(watchers, scratch.lists, scratch.size, bits, out);
  scratch.size = 0;
  for (let i = 0; i < found; i++) out[found + i] = runProgram(code, out[i] as number, bits);
  for (const channel of attribute.channels) {
    for (const word of channel?.words ?? []) {
      bits[word] = missing[word] as number;
      bits[word + 1] = 0;
    }
    if (channel && !isMissing(to)) readChannel(channel, to, bits, scratch);
  }
  // An entry may watch more than one of the lists.
  const told = new Set<number>();
  for (let i = 0; i < found; i++) {
    const before = out[found + i] as number;
    const after = runProgram(code, out[i] as number, bits);
    if (before === after) continue;
    const number = Math.max(before, after);
    if (!told.has(number)) tell(number, after < 0 ? -1 : 1);
    told.add(number);
  }
}

/** Adds the lists of the watchers that may come out otherwise for one value than for the other. */
function collectLists(channel: Channel, from: Value, to: Value, scratch: Scratch): void {
  const add = (code: number): void => {
    scratch.lists[scratch.size++] = channel.lists[code] as number;
  };
  if (channel.kind === CUTS) {
    const one = numberOf(from);
    const other = numberOf(to);
    const all = Number.isNaN(one) !== Number.isNaN(other);
    const end = all ? channel.sorted.length : rankOf(channel, Math.max(one, other));
    for (let rank = all ? 0 : rankOf(channel, Math.min(one, other)); rank < end; rank++) add(rank);
  } else {
    const one = codesOf(channel, from);
    const other = codesOf(channel, to);
    for (const code of one) if (code >= 0 && !other.includes(code)) add(code);
    for (const code of other) if (code >= 0 && !one.includes(code)) add(code);
  }
}
