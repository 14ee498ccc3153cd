import { judge } from '../../core/condition.js';
import { dayOfDate } from '../../core/zone.js';
import type { Situated } from '../../domain/condition.js';
import type { AttributeValue } from '../../domain/value.js';
import { runProgram } from './cells.js';
import { ALWAYS_LIST, type EntryIndex } from './entry-index.js';
import { filterItems, withRoom } from './lists.js';
import {
  type AttributeChannels,
  type Channel,
  CUTS,
  codesOf,
  EXACT,
  exactCode,
  MISSING,
  numberOf,
  rankOf,
  writeCuts,
  writeExact,
  writeMulti,
} from './vocabulary.js';

type Value = AttributeValue | null | undefined;
export interface Values {
  readonly [attribute: string]: Value;
}

/** Memory that is used anew for every record. */
export interface Scratch {
  /** Lists to read. */
  lists: Int32Array;
  listCount: number;
  out: Int32Array;
  /** A bit for each entry. */
  hits: Int32Array;
  /** For a change: 1 it was true, 2 it is true. */
  before: Uint8Array;
}

export function createScratch(): Scratch {
  return {
    lists: new Int32Array(64),
    listCount: 0,
    out: new Int32Array(64),
    hits: new Int32Array(4),
    before: new Uint8Array(64),
  };
}

function fit(scratch: Scratch, index: EntryIndex): void {
  const { items } = index.lists;
  if (scratch.out.length * 4 < items.length) scratch.out = new Int32Array(items.length >> 2);
  const words = (index.ids.length + 31) >> 5;
  if (scratch.hits.length < words) scratch.hits = new Int32Array(words + (words >> 1));
}

/** The value of an attribute, or what follows from the day when it has none of its own. */
export function readValue(
  { name, days }: AttributeChannels,
  values: Values,
  today: number | undefined,
): Value {
  const value = values[name];
  if (value !== undefined || days === undefined || today === undefined) return value;
  const date = values[days.source];
  return typeof date === 'string' ? days.sign * (today - dayOfDate(date)) : undefined;
}

/**
 * Sets every word from the record, and notes the lists to read. Gives an attribute that was taken for one that holds a
 * single value and holds a list here.
 */
export function readRecord(
  index: EntryIndex,
  scratch: Scratch,
  values: Values,
  today: number | undefined,
): AttributeChannels | undefined {
  const { channels, words } = index.vocabulary;
  if (scratch.lists.length <= channels.length) scratch.lists = new Int32Array(channels.length * 2);
  let { lists } = scratch;
  lists[0] = ALWAYS_LIST;
  let count = 1;
  for (let i = 0; i < channels.length; i++) {
    const channel = channels[i] as Channel;
    let value = values[channel.name];
    if (value === undefined && channel.attribute.days) {
      value = readValue(channel.attribute, values, today);
    }
    if (channel.kind === EXACT) {
      const code = exactCode(channel, value);
      if (code === undefined) return channel.attribute;
      writeExact(channel, code, words);
      if (code >= 0) lists[count++] = channel.access[code] as number;
    } else if (channel.kind === CUTS) {
      const list = writeCuts(channel, typeof value === 'number' ? value : numberOf(value), words);
      if (list >= 0) lists[count++] = list;
    } else {
      const codes = codesOf(channel, value);
      writeMulti(channel, codes, words);
      if (lists.length < count + codes.length + channels.length) {
        lists = withRoom(lists, (count + codes.length + channels.length) * 2);
        scratch.lists = lists;
      }
      for (const code of codes) lists[count++] = channel.access[code] as number;
    }
  }
  scratch.listCount = count;
  return undefined;
}

/** Ids of the entries that are true of the record last read, in order. */
export function matchRead(index: EntryIndex, scratch: Scratch, situated: () => Situated): string[] {
  fit(scratch, index);
  const { hits } = scratch;
  const count = hitEntries(index, scratch);
  if (index.looseCount > 0) dropUnjudged(index, hits, situated());
  return takeHits(index.ids as string[], hits, (index.ids.length + 31) >> 5, count);
}

/** Marks in `hits` what its cells let through; gives how often it marked. */
function hitEntries(index: EntryIndex, scratch: Scratch): number {
  const { words } = index.vocabulary;
  const { out, hits } = scratch;
  const { records, programs } = index;
  const found = filterItems(index.lists, scratch.lists, scratch.listCount, words, out);
  let marked = 0;
  let left = 0;
  for (let i = 0; i < found; i++) {
    const next = out[i] as number;
    if (next < 0) {
      hits[~next >> 5] = (hits[~next >> 5] as number) | (1 << ~next);
      marked++;
      continue;
    }
    const pair = records[next] as number;
    const threes = records[next + 1] as number;
    const one = (words[pair & 0xffff] as number) & (records[next + 3] as number);
    const other = (words[pair >>> 16] as number) & (records[next + 4] as number);
    const any =
      ((words[threes & 0xffff] as number) & (records[next + 5] as number)) |
      ((words[threes >>> 16] as number) & (records[next + 6] as number)) |
      ((words[records[next + 2] as number] as number) & (records[next + 7] as number));
    out[left] = records[next + 8] as number;
    left += ((one | -one) & (other | -other) & (any | -any)) >>> 31;
  }
  for (let i = 0; i < left; i++) {
    let next = out[i] as number;
    if (next >= 0) {
      next = ~runProgram(programs, next, words);
      if (next >= 0) continue;
    }
    hits[~next >> 5] = (hits[~next >> 5] as number) | (1 << ~next);
    marked++;
  }
  return marked;
}

