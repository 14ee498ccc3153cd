import type { Condition, Range, Test } from '../../domain/condition.js';
import {
  type AttributeChannels,
  addChannel,
  type Channel,
  CUTS,
  codeOf,
  codeOfPrefix,
  EXACT,
  MISSING,
  MULTI,
  type Vocabulary,
} from './vocabulary.js';

/**
 * When a condition is true, in two-valued logic over what is known of one record. `some`: it has one of these codes.
 * `none`: it has a value, and none of these. `from`, `below`: it is a number that reaches the bound, or does not.
 */
export type Form = Literal | { readonly all: readonly Form[] } | { readonly any: readonly Form[] };

export interface Literal {
  readonly channel: Channel;
  readonly sort: 'some' | 'none' | 'from' | 'below';
  readonly codes: readonly number[];
}

const ALWAYS: Form = { all: [] };
const NEVER: Form = { any: [] };

export interface Normalized {
  readonly form: Form;
  /** The form leaves something out (children, comparisons of attributes): what it lets through is to be judged. */
  readonly loose: boolean;
}

export function normalize(
  condition: Condition,
  vocabulary: Vocabulary,
  attributeOf: (name: string) => AttributeChannels,
): Normalized {
  let loose = false;
  const exact = (name: string): Channel => {
    const attribute = attributeOf(name);
    attribute.exact ??= addChannel(vocabulary, attribute, attribute.multi ? MULTI : EXACT);
    return attribute.exact;
  };
  const some = (channel: Channel, keys: readonly unknown[]): Literal => ({
    channel,
    sort: 'some',
    codes: [...new Set(keys)].map((key) => codeOf(vocabulary, channel, key)),
  });

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
    if ('range' in part) return range(name, part.range, truth);
    if ('textIn' in part || 'startsWith' in part) {
      const attribute = attributeOf(name);
      attribute.text ??= addChannel(vocabulary, attribute, MULTI);
      const channel = attribute.text;
      const literal: Literal =
        'textIn' in part
          ? some(channel, part.textIn)
          : { channel, sort: 'some', codes: [codeOfPrefix(vocabulary, channel, part.startsWith)] };
      return truth ? literal : { ...literal, sort: 'none' };
    }
    const channel = exact(name);
    const present: Literal = { channel, sort: 'none', codes: [] };
    if ('missing' in part) {
      return part.missing === truth ? { channel, sort: 'some', codes: [MISSING] } : present;
    }
    if ('hasAll' in part) {
      const each = part.hasAll.map((one) => some(channel, [one]));
      return truth
        ? group([present, ...each], true)
        : group(
            each.map((one): Form => ({ ...one, sort: 'none' })),
            false,
          );
    }
    const positive = 'in' in part;
    const literal = some(channel, positive ? part.in : part.hasNone);
    if (positive !== truth) return { ...literal, sort: 'none' };
    return literal.codes.length > 0 ? literal : NEVER;
  };

  const range = (name: string, { gt, gte, lt, lte }: Range, truth: boolean): Form => {
    const attribute = attributeOf(name);
    attribute.cuts ??= addChannel(vocabulary, attribute, CUTS);
    const channel = attribute.cuts;
    const bound = (at: number, reached: boolean): Form => ({
      channel,
      sort: reached === truth ? 'from' : 'below',
      codes: [codeOf(vocabulary, channel, at)],
    });
    const parts: Form[] = [];
    if (gt !== undefined) parts.push(bound(nextAbove(gt), true));
    if (gte !== undefined) parts.push(bound(gte, true));
    if (lt !== undefined) parts.push(bound(lt, false));
    if (lte !== undefined) parts.push(bound(nextAbove(lte), false));
    // Without a bound it still takes a number.
    return group(parts.length > 0 ? parts : [bound(Number.NEGATIVE_INFINITY, true)], truth);
  };

  return { form: walk(condition, true), loose };
}

/** All or any of the parts, with groups of the same sort taken apart. */
function group(parts: readonly Form[], all: boolean): Form {
  const flat: Form[] = [];
  for (const part of parts) {
    const same = all ? 'all' in part && part.all : 'any' in part && part.any;
    const other = all ? 'any' in part && part.any : 'all' in part && part.all;
    if (same) flat.push(...same);
    else if (other && other.length === 0) return part;
    else flat.push(part);
  }
  if (flat.length === 1) return flat[0] as Form;
  return all ? { all: flat } : { any: flat };
}

/** Calls back with every bound of a condition, as `normalize` will ask for it. */
export function eachBound(
  condition: Condition,
  visit: (attribute: string, bound: number) => void,
): void {
  if ('all' in condition) for (const part of condition.all) eachBound(part, visit);
  else if ('any' in condition) for (const part of condition.any) eachBound(part, visit);
  else if ('not' in condition) eachBound(condition.not, visit);
  else if ('range' in condition) {
    const { gt, gte, lt, lte } = condition.range;
    if (gt !== undefined) visit(condition.attribute, nextAbove(gt));
    if (gte !== undefined) visit(condition.attribute, gte);
    if (lt !== undefined) visit(condition.attribute, lt);
    if (lte !== undefined) visit(condition.attribute, nextAbove(lte));
  }
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The smallest number above: `x > y` is `x >= nextAbove(y)`. */
function nextAbove(number: number): number {
  if (number === 0) return Number.MIN_VALUE;
  float[0] = number;
  bits[0] = (bits[0] as bigint) + (number > 0 ? 1n : -1n);
  return float[0];
}

/** The share of records for which it is true, guessed from how often each code is tested. */
export function likelihood(form: Form): number {
  if ('all' in form) return form.all.reduce((share, part) => share * likelihood(part), 1);
  if ('any' in form) return 1 - form.any.reduce((share, part) => share * (1 - likelihood(part)), 1);
  const { channel, sort, codes } = form;
  if (channel.kind === CUTS) {
    const reached = shareFrom(channel, codes[0] as number);
    return sort === 'from' ? reached : 1 - reached;
  }
  const values = Math.max(channel.keys.size, channel.attribute.declared) + 2;
  let share = 0;
  for (const code of codes) share += ((channel.uses[code] as number) + 1) / (channel.used + values);
  return sort === 'some' ? Math.min(share, 1) : Math.max(1 - share, 0);
}

/** Bounds lie where the numbers are: the share of bounds above this one. */
export function shareFrom(channel: Channel, code: number): number {
  const below = channel.below[code];
  return below === undefined ? 0.5 : 1 - below;
}
