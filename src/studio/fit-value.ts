import type { JsonValue } from '../domain/value.js';
import type { Dropped } from './choose.js';
import { operatorsOf } from './forms.js';
import { isList, isMap, type Path } from './play-data.js';
import type { SlotKind } from './sentence.js';
import { readWords, wordsOf } from './slot-words.js';
import type { Env } from './vocabulary.js';

interface Fitted {
  readonly value: JsonValue;
  readonly dropped: readonly Dropped[];
}

/** What was asked of another attribute, as far as it can be asked of this one; the rest is open, and told. */
export function fitValue(value: JsonValue, path: Path, kind: SlotKind, env: Env): Fitted {
  const dropped: Dropped[] = [];
  const drop = (at: Path, lost: JsonValue, because: string): null => {
    if (lost !== null) dropped.push({ path: at, value: lost, because });
    return null;
  };
  const attribute = env.vocabulary.attribute(env.attribute ?? '');
  const name = attribute?.label ?? env.attribute ?? '';
  const leaf = (one: JsonValue, at: Path): JsonValue =>
    fitsSlot(one, kind, env) ? one : drop(at, one, `is no value of "${name}"`);
  const listOf = (list: readonly JsonValue[], at: Path): JsonValue => {
    const kept = list.filter((one) => fitsSlot(one, kind, env));
    for (const [index, one] of list.entries())
      if (!kept.includes(one)) drop([...at, index], one, `is no value of "${name}"`);
    return kept.length > 0 ? kept : null;
  };
  if (isList(value)) return { value: listOf(value, path), dropped };
  if (!isMap(value)) return { value: leaf(value, path), dropped };
  const allowed = operatorsOf(attribute);
  const kept = Object.entries(value).flatMap(([operator, held]): [string, JsonValue][] => {
    const at = [...path, operator];
    if (operator === 'missing') return [[operator, held]];
    if (!allowed.includes(operator) || operator === 'in') {
      drop(at, held, `cannot be asked of "${name}"`);
      return [];
    }
    return [[operator, isList(held) ? listOf(held, at) : leaf(held, at)]];
  });
  return { value: kept.length > 0 ? Object.fromEntries(kept) : null, dropped };
}

/** A value of an attribute, however it is spelled. */
function fitsSlot(value: JsonValue, kind: SlotKind, env: Env): boolean {
  if (value === null) return true;
  if (isList(value) || isMap(value)) return false;
  const words = typeof value === 'string' ? value : wordsOf(kind, value, env);
  const read = words === undefined ? undefined : readWords(kind, words, env);
  return read !== undefined && (typeof value === 'string' || read.value === value);
}
