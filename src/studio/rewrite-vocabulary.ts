import { OpportuneError } from '../core/errors.js';
import type { JsonObject, JsonValue } from '../domain/value.js';
import { isReservedName, NAME_PATTERN } from '../plan/attribute-table.js';
import { isList, isMap } from './play-data.js';
import type { Item, Items } from './playbook-folder.js';
import {
  type Declaration,
  declarationsOf,
  declaredIn,
  findUses,
  isReserved,
  readValue,
} from './vocabulary-uses.js';
import { type Words, walkItem } from './vocabulary-walk.js';

/** What something will be called: what is left out stays. */
export interface Naming {
  readonly id?: string;
  readonly label?: string;
}

/**
 * The items after an attribute got another id, label or both: everything that names it names it so.
 * @throws OpportuneError `opportune/taken`, `opportune/bad-name`, `opportune/cannot-rename` or `opportune/unknown-word`.
 */
export function renameAttribute(items: Items, id: string, { id: name, label }: Naming): Items {
  const { item } = declared(items, id);
  const { of } = item.data;
  const bare = name?.trim() ?? String(item.data.id);
  const next = `${String(of)}.${bare}`;
  if (next !== id) {
    if (isReserved(id))
      throw refuse(
        'opportune/cannot-rename',
        id,
        'it is known by this name to every CRM',
        'Give it another label: that is what people read.',
      );
    if (!new RegExp(NAME_PATTERN).test(bare) || isReservedName(bare))
      throw refuse(
        'opportune/bad-name',
        id,
        `"${bare}" cannot be a name`,
        'Write one word of letters and digits that begins with a small letter, such as industry.',
      );
    if (declaredIn(items)(next) || findUses(items).names.has(bare))
      throw refuse(
        'opportune/taken',
        id,
        `"${bare}" is there already`,
        'Choose another name, or merge the two.',
      );
  }
  const renamed = replaceItem(items, item.id, (own) => ({
    ...own,
    data: withName(own.data, bare, label),
  }));
  return next === id
    ? renamed
    : rewrite(renamed, items, { name: (one) => (one === id ? next : one) });
}

function withName(data: JsonObject, id: string, label: string | undefined): JsonObject {
  return { ...data, id, ...(label !== undefined && { label: label.trim() }) };
}

/**
 * The items after a value got another id, label or both. Records hold what the CRM says: where the id becomes another
 * one, so must the value there, or its map.
 * @throws as {@link renameAttribute}.
 */
export function renameValue(items: Items, id: string, value: string, naming: Naming): Items {
  const own = declared(items, id);
  const entry = valueIn(own, value);
  const next = naming.id?.trim() ?? value;
  const label = naming.label?.trim() ?? (entry.label === entry.id ? next : entry.label);
  if (next === '' || label === '')
    throw refuse('opportune/bad-name', id, 'a value needs a name', 'Write a word for it.');
  if (next !== value) {
    refuseDerived(own);
    if (own.values.some((other) => other.id === next))
      throw refuse(
        'opportune/taken',
        id,
        `"${next}" is there already`,
        'Choose another name, or merge the two.',
      );
  }
  const renamed = replaceItem(items, own.item.id, (item) =>
    withValues(item, (values) =>
      values.map((one) => (readValue(one).id === value ? nameValue(one, next, label) : one)),
    ),
  );
  return rewriteValue(renamed, items, id, value, next);
}

/**
 * The items with one value more, at the end.
 * @throws as {@link renameAttribute}.
 */
export function addValue(items: Items, id: string, word: string): Items {
  const own = declared(items, id);
  const name = word.trim();
  const isKnown = ({ id: one, label }: Naming): boolean =>
    [one, label].some((text) => text?.toLowerCase() === name.toLowerCase());
  refuseDerived(own);
  if (name === '')
    throw refuse('opportune/bad-name', id, 'a value needs a name', 'Write a word for it.');
  if (own.values.some(isKnown))
    throw refuse('opportune/taken', id, `"${name}" is there already`, 'Use that one.');
  return replaceItem(items, own.item.id, (item) => withValues(item, (values) => [...values, name]));
}

/** As the author would write it: a word where id and label are the same and nothing else is said. */
function nameValue(entry: JsonValue, id: string, label: string): JsonValue {
  if (isMap(entry) && (id !== label || Object.keys(entry).length > 2))
    return { ...entry, id, label };
  return id === label ? id : { id, label };
}

/**
 * The items after a value gave way to another: everything that uses it uses that one. With `keepsWords` people still find
 * that one by the words of this.
 * @throws as {@link renameAttribute}.
 */
