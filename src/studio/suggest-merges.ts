import { countEdits } from '../core/count-edits.js';
import type { Items } from './playbook-folder.js';
import {
  type Declaration,
  declarationsOf,
  findUses,
  isReserved,
  type ValueEntry,
} from './vocabulary-uses.js';

/** Two words that may be one. */
export interface MergeSuggestion {
  /** Qualified. */
  readonly attribute: string;
  /** The value that would give way, and the one that would stay; absent where the attributes themselves are alike. */
  readonly value?: string;
  readonly into: string;
  readonly because: MergeReason;
}

export type MergeReason =
  /** The same but for capitals, accents, spaces and marks. */
  | 'writing'
  /** One is the plural of the other. */
  | 'plural'
  /** A letter or two differ. */
  | 'spelling'
  /** One is a synonym of the other. */
  | 'synonym'
  /** They share a word, and wherever one is used, so is the other, in this many places. */
  | { readonly together: number };

/** Used side by side in fewer places, two words tell nothing of each other. */
const FEWEST_TOGETHER = 3;
/** Of shorter words one letter makes another word: "won" and "own". */
const SHORTEST = 5;
/** "and", "of", "new" are shared by words that have nothing in common. */
const SHORTEST_SHARED = 4;

/** Attributes of a kind, and values of an attribute, that look like one, in the order of the file. */
export function suggestMerges(items: Items): readonly MergeSuggestion[] {
  const declared = declarationsOf(items);
  return [...alikeAttributes(declared), ...declared.flatMap((one) => alikeValues(items, one))];
}

function alikeAttributes(declared: readonly Declaration[]): readonly MergeSuggestion[] {
  return pairsOf(declared).flatMap(([a, b]): readonly MergeSuggestion[] => {
    const [one, other] = [a.item.data, b.item.data];
    const isAlike = ['of', 'type', 'unit'].every((key) => one[key] === other[key]);
    if (!isAlike || one.derive !== undefined || other.derive !== undefined) return [];
    const because = likenessOf([a.label, String(one.id)], [b.label, String(other.id)], []);
    if (!because || (isReserved(a.id) && isReserved(b.id))) return [];
    const [stays, goes] = isReserved(b.id) ? [b, a] : [a, b];
    return [{ attribute: goes.id, into: stays.id, because }];
  });
}

function alikeValues(items: Items, { id, item, values }: Declaration): readonly MergeSuggestion[] {
  if (item.data.derive !== undefined) return [];
  const places = findUses(items).together.get(id) ?? [];
  return pairsOf(values).flatMap(([a, b]): readonly MergeSuggestion[] => {
    const because =
      likenessOf([a.label, a.id], [b.label, b.id], [...synonymsOf(a, b), ...synonymsOf(b, a)]) ??
      togetherness(a, b, values, places);
    return because ? [{ attribute: id, value: b.id, into: a.id, because }] : [];
  });
}

/** Words that each of two is also found by, or that one of them is for the other. */
function synonymsOf(one: ValueEntry, other: ValueEntry): readonly string[] {
  const words = new Set([other.id, other.label, ...other.synonyms].map(plainOf));
  return one.synonyms.filter((word) => words.has(plainOf(word)));
}

function likenessOf(
  one: readonly string[],
  other: readonly string[],
  shared: readonly string[],
): MergeReason | undefined {
  const pairs = one.flatMap((a) => other.map((b) => [plainOf(a), plainOf(b)] as const));
  if (pairs.some(([a, b]) => a === b)) return 'writing';
  if (pairs.some(([a, b]) => singularOf(a) === singularOf(b))) return 'plural';
  if (shared.length > 0) return 'synonym';
  return pairs.some(([a, b]) => isMisspelt(a, b)) ? 'spelling' : undefined;
}

/** Numbers in a word mean something: "p1 printer" and "p4 printer" are two. */
function isMisspelt(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  if (length < SHORTEST || Math.abs(a.length - b.length) > 2) return false;
  if (a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return false;
  return countEdits(a, b) <= (length < 9 ? 1 : 2);
}

/** Letters and digits without case and accents. */
function plainOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function singularOf(plain: string): string {
  if (plain.length < 4) return plain;
  return plain
    .replace(/ies$/, 'y')
    .replace(/(s|x|z|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
}

/**
 * Two of several values that share a word and are never told apart. Plays often mean two things alike that are not one, so
 * that alone says nothing: records tell them apart. All of them together is no more than "any".
 */
function togetherness(
  a: ValueEntry,
  b: ValueEntry,
  values: readonly ValueEntry[],
  places: readonly (readonly string[])[],
): MergeReason | undefined {
  if (!shareWord(a.label, b.label)) return undefined;
  const telling = places.filter((place) => place.length < values.length);
  const using = telling.filter((place) => place.includes(a.id) || place.includes(b.id));
  const isBoth = using.every((place) => place.includes(a.id) && place.includes(b.id));
  return isBoth && using.length >= FEWEST_TOGETHER ? { together: using.length } : undefined;
}

/** Numbers in words mean something here too: an "L2 labeller" is no "L5 labeller". */
function shareWord(a: string, b: string): boolean {
  if (a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return false;
  const words = (text: string): readonly string[] =>
    text
      .split(/[^\p{L}\p{N}]+/u)
      .map((word) => singularOf(plainOf(word)))
      .filter((word) => word.length >= SHORTEST_SHARED);
  const other = new Set(words(b));
  return words(a).some((word) => other.has(word));
}

function pairsOf<T>(list: readonly T[]): readonly (readonly [T, T])[] {
  return list.flatMap((one, i) => list.slice(i + 1).map((other) => [one, other] as const));
}
