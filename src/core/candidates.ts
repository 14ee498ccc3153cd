import type { Range } from '../domain/condition.js';
import type { Attribute } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { isMissing, toNumber, type ValueTest } from './condition.js';
import { dateOfDay } from './zone.js';

/** What an attribute can hold. */
export type Domain = Pick<Attribute, 'type' | 'values'>;
export type Domains = (attribute: string) => Domain | undefined;

/** One value for one way in which the tests on an attribute can come out. */
export interface Candidate {
  /** Absent: missing. */
  readonly value?: AttributeValue;
  /** The piece of the number line that it stands for; an absent bound is open, `point` is that number alone. */
  readonly piece?: { readonly low?: number; readonly high?: number; readonly point: boolean };
}

export interface Candidates {
  readonly list: readonly Candidate[];
  /** False: the tests may come out in further ways. */
  readonly complete: boolean;
}

/** Above this many listed values the subsets of a multi attribute are too many to list. */
const SUBSETS_OF = 7;
/** Day numbers of the years that a `YYYY-MM-DD` can name. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

/**
 * Values that between them make the tests come out in every possible way. What it holds now comes first or, for numbers,
 * the rest is by distance from it; then order of appearance in the tests; missing comes last. `others` are further values
 * that must be among them.
 */
export function candidatesOf(
  tests: readonly ValueTest[],
  domain: Domain | undefined,
  now?: AttributeValue,
  others: readonly AttributeValue[] = [],
): Candidates {
  const type = domain?.type ?? guessType(tests);
  const present = isMissing(now) ? others : [now, ...others];
  const named = tests.flatMap(literalsOf);
  const allowed = domain?.values?.map(({ id }) => id) ?? [];
  const other = unlike(named.map(String));
  const usual = tests.every((test) => USUAL[type].some((key) => key in test));
  let values: Candidate[];
  let complete = usual;
  if (type === 'number' || type === 'date') {
    values = pieces(tests, type, present, isMissing(now) ? Number.NaN : toNumber(now));
  } else if (type === 'multi') {
    const listed = new Set(named.map(String));
    if (allowed.length) for (const one of listed) if (!allowed.includes(one)) listed.delete(one);
    complete &&= listed.size <= SUBSETS_OF;
    values = subsets(tests, [...listed], present, now, domain !== undefined);
  } else if (type === 'boolean') {
    values = distinct([...present, true, false]);
    complete = true;
  } else if (type === 'text') {
    const prefixes = tests.flatMap((test) => ('startsWith' in test ? [test.startsWith] : []));
    values = distinct([...present, ...named, ...prefixes.map((one) => one + other), other]);
  } else if (allowed.length) {
    const listed = named.filter((one) => allowed.includes(String(one)));
    values = distinct([...present, ...listed, ...allowed]);
    complete = true;
  } else {
    values = distinct([...present, ...named, other]);
  }
  return { list: [...values, {}], complete: complete && domain !== undefined };
}

/** The tests of which the candidates of a type show every outcome. */
const USUAL: { readonly [type in Domain['type']]: readonly string[] } = {
  choice: ['in', 'missing'],
  multi: ['in', 'hasAll', 'hasNone', 'missing'],
  number: ['in', 'range', 'missing'],
  date: ['in', 'range', 'missing'],
  boolean: [],
  text: ['textIn', 'startsWith', 'missing'],
};

function guessType(tests: readonly ValueTest[]): Domain['type'] {
  if (tests.some((test) => 'range' in test)) return 'number';
  if (tests.some((test) => 'textIn' in test || 'startsWith' in test)) return 'text';
  if (tests.some((test) => 'hasAll' in test || 'hasNone' in test)) return 'multi';
  return tests.every((test) => literalsOf(test).every((one) => typeof one === 'number'))
    ? 'number'
    : 'choice';
}

function literalsOf(test: ValueTest): readonly (string | number | boolean)[] {
  if ('in' in test) return test.in;
  if ('hasAll' in test) return test.hasAll;
  if ('hasNone' in test) return test.hasNone;
  if ('textIn' in test) return test.textIn;
  return 'startsWith' in test ? [test.startsWith] : [];
}

/** A text that is none of these, nor the beginning of one, and that reads as "some other". */
function unlike(named: readonly string[]): string {
  let text = '…';
  while (named.some((one) => one.includes(text))) text += '…';
  return text;
}

function distinct(values: readonly AttributeValue[]): Candidate[] {
  return [...new Set(values)].map((value) => ({ value }));
}

