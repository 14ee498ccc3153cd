import { foldText, isMissing, toNumber } from '../../core/condition.js';
import type { AttributeValue } from '../../domain/value.js';
import { addList, type Lists, withRoom } from './lists.js';

/** What is known of one record as bits, and what the bits mean. Word 0 is all ones. */
export interface Vocabulary {
  readonly lists: Lists;
  words: Int32Array;
  wordCount: number;
  readonly channels: Channel[];
  readonly attributes: Map<string, AttributeChannels>;
}

export interface AttributeChannels {
  readonly name: string;
  readonly multi: boolean;
  /** How many values it is declared to have. */
  readonly declared: number;
  /** Days since (1) or until (-1) the date in another attribute, when it has no value of its own. */
  readonly days: { readonly source: string; readonly sign: 1 | -1 } | undefined;
  exact?: Channel;
  text?: Channel;
  cuts?: Channel;
}

export const EXACT = 0;
export const MULTI = 1;
export const CUTS = 2;

/**
 * One way of looking at an attribute.
 *
 * - EXACT: which listed value it equals. Each word has exactly one bit set: that of the value; or bit 31 when it has a
 *   value that this word does not list; or bit 0 when it is missing. So "none of these" is one mask too, and stays right
 *   when more values are listed later.
 * - MULTI: which of the listed values it has, or which texts and prefixes it meets. Bit 31 of the first word: it has a
 *   value; bit 0: it is missing. `inverse` words hold the values that it does not have.
 * - CUTS: which bounds it reaches, a bit for each; `inverse` words those that it stays below. Neither for what is no number.
 */
export interface Channel {
  readonly kind: number;
  readonly attribute: AttributeChannels;
  readonly name: string;
  /** Code of each listed value: 1 and up. Of each bound: 0 and up. */
  readonly keys: Map<unknown, number>;
  /** By length, the codes of prefixes. */
  readonly prefixes: Map<number, Map<string, number>>;
  readonly words: number[];
  readonly inverse: number[];
  /** Lists to read when the value has this code (for CUTS: falls between these bounds). */
  readonly access: number[];
  /** Lists of the entries that may change when this code comes or goes. */
  readonly watchers: number[];
  /** How often each code is tested, and in all: what is asked for often is taken to be frequent. */
  readonly uses: number[];
  used: number;
  /** For CUTS: bounds in order, as they were when the index was built; later ones are compared one by one. */
  sorted: Float64Array;
  readonly late: number[];
  /** The share of all uses that lie below each sorted bound. */
  readonly below: number[];
  /** By rank among the sorted bounds, the place in `access`; and where each of these begins. */
  bucketOf: Uint8Array;
  readonly edges: number[];
}

export const MISSING = 0;
/** A value that no entry lists. */
export const ELSE = -1;
const CODES_A_WORD = 30;
const CUTS_A_WORD = 31;
const ALL_CUTS = 0x7fffffff;
const BUCKETS = 16;

export function createVocabulary(lists: Lists): Vocabulary {
  const words = new Int32Array(64);
  words[0] = -1;
  return { lists, words, wordCount: 1, channels: [], attributes: new Map() };
}

function addWord(vocabulary: Vocabulary): number {
  const word = vocabulary.wordCount++;
  vocabulary.words = withRoom(vocabulary.words, vocabulary.wordCount);
  return word;
}

export function addChannel(
  vocabulary: Vocabulary,
  attribute: AttributeChannels,
  kind: number,
): Channel {
  const channel: Channel = {
    kind,
    attribute,
    name: attribute.name,
    keys: new Map(),
    prefixes: new Map(),
    words: [],
    inverse: [],
    access: [],
    watchers: [],
    uses: [],
    used: 0,
    sorted: new Float64Array(0),
    late: [],
    below: [],
    bucketOf: new Uint8Array(1),
    edges: [Number.NEGATIVE_INFINITY],
  };
  vocabulary.channels.push(channel);
  channel.access.push(addList(vocabulary.lists));
  if (kind !== CUTS) addCode(vocabulary, channel);
  return channel;
}

/** The place of a code's bit: index into `words` and `inverse`, and the mask. */
export function wordOf(channel: Channel, code: number): number {
  return channel.kind === CUTS
    ? Math.floor(code / CUTS_A_WORD)
    : code === MISSING
      ? 0
      : Math.floor((code - 1) / CODES_A_WORD);
}

export function bitOf(channel: Channel, code: number): number {
  if (channel.kind === CUTS) return 1 << (code % CUTS_A_WORD);
  return code === MISSING ? 1 : 2 << ((code - 1) % CODES_A_WORD);
}

function addCode(vocabulary: Vocabulary, channel: Channel): number {
  const code = channel.watchers.push(addList(vocabulary.lists)) - 1;
  channel.uses.push(0);
  if (channel.kind !== CUTS && code > 0) channel.access.push(addList(vocabulary.lists));
  while (channel.words.length <= wordOf(channel, code)) {
    channel.words.push(addWord(vocabulary));
    if (channel.kind !== EXACT) channel.inverse.push(addWord(vocabulary));
  }
  return code;
}

/** The code of a listed value; a new one when it is new. */
export function codeOf(vocabulary: Vocabulary, channel: Channel, key: unknown): number {
  let code = channel.keys.get(key);
  if (code === undefined) {
    code = addCode(vocabulary, channel);
    channel.keys.set(key, code);
    if (channel.kind === CUTS) channel.late.push(key as number);
  }
  return code;
}

