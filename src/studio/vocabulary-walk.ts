import type { JsonObject, JsonValue } from '../domain/value.js';
import type { NameKind } from '../plan/context.js';
import { isList, isMap, type Path, sameData } from './play-data.js';
import type { Item } from './playbook-folder.js';
import { type MapWords, walkMap } from './vocabulary-map.js';

/** What stands in the place of each word of the vocabulary that an item uses. */
export interface Words extends MapWords {
  /** Whether an attribute is there, as the item is read and as it will be. */
  readonly isDeclared: (id: string) => boolean;
  readonly willBeDeclared: (id: string) => boolean;
}

/** Where names without a kind are looked for, where no record is in view. */
const TAGGED: readonly NameKind[] = ['account', 'opportunity', 'contact', 'product', 'rep'];
/** Who sees a play, when it is no value of `rep.role`; whom it is done with, when it is none of `contact.role`. */
const AUDIENCES: ReadonlySet<unknown> = new Set(['owner', 'team', 'partner']);
const CONTACTS: ReadonlySet<unknown> = new Set(['event', 'self']);
const FROM_OTHERS = ['daysSinceDate', 'daysUntilDate', 'daysSinceChange'];
const HOLE = /\{([A-Za-z][\w.]*)(\|[^{}]*)?\}/g;

/** The item with every word that it uses put otherwise. What it does not use stays the same object. */
export function walkItem(item: Item, words: Words): Item {
  const data = walkData(item, words);
  const body =
    item.body === undefined
      ? undefined
      : fillHoles(item.body, (name) => lookUp(name, TAGGED, words, ['body']));
  return sameData(data, item.data) && body === item.body
    ? item
    : { ...item, data, ...(body !== undefined && { body }) };
}

function walkData({ file, list, data }: Item, words: Words): JsonObject {
  if (list === 'attributes') return walkAttribute(data, words);
  if (list === 'goals')
    return put(data, 'measure', (name) => lookUp(name, ['account', 'company'], words, ['measure']));
  if (list === 'reasons')
    return put(data, 'sets', (sets) =>
      tags(sets, ['account', 'opportunity', 'contact'], words, ['sets']),
    );
  if (list === 'products') return walkProduct(data, words);
  if (list !== undefined) return data;
  if (file === 'playbook.yaml')
    return put(data, 'profitGate', (gate) =>
      put(gate, 'costToServe', (name) => lookUp(name, ['account'], words, ['profitGate'])),
    );
  if (file.startsWith('plays/')) return walkPlay(data, words);
  if (file.startsWith('machines/')) return walkMachine(data, words);
  if (file.startsWith('content/')) return walkContent(data, words);
  return walkMap(data, words);
}

/** A map with another value at a key that it has. */
function put<Map extends JsonValue>(
  map: Map,
  key: string,
  change: (value: JsonValue) => JsonValue,
): Map {
  if (!isMap(map) || !Object.hasOwn(map, key)) return map;
  return Object.fromEntries(
    Object.entries(map).map(([one, held]) => [one, one === key ? change(held ?? null) : held]),
  ) as unknown as Map;
}

function walkAttribute(data: JsonObject, words: Words): JsonObject {
  const of = String(data.of);
  const derive = (from: JsonValue): JsonValue => {
    let found = from;
    for (const key of FROM_OTHERS)
      found = put(found, key, (name) => inScope(name, of, words, ['derive']));
    for (const key of ['countRecords', 'sumRecords'])
      found = put(found, key, (records) => {
        const kind = isMap(records) ? String(records.kind) : '';
        return put(
          put(records, 'where', (where) => condition(where, kind, words, ['derive'])),
          'attribute',
          (name) => inScope(name, kind, words, ['derive']),
        );
      });
    return found;
  };
  return put(put(data, 'derive', derive), 'usual', (name) =>
    inScope(name, 'company', words, ['usual']),
  );
}

function walkContent(data: JsonObject, words: Words): JsonObject {
  const tagged = put(data, 'attributes', (own) => tags(own, TAGGED, words, ['attributes']));
  return put(
    put(tagged, 'when', (when) => condition(when, 'account', words, ['when'])),
    'teams',
    (teams) => values('rep.team', teams, words, ['teams']),
  );
}

