import type { JsonValue } from '../domain/value.js';
import type { NameKind } from '../plan/context.js';
import { ENGLISH } from '../view/strings.js';
import { eat } from './cursor.js';
import { isList, isMap } from './play-data.js';
import { constant, type Form, lazily, listOf, oneOf, only, phrase, type Rule } from './rule.js';
import type { Said, SlotKind } from './sentence.js';
import { readSlot, slot, slotAt } from './slot.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Env } from './vocabulary.js';

/** As deep as a file may be nested. */
const MAX_DEPTH = 24;

/** A map whose keys are choices too; `value` says what stands behind a key, and `inside` how names are meant there. */
interface Entries {
  readonly key: SlotKind;
  readonly between: string;
  readonly value: Rule;
  readonly inside: (key: string, env: Env) => Env;
  /** Keys that have words of their own. */
  readonly groups?: { readonly [key: string]: Rule };
}

export function entriesOf({ key: kind, between, value, inside, groups = {} }: Entries): Rule {
  const names = Object.keys(groups);
  const readOne = (
    ...[cursor, env]: Parameters<Rule['read']>
  ): readonly [string, JsonValue] | undefined => {
    const { at } = cursor;
    for (const name of names) {
      cursor.at = at;
      const read = groups[name]?.read(cursor, inside(name, env));
      if (read) return [name, read.value ?? null];
    }
    cursor.at = at;
    const key = readSlot(kind, cursor, env);
    const name = key?.value ?? (key && cursor.forgiven.size > 0 ? `?${at}` : undefined);
    if (typeof name !== 'string') return undefined;
    const read = value.read(cursor, inside(name, env));
    return read && [name, read.value ?? null];
  };
  return {
    write(map, path, env) {
      if (!isMap(map) || env.depth > MAX_DEPTH) return undefined;
      const parts: Said[] = [];
      for (const [name, held] of Object.entries(map)) {
        if (parts.length > 0) parts.push(between);
        const [at, there] = [[...path, name], inside(name, env)];
        const group = Object.hasOwn(groups, name)
          ? groups[name]?.write(held, at, there)
          : undefined;
        const said = group ?? value.write(held ?? undefined, at, there);
        if (!said) return undefined;
        if (!group) parts.push(slotAt(kind, 'key', name, at, env));
        parts.push(...said);
      }
      return parts.length === 0 ? undefined : parts;
    },
    read(cursor, env) {
      if (env.depth > MAX_DEPTH) return undefined;
      const found: (readonly [string, JsonValue])[] = [];
      for (;;) {
        const { at } = cursor;
        if (found.length > 0 && !eat(cursor, between)) break;
        const one = readOne(cursor, env);
        if (one && !found.some(([name]) => name === one[0])) found.push(one);
        else if (found.length === 0) return undefined;
        else {
          cursor.at = at;
          break;
        }
      }
      return { value: Object.fromEntries(found) };
    },
  };
}

const operator = (is: string, says: string): Form => ({ form: 'operator', is, says });
const { and, or, but, comma, operators: SAYS } = WORDS;

/** The words of a card around a bound, such as `{value} or more`; those before the value are the operator's. */
function bound(is: string, text: string): Rule {
  const [before = '', after = ''] = text.split('{value}');
  return phrase(
    ' ',
    operator(is, `${SAYS.is} ${before}`.trim()),
    ' ',
    { rule: slot('value') },
    after,
  );
}

const isScalar = (value: JsonValue | undefined): boolean => !isList(value) && !isMap(value);

/** Several values, or a single one with words of its own. */
function values(is: string, listed: string, single: string, last: string): Rule {
  return oneOf(
    phrase(' ', operator(is, listed), ' ', { rule: listOf(slot('value'), comma, last) }),
    only(isScalar, phrase(' ', operator(is, single), ' ', { rule: slot('value') })),
  );
}

