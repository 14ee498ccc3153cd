import type { JsonValue } from '../domain/value.js';
import { isContent, isPlay } from './content-item.js';
import { readTags, type Tag, tagName } from './content-tags.js';
import { isList, isMap } from './play-data.js';
import type { Item, Items } from './playbook-folder.js';
import type { Vocabulary } from './vocabulary.js';

/** What a play asks of content, by attribute: qualified, or content's own word. */
export type ContentQuery = ReadonlyMap<string, readonly JsonValue[] | 'same'>;

export interface ContentUses {
  /** Plays that can bring it, in the order of the folder. */
  playsOf(content: Item): readonly Item[];
  /** Content that the play can bring. */
  contentsOf(play: Item): readonly Item[];
  /** Own words that plays ask for, the most asked for first. */
  readonly asked: readonly Tag[];
}

/** What the play's `content:` asks; undefined where it brings none. */
export function queryOf({ data }: Item, vocabulary: Vocabulary): ContentQuery | undefined {
  if (!isMap(data.content)) return undefined;
  const about = typeof data.about === 'string' ? data.about : 'opportunity';
  return new Map(
    Object.entries(data.content).map(([name, value]): [string, readonly JsonValue[] | 'same'] => [
      vocabulary.attribute(`${about}.${name}`) ? `${about}.${name}` : tagName(name, vocabulary),
      value === 'same' ? 'same' : isList(value) ? value : [value],
    ]),
  );
}

/**
 * Whether a play that asks so can bring content with these tags, on some record. Content must have own words that are asked
 * for; where it is tagged with an attribute that is asked for, one of the values must be the same.
 */
export function canBring(query: ContentQuery, tags: readonly Tag[]): boolean {
  for (const [name, wanted] of query) {
    const tag = tags.find(({ attribute, operator }) => attribute === name && operator === 'is');
    if (!tag && !name.includes('.')) return false;
    if (tag && wanted !== 'same' && !tag.values.some((value) => wanted.includes(value)))
      return false;
  }
  return true;
}

/** Which plays bring which content, at these items. Plays are looked up by a word of content's own that they ask for. */
export function findUses(items: Items, vocabulary: Vocabulary): ContentUses {
  const queries = new Map<Item, ContentQuery>();
  const byWord = new Map<string, Item[]>();
  const others: Item[] = [];
  const counts = new Map<string, { readonly tag: Tag; count: number }>();
  for (const play of items.values()) {
    const query = isPlay(play) ? queryOf(play, vocabulary) : undefined;
    if (!query) continue;
    queries.set(play, query);
    const own = [...query].find(([name]) => !name.includes('.'));
    if (!own || own[1] === 'same') {
      others.push(play);
      continue;
    }
    const [attribute, values] = own;
    for (const value of values) {
      const key = `${attribute}=${String(value)}`;
      byWord.set(key, [...(byWord.get(key) ?? []), play]);
      const known = counts.get(key) ?? {
        tag: { attribute, operator: 'is', values: [value] },
        count: 0,
      };
      known.count += 1;
      counts.set(key, known);
    }
  }
  const asked = [...counts.values()].sort((a, b) => b.count - a.count).map(({ tag }) => tag);
  const tagsOf = (content: Item): readonly Tag[] => tagsIn(content, vocabulary);
  return {
    asked,
    playsOf(content) {
      const tags = tagsOf(content);
      const found = new Set(others);
      for (const { attribute, values } of tags)
        for (const value of values)
          for (const play of byWord.get(`${attribute}=${String(value)}`) ?? []) found.add(play);
      return [...found].filter((play) => canBring(queries.get(play) ?? new Map(), tags));
    },
    contentsOf(play) {
      const query = queries.get(play);
      if (!query) return [];
      return [...items.values()].filter((item) => isContent(item) && canBring(query, tagsOf(item)));
    },
  };
}

/** The tags of content, read once as long as it and the vocabulary's attributes are the same. */
export function tagsIn(item: Item, vocabulary: Vocabulary): readonly Tag[] {
  const known = vocabulary.once('content-tags', () => {
    const ids = vocabulary.playbook.attributes.map(({ id }) => id).join();
    const kept = readBefore.get(ids) ?? new WeakMap<Item, readonly Tag[]>();
    readBefore.clear();
    readBefore.set(ids, kept);
    return kept;
  });
  const tags = known.get(item) ?? readTags(item.data, vocabulary).tags;
  known.set(item, tags);
  return tags;
}

const readBefore = new Map<string, WeakMap<Item, readonly Tag[]>>();

/** Whether something can be both: a value of the one is a value of the other. Content without such a tag goes with anything. */
export function isTaggedSo(tags: readonly Tag[], wanted: Tag): boolean {
  const own = tags.filter(({ attribute }) => attribute === wanted.attribute);
  if (wanted.operator === 'isNot')
    return !own.some(
      ({ operator, values }) =>
        operator === 'is' && values.every((value) => wanted.values.includes(value)),
    );
  return own.some((tag) => overlap(tag, wanted));
}

function overlap(a: Tag, b: Tag): boolean {
  if (a.operator === 'isNot')
    return b.operator === 'is' && b.values.some((value) => !a.values.includes(value));
  if (a.operator === 'is' && b.operator === 'is')
    return a.values.some((value) => b.values.includes(value));
  if (a.operator === 'is') return a.values.some((value) => isInside(value, b));
  if (b.operator === 'is') return b.values.some((value) => isInside(value, a));
  const [one, other] = [boundsOf(a), boundsOf(b)];
  const low =
    one.low === undefined
      ? other.low
      : other.low === undefined || less(other.low, one.low)
        ? one.low
        : other.low;
  const high =
    one.high === undefined
      ? other.high
      : other.high === undefined || less(one.high, other.high)
        ? one.high
        : other.high;
  if (low === undefined || high === undefined) return true;
  const isOpen = [a, b].some(({ operator }) => operator === 'over' || operator === 'under');
  return less(low, high) || (low === high && !isOpen);
}

const less = (a: JsonValue, b: JsonValue): boolean =>
  typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b);

function boundsOf({ operator, values: [first, second] }: Tag): {
  readonly low?: JsonValue | undefined;
  readonly high?: JsonValue | undefined;
} {
  if (operator === 'between') return { low: first, high: second };
  return operator === 'over' || operator === 'atLeast' ? { low: first } : { high: first };
}

function isInside(value: JsonValue, { operator, values }: Tag): boolean {
  const [first = null, second = null] = values;
  switch (operator) {
    case 'over':
      return less(first, value);
    case 'atLeast':
      return !less(value, first);
    case 'under':
      return less(value, first);
    case 'atMost':
      return !less(first, value);
    case 'between':
      return !less(value, first) && !less(second, value);
    case 'is':
      return values.includes(value);
    case 'isNot':
      return !values.includes(value);
  }
}

const lastUses = new WeakMap<Items, readonly [Vocabulary, ContentUses]>();

/** {@link findUses}, once for the same items and vocabulary. */
export function usesAt(items: Items, vocabulary: Vocabulary): ContentUses {
  const [known, held] = lastUses.get(items) ?? [];
  if (known === vocabulary && held) return held;
  const uses = findUses(items, vocabulary);
  lastUses.set(items, [vocabulary, uses]);
  return uses;
}
