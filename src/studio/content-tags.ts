import type { JsonObject, JsonValue } from '../domain/value.js';
import { isList, isMap, sameData } from './play-data.js';
import type { Vocabulary } from './vocabulary.js';

/** How the values of a tag are meant. A range may be open at one end. */
export type TagOperator = 'is' | 'isNot' | 'over' | 'atLeast' | 'under' | 'atMost' | 'between';

/** One thing that content says about where it goes: `Industry is Retail or Food`, `Employees over 500`. */
export interface Tag {
  /** Qualified, or a word of content's own. */
  readonly attribute: string;
  readonly operator: TagOperator;
  /** As the file has them; of `between` the lowest and the highest. */
  readonly values: readonly JsonValue[];
}

export interface ReadTags {
  readonly tags: readonly Tag[];
  /** What its `when` says that is no tag; absent when there is nothing else. */
  readonly rest?: JsonObject;
}

const KINDS = ['account', 'opportunity', 'contact', 'product', 'rep'] as const;
const BOUNDS: { readonly [bound: string]: TagOperator } = {
  gt: 'over',
  gte: 'atLeast',
  lt: 'under',
  lte: 'atMost',
};

/** The name as content means it: of the one kind of record that declares it, else content's own. */
export function tagName(name: string, { attribute }: Vocabulary): string {
  if (name.includes('.')) return name;
  const ids = KINDS.map((kind) => `${kind}.${name}`).filter((id) => attribute(id));
  return ids.length === 1 && ids[0] ? ids[0] : name;
}

/** In `when` a bare name is the account's. */
const whenName = (name: string): string => (name.includes('.') ? name : `account.${name}`);

const isScalar = (value: JsonValue): boolean =>
  value !== null && !isList(value) && !isMap(value) && value !== '';
const valuesIn = (value: JsonValue): readonly JsonValue[] | undefined => {
  const list = isList(value) ? value : [value];
  return list.length > 0 && list.every(isScalar) ? list : undefined;
};

/** The tags of content, in the order of its file. */
export function readTags(data: JsonObject, vocabulary: Vocabulary): ReadTags {
  const tags: Tag[] = [];
  for (const [name, value] of entriesOf(data.attributes)) {
    const values = valuesIn(value);
    if (values) tags.push({ attribute: tagName(name, vocabulary), operator: 'is', values });
  }
  const rest: { [key: string]: JsonValue } = {};
  for (const [key, value] of entriesOf(data.when)) {
    const found = key === 'all' && isList(value) ? value.map(readDenied) : [readWhen(key, value)];
    tags.push(...found.filter((one) => one !== undefined));
    const left = found.includes(undefined);
    if (left && key === 'all' && isList(value)) rest.all = value.filter((_, i) => !found[i]);
    else if (left) rest[key] = value;
  }
  return { tags, ...(Object.keys(rest).length > 0 && { rest }) };
}

const entriesOf = (value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] =>
  isMap(value) ? Object.entries(value) : [];

function readWhen(key: string, value: JsonValue): Tag | undefined {
  if (key === 'not') return readDenied({ not: value });
  if (['any', 'all', 'has', 'hasNo'].includes(key) || !isMap(value)) return undefined;
  const attribute = whenName(key);
  const [first, second, third] = Object.entries(value);
  if (!first || third) return undefined;
  const [operator, held] = first;
  if (!second && operator === 'hasNone') {
    const values = valuesIn(held);
    return values && { attribute, operator: 'isNot', values };
  }
  const bound = BOUNDS[operator];
  if (!second)
    return bound && isScalar(held) ? { attribute, operator: bound, values: [held] } : undefined;
  const { gte, lte } = value;
  return gte !== undefined && lte !== undefined && isScalar(gte) && isScalar(lte)
    ? { attribute, operator: 'between', values: [gte, lte] }
    : undefined;
}

/** `{ not: { industry: Retail } }` alone. */
function readDenied(condition: JsonValue): Tag | undefined {
  if (!isMap(condition) || Object.keys(condition).length !== 1 || !isMap(condition.not))
    return undefined;
  const [only, more] = Object.entries(condition.not);
  const values =
    only && !more && !['any', 'all', 'not', 'has', 'hasNo'].includes(only[0])
      ? valuesIn(only[1])
      : undefined;
  return only && values && { attribute: whenName(only[0]), operator: 'isNot', values };
}

/** Tags that can stand beside each other once each: values, opposites, and one range. */
const roleOf = ({ operator }: Tag): string =>
  operator === 'is' || operator === 'isNot' ? operator : 'range';
export const sameRole = (a: Tag, b: Tag): boolean =>
  a.attribute === b.attribute && roleOf(a) === roleOf(b);

export const sameTag = (a: Tag, b: Tag): boolean =>
  a.attribute === b.attribute && a.operator === b.operator && sameData(a.values, b.values);