const OPERATIONS: { readonly [operator: string]: Rule } = {
  gt: bound('gt', ENGLISH.moreThan),
  gte: bound('gte', ENGLISH.atLeast),
  lt: bound('lt', ENGLISH.lessThan),
  lte: bound('lte', ENGLISH.atMost),
  startsWith: bound('startsWith', ENGLISH.beginsWith),
  in: phrase(
    ' ',
    operator('in', `${SAYS.is} ${ENGLISH.sameAs.replace('{label}', '')}`.trim()),
    ' ',
    { rule: slot('name') },
  ),
  hasAll: values('hasAll', SAYS.hasAll, SAYS.has, WORDS.asWell),
  hasNone: values('hasNone', SAYS.hasNone, SAYS.hasNo, or),
  missing: oneOf(
    constant(true, ' ', operator('missing', `${SAYS.is} ${ENGLISH.notKnown}`)),
    constant(false, ' ', operator('known', SAYS.known)),
  ),
};

/** `is 3 days or more but is 60 days or less`: a map of operators. */
const operations: Rule = {
  write(map, path, env) {
    if (!isMap(map)) return undefined;
    const parts: Said[] = [];
    for (const [name, held] of Object.entries(map)) {
      const rule = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
      const said = rule?.write(held, [...path, name], env);
      if (!said) return undefined;
      parts.push(...(parts.length > 0 ? [but.trimEnd()] : []), ...said);
    }
    return parts.length === 0 ? undefined : parts;
  },
  read(cursor, env) {
    const found: [string, JsonValue][] = [];
    for (;;) {
      const { at } = cursor;
      if (found.length > 0 && !eat(cursor, but)) break;
      const start = cursor.at;
      const one = Object.entries(OPERATIONS).flatMap(([name, rule]) => {
        if (found.some(([known]) => known === name)) return [];
        cursor.at = start;
        const read = rule.read(cursor, env);
        return read ? [{ name, value: read.value ?? null, end: cursor.at }] : [];
      })[0];
      if (!one) {
        if (found.length === 0) return undefined;
        cursor.at = at;
        break;
      }
      found.push([one.name, one.value]);
      cursor.at = one.end;
    }
    return { value: Object.fromEntries(found) };
  },
};

/** What is asked of one attribute, behind its name. */
export function equalsRule(kind: SlotKind): Rule {
  return oneOf(
    phrase(' ', operator('list', SAYS.list), ' ', { rule: listOf(slot(kind), comma, or) }),
    phrase(' ', operator('is', SAYS.is), ' ', { rule: slot(kind) }),
  );
}

const deeper = (env: Env, bare: NameKind = env.bare): Env => {
  const { attribute: _, ...rest } = env;
  return { ...rest, bare, depth: env.depth + 1 };
};

const group = (is: string, says: string): Form => ({ form: 'group', is, says });
const inner = lazily(() => conditionRule);
const bracketed = phrase('(', { rule: inner }, ')');

/** Records of a kind that meet a condition: `{ opportunity: { open: true } }`. */
const children = entriesOf({
  key: 'child',
  between: WORDS.plus,
  value: phrase(WORDS.with, { rule: bracketed }),
  inside: (kind, env) => deeper(env, kind as NameKind),
});

const tests = entriesOf({
  key: 'name',
  between: and,
  value: oneOf(operations, equalsRule('value')),
  inside: (name, env) =>
    Object.hasOwn(WORDS.groups, name)
      ? deeper(env)
      : { ...env, attribute: name.includes('.') ? name : `${env.bare}.${name}` },
  groups: {
    any: phrase(group('any', WORDS.groups.any), ' ', { rule: listOf(bracketed, or) }),
    all: phrase(group('all', WORDS.groups.all), ' ', { rule: listOf(bracketed, and) }),
    not: phrase(group('not', WORDS.groups.not), ' ', { rule: bracketed }),
    has: phrase(group('has', WORDS.groups.has), ' ', { rule: children }),
    hasNo: phrase(group('hasNo', WORDS.groups.hasNo), ' ', { rule: children }),
  },
});

export const conditionRule: Rule = oneOf(tests, slot('condition'));