function walkProduct(data: JsonObject, words: Words): JsonObject {
  const own = put(data, 'attributes', (some) => tags(some, ['product'], words, ['attributes']));
  return ['brand', 'family'].reduce(
    (product, key) =>
      put(product, key, (value) => values(`product.${key}`, value, words, ['attributes'])),
    own,
  );
}

function walkMachine(data: JsonObject, words: Words): JsonObject {
  const of = String(data.of);
  const within = (state: JsonValue): JsonValue => {
    const led = put(state, 'transitions', (list) =>
      isList(list)
        ? list.map((one) =>
            put(
              put(one, 'when', (when) => condition(when, of, words, ['transitions'])),
              'where',
              (where) => condition(where, 'event', words, ['transitions']),
            ),
          )
        : list,
    );
    return put(led, 'states', (states) =>
      isMap(states)
        ? Object.fromEntries(
            Object.entries(states).map(([id, inner]) => [id, within(inner ?? null)]),
          )
        : states,
    );
  };
  return within(data) as JsonObject;
}

function walkPlay(data: JsonObject, words: Words): JsonObject {
  const about = data.about === 'account' || data.about === 'contact' ? data.about : 'opportunity';
  const name = (written: JsonValue, path: Path): JsonValue => inScope(written, about, words, path);
  const phrase = (text: JsonValue, path: Path): JsonValue =>
    typeof text === 'string' ? fillHoles(text, (one) => name(one, path)) : text;
  const chosen = (id: string, value: JsonValue, others: ReadonlySet<unknown>, path: Path) =>
    others.has(value) ? value : values(id, value, words, path);
  const changes: { [key: string]: (value: JsonValue) => JsonValue } = {
    title: (text) => phrase(text, ['title']),
    why: (text) => phrase(text, ['why']),
    trigger: (trigger) => walkTrigger(trigger, about, words),
    action: (action) =>
      put(
        put(
          put(action, 'contact', (who) =>
            chosen('contact.role', who, CONTACTS, ['action', 'contact']),
          ),
          'asks',
          (asked) => name(asked, ['action', 'asks']),
        ),
        'verb',
        (text) => phrase(text, ['action', 'verb']),
      ),
    for: (who) => chosen('rep.role', who, AUDIENCES, ['for']),
    serves: (serves) =>
      isMap(serves)
        ? Object.fromEntries(
            Object.entries(serves).map(([goal, worth]) => [
              goal,
              put(worth ?? null, 'of', (of) => name(of, ['serves'])),
            ]),
          )
        : serves,
    context: (parts) =>
      isList(parts)
        ? parts.map((part) =>
            put(part, 'when', (asked) => condition(asked, about, words, ['context'])),
          )
        : parts,
    content: (query) =>
      tags(query, [...new Set<NameKind>([about, ...TAGGED])], words, ['content'], about),
  };
  for (const filter of ['eligibility', 'applicability', 'suitability'])
    changes[filter] = (asked) => condition(asked, about, words, [filter]);
  return Object.entries(changes).reduce((play, [key, change]) => put(play, key, change), data);
}

/** Conditions of a trigger, wherever a pattern has them: those under `where` ask fields of the event. */
function walkTrigger(trigger: JsonValue, about: NameKind, words: Words): JsonValue {
  if (isList(trigger)) return trigger.map((part) => walkTrigger(part, about, words));
  if (!isMap(trigger)) return trigger;
  return Object.fromEntries(
    Object.entries(trigger).map(([key, held = null]) => {
      if (key === 'where') return [key, condition(held, 'event', words, ['trigger'])];
      const isAsked = key === 'becomes' || key === 'rearm' || key === 'until';
      return [
        key,
        isAsked ? condition(held, about, words, ['trigger']) : walkTrigger(held, about, words),
      ];
    }),
  );
}

