import type { Condition, Range, Test } from '../../domain/condition.js';
import {
  bitOf,
  type Channel,
  CUTS,
  channelOf,
  codeOf,
  EXACT,
  type MatchedAttribute,
  MULTI,
  placeOf,
  TEXT,
  type Words,
} from './channels.js';

/** When a condition is true, in two-valued logic over the bits of one record. */
export type Form = Leaf | { readonly all: readonly Form[] } | { readonly any: readonly Form[] };

/** It holds when `bits[word] & mask` is not zero. */
export interface Cell {
  readonly word: number;
  readonly mask: number;
}

export interface Leaf extends Cell {
  readonly channel: Channel;
  /** It has one of the codes; it has a value and none of the codes; it reaches the bound, or stays below it. */
  readonly sort: 'some' | 'none' | 'from' | 'below';
  readonly codes: readonly number[];
  /** A guess at the share of records for which it holds. */
  share: number;
}

const ALWAYS: Form = { all: [] };
const LAST_WORD = 0xffff;

export interface ReadForm {
  readonly form: Form;
  /** Attributes of the record itself. */
  readonly names: readonly string[];
  readonly loose: boolean;
}

/**
 * Makes the form of a condition. It is loose when it leaves something out that would have to hold too (children,
 * comparisons of attributes): then what it lets through is to be judged.
 */
export function createFormReader(
  words: Words,
  attributeOf: (name: string) => MatchedAttribute,
): (condition: Condition) => ReadForm {
  let names: string[];
  let loose: boolean;
  const channel = (name: string, kind: number): Channel => {
    names.push(name);
    return channelOf(words, attributeOf(name), kind);
  };

  const walk = (part: Condition, truth: boolean): Form => {
    if ('all' in part || 'any' in part) {
      const all = 'all' in part;
      const parts = (all ? part.all : part.any).map((one) => walk(one, truth));
      return group(parts, all === truth);
    }
    if ('not' in part) return walk(part.not, !truth);
    if ('attribute' in part) {
      if (!('inAttribute' in part)) return test(part, truth);
      names.push(part.attribute, part.inAttribute);
    }
    loose = true;
    return ALWAYS;
  };

  const test = (part: Exclude<Test, { inAttribute: string }>, truth: boolean): Form => {
    const name = part.attribute;
    if ('range' in part) {
      const cuts = channel(name, CUTS);
      const bounds = boundsOf(part.range).map(([bound, from]) =>
        leaf(cuts, from === truth ? 'from' : 'below', [cuts.codes.get(bound)]),
      );
      return group(bounds, truth);
    }
    if ('textIn' in part) {
      const keys = part.textIn.map((one) => `=${one}`);
      return ofKeys(channel(name, TEXT), keys, truth);
    }
    if ('startsWith' in part) {
      const text = channel(name, TEXT);
      text.lengths.add(part.startsWith.length);
      return ofKeys(text, [`^${part.startsWith}`], truth);
    }
    const exact = channel(name, attributeOf(name).multi ? MULTI : EXACT);
    if ('in' in part) return ofKeys(exact, part.in, truth);
    if ('missing' in part) {
      const missing = part.missing === truth;
      return ofKeys(exact, missing ? [Number.NaN] : [], missing);
    }
    if ('hasNone' in part) return ofKeys(exact, part.hasNone, !truth);
    const each = part.hasAll.map((one) => ofKeys(exact, [one], truth));
    return group(truth ? [leaf(exact, 'none', []), ...each] : each, truth);
  };

  /** It has one of the values; or, when that is to be false, it has a value and none of them. */
  const ofKeys = (of: Channel, keys: readonly unknown[], truth: boolean): Form => {
    let codes = keys.map((key) => codeOf(words, of, key));
    const leaves: Form[] = [];
    do {
      // One leaf for each word; the inverse of a word shows but one code at a time.
      const [first] = codes;
      const own = codes.filter((code) =>
        truth || of.kind === EXACT ? placeOf(code) === placeOf(first ?? 0) : code === first,
      );
      codes = codes.filter((code) => !own.includes(code));
      if (!truth || own.length > 0) leaves.push(leaf(of, truth ? 'some' : 'none', own));
    } while (codes.length > 0);
    return group(leaves, !truth);
  };

  const leaf = (of: Channel, sort: Leaf['sort'], codes: readonly (number | undefined)[]): Form => {
    let mask = 0;
    for (const code of codes) mask |= bitOf(code ?? 0);
    let word = of.words[placeOf(codes[0] ?? 0)] as number;
    if (sort === 'none' && of.kind === EXACT) mask = ~mask & ~1;
    else if (sort === 'none' && codes.length === 0) mask = 1 << 31;
    else if (sort === 'none' || sort === 'below') word++;
    if (word <= LAST_WORD && !codes.includes(undefined)) {
      return { word, mask, channel: of, sort, codes: codes as readonly number[], share: 0 };
    }
    // Bounds that come later have no bit.
    loose = true;
    return ALWAYS;
  };

  return (condition) => {
    names = [];
    loose = false;
    const form = walk(condition, true);
    return { form, names, loose };
  };
}

