import type { JsonValue } from '../domain/value.js';
import { KINDS, reservedAttribute } from '../plan/attribute-table.js';
import { isList, isMap, type Path } from './play-data.js';
import type { Item, Items } from './playbook-folder.js';
import { walkItem } from './vocabulary-walk.js';

/** A place that uses an attribute or one of its values. */
export interface Use {
  readonly item: Item;
  /** From the top of the item: a play's `['applicability']`, or `['body']` for the text of content. */
  readonly path: Path;
}

export interface Uses {
  /** By qualified attribute, or by a word of content's own. */
  readonly names: ReadonlyMap<string, readonly Use[]>;
  /** By `account.industry=Food`. */
  readonly values: ReadonlyMap<string, readonly Use[]>;
  /** Values that stand side by side in one place: `account.industry`, then those of each place. */
  readonly together: ReadonlyMap<string, readonly (readonly string[])[]>;
}

const kept = new WeakMap<Items, Uses>();

/** Everything that uses the vocabulary, each item once for a word and a place in it. */
export function findUses(items: Items): Uses {
  const known = kept.get(items);
  if (known) return known;
  const names = new Map<string, Use[]>();
  const values = new Map<string, Use[]>();
  const together = new Map<string, string[][]>();
  const isDeclared = declaredIn(items);
  for (const item of items.values()) {
    const sets = new Map<string, string[]>();
    const note = (uses: Map<string, Use[]>, key: string, path: Path): void => {
      const held = uses.get(key) ?? [];
      const isNoted = held.some((use) => use.item === item && use.path.join() === path.join());
      if (!isNoted) uses.set(key, [...held, { item, path }]);
    };
    walkItem(item, {
      isDeclared,
      willBeDeclared: isDeclared,
      name(id, path) {
        note(names, id, path);
        return id;
      },
      value(id, value, path) {
        note(values, valueKey(id, value), path);
        const place = `${id} ${path.join()}`;
        sets.set(place, [...(sets.get(place) ?? []), String(value)]);
        return value;
      },
    });
    for (const [place, set] of sets) {
      const id = place.slice(0, place.indexOf(' '));
      together.set(id, [...(together.get(id) ?? []), set]);
    }
  }
  const found = { names, values, together };
  kept.set(items, found);
  return found;
}

const valueKey = (id: string, value: JsonValue): string => `${id}=${String(value)}`;

/** What uses an attribute, or one value of it. */
export function usesOf(items: Items, id: string, value?: string): readonly Use[] {
  const { names, values } = findUses(items);
  return (value === undefined ? names.get(id) : values.get(valueKey(id, value))) ?? [];
}

/** An attribute as the folder declares it. */
export interface Declaration {
  /** Qualified. */
  readonly id: string;
  readonly item: Item;
  readonly label: string;
  readonly values: readonly ValueEntry[];
}

export interface ValueEntry {
  readonly id: string;
  readonly label: string;
  readonly synonyms: readonly string[];
}

export function declarationsOf(items: Items): readonly Declaration[] {
  return [...items.values()]
    .filter(({ list }) => list === 'attributes')
    .map((item) => ({
      id: `${String(item.data.of)}.${String(item.data.id)}`,
      item,
      label: String(item.data.label ?? item.data.id),
      values: isList(item.data.values) ? item.data.values.map(readValue) : [],
    }));
}

export function readValue(entry: JsonValue): ValueEntry {
  if (!isMap(entry)) return { id: String(entry), label: String(entry), synonyms: [] };
  const { id, label, synonyms } = entry;
  return {
    id: String(id),
    label: String(label ?? id),
    synonyms: isList(synonyms) ? synonyms.map(String) : [],
  };
}

/** Whether an attribute is there: declared, known by itself, or the state of a machine. */
export function declaredIn(items: Items): (id: string) => boolean {
  const ids = new Set(declarationsOf(items).map(({ id }) => id));
  for (const { file, list, data } of items.values())
    if (file.startsWith('machines/') && list === undefined)
      ids.add(`${String(data.of)}.${String(data.id)}`);
  return (id) => ids.has(id) || isReserved(id);
}

/** Attributes that connectors and the agent know by name; who has left is never picked for an action. */
export function isReserved(id: string): boolean {
  if (id === 'contact.left') return true;
  const [kind = '', name = ''] = id.split('.');
  return KINDS.some((one) => one === kind && reservedAttribute(one, name) !== undefined);
}