/** What is asked of one name twice, after two became one, must hold both: it goes into a group of its own. */
function condition(data: JsonValue, bare: string, words: Words, path: Path): JsonValue {
  if (!isMap(data)) return data;
  const entries = new Map<string, JsonValue>();
  const again: JsonObject[] = [];
  const inner = (one: JsonValue, kind = bare): JsonValue => condition(one, kind, words, path);
  for (const [key, held = null] of Object.entries(data)) {
    if (key === 'any' || key === 'all')
      entries.set(key, isList(held) ? held.map((one) => inner(one)) : held);
    else if (key === 'not') entries.set(key, inner(held));
    else if (key === 'has' || key === 'hasNo')
      entries.set(
        key,
        isMap(held)
          ? Object.fromEntries(
              Object.entries(held).map(([kind, one = null]) => [kind, inner(one, kind)]),
            )
          : held,
      );
    else {
      const id = key.includes('.') ? key : `${bare}.${key}`;
      const written = String(inScope(key, bare, words, path));
      const asked = test(id, held, bare, words, path);
      if (!entries.has(written)) entries.set(written, asked);
      else if (!sameData(entries.get(written), asked)) again.push({ [written]: asked });
    }
  }
  const all = entries.get('all');
  if (again.length > 0) entries.set('all', [...(isList(all) ? all : []), ...again]);
  return Object.fromEntries(entries);
}

function test(id: string, held: JsonValue, bare: string, words: Words, path: Path): JsonValue {
  if (!isMap(held)) return values(id, held, words, path);
  const sets = ['hasAll', 'hasNone'].reduce(
    (found, key) => put(found, key, (some) => values(id, some, words, path)),
    held,
  );
  return put(sets, 'in', (name) => inScope(name, bare, words, path));
}

/** One value or several; two that became one are one. */
function values(id: string, held: JsonValue, words: Words, path: Path): JsonValue {
  if (!isList(held)) return isMap(held) ? held : words.value(id, held, path);
  const found = held.map((one) => words.value(id, one, path));
  const isNew = (i: number): boolean => found[i] !== held[i];
  return found.filter(
    (one, i) =>
      !isNew(i) ||
      !found.some((other, j) => j !== i && sameData(one, other) && (!isNew(j) || j < i)),
  );
}

/** Attributes and their values. Of two that became one, all values are kept. */
function tags(
  data: JsonValue,
  kinds: readonly NameKind[],
  words: Words,
  path: Path,
  first?: NameKind,
): JsonValue {
  if (!isMap(data)) return data;
  const found = new Map<string, JsonValue>();
  for (const [key, held = null] of Object.entries(data)) {
    const id = resolve(key, kinds, words.isDeclared, first);
    const written = String(lookUp(key, kinds, words, path, first));
    const value = held === 'same' ? held : values(id, held, words, path);
    const other = found.get(written);
    found.set(written, other === undefined ? value : join(other, value));
  }
  return Object.fromEntries(found);
}

function join(a: JsonValue, b: JsonValue): JsonValue {
  if (a === 'same' || b === 'same') return 'same';
  const all = [a, b].flatMap((one) => (isList(one) ? one : [one]));
  return all.filter((one, i) => all.findIndex((other) => sameData(one, other)) === i);
}

/** A name whose kind is known from where it stands. */
function inScope(written: JsonValue, bare: string, words: Words, path: Path): JsonValue {
  if (typeof written !== 'string') return written;
  if (written.includes('.')) return words.name(written, path);
  const id = words.name(`${bare}.${written}`, path);
  return id.startsWith(`${bare}.`) ? id.slice(bare.length + 1) : id;
}

/** A name of the one kind that declares it; it is written with its kind where another would be meant without. */
function lookUp(
  written: JsonValue,
  kinds: readonly NameKind[],
  words: Words,
  path: Path,
  first?: NameKind,
): JsonValue {
  if (typeof written !== 'string') return written;
  const id = words.name(resolve(written, kinds, words.isDeclared, first), path);
  if (written.includes('.')) return id;
  const bare = id.slice(id.indexOf('.') + 1);
  return resolve(bare, kinds, words.willBeDeclared, first) === id ? bare : id;
}

function resolve(
  written: string,
  kinds: readonly NameKind[],
  isDeclared: Words['isDeclared'],
  first?: NameKind,
): string {
  if (written.includes('.')) return written;
  if (first && isDeclared(`${first}.${written}`)) return `${first}.${written}`;
  const [one, second] = kinds.map((kind) => `${kind}.${written}`).filter(isDeclared);
  return one !== undefined && second === undefined ? one : written;
}

function fillHoles(text: string, name: (written: string) => JsonValue): string {
  return text.replace(
    HOLE,
    (_, written: string, otherwise = '') => `{${name(written)}${otherwise}}`,
  );
}