/** The data of content with these tags and no others. What is no tag, and what did not change, stays as it is written. */
export function writeTags(
  data: JsonObject,
  tags: readonly Tag[],
  vocabulary: Vocabulary,
): JsonObject {
  const before = readTags(data, vocabulary);
  const find = (attribute: string, role: string): Tag | undefined =>
    tags.find((tag) => tag.attribute === attribute && roleOf(tag) === role);
  const attributes = new Map<string, JsonValue>();
  for (const [name, value] of entriesOf(data.attributes)) {
    const tag = find(tagName(name, vocabulary), 'is');
    if (!valuesIn(value)) attributes.set(name, value);
    else if (tag) attributes.set(name, sameList(value, tag.values) ? value : asWritten(tag, value));
  }
  const named = new Set([...attributes.keys()].map((name) => tagName(name, vocabulary)));
  for (const tag of tags)
    if (tag.operator === 'is' && !named.has(tag.attribute))
      attributes.set(tag.attribute, tag.values);
  const tagged = withField(data, 'attributes', attributes);
  const [was, now] = [before.tags, tags].map((list) =>
    list.filter(({ operator }) => operator !== 'is'),
  );
  const isSame =
    was?.length === now?.length && was?.every((tag) => now?.some((one) => sameTag(one, tag)));
  return isSame ? tagged : withField(tagged, 'when', writeWhen(data, tags, before, vocabulary));
}

const sameList = (value: JsonValue, values: readonly JsonValue[]): boolean =>
  sameData(isList(value) ? value : [value], values);
const asWritten = ({ values }: Tag, was: JsonValue): JsonValue =>
  !isList(was) && values.length === 1 ? (values[0] as JsonValue) : values;

function writeWhen(
  data: JsonObject,
  tags: readonly Tag[],
  { rest = {} }: ReadTags,
  vocabulary: Vocabulary,
): ReadonlyMap<string, JsonValue> {
  const when = new Map<string, JsonValue>();
  const left = new Set(tags.filter(({ operator }) => operator !== 'is'));
  const isDenied = ({ attribute, operator }: Tag): boolean =>
    operator === 'isNot' && vocabulary.attribute(attribute)?.type !== 'multi';
  for (const [key, value] of entriesOf(data.when)) {
    const was = readWhen(key, value);
    if (key === 'not' || key === 'all') {
      // Opposites are gathered below; their places are kept.
      if (Object.hasOwn(rest, key)) when.set(key, rest[key] as JsonValue);
      else when.set(key, null);
    } else if (!was) when.set(key, value);
    else {
      const tag = [...left].find((one) => sameRole(one, was));
      if (!tag) continue;
      left.delete(tag);
      when.set(key, sameTag(tag, was) ? value : boundsOf(tag));
    }
  }
  const denied = [...left].filter(isDenied);
  for (const tag of left) if (!isDenied(tag)) when.set(tag.attribute, boundsOf(tag));
  putDenied(when, denied, data.when);
  return when;
}

/** One opposite is `not:`; more of them, or one beside another `not:`, stand in `all:`. */
function putDenied(
  when: Map<string, JsonValue>,
  denied: readonly Tag[],
  was: JsonValue | undefined,
): void {
  const written = denied.map(
    (tag): JsonObject => ({ not: { [tag.attribute]: short(tag.values) } }),
  );
  const kept = written.map((one, i) => writtenBefore(was, denied[i]) ?? one);
  const held = when.get('all');
  const others = isList(held) ? held : [];
  const [only] = kept;
  if (
    kept.length === 1 &&
    only &&
    others.length === 0 &&
    (when.get('not') ?? null) === null &&
    held === undefined
  ) {
    when.set('not', (only as JsonObject).not as JsonValue);
  } else if (kept.length > 0 || others.length > 0) when.set('all', [...others, ...kept]);
  for (const key of ['not', 'all']) if (when.get(key) === null) when.delete(key);
}

/** The opposite as the file says it already. */
function writtenBefore(was: JsonValue | undefined, tag: Tag | undefined): JsonObject | undefined {
  if (!isMap(was) || !tag) return undefined;
  const all = [{ not: was.not ?? null }, ...(isList(was.all) ? was.all : [])];
  return all.find((one): one is JsonObject => {
    const read = readDenied(one);
    return read !== undefined && sameTag(read, tag);
  });
}

const short = (values: readonly JsonValue[]): JsonValue =>
  values.length === 1 ? (values[0] as JsonValue) : values;

function boundsOf({ operator, values }: Tag): JsonObject {
  if (operator === 'isNot') return { hasNone: values };
  if (operator === 'between') return { gte: values[0] ?? null, lte: values[1] ?? null };
  const bound = Object.keys(BOUNDS).find((one) => BOUNDS[one] === operator) ?? 'gte';
  return { [bound]: values[0] ?? null };
}

/** The field at its place; without it when nothing is left in it. */
function withField(data: JsonObject, key: string, map: ReadonlyMap<string, JsonValue>): JsonObject {
  const value = Object.fromEntries(map);
  if (map.size > 0) return { ...data, [key]: value };
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}
