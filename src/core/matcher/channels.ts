import { foldText, isMissing, toNumber } from '../../core/condition.js';
import { dayOfDate } from '../../core/zone.js';
import type { Attribute } from '../../domain/playbook.js';
import type { AttributeValue } from '../../domain/value.js';
import { addList, type Lists, withRoom } from './lists.js';

/** What the matcher uses of an attribute's declaration. An undeclared attribute works too. */
export type MatcherAttribute = Pick<Attribute, 'id' | 'type'> & Partial<Pick<Attribute, 'derive'>>;

export type Value = AttributeValue | null | undefined;
export interface Values {
  readonly [attribute: string]: Value;
}

/** One record as bits. Word 0 is all ones, for cells that always hold. */
export interface Words {
  bits: Int32Array;
  /** The bits of a record without any value. */
  missing: Int32Array;
  size: number;
  /** By number of a list: the entries that it leads to, and those who watch its code come and go. */
  readonly access: Lists;
  readonly watchers: Lists;
  readonly channels: Channel[];
}

export interface MatchedAttribute {
  readonly name: string;
  readonly multi: boolean;
  /** Where its value comes from when it has none of its own. */
  readonly days: Days | undefined;
  /** By kind. */
  readonly channels: (Channel | undefined)[];
  /** What stood behind it in the last record: most records of a book name the same attributes in the same order. */
  next: MatchedAttribute | undefined;
}

export const EXACT = 0;
export const MULTI = 1;
export const TEXT = 2;
export const CUTS = 3;

/**
 * One way of looking at an attribute. What entries ask for has a code, and each code a bit in one of the channel's words;
 * behind each word stands its inverse.
 *
 * - EXACT: the value that it equals. Each word has exactly one bit set: that of the value; bit 31 for a value that this
 *   word does not list; bit 0 for none. So "a value, and none of these" is one mask, and stays right when more are listed.
 * - MULTI and TEXT: the values that it has; the texts and beginnings that it meets. Bit 31 of the first word: it has a
 *   value; bit 0: it has none. The inverse holds what is asked for and not there.
 * - CUTS: the bounds that it reaches; the inverse those it stays below. No bit at all for what is no number.
 */
export interface Channel {
  readonly kind: number;
  readonly attribute: MatchedAttribute;
  readonly name: string;
  /** A text as `=text`, a beginning as `^text`. */
  readonly codes: Map<unknown, number>;
  /** For TEXT: lengths of beginnings. */
  readonly lengths: Set<number>;
  readonly words: number[];
  /** By code, the number of its list; for CUTS those of the buckets follow. */
  readonly lists: number[];
  /** How often each code is asked for, and all together: what is asked for often is taken to be frequent. */
  readonly uses: number[];
  used: number;
  /** For CUTS: bounds in order, whose codes are their ranks. */
  readonly sorted: readonly number[];
}

/** Code of a missing value, and of one that nobody asked for. */
export const MISSING = 0;
const ELSE = -1;
/** A record reads one of so many lists of a channel of CUTS: neighbouring ranks share one. */
export const BUCKETS = 16;

export function channelOf(
  words: Words,
  attribute: MatchedAttribute,
  kind: number,
  sorted: readonly number[] = [],
): Channel {
  const known = attribute.channels[kind];
  if (known) return known;
  const channel: Channel = {
    kind,
    attribute,
    name: attribute.name,
    codes: new Map(),
    lengths: new Set(),
    words: [],
    lists: [],
    uses: [],
    used: 0,
    sorted,
  };
  attribute.channels[kind] = channel;
  words.channels.push(channel);
  if (kind !== CUTS) codeOf(words, channel, Number.NaN); // MISSING
  for (const bound of sorted) codeOf(words, channel, bound);
  // Lists of the buckets.
  for (let i = 0; kind === CUTS && i < BUCKETS; i++) channel.lists.push(addLists(words));
  return channel;
}

export function addLists({ access, watchers }: Words): number {
  addList(watchers);
  return addList(access);
}

/** Which of a channel's words holds the bit of a code, and which bit it is: 1 to 30, and 0 for the first code. */
export function placeOf(code: number): number {
  return Math.floor(Math.max(code - 1, 0) / 30);
}

export function bitOf(code: number): number {
  return 1 << (code && ((code - 1) % 30) + 1);
}

