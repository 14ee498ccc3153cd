import type { JsonObject, JsonValue } from '../domain/value.js';
import { isMap, type Path } from './play-data.js';

/** What stands in the place of names and values. Ids are qualified; a word of content's own has no kind. */
export interface MapWords {
  readonly name: (id: string, path: Path) => string;
  readonly value: (id: string, value: JsonValue, path: Path) => JsonValue;
}

/** The parts of a mapping file, of a CRM and of CSV files. */
const PARTS = [
  ['objects', 'fields'],
  ['files', 'columns'],
] as const;

/**
 * A file in the folder that maps fields of a CRM to attributes: the attributes that it sets, and the values that its
 * value maps give. A field that several attributes are set from keeps its values where these would differ.
 */
export function walkMap(data: JsonObject, words: MapWords): JsonObject {
  const part = PARTS.find(([whole]) => isMap(data[whole]));
  if (!part) return data;
  const [whole, columns] = part;
  const one = (object: JsonValue): JsonValue => {
    if (!isMap(object) || !Array.isArray(object.facts)) return object;
    const fed = new Map<string, string[]>();
    const facts = (object.facts as readonly JsonValue[]).map((rule) => walkRule(rule, fed, words));
    const fields = isMap(object[columns]) ? object[columns] : {};
    const mapped = Object.entries(fields).map(([field, held = null]) => {
      const ids = fed.get(field) ?? [];
      return [field, ids.length === 0 ? held : mapValues(held, ids, words)] as const;
    });
    return Object.fromEntries(
      Object.entries(object).map(([key, held]) => [
        key,
        key === 'facts' ? facts : key === columns ? Object.fromEntries(mapped) : held,
      ]),
    );
  };
  const objects = Object.entries(data[whole] as JsonObject);
  return {
    ...data,
    [whole]: Object.fromEntries(objects.map(([name, object = null]) => [name, one(object)])),
  };
}

function walkRule(rule: JsonValue, fed: Map<string, string[]>, words: MapWords): JsonValue {
  if (!isMap(rule) || typeof rule.record !== 'string' || !isMap(rule.set)) return rule;
  const kind = rule.record;
  const set = Object.entries(rule.set).map(([name, source = null]) => {
    const id = `${kind}.${name}`;
    if (typeof source === 'string') fed.set(source, [...(fed.get(source) ?? []), id]);
    const isConstant = isMap(source) && Object.hasOwn(source, 'value');
    const value = isConstant
      ? { ...source, value: words.value(id, source.value ?? null, ['set']) }
      : source;
    return [words.name(id, ['set']).slice(kind.length + 1), value] as const;
  });
  return { ...rule, set: Object.fromEntries(set) };
}

function mapValues(field: JsonValue, ids: readonly string[], words: MapWords): JsonValue {
  if (!isMap(field)) return field;
  const to = (value: JsonValue): JsonValue => {
    const found = ids.map((id) => words.value(id, value, ['values']));
    const [first = value] = found;
    return found.every((other) => other === first) ? first : value;
  };
  const given = isMap(field.values) ? field.values : undefined;
  const values =
    given && Object.fromEntries(Object.entries(given).map(([key, held = null]) => [key, to(held)]));
  return {
    ...field,
    ...(values && { values }),
    ...(field.otherwise !== undefined && { otherwise: to(field.otherwise) }),
  };
}