function dropUnjudged(index: EntryIndex, hits: Int32Array, situated: Situated): void {
  const words = (index.ids.length + 31) >> 5;
  for (let at = 0; at < words; at++) {
    for (
      let left = (hits[at] as number) & (index.loose[at] as number);
      left !== 0;
      left &= left - 1
    ) {
      const bit = left & -left;
      const when = index.conditions[(at << 5) + 31 - Math.clz32(bit)];
      if (!when || !judge(when, situated)) hits[at] = (hits[at] as number) & ~bit;
    }
  }
}

/** The ids of the marked entries; unmarks them. `most`: there are no more than so many. */
function takeHits(ids: readonly string[], hits: Int32Array, words: number, most: number): string[] {
  const taken = new Array<string>(most);
  let count = 0;
  for (let at = 0; at < words; at++) {
    let left = hits[at] as number;
    if (left === 0) continue;
    hits[at] = 0;
    do {
      taken[count++] = ids[(at << 5) + 31 - Math.clz32(left & -left)] as string;
      left &= left - 1;
    } while (left !== 0);
  }
  taken.length = count;
  return taken;
}

/**
 * What a change of one attribute makes true and makes no longer true, as entry numbers in order. The words are those of
 * the record before the change; after it those of the record with `to`. Entries that are to be judged are left out.
 */
export function changeRead(
  index: EntryIndex,
  scratch: Scratch,
  attribute: AttributeChannels,
  from: Value,
  to: Value,
): { readonly entered: number[]; readonly left: number[] } {
  fit(scratch, index);
  const { words } = index.vocabulary;
  const { programs } = index;
  const watchers: number[] = [];
  for (const channel of [attribute.exact, attribute.text, attribute.cuts]) {
    if (channel) collectWatchers(channel, from, to, watchers);
  }
  const which = Int32Array.from(watchers);
  let total = 0;
  for (const list of watchers) total += index.lists.count[list] as number;
  if (scratch.out.length < total) scratch.out = new Int32Array(total * 2);
  const { out } = scratch;
  if (scratch.before.length < index.ids.length)
    scratch.before = new Uint8Array(index.ids.length * 2);
  const state = scratch.before;
  const found = filterItems(index.lists, which, which.length, words, out);
  const touched: number[] = [];
  for (let i = 0; i < found; i++) {
    const number = runProgram(programs, out[i] as number, words);
    if (number >= 0 && state[number] === 0) {
      state[number] = 1;
      touched.push(number);
    }
  }
  for (const channel of [attribute.exact, attribute.text, attribute.cuts]) {
    if (channel) writeValue(channel, to, words);
  }
  for (let i = 0; i < found; i++) {
    const number = runProgram(programs, out[i] as number, words);
    if (number >= 0) {
      if (state[number] === 0) touched.push(number);
      state[number] = (state[number] as number) | 2;
    }
  }
  const entered: number[] = [];
  const left: number[] = [];
  touched.sort(byNumber);
  for (const number of touched) {
    if (state[number] === 2) entered.push(number);
    else if (state[number] === 1) left.push(number);
    state[number] = 0;
  }
  return { entered, left };
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function writeValue(channel: Channel, value: Value, words: Int32Array): void {
  if (channel.kind === EXACT) writeExact(channel, exactCode(channel, value) as number, words);
  else if (channel.kind === CUTS) writeCuts(channel, numberOf(value), words);
  else writeMulti(channel, codesOf(channel, value), words);
}

/** Lists of the entries that may come out otherwise for one value than for the other. */
function collectWatchers(channel: Channel, from: Value, to: Value, into: number[]): void {
  const { watchers, kind } = channel;
  if (kind === CUTS) {
    const one = numberOf(from);
    const other = numberOf(to);
    const all = Number.isNaN(one) !== Number.isNaN(other);
    const first = all ? 0 : rankOf(channel.sorted, Math.min(one, other));
    const end = all ? channel.sorted.length : rankOf(channel.sorted, Math.max(one, other));
    for (let code = first; code < end; code++) into.push(watchers[code] as number);
    for (const bound of channel.late) {
      if (all || one >= bound !== other >= bound) {
        into.push(watchers[channel.keys.get(bound) as number] as number);
      }
    }
    return;
  }
  const one = kind === EXACT ? [exactCode(channel, from) as number] : codesOf(channel, from);
  const other = kind === EXACT ? [exactCode(channel, to) as number] : codesOf(channel, to);
  const missingNow = one[0] === MISSING;
  const missingThen = other[0] === MISSING;
  if (missingNow !== missingThen) into.push(watchers[MISSING] as number);
  for (const code of one)
    if (code > 0 && !other.includes(code)) into.push(watchers[code] as number);
  for (const code of other)
    if (code > 0 && !one.includes(code)) into.push(watchers[code] as number);
}