export function codeOfPrefix(vocabulary: Vocabulary, channel: Channel, prefix: string): number {
  const ofLength = channel.prefixes.get(prefix.length) ?? new Map<string, number>();
  channel.prefixes.set(prefix.length, ofLength);
  const code = ofLength.get(prefix) ?? addCode(vocabulary, channel);
  ofLength.set(prefix, code);
  return code;
}

/** Puts the bounds in order, before any later one is added. `weights` says how often each is used. */
export function setCuts(
  vocabulary: Vocabulary,
  channel: Channel,
  weights: ReadonlyMap<number, number>,
): void {
  channel.sorted = Float64Array.from(weights.keys()).sort();
  const size = Math.ceil(channel.sorted.length / CUTS_A_WORD);
  for (let i = 0; i < size; i++) channel.words.push(addWord(vocabulary));
  for (let i = 0; i < size; i++) channel.inverse.push(addWord(vocabulary));
  channel.bucketOf = new Uint8Array(channel.sorted.length + 1);
  let total = 0;
  for (const weight of weights.values()) total += weight;
  let sum = 0;
  for (const [rank, bound] of channel.sorted.entries()) {
    channel.keys.set(bound, addCode(vocabulary, channel));
    const weight = weights.get(bound) as number;
    channel.below.push((sum + weight / 2) / total);
    sum += weight;
    const wanted = Math.floor((sum / total) * BUCKETS);
    if (wanted >= channel.access.length && channel.access.length < BUCKETS) {
      channel.access.push(addList(vocabulary.lists));
      channel.edges.push(bound);
    }
    channel.bucketOf[rank + 1] = channel.access.length - 1;
  }
  // Later bounds begin in a word of their own.
  while (channel.watchers.length < size * CUTS_A_WORD) {
    channel.watchers.push(-1);
    channel.uses.push(0);
  }
}

/** How many of the sorted bounds a number reaches. */
export function rankOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sets the words of a channel of cuts; gives the list to read, or -1. */
export function writeCuts(channel: Channel, value: number, words: Int32Array): number {
  const { sorted, late, inverse } = channel;
  const isNumber = !Number.isNaN(value);
  const rank = isNumber ? rankOf(sorted, value) : 0;
  let left = rank;
  const size = channel.words.length;
  for (let i = 0; i < size; i++) {
    const reached = left >= CUTS_A_WORD ? ALL_CUTS : left > 0 ? (1 << left) - 1 : 0;
    left -= CUTS_A_WORD;
    words[channel.words[i] as number] = reached;
    words[inverse[i] as number] = isNumber ? reached ^ ALL_CUTS : 0;
  }
  if (late.length > 0 && isNumber) writeLate(channel, value, words);
  return isNumber ? (channel.access[channel.bucketOf[rank] as number] as number) : -1;
}

function writeLate(channel: Channel, value: number, words: Int32Array): void {
  for (const bound of channel.late) {
    const code = channel.keys.get(bound) as number;
    const at = wordOf(channel, code);
    const bit = bitOf(channel, code);
    const reached = words[channel.words[at] as number] as number;
    words[channel.words[at] as number] = value >= bound ? reached | bit : reached & ~bit;
    const below = words[channel.inverse[at] as number] as number;
    words[channel.inverse[at] as number] = value >= bound ? below & ~bit : below | bit;
  }
}

/** Codes of everything listed that a value has or meets. */
export function codesOf(channel: Channel, value: AttributeValue | null | undefined): number[] {
  if (isMissing(value)) return [MISSING];
  const codes = new Set<number>();
  for (const one of Array.isArray(value) ? value : [value]) {
    if (channel === channel.attribute.text) {
      if (typeof one !== 'string') continue;
      const text = foldText(one);
      const code = channel.keys.get(text);
      if (code !== undefined) codes.add(code);
      for (const [length, prefixes] of channel.prefixes) {
        const prefix = text.length >= length ? prefixes.get(text.slice(0, length)) : undefined;
        if (prefix !== undefined) codes.add(prefix);
      }
    } else {
      const code = channel.keys.get(one);
      if (code !== undefined) codes.add(code);
    }
  }
  return [...codes];
}

export function writeMulti(channel: Channel, codes: readonly number[], words: Int32Array): void {
  const missing = codes[0] === MISSING;
  for (const word of channel.words) words[word] = 0;
  for (const code of codes) {
    const word = channel.words[wordOf(channel, code)] as number;
    words[word] = (words[word] as number) | bitOf(channel, code);
  }
  for (const [i, word] of channel.words.entries()) {
    words[channel.inverse[i] as number] = missing ? 0 : ~(words[word] as number) & 0x7ffffffe;
  }
  const first = channel.words[0] as number;
  if (!missing) words[first] = (words[first] as number) | (1 << 31);
}

/** The code of a value in an EXACT channel; undefined for a list, which such a channel cannot hold. */
export function exactCode(
  channel: Channel,
  value: AttributeValue | null | undefined,
): number | undefined {
  const code = channel.keys.get(value);
  if (code !== undefined) return code;
  if (isMissing(value)) return MISSING;
  return typeof value === 'object' ? undefined : ELSE;
}

export function writeExact(channel: Channel, code: number, words: Int32Array): void {
  if (channel.words.length === 1) {
    words[channel.words[0] as number] = 1 << code; // ELSE, -1, is bit 31.
    return;
  }
  for (const word of channel.words) words[word] = code === MISSING ? 1 : 1 << 31;
  if (code > 0) words[channel.words[wordOf(channel, code)] as number] = bitOf(channel, code);
}

/** As a number, for cuts. */
export function numberOf(value: AttributeValue | null | undefined): number {
  return typeof value === 'number' ? value : toNumber(value ?? undefined);
}
