import { foldText, isMissing, toNumber } from '../../core/condition.js';
import { dayOfDate } from '../../core/zone.js';
import type { AttributeValue } from '../../domain/value.js';
import { addList, type Lists, withRoom } from './lists.js';

export type Value = AttributeValue | null | undefined;
export interface Values {
  readonly [attribute: string]: Value;
}

/** One record as bits. Word 0 is all ones, for cells that always hold. */
export interface Words {
  bits: Int32Array;
  size: number;
  readonly lists: Lists;
  readonly channels: Channel[];
}

export interface MatchedAttribute {
  readonly name: string;
  readonly multi: boolean;
  /** How many values it is declared to have; 0 when that is not known. */
  readonly declared: number;
  /** Days since (1) or until (-1) the date in another attribute, when it has no value of its own. */
  readonly days: { readonly source: string; readonly sign: number } | undefined;
  readonly channels: { [kind in Kind]?: Channel };
}

/** EXACT, MULTI, TEXT, CUTS. */
export type Kind = 0 | 1 | 2 | 3;
export const EXACT = 0;
export const MULTI = 1;
export const TEXT = 2;
export const CUTS = 3;

/**
 * One way of looking at an attribute. What entries ask for has a code, and each code a bit.
 *
 * - EXACT: the value that it equals. Each word has exactly one bit set: that of the value; bit 31 for a value that this
 *   word does not list; bit 0 for none. So "a value, and none of these" is one mask, and stays right when more are listed.
 * - MULTI and TEXT: the values that it has; the texts and beginnings that it meets. Bit 31 of the first word: it has a
 *   value; bit 0: it has none. The inverse words hold what is asked for and not there.
 * - CUTS: the bounds that it reaches; the inverse words those it stays below. No bit at all for what is no number.
 */
export interface Channel {
  readonly kind: Kind;
  readonly attribute: MatchedAttribute;
  readonly name: string;
  readonly codes: Map<unknown, number>;
  /** For TEXT: codes of beginnings, by their length. */
  readonly beginnings: Map<number, Map<string, number>>;
  readonly words: number[];
  readonly inverse: number[];
  /** By code, the list to read when the value has it; for CUTS by bucket. */
  readonly access: number[];
  /** By code, the list of those who may come out otherwise when it comes or goes. */
  readonly watchers: number[];
  /** How often each code is asked for, and all together: what is asked for often is taken to be frequent. */
  readonly uses: number[];
  used: number;
  /** For CUTS: bounds in order, whose code is their rank; those that came later; and buckets of neighbouring ranks. */
  sorted: Float64Array;
  readonly late: number[];
  bucketOf: Uint8Array;
  readonly edges: number[];
}

/** Code of a missing value, and of one that nobody asked for. */
export const MISSING = 0;
export const ELSE = -1;
const BUCKETS = 16;

export function channelOf(words: Words, attribute: MatchedAttribute, kind: Kind): Channel {
  const known = attribute.channels[kind];
  if (known) return known;
  const channel: Channel = {
    kind,
    attribute,
    name: attribute.name,
    codes: new Map(),
    beginnings: new Map(),
    words: [],
    inverse: [],
    access: [addList(words.lists)],
    watchers: [],
    uses: [],
    used: 0,
    sorted: new Float64Array(0),
    late: [],
    bucketOf: new Uint8Array(1),
    edges: [Number.NEGATIVE_INFINITY],
  };
  attribute.channels[kind] = channel;
  words.channels.push(channel);
  if (kind !== CUTS) addCode(words, channel);
  return channel;
}

/** Which of a channel's words holds the bit of a code. Codes above 0 have bits 1 to 30, bounds bits 0 to 29. */
export function wordOf(channel: Channel, code: number): number {
  return Math.floor((channel.kind === CUTS ? code : Math.max(code - 1, 0)) / 30);
}

export function bitOf(channel: Channel, code: number): number {
  if (channel.kind === CUTS) return 1 << (code % 30);
  return code === MISSING ? 1 : 2 << ((code - 1) % 30);
}

function addCode(words: Words, channel: Channel): number {
  const code = channel.watchers.push(addList(words.lists)) - 1;
  channel.uses.push(0);
  if (channel.kind !== CUTS && code > 0) channel.access.push(addList(words.lists));
  while (channel.words.length <= wordOf(channel, code)) {
    channel.words.push(words.size++);
    if (channel.kind !== EXACT) channel.inverse.push(words.size++);
    words.bits = withRoom(words.bits, words.size);
  }
  return code;
}

/** The code of what is asked for; a new one when it is new. */
export function codeOf(words: Words, channel: Channel, key: unknown): number {
  let code = channel.codes.get(key);
  if (code === undefined) {
    code = addCode(words, channel);
    channel.codes.set(key, code);
    if (channel.kind === CUTS) channel.late.push(key as number);
  }
  return code;
}

export function codeOfBeginning(words: Words, channel: Channel, text: string): number {
  const known = channel.beginnings.get(text.length) ?? new Map<string, number>();
  const code = known.get(text) ?? addCode(words, channel);
  channel.beginnings.set(text.length, known.set(text, code));
  return code;
}

