import type { JsonValue } from '../domain/value.js';
import { type Cursor, eat, endOfWords, miss, skipSpace } from './cursor.js';
import { isList, isMap, type Path } from './play-data.js';
import type { Said, Slot } from './sentence.js';
import type { Env } from './vocabulary.js';

/**
 * One way of saying a value, for both directions. `write` gives undefined for a value that it cannot say; `read` gives
 * undefined for words that it cannot read, wherever it left the cursor.
 */
export interface Rule {
  write(value: JsonValue | undefined, path: Path, env: Env): readonly Said[] | undefined;
  read(cursor: Cursor, env: Env): { readonly value: JsonValue | undefined } | undefined;
}

/** Words that stand for which of several forms a value has; choosing another changes the form. */
export interface Form {
  readonly form: 'trigger' | 'pattern' | 'operator' | 'group' | 'moment' | 'worth';
  readonly is: string;
  readonly says: string;
}

export type Element =
  /** Fixed words. */
  | string
  | Form
  /** The whole value. */
  | { readonly rule: Rule }
  /** A field that the value has; null while it is open. With `free` it need not have it, and has not while it is open. */
  | { readonly key: string; readonly rule: Rule; readonly free?: true }
  /** Said where the value has this field. */
  | { readonly maybe: string; readonly elements: readonly Element[] };

/** The words of a template with elements in its holes: `{event} within {span}`. */
export function template(text: string, holes: { readonly [hole: string]: Element }): Element[] {
  return text
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => holes[piece.slice(1, -1)] ?? piece);
}

/** The elements one after the other. With fields among them the value is a map of exactly these. */
export function phrase(...elements: readonly Element[]): Rule {
  const keys = keysIn(elements);
  return {
    write(value, path, env) {
      if (keys.size > 0) {
        if (!isMap(value) || Object.keys(value).some((key) => !keys.has(key))) return undefined;
      }
      return writeAll(elements, value, path, env);
    },
    read(cursor, env) {
      const fields: [string, JsonValue][] = [];
      const whole = readAll(elements, cursor, env, fields);
      if (!whole) return undefined;
      return keys.size > 0 ? { value: Object.fromEntries(fields) } : whole;
    },
  };
}

function keysIn(elements: readonly Element[]): ReadonlySet<string> {
  return new Set(
    elements.flatMap((element) =>
      typeof element === 'string'
        ? []
        : 'key' in element
          ? [element.key]
          : 'maybe' in element
            ? [...keysIn(element.elements)]
            : [],
    ),
  );
}

function writeAll(
  elements: readonly Element[],
  value: JsonValue | undefined,
  path: Path,
  env: Env,
): readonly Said[] | undefined {
  const parts: Said[] = [];
  const map = isMap(value) ? value : undefined;
  for (const element of elements) {
    let written: readonly Said[] | undefined;
    if (typeof element === 'string') written = [element];
    else if ('form' in element) written = [formSlot(element, path, env)];
    else if ('maybe' in element)
      written =
        map && Object.hasOwn(map, element.maybe)
          ? writeAll(element.elements, value, path, env)
          : hasAny(map, element)
            ? undefined
            : [{ unsaid: [...path, element.maybe], says: firstWords(element.elements) }];
    else if ('key' in element) {
      const { key, rule, free } = element;
      const isThere = map !== undefined && Object.hasOwn(map, key);
      const field = isThere ? map[key] : undefined;
      if (isThere || free)
        written = rule.write(free ? field : (field ?? undefined), [...path, key], env);
    } else written = element.rule.write(value, path, env);
    if (!written) return undefined;
    parts.push(...written);
  }
  return parts;
}

function firstWords(elements: readonly Element[]): string {
  const [first] = elements;
  const words = typeof first === 'string' ? first : first && 'form' in first ? first.says : '';
  return words.replace(/^[,.; ]+/, '').trim();
}

/** A field of a part that is left out would be lost with it. */
function hasAny(
  map: { readonly [key: string]: JsonValue } | undefined,
  { elements }: { readonly elements: readonly Element[] },
): boolean {
  return map !== undefined && [...keysIn(elements)].some((key) => Object.hasOwn(map, key));
}

export function formSlot({ form, is, says }: Form, path: Path, env: Env): Slot {
  const { bare, attribute } = env;
  return {
    path,
    of: 'form',
    kind: form,
    value: is,
    text: says,
    bare,
    ...(attribute !== undefined && { attribute }),
  };
}

