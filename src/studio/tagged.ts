import type { JsonValue } from '../domain/value.js';
import { isList, isMap } from './play-data.js';
import type { Item } from './playbook-folder.js';
import type { Vocabulary } from './vocabulary.js';

/** One content as the model sees it. */
export interface Tagged {
  readonly id: string;
  /** Its title on the first line, and what it says. */
  readonly text: string;
  readonly tags: Tags;
}

/** Values of choice, multi and boolean attributes and of content's own words; booleans are `true` and `false`. */
export type Tags = { readonly [attribute: string]: readonly string[] };

/** What content may be tagged with. */
export interface TagAttribute {
  /** Qualified, or bare for content's own. */
  readonly id: string;
  readonly label: string;
  /** Other words for the attribute: what a boolean is called. */
  readonly synonyms?: readonly string[];
  /** Of a boolean: `true` and `false`. */
  readonly values: readonly {
    readonly id: string;
    readonly label: string;
    readonly synonyms?: readonly string[];
  }[];
}

const KINDS = new Set(['account', 'opportunity', 'contact', 'product', 'rep']);

/** What content may be tagged with in a playbook: every attribute that has values to choose from, and content's own words. */
export function tagAttributesOf(vocabulary: Vocabulary): readonly TagAttribute[] {
  const declared = vocabulary.playbook.attributes.flatMap((attribute): TagAttribute[] => {
    const { id, label, type, of } = attribute;
    if (!KINDS.has(of)) return [];
    const values = type === 'boolean' ? BOOLEAN : (attribute.values ?? []);
    if (values.length === 0 || !['boolean', 'choice', 'multi'].includes(type)) return [];
    return [
      {
        id,
        label,
        synonyms: vocabulary.synonyms(id),
        values: values.map((one) => ({ ...one, synonyms: vocabulary.synonyms(`${id}=${one.id}`) })),
      },
    ];
  });
  const own = [...vocabulary.tags].map(([id, values]) => ({
    id,
    label: id,
    synonyms: vocabulary.synonyms(id),
    values: values.map((value) => ({
      id: value,
      label: value,
      synonyms: vocabulary.synonyms(`${id}=${value}`),
    })),
  }));
  return [...declared, ...own];
}

const BOOLEAN = [
  { id: 'true', label: 'yes' },
  { id: 'false', label: 'no' },
];

/**
 * The tags of a content as its file has them. A bare name is that of the only attribute that ends so; without attributes
 * names stay as they are.
 */
export function tagsOf(
  { data }: Pick<Item, 'data'>,
  attributes: readonly TagAttribute[] = [],
): Tags {
  const tags: { [attribute: string]: readonly string[] } = {};
  const held = data.attributes;
  if (!isMap(held)) return tags;
  const ids = attributes.map(({ id }) => id);
  for (const [name, value] of Object.entries(held)) {
    const qualified = ids.filter((id) => id.endsWith(`.${name}`));
    const id = ids.includes(name) || qualified.length !== 1 ? name : (qualified[0] ?? name);
    const values = (isList(value) ? value : [value]).flatMap(textOfValue);
    if (values.length > 0) tags[id] = values;
  }
  return tags;
}

const textOfValue = (value: JsonValue): readonly string[] =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? [String(value)]
    : [];

const HOLE = /\{[A-Za-z][\w.]*(?:\|([^{}]*))?\}/g;
const ADDRESS = /\b(?:https?:\/\/|mailto:|tel:)[^\s)>\]]+/gi;

/** What a content says: its title, and its text without addresses and without the names of what stands in its holes. */
export function textOf({ data, body = '' }: Pick<Item, 'data' | 'body'>): string {
  const title = typeof data.title === 'string' ? data.title : '';
  return `${title}\n${body.replace(ADDRESS, ' ').replace(HOLE, ' $1 ')}`;
}
