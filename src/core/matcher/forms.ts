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
  readonly names: ReadonlySet<string>;
  readonly loose: boolean;
}

/**
 * The form of a condition. It is loose when it leaves something out that would have to hold too (children, comparisons
 * of attributes): then what it lets through is to be judged.
 */
export function toForm(
  condition: Condition,
  words: Words,
  attributeOf: (name: string) => MatchedAttribute,
): ReadForm {
  let loose = false;
  const names = new Set<string>();
  const channel = (name: string, kind: number): Channel => {
    names.add(name);
    return channelOf(words, attributeOf(name), kind);
  };

  const walk = (part: Condition, truth: boolean): Form => {
    if ('not' in part) return walk(part.not, !truth);
    if ('all' in part)
      return group(
        part.all.map((one) => walk(one, truth)),
        truth,
      );
    if ('any' in part)
      return group(
        part.any.map((one) => walk(one, truth)),
        !truth,
      );
    if ('attribute' in part) {
      if (!('inAttribute' in part)) return test(part, truth);
      names.add(part.attribute).add(part.inAttribute);
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
      return ofKeys(
        channel(name, TEXT),
        part.textIn.map((one) => `=${one}`),
        truth,
      );
    }
    if ('startsWith' in part) {
      const text = channel(name, TEXT);
      text.lengths.add(part.startsWith.length);
      return ofKeys(text, [`^${part.startsWith}`], truth);
    }
    const exact = channel(name, attributeOf(name).multi ? MULTI : EXACT);
    if ('missing' in part)
      return ofKeys(exact, part.missing === truth ? [Number.NaN] : [], part.missing === truth);
    if ('hasAll' in part) {
      const each = part.hasAll.map((one) => ofKeys(exact, [one], truth));
      return group(truth ? [leaf(exact, 'none', []), ...each] : each, truth);
    }
    return 'in' in part ? ofKeys(exact, part.in, truth) : ofKeys(exact, part.hasNone, !truth);
  };

  /** It has one of the values; or, when that is to be false, it has a value and none of them. */
  const ofKeys = (of: Channel, keys: readonly unknown[], truth: boolean): Form => {
    const codes = [...new Set(keys)].map((key) => codeOf(words, of, key));
    if (!truth && codes.length === 0) return leaf(of, 'none', codes);
    const byPlace: number[][] = [];
    for (const code of codes) {
      // The inverse of a word shows one code at a time.
      const place = truth || of.kind === EXACT ? placeOf(code) : code;
      byPlace[place] = [...(byPlace[place] ?? []), code];
    }
    const leaves = Object.values(byPlace).map((some) => leaf(of, truth ? 'some' : 'none', some));
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

  const form = walk(condition, true);
  return { form, names, loose };
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
