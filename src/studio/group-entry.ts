import type { JsonObject, JsonValue } from '../domain/value.js';
import { getAt, isList, isMap, type Path, type PlayData, setAt } from './play-data.js';

/**
 * The play with one condition denied, or with an alternative beside it, which is open. It stays where it stood among its
 * neighbours; where a group of that kind stands beside it already, both go into `all`.
 */
export function groupEntry(play: PlayData, path: Path, form: 'any' | 'not'): PlayData {
  const key = path.at(-1);
  const home = path.slice(0, -1);
  const around = getAt(play, home);
  if (!isMap(around) || typeof key !== 'string' || !Object.hasOwn(around, key)) return play;
  const own: JsonObject = { [key]: around[key] ?? null };
  const grouped: JsonObject = form === 'not' ? { not: own } : { any: [own, null] };
  const isTaken = Object.hasOwn(around, form) && key !== form;
  const { all } = around;
  if (!isTaken) return setAt(play, home, replaceKey(around, key, grouped)) as PlayData;
  const { [key]: _, ...rest } = around;
  const inAll: JsonObject = { ...rest, all: [...(isList(all) ? all : []), grouped] };
  return setAt(play, home, inAll) as PlayData;
}

function replaceKey(map: JsonObject, key: string, by: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, value]): readonly (readonly [string, JsonValue])[] =>
      name === key ? Object.entries(by) : [[name, value]],
    ),
  );
}

/** The play with one more alternative in the group at that path, which is open. */
export function addAlternative(play: PlayData, path: Path): PlayData {
  const list = getAt(play, path);
  return isList(list) ? (setAt(play, [...path, list.length], null) as PlayData) : play;
}

/** The play with one more value beside the one at that path: either will do. */
export function alsoValue(play: PlayData, path: Path, value: JsonValue): PlayData {
  const key = path.at(-1);
  const home = typeof key === 'number' ? path.slice(0, -1) : path;
  const held = getAt(play, home);
  const values = isList(held) ? held : held === undefined || held === null ? [] : [held];
  if (values.some((one) => one === value)) return play;
  return setAt(play, home, [...values, value]) as PlayData;
}