function readAll(
  elements: readonly Element[],
  cursor: Cursor,
  env: Env,
  fields: [string, JsonValue][],
): { readonly value: JsonValue | undefined } | undefined {
  let whole: { readonly value: JsonValue | undefined } = { value: undefined };
  for (const element of elements) {
    if (typeof element === 'string') {
      if (!eat(cursor, element)) return undefined;
    } else if ('form' in element) {
      if (!eatForm(cursor, element)) return undefined;
    } else if ('maybe' in element) {
      const { at } = cursor;
      const inner: [string, JsonValue][] = [];
      if (readAll(element.elements, cursor, env, inner)) fields.push(...inner);
      else cursor.at = at;
    } else {
      const read = element.rule.read(cursor, env);
      if (!read) return undefined;
      if (!('key' in element)) whole = read;
      else if (read.value !== undefined || !element.free)
        fields.push([element.key, read.value ?? null]);
    }
  }
  return whole;
}

export function eatForm(cursor: Cursor, { says }: Form): boolean {
  const from = skipSpace(cursor, cursor.at);
  if (cursor.text[from] !== '[') {
    if (cursor.isBare) return eat(cursor, says);
    miss(cursor, from, says);
    return false;
  }
  const start = skipSpace(cursor, from + 1);
  const end = endOfWords(cursor.text, start, says);
  const close = end === undefined ? -1 : skipSpace(cursor, end);
  if (cursor.text[close] !== ']') {
    miss(cursor, from, says);
    return false;
  }
  cursor.at = close + 1;
  return true;
}

/** The first of these that can. */
export function oneOf(...rules: readonly Rule[]): Rule {
  return {
    write(value, path, env) {
      for (const rule of rules) {
        const parts = rule.write(value, path, env);
        if (parts) return parts;
      }
      return undefined;
    },
    read(cursor, env) {
      const { at } = cursor;
      for (const rule of rules) {
        cursor.at = at;
        const read = rule.read(cursor, env);
        if (read) return read;
      }
      return undefined;
    },
  };
}

/** A list that is not empty: `a, b or c`. */
export function listOf(rule: Rule, between: string, beforeLast: string = between): Rule {
  return {
    write(value, path, env) {
      if (!isList(value) || value.length === 0) return undefined;
      const parts: Said[] = [];
      for (const [index, item] of value.entries()) {
        const written = rule.write(item ?? undefined, [...path, index], env);
        if (!written) return undefined;
        if (index > 0) parts.push(index === value.length - 1 ? beforeLast : between);
        parts.push(...written);
      }
      return parts;
    },
    read(cursor, env) {
      const items: JsonValue[] = [];
      for (;;) {
        const { at } = cursor;
        if (items.length > 0 && !eat(cursor, beforeLast) && !eat(cursor, between)) break;
        const read = rule.read(cursor, env);
        if (read) items.push(read.value ?? null);
        else if (items.length === 0) return undefined;
        else {
          cursor.at = at;
          break;
        }
      }
      return { value: items };
    },
  };
}

/** Words that stand for this value alone. */
export function constant(value: JsonValue, ...elements: readonly Element[]): Rule {
  const rule = phrase(...elements);
  return {
    write: (held, path, env) => (held === value ? rule.write(held, path, env) : undefined),
    read: (cursor, env) => rule.read(cursor, env) && { value },
  };
}

/** A rule that is made when it is first used: rules hold each other. */
export function lazily(make: () => Rule): Rule {
  let made: Rule | undefined;
  const rule = (): Rule => {
    made ??= make();
    return made;
  };
  return {
    write: (value, path, env) => rule().write(value, path, env),
    read: (cursor, env) => rule().read(cursor, env),
  };
}

/** The same, where other names are meant. */
export function within(change: (env: Env) => Env, rule: Rule): Rule {
  return {
    write: (value, path, env) => rule.write(value, path, change(env)),
    read: (cursor, env) => rule.read(cursor, change(env)),
  };
}

/** Said and read only of values that pass. */
export function only(test: (value: JsonValue | undefined) => boolean, rule: Rule): Rule {
  return {
    write: (value, path, env) => (test(value) ? rule.write(value, path, env) : undefined),
    read(cursor, env) {
      const read = rule.read(cursor, env);
      return read && test(read.value) ? read : undefined;
    },
  };
}