/** All or any of the parts, with groups of the same sort taken apart. */
function group(parts: readonly Form[], all: boolean): Form {
  const flat: Form[] = [];
  for (const part of parts) {
    if ('word' in part) flat.push(part);
    else {
      const inner = 'all' in part ? part.all : part.any;
      if ('all' in part === all) flat.push(...inner);
      else if (inner.length === 0) return part;
      else flat.push(part);
    }
  }
  if (flat.length === 1) return flat[0] as Form;
  return all ? { all: flat } : { any: flat };
}

/** Bounds to reach (true) or to stay below. Without any it still takes a number. */
function boundsOf({ gt, gte, lt, lte }: Range): (readonly [number, boolean])[] {
  const bounds: (readonly [number, boolean])[] = [];
  if (gt !== undefined) bounds.push([nextAbove(gt), true]);
  if (gte !== undefined) bounds.push([gte, true]);
  if (lt !== undefined) bounds.push([lt, false]);
  if (lte !== undefined) bounds.push([nextAbove(lte), false]);
  return bounds.length > 0 ? bounds : [[Number.NEGATIVE_INFINITY, true]];
}

const float = new Float64Array(1);
const integer = new BigInt64Array(float.buffer);

/** The smallest number above: `x > y` is `x >= nextAbove(y)`. */
function nextAbove(number: number): number {
  if (number === 0) return Number.MIN_VALUE;
  float[0] = number;
  integer[0] = (integer[0] as bigint) + (number > 0 ? 1n : -1n);
  return float[0];
}

/** Calls back with every bound of a condition. */
export function eachBound(
  condition: Condition,
  visit: (attribute: string, bound: number) => void,
): void {
  if ('all' in condition) for (const part of condition.all) eachBound(part, visit);
  else if ('any' in condition) for (const part of condition.any) eachBound(part, visit);
  else if ('not' in condition) eachBound(condition.not, visit);
  else if ('range' in condition) {
    for (const [bound] of boundsOf(condition.range)) visit(condition.attribute, bound);
  }
}

export function eachLeaf(form: Form, visit: (leaf: Leaf) => void): void {
  if ('word' in form) visit(form);
  else for (const part of 'all' in form ? form.all : form.any) eachLeaf(part, visit);
}

/** Guesses the share of records: bounds lie where numbers are, and what is asked for often is frequent. */
export function guessShare({ channel, sort, codes }: Leaf): number {
  const { kind, sorted, uses, used } = channel;
  if (kind === CUTS) {
    const below = ((codes[0] as number) + 0.5) / sorted.length;
    return sort === 'from' ? 1 - below : below;
  }
  let share = 0;
  for (const code of codes) share += ((uses[code] as number) + 1) / (used + channel.codes.size + 2);
  return sort === 'some' ? share : 1 - share;
}
