import type { Condition, Range, Test } from '../../domain/condition.js';
import {
  bitOf,
  type Channel,
  CUTS,
  channelOf,
  codeOf,
  codeOfBeginning,
  EXACT,
  type Kind,
  type MatchedAttribute,
  MISSING,
  MULTI,
  TEXT,
  type Words,
  wordOf,
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

/**
 * The form of a condition. It is loose when it leaves something out that would have to hold too (children, comparisons
 * of attributes): then what it lets through is to be judged.
 */
export function toForm(
  condition: Condition,
  words: Words,
  attributeOf: (name: string) => MatchedAttribute,
): { readonly form: Form; readonly loose: boolean } {
  let loose = false;
  const channel = (name: string, kind: Kind): Channel => channelOf(words, attributeOf(name), kind);

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
    if ('attribute' in part && !('inAttribute' in part)) return test(part, truth);
    loose = true;
    return ALWAYS;
  };

  const test = (part: Exclude<Test, { inAttribute: string }>, truth: boolean): Form => {
    const name = part.attribute;
    if ('range' in part) {
      const cuts = channel(name, CUTS);
      const bounds = boundsOf(part.range);
      return group(
        bounds.map(([bound, from]) =>
          leaf(cuts, from === truth ? 'from' : 'below', [codeOf(words, cuts, bound)]),
        ),
        truth,
      );
    }
    if ('textIn' in part) return ofCodes(channel(name, TEXT), part.textIn, truth);
    if ('startsWith' in part) {
      const text = channel(name, TEXT);
      const code = codeOfBeginning(words, text, part.startsWith);
      return leaf(text, truth ? 'some' : 'none', [code]);
    }
    const exact = channel(name, attributeOf(name).multi ? MULTI : EXACT);
    if ('missing' in part) {
      return leaf(
        exact,
        part.missing === truth ? 'some' : 'none',
        part.missing === truth ? [MISSING] : [],
      );
    }
    if ('hasAll' in part) {
      const each = part.hasAll.map((one) => ofCodes(exact, [one], truth));
      return group(truth ? [leaf(exact, 'none', []), ...each] : each, truth);
    }
    return 'in' in part ? ofCodes(exact, part.in, truth) : ofCodes(exact, part.hasNone, !truth);
  };

  /** It has one of the values; or, when that is to be false, it has a value and none of them. */
  const ofCodes = (of: Channel, keys: readonly unknown[], truth: boolean): Form => {
    const codes = keys.map((key) => codeOf(words, of, key));
    if (!truth && (codes.length === 0 || of.kind !== EXACT)) {
      const none = codes.map((code) => leaf(of, 'none', [code]));
      return none.length > 0 ? group(none, true) : leaf(of, 'none', []);
    }
    const byWord: number[][] = [];
    for (const code of new Set(codes)) {
      const place = wordOf(of, code);
      byWord[place] = [...(byWord[place] ?? []), code];
    }
    return group(
      Object.values(byWord).map((some) => leaf(of, truth ? 'some' : 'none', some)),
      !truth,
    );
  };

  const leaf = (of: Channel, sort: Leaf['sort'], codes: readonly number[]): Form => {
    const code = codes[0] ?? MISSING;
    const inverse = sort === 'below' || (sort === 'none' && of.kind !== EXACT && codes.length > 0);
    const word = (inverse ? of.inverse : of.words)[wordOf(of, code)] as number;
    let mask = 0;
    for (const one of codes) mask |= bitOf(of, one);
    if (sort === 'none' && !inverse) mask = of.kind === EXACT ? ~mask & ~1 : 1 << 31;
    if (word <= LAST_WORD) return { word, mask, channel: of, sort, codes, share: 0 };
    loose = true;
    return ALWAYS;
  };

  const form = walk(condition, true);
  return { form, loose };
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

/** Guesses the share of records from how often each code is asked for. */
export function guessShare({ channel, sort, codes }: Leaf): number {
  const { kind, uses, used, attribute } = channel;
  if (kind === CUTS) {
    const below =
      channel.sorted.length > (codes[0] as number) ? (uses[codes[0] as number] as number) : 0.5;
    return sort === 'from' ? 1 - below : below;
  }
  const values = Math.max(channel.codes.size, attribute.declared) + 2;
  let share = 0;
  for (const code of codes) share += ((uses[code] as number) + 1) / (used + values);
  return sort === 'some' ? Math.min(share, 1) : Math.max(1 - share, 0);
}