/** Puts the first bounds in order. `weights` says how often each is used. */
export function setCuts(
  words: Words,
  channel: Channel,
  weights: ReadonlyMap<number, number>,
): void {
  channel.sorted = Float64Array.from(weights.keys()).sort();
  channel.bucketOf = new Uint8Array(channel.sorted.length + 1);
  for (const weight of weights.values()) channel.used += weight;
  let sum = 0;
  for (const [rank, bound] of channel.sorted.entries()) {
    channel.codes.set(bound, addCode(words, channel));
    const weight = weights.get(bound) as number;
    // Bounds lie where the numbers are: the share of them below this one.
    channel.uses[rank] = (sum + weight / 2) / channel.used;
    sum += weight;
    if (sum / channel.used >= channel.access.length / BUCKETS && channel.access.length < BUCKETS) {
      channel.access.push(addList(words.lists));
      channel.edges.push(bound);
    }
    channel.bucketOf[rank + 1] = channel.access.length - 1;
  }
}

/** The value of an attribute, or what follows from the day when it has none of its own. */
export function readValue(
  { name, days }: MatchedAttribute,
  values: Values,
  today: number | undefined,
): Value {
  const value = values[name];
  if (value !== undefined || !days || today === undefined) return value;
  const date = values[days.source];
  return typeof date === 'string' ? days.sign * (today - dayOfDate(date)) : undefined;
}

/** The code in an EXACT channel; undefined for a list, which it cannot hold. */
export function exactCode({ codes }: Channel, value: Value): number | undefined {
  const code = codes.get(value);
  if (code !== undefined) return code;
  if (isMissing(value)) return MISSING;
  return typeof value === 'object' ? undefined : ELSE;
}

export function writeExact(channel: Channel, code: number, bits: Int32Array): void {
  const { words } = channel;
  if (words.length === 1)
    bits[words[0] as number] = 1 << code; // ELSE, -1, is bit 31.
  else {
    for (const word of words) bits[word] = code === MISSING ? 1 : 1 << 31;
    if (code > 0) bits[words[wordOf(channel, code)] as number] = bitOf(channel, code);
  }
}

/** Codes of everything asked for that a value has or meets, in a MULTI or TEXT channel. */
export function codesOf({ kind, codes, beginnings }: Channel, value: Value): number[] {
  if (isMissing(value)) return [MISSING];
  const found = new Set<number | undefined>();
  for (const one of Array.isArray(value) ? value : [value]) {
    if (kind === MULTI) found.add(codes.get(one));
    else if (typeof one === 'string') {
      const text = foldText(one);
      found.add(codes.get(text));
      for (const [length, known] of beginnings) {
        if (text.length >= length) found.add(known.get(text.slice(0, length)));
      }
    }
  }
  found.delete(undefined);
  return [...found] as number[];
}

export function writeCodes(channel: Channel, codes: readonly number[], bits: Int32Array): void {
  const { words, inverse } = channel;
  const present = codes[0] !== MISSING;
  for (const word of words) bits[word] = 0;
  for (const code of codes) {
    const word = words[wordOf(channel, code)] as number;
    bits[word] = (bits[word] as number) | bitOf(channel, code);
  }
  for (const [i, word] of words.entries()) {
    bits[inverse[i] as number] = present ? ~(bits[word] as number) : 0;
  }
  if (present) bits[words[0] as number] = (bits[words[0] as number] as number) | (1 << 31);
}

export function numberOf(value: Value): number {
  return typeof value === 'number' ? value : toNumber(value ?? undefined);
}

/** How many of the sorted bounds a number reaches. */
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

/** Gives the list to read, or -1 for what is no number. */
export function writeCuts(channel: Channel, value: number, bits: Int32Array): number {
  const { words, inverse } = channel;
  const isNumber = !Number.isNaN(value);
  const rank = isNumber ? rankOf(channel, value) : 0;
  for (let i = 0, left = rank; i < words.length; i++, left -= 30) {
    const reached = left >= 30 ? -1 : left > 0 ? (1 << left) - 1 : 0;
    bits[words[i] as number] = reached;
    bits[inverse[i] as number] = isNumber ? ~reached : 0;
  }
  if (!isNumber) return -1;
  if (channel.late.length > 0) writeLate(channel, value, bits);
  return channel.access[channel.bucketOf[rank] as number] as number;
}

function writeLate(channel: Channel, value: number, bits: Int32Array): void {
  for (const bound of channel.late) {
    const code = channel.codes.get(bound) as number;
    const place = wordOf(channel, code);
    const bit = bitOf(channel, code);
    const word = channel.words[place] as number;
    const reached = value >= bound ? bit : 0;
    bits[word] = ((bits[word] as number) & ~bit) | reached;
    const inverse = channel.inverse[place] as number;
    bits[inverse] = ((bits[inverse] as number) & ~bit) | (bit ^ reached);
  }
}