export function mergeValues(
  items: Items,
  id: string,
  value: string,
  into: string,
  { keepsWords }: { readonly keepsWords: boolean },
): Items {
  const own = declared(items, id);
  const old = valueIn(own, value);
  const kept = valueIn(own, into);
  if (value === into)
    throw refuse(
      'opportune/taken',
      id,
      'a value cannot stand in for itself',
      'Choose another one.',
    );
  refuseDerived(own);
  const words = [...kept.synonyms, old.id, old.label, ...old.synonyms].filter(
    (word, i, all) => word !== kept.id && word !== kept.label && all.indexOf(word) === i,
  );
  const merged = replaceItem(items, own.item.id, (item) =>
    withValues(item, (values) =>
      values
        .filter((one) => readValue(one).id !== value)
        .map((one) =>
          keepsWords && readValue(one).id === into && words.length > 0
            ? { ...(isMap(one) ? one : { id: into, label: kept.label }), synonyms: words }
            : one,
        ),
    ),
  );
  return rewriteValue(merged, items, id, value, into);
}

/**
 * The items after one attribute gave way to another of the same kind and type. Values that only it had are values of the other.
 * @throws as {@link renameAttribute}.
 */
export function mergeAttributes(items: Items, id: string, into: string): Items {
  const old = declared(items, id);
  const kept = declared(items, into);
  const says = ({ item: { data } }: Declaration): JsonValue => [
    data.of ?? null,
    data.type ?? null,
    data.unit ?? null,
  ];
  if (id === into || JSON.stringify(says(old)) !== JSON.stringify(says(kept)))
    throw refuse(
      'opportune/cannot-merge',
      id,
      `"${old.label}" and "${kept.label}" are not alike`,
      'Merge two of the same kind of record, type and unit.',
    );
  if (isReserved(id))
    throw refuse(
      'opportune/cannot-rename',
      id,
      'it is known by this name to every CRM',
      'Merge the other one into it.',
    );
  const known = new Set(kept.values.map((one) => one.id));
  const more = isList(old.item.data.values)
    ? old.item.data.values.filter((one) => !known.has(readValue(one).id))
    : [];
  const without = new Map([...items].filter(([key]) => key !== old.item.id));
  const merged =
    more.length === 0
      ? without
      : replaceItem(without, kept.item.id, (item) =>
          withValues(item, (values) => [...values, ...more]),
        );
  return rewrite(merged, items, { name: (one) => (one === id ? into : one) });
}

function declared(items: Items, id: string): Declaration {
  const own = declarationsOf(items).find((one) => one.id === id);
  if (own) return own;
  throw refuse(
    'opportune/unknown-word',
    id,
    'it is not declared in attributes.yaml',
    declaredIn(items)(id)
      ? 'It is a machine, or known by itself: change the machine, or declare it first.'
      : 'Declare it first.',
  );
}

function valueIn({ id, values }: Declaration, value: string): Declaration['values'][number] {
  const entry = values.find((one) => one.id === value);
  if (entry) return entry;
  throw refuse(
    'opportune/unknown-word',
    id,
    `"${value}" is not one of its values`,
    'Choose one of its values.',
  );
}

/** What activities say cannot be called otherwise here. */
function refuseDerived({ id, item }: Declaration): void {
  if (item.data.derive !== undefined)
    throw refuse(
      'opportune/cannot-rename',
      id,
      'its values are what activities say',
      'Give the value another label: that is what people read.',
    );
}

function refuse(
  code: `opportune/${string}`,
  where: string,
  message: string,
  remedy: string,
): OpportuneError {
  return new OpportuneError(code, message, { where, remedy });
}

function withValues(
  item: Item,
  change: (values: readonly JsonValue[]) => readonly JsonValue[],
): Item {
  const { values } = item.data;
  return { ...item, data: { ...item.data, values: change(isList(values) ? values : []) } };
}

function replaceItem(items: Items, id: string, change: (item: Item) => Item): Items {
  return new Map([...items].map(([key, item]) => [key, key === id ? change(item) : item]));
}

function rewriteValue(items: Items, before: Items, id: string, value: string, into: string): Items {
  if (value === into) return items;
  return rewrite(items, before, {
    value: (one, held) => (one === id && String(held) === value ? into : held),
  });
}

/** Every item in other words. Names are read as they were declared before. */
function rewrite(
  items: Items,
  before: Items,
  words: Partial<Pick<Words, 'name' | 'value'>>,
): Items {
  const all: Words = {
    name: (id) => id,
    value: (_, value) => value,
    ...words,
    isDeclared: declaredIn(before),
    willBeDeclared: declaredIn(items),
  };
  return new Map([...items].map(([key, item]) => [key, walkItem(item, all)]));
}
