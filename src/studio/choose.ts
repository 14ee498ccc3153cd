import type { JsonValue } from '../domain/value.js';
import { changeAbout } from './change-about.js';
import { changeForm } from './change-form.js';
import { fitValue } from './fit-value.js';
import { tagId } from './play-clauses.js';
import {
  getAt,
  isList,
  isMap,
  type Path,
  type PlayData,
  renameAt,
  setAt,
  takenError,
} from './play-data.js';
import type { Slot, Unsaid } from './sentence.js';
import type { Env, Vocabulary } from './vocabulary.js';

/** What a choice took away, because it does not fit what was chosen. */
export interface Dropped {
  readonly path: Path;
  readonly value: JsonValue;
  /** Why, as the end of a sentence that begins with it. */
  readonly because: string;
}

export interface Chosen {
  readonly play: PlayData;
  readonly dropped: readonly Dropped[];
}

/**
 * The play with another choice in one of its slots. What no longer fits is left open or away, and told; nothing else
 * changes.
 * @throws OpportuneError `opportune/taken` when a name is chosen that stands there already.
 */
export function choose(
  play: PlayData,
  slot: Pick<Slot, 'path' | 'of' | 'kind' | 'bare' | 'attribute'>,
  value: JsonValue,
  vocabulary: Vocabulary,
): Chosen {
  const { path, of, kind } = slot;
  if (of === 'form' || (kind === 'trigger' && typeof value === 'string'))
    return changeForm(play, slot, String(value));
  if (of === 'key') return changeKey(play, slot, String(value), vocabulary);
  if (path.length === 1 && path[0] === 'about' && typeof value === 'string')
    return changeAbout(play, value, vocabulary);
  const started = startOf(kind, value, path);
  const chosen = setAt(play, path, started === undefined ? value : started) as PlayData;
  if (kind === 'action' && path.length === 2 && value !== 'ask' && isMap(chosen.action)) {
    const { asks } = chosen.action;
    if (asks !== undefined)
      return {
        play: setAt(chosen, ['action', 'asks'], undefined) as PlayData,
        dropped: [
          { path: ['action', 'asks'], value: asks, because: 'only a question asks for it' },
        ],
      };
  }
  return { play: chosen, dropped: [] };
}

/** A word chosen where a whole part is open begins that part. */
function startOf(kind: Slot['kind'], value: JsonValue, path: Path): JsonValue | undefined {
  if (typeof value !== 'string') return undefined;
  if (kind === 'action' && path.length === 1) return { kind: value };
  return kind === 'condition' || kind === 'tag'
    ? { [value]: null }
    : kind === 'goal'
      ? { [value]: { value: null } }
      : undefined;
}

function changeKey(
  play: PlayData,
  { path, kind, bare, attribute }: Pick<Slot, 'path' | 'kind' | 'bare' | 'attribute'>,
  name: string,
  vocabulary: Vocabulary,
): Chosen {
  if (name === path.at(-1)) return { play, dropped: [] };
  const renamed = renameAt(play, path, name) as PlayData;
  const at = [...path.slice(0, -1), name];
  const env: Env = { vocabulary, bare: bare ?? 'opportunity', depth: 0 };
  const id = kind === 'tag' ? tagId(name, env) : name.includes('.') ? name : `${env.bare}.${name}`;
  if ((kind !== 'name' && kind !== 'tag') || id === attribute)
    return { play: renamed, dropped: [] };
  const valueKind = kind === 'tag' ? 'tag-value' : 'value';
  const fitted = fitValue(getAt(renamed, at) ?? null, at, valueKind, { ...env, attribute: id });
  return { play: setAt(renamed, at, fitted.value) as PlayData, dropped: fitted.dropped };
}

/**
 * The play with one more thing asked in the condition at that path: of this attribute, openly.
 * @throws OpportuneError `opportune/taken` when it is asked there already.
 */
export function ask(play: PlayData, path: Path, name: string): PlayData {
  const condition = getAt(play, path);
  if (isMap(condition) && Object.hasOwn(condition, name)) throw takenError(path, name);
  return setAt(play, [...path, name], null) as PlayData;
}

/** The play with the condition at that path in a group: denied, or with one more beside it, which is open. */
export function group(play: PlayData, path: Path, form: 'any' | 'all' | 'not'): PlayData {
  const condition = getAt(play, path) ?? null;
  const grouped = form === 'not' ? { not: condition } : { [form]: [condition, null] };
  return setAt(play, path, grouped) as PlayData;
}

/** The play with a part of {@link Sentence.unsaid} begun: its first choice is open. */
export function say(play: PlayData, { unsaid }: Unsaid): PlayData {
  const key = unsaid.at(-1);
  const start: { readonly [key: string]: JsonValue } = {
    strict: true,
    mandatory: true,
    buyerRequested: true,
    coolDown: { done: '30 days', notRelevant: '90 days' },
    valid: { from: null },
  };
  const value = typeof key === 'string' && Object.hasOwn(start, key) ? start[key] : null;
  return setAt(play, unsaid, value) as PlayData;
}

/**
 * The play without what stands at the path. Around it goes what would be empty without it: a list of which it was the last,
 * a group, a condition.
 */
export function unsay(play: PlayData, path: Path): PlayData {
  const without = setAt(play, path, undefined) as PlayData;
  const home = path.slice(0, -1);
  const rest = getAt(without, home);
  const isEmpty = (isList(rest) && rest.length === 0) || (isMap(rest) && isEmptyMap(rest));
  return isEmpty && home.length > 0 ? unsay(without, home) : without;
}

function isEmptyMap(map: { readonly [key: string]: JsonValue }): boolean {
  return Object.keys(map).length === 0;
}
