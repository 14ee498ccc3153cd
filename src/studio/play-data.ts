import { OpportuneError } from '../core/errors.js';
import type { JsonObject, JsonValue } from '../domain/value.js';

/** A play as its file says it, as plain values: `{ id: 'silent-buyer', about: 'opportunity', trigger: { becomes: … } }`. */
export type PlayData = JsonObject;

/** Keys and positions from the top of an item to a place in it. */
export type Path = readonly (string | number)[];

export function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function getAt(data: JsonValue | undefined, path: Path): JsonValue | undefined {
  let value = data;
  for (const key of path) {
    if (isList(value) && typeof key === 'number') value = value[key];
    else if (isMap(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** A copy with another value at that place; undefined removes it. Maps on the way that are missing are made. */
export function setAt(
  data: JsonValue | undefined,
  path: Path,
  value: JsonValue | undefined,
): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = setAt(getAt(data, [key]), rest, value);
  if (isList(data)) {
    const at = Number(key);
    const after = data.slice(at + 1);
    return [...data.slice(0, at), ...(inner === undefined ? [] : [inner]), ...after];
  }
  const map = isMap(data) ? data : {};
  if (inner === undefined)
    return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
  return Object.fromEntries([
    ...Object.entries(map).map(([name, held]) => [name, name === key ? inner : held] as const),
    ...(Object.hasOwn(map, key) ? [] : [[String(key), inner] as const]),
  ]);
}

/**
 * A copy in which the key at the end of the path is called otherwise, at the same place among its neighbours.
 * @throws OpportuneError `opportune/taken` when one of them has that name.
 */
export function renameAt(data: JsonValue, path: Path, name: string): JsonValue {
  const key = path.at(-1);
  const home = path.slice(0, -1);
  const map = getAt(data, home);
  if (!isMap(map) || key === name) return data;
  if (Object.hasOwn(map, name)) throw takenError(home, name);
  const renamed = Object.fromEntries(
    Object.entries(map).map(([one, value]) => [one === key ? name : one, value]),
  );
  return setAt(data, home, renamed) as JsonValue;
}

export function takenError(home: Path, name: string): OpportuneError {
  return new OpportuneError('opportune/taken', `"${name}" stands there already`, {
    where: home.join('.'),
    remedy: 'Change that one, or ask both in a group of their own.',
  });
}

/** Equal as data: the order of keys makes no difference. */
export function sameData(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  if (!isMap(a) || !isMap(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]))
  );
}