/** The code of what is asked for; a new one when it is new. */
export function codeOf(
  words: Words,
  { kind, codes, lists, uses, words: own }: Channel,
  key: unknown,
): number {
  const known = codes.get(key);
  if (known !== undefined) return known;
  const code = codes.size;
  codes.set(key, code);
  uses.push(0);
  lists.push(addLists(words));
  if (own.length <= placeOf(code)) {
    own.push(words.size);
    words.size += 2;
    words.bits = withRoom(words.bits, words.size);
    words.missing = withRoom(words.missing, words.size);
    if (kind === EXACT || (kind !== CUTS && code === MISSING)) words.missing[words.size - 2] = 1;
  }
  return code;
}

/** The value of an attribute, or what follows from the day when it has none of its own. */
export function readValue(
  { name, days }: MatchedAttribute,
  read: (name: string) => Value,
  today: number | undefined,
): Value {
  const value = read(name);
  return !days || !isMissing(value) ? value : daysFrom(days, read(days.source), today);
}

/** Days as an attribute is derived from a date: since (1) or until (-1) the date that another one holds. */
export interface Days {
  readonly source: string;
  readonly sign: number;
}

export function daysFrom(
  { sign }: Days,
  date: Value,
  today: number | undefined,
): number | undefined {
  return typeof date === 'string' && today !== undefined
    ? sign * (today - dayOfDate(date))
    : undefined;
}

/** Undefined for an attribute that is not derived so. The source is named in full, or as one of the same record. */
export function daysOf(
  name: string,
  declared: ReadonlyMap<string, MatcherAttribute>,
): Days | undefined {
  const derive = declared.get(name)?.derive;
  if (derive?.op !== 'days-since-date' && derive?.op !== 'days-until-date') return undefined;
  const source = declared.has(derive.attribute)
    ? derive.attribute
    : `${name.slice(0, name.indexOf('.') + 1)}${derive.attribute}`;
  return { source, sign: derive.op === 'days-since-date' ? 1 : -1 };
}

/** The code in an EXACT channel; undefined for a list, which it cannot hold. */
export function exactCode({ codes }: Channel, value: Value): number | undefined {
  const code = codes.get(value);
  if (code !== undefined) return code;
  if (isMissing(value)) return MISSING;
  return typeof value === 'object' ? undefined : ELSE;
}

/** Codes of all that a value has or meets. */
export function codesOf(channel: Channel, value: Value): number[] {
  const { kind, codes, lengths } = channel;
  if (kind === EXACT) return [exactCode(channel, value) as number];
  if (isMissing(value)) return [MISSING];
  const found: number[] = [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (let i = 0; i < list.length; i++) {
    const one = list[i];
    if (kind === MULTI) addCode(codes.get(one), found);
    else if (typeof one === 'string') {
      const text = foldText(one);
      addCode(codes.get(`=${text}`), found);
      for (const length of lengths)
        if (text.length >= length) addCode(codes.get(`^${text.slice(0, length)}`), found);
    }
  }
  return found;
}

function addCode(code: number | undefined, found: number[]): void {
  if (code !== undefined && !found.includes(code)) found.push(code);
}

export function writeExact({ words }: Channel, code: number, bits: Int32Array): void {
  if (words.length === 1)
    bits[words[0] as number] = 1 << code; // ELSE, -1, is bit 31.
  else {
    for (const word of words) bits[word] = 1 << 31;
    if (code > 0) bits[words[placeOf(code)] as number] = bitOf(code);
  }
}

export function writeCodes({ words }: Channel, codes: readonly number[], bits: Int32Array): void {
  for (const word of words) bits[word] = 0;
  for (const code of codes) {
    const word = words[placeOf(code)] as number;
    bits[word] = (bits[word] as number) | bitOf(code);
  }
  for (const word of words) bits[word + 1] = ~(bits[word] as number);
  bits[words[0] as number] = (bits[words[0] as number] as number) | (1 << 31);
}

export function numberOf(value: Value): number {
  return typeof value === 'number' ? value : toNumber(value ?? undefined);
}

/** How many of the bounds a number reaches. */
export function rankOf({ sorted }: Channel, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place, among a channel's lists, of the one that a rank reads. */
export function bucketOf({ sorted }: Channel, rank: number): number {
  return sorted.length + Math.floor((rank * BUCKETS) / (sorted.length + 1));
}

/** Gives the list to read. */
export function writeCuts(channel: Channel, value: number, bits: Int32Array): number {
  const rank = rankOf(channel, value);
  let left = rank;
  for (const word of channel.words) {
    const reached = left > 30 ? -1 : left > 0 ? (1 << left) - 1 : 0;
    bits[word] = reached;
    bits[word + 1] = ~reached;
    left -= 30;
  }
  return channel.lists[bucketOf(channel, rank)] as number;
}