function subsets(
  tests: readonly ValueTest[],
  listed: readonly string[],
  present: readonly AttributeValue[],
  now: AttributeValue | undefined,
  declared: boolean,
): Candidate[] {
  const toList = (value: AttributeValue | undefined): readonly string[] =>
    Array.isArray(value) ? value : value === undefined ? [] : [String(value)];
  const held = toList(now);
  const found = new Map<string, AttributeValue>();
  const keep = (list: readonly string[], value: AttributeValue): void => {
    const key = JSON.stringify([...list].sort());
    if (!found.has(key)) found.set(key, value);
  };
  for (const value of present) keep(toList(value), value);
  const without = (list: readonly string[]): string[] => held.filter((one) => !list.includes(one));
  const add = (kept: readonly string[], list: readonly string[]): void => {
    const all = [...kept, ...list.filter((one) => !kept.includes(one))];
    keep(all, all.length === 1 && !declared ? (all[0] as string) : all);
  };
  if (listed.length <= SUBSETS_OF) {
    for (const flips of subsetsOf(listed)) {
      add(
        without(flips),
        flips.filter((one) => !held.includes(one)),
      );
    }
  } else {
    for (const one of listed) add(held, [one]);
    for (const test of tests) add(held, literalsOf(test).map(String));
    for (const test of tests) add(without(literalsOf(test).map(String)), []);
  }
  return [...found.values()].map((value) => ({ value }));
}

/** Smallest first. */
function subsetsOf(listed: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let bits = 0; bits < 2 ** listed.length; bits++) {
    all.push(listed.filter((_, i) => bits & (1 << i)));
  }
  return all.sort((a, b) => a.length - b.length);
}

function pieces(
  tests: readonly ValueTest[],
  type: 'number' | 'date',
  present: readonly AttributeValue[],
  now: number,
): Candidate[] {
  const native = type === 'number' ? 'number' : 'string';
  const place = (one: AttributeValue): number =>
    typeof one === native ? toNumber(one) : Number.NaN;
  const bounds = new Set<number>();
  for (const test of tests) {
    if ('range' in test) for (const bound of Object.values(test.range)) bounds.add(bound);
  }
  for (const one of [...tests.flatMap(literalsOf), ...present]) bounds.add(place(one));
  const sorted = [...bounds].filter(Number.isFinite).sort((a, b) => a - b);
  const list: Candidate[] = [];
  const push = (number: number, piece: NonNullable<Candidate['piece']>): void => {
    if (type === 'number') list.push({ value: number, piece });
    else if (Number.isInteger(number) && number >= FIRST_DAY && number <= LAST_DAY) {
      list.push({ value: dateOfDay(number), piece });
    }
  };
  const first = sorted[0];
  if (first === undefined) push(0, { point: false });
  else push(below(first), { high: first, point: false });
  for (const [i, bound] of sorted.entries()) {
    push(bound, { low: bound, high: bound, point: true });
    const next = sorted[i + 1];
    if (next === undefined) push(above(bound), { low: bound, point: false });
    else {
      const whole = now > bound ? below(next) : above(bound);
      const fits = whole > bound && whole < next;
      const inside = fits ? whole : type === 'date' ? Number.NaN : bound + (next - bound) / 2;
      if (inside > bound && inside < next) push(inside, { low: bound, high: next, point: false });
    }
  }
  if (!Number.isNaN(now)) {
    const distance = (one: Candidate): number => Math.abs(toNumber(one.value) - now);
    list.sort((a, b) => distance(a) - distance(b));
  }
  return [...distinct(present.filter((one) => Number.isNaN(place(one)))), ...list];
}

/** The next whole number, or a larger number where whole ones are too small to see. */
function above(bound: number): number {
  const next = Math.floor(bound) + 1;
  return next > bound ? next : bound * (bound > 0 ? 2 : 0.5);
}

function below(bound: number): number {
  return -above(-bound);
}

/** The numbers that a run of allowed candidates around `chosen` covers; undefined when that is one number, or none. */
export function rangeAround(
  list: readonly Candidate[],
  isAllowed: (index: number) => boolean,
  chosen: number,
): Range | undefined {
  if (!list[chosen]?.piece) return undefined;
  const line = [...list.keys()]
    .filter((i) => list[i]?.piece)
    .sort((a, b) => toNumber(list[a]?.value) - toNumber(list[b]?.value));
  let from = line.indexOf(chosen);
  let to = from;
  while (from > 0 && isAllowed(line[from - 1] as number)) from--;
  while (to < line.length - 1 && isAllowed(line[to + 1] as number)) to++;
  const first = list[line[from] as number]?.piece;
  const last = list[line[to] as number]?.piece;
  if (from === to && first?.point) return undefined;
  return {
    ...(first?.low === undefined ? {} : { [first.point ? 'gte' : 'gt']: first.low }),
    ...(last?.high === undefined ? {} : { [last.point ? 'lte' : 'lt']: last.high }),
  };
}
