import type { JsonValue } from '../domain/value.js';
import type { Chosen, Dropped } from './choose.js';
import { isList, isMap, type Path, type PlayData } from './play-data.js';
import type { Vocabulary } from './vocabulary.js';

const CONDITIONS = ['eligibility', 'applicability', 'suitability'];

/**
 * The play about another kind of record. A bare name stays where the other kind has an attribute of that name; else it is
 * written with its kind where that can still be read; else its condition goes, and is told.
 */
export function changeAbout(play: PlayData, about: string, vocabulary: Vocabulary): Chosen {
  const dropped: Dropped[] = [];
  const before = String(play.about);
  const rename = (name: string): string | undefined => {
    const isReadable = (kind: string): boolean =>
      kind === about || ['account', 'rep', 'product', 'event'].includes(kind);
    const dot = name.indexOf('.');
    if (dot >= 0) return isReadable(name.slice(0, dot)) ? name : undefined;
    if (vocabulary.attribute(`${about}.${name}`)) return name;
    return isReadable(before) ? `${before}.${name}` : undefined;
  };
  const drop = (path: Path, value: JsonValue): void => {
    dropped.push({ path, value, because: `cannot be read in a play about ${about}` });
  };
  const named = (name: unknown, path: Path, value: JsonValue): string | undefined => {
    const renamed = typeof name === 'string' ? rename(name) : undefined;
    if (renamed === undefined) drop(path, value);
    return renamed;
  };
  const condition = (data: JsonValue, path: Path): JsonValue => {
    if (!isMap(data)) return data;
    const kept = new Map<string, JsonValue>();
    // Two names of one attribute before are one now.
    for (const [key, value] of Object.entries(data))
      for (const [name, held] of entry(key, value, [...path, key]))
        if (kept.has(name)) drop([...path, key], value);
        else kept.set(name, held);
    return Object.fromEntries(kept);
  };
  const entry = (key: string, value: JsonValue, at: Path): readonly [string, JsonValue][] => {
    if (key === 'any' || key === 'all')
      return [[key, isList(value) ? value.map((one, i) => condition(one, [...at, i])) : value]];
    if (key === 'not') return [[key, condition(value, at)]];
    if (key === 'has' || key === 'hasNo') return children(key, value, at);
    const name = named(key, at, value);
    if (name === undefined || !isMap(value) || value.in === undefined)
      return name === undefined ? [] : [[name, value]];
    const other = named(value.in, at, value);
    return other === undefined ? [] : [[name, { ...value, in: other }]];
  };
  /** Records inside of those that the play is about. */
  const children = (key: string, value: JsonValue, path: Path): [string, JsonValue][] => {
    const inside =
      about === 'account' ? ['opportunity', 'contact'] : about === 'opportunity' ? ['contact'] : [];
    if (!isMap(value)) return [[key, value]];
    const kept = Object.entries(value).filter(([kind, held]) => {
      const isInside = inside.includes(kind);
      if (!isInside) drop([...path, kind], held);
      return isInside;
    });
    return kept.length > 0 ? [[key, Object.fromEntries(kept)]] : [];
  };
  const action = (data: JsonValue): JsonValue => {
    if (!isMap(data)) return data;
    const { contact, asks, ...rest } = data;
    const isLost = contact === 'self' && about !== 'contact';
    if (isLost) drop(['action', 'contact'], contact);
    const asked = asks === undefined ? undefined : named(asks, ['action', 'asks'], asks);
    return {
      ...rest,
      ...(contact !== undefined && !isLost && { contact }),
      ...(asked !== undefined && { asks: asked }),
    };
  };
  const serves = (data: JsonValue): JsonValue => {
    if (!isMap(data)) return data;
    const kept = Object.entries(data).flatMap(([goal, value]): [string, JsonValue][] => {
      if (!isMap(value) || value.of === undefined) return [[goal, value]];
      const of = named(value.of, ['serves', goal], value);
      return of === undefined ? [] : [[goal, { ...value, of }]];
    });
    return Object.fromEntries(kept);
  };
  const changed = Object.entries(play).map(([key, value]): [string, JsonValue] => {
    if (key === 'about') return [key, about];
    if (CONDITIONS.includes(key)) return [key, condition(value, [key])];
    if (key === 'action') return [key, action(value)];
    if (key === 'serves') return [key, serves(value)];
    if (key === 'trigger' && isMap(value))
      return [
        key,
        Object.fromEntries(
          Object.entries(value).map(([part, held]) => [
            part,
            ['becomes', 'rearm', 'until'].includes(part) ? condition(held, [key, part]) : held,
          ]),
        ),
      ];
    return [key, value];
  });
  return { play: Object.fromEntries(changed), dropped };
}
