import type { JsonValue } from '../domain/value.js';
import { findNearest } from '../plan/did-you-mean.js';
import { type Cursor, endOfWords, miss, readBracket, skipSpace } from './cursor.js';
import { type Path, sameData } from './play-data.js';
import type { Rule } from './rule.js';
import type { Slot, SlotKind } from './sentence.js';
import { optionsThere } from './slot-options.js';
import { readWords, wordsOf } from './slot-words.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Env } from './vocabulary.js';

/** A choice inside the sentence. */
export function slot(kind: SlotKind): Rule {
  return {
    write: (value, path, env) => [slotAt(kind, 'value', value, path, env)],
    read: (cursor, env) => readSlot(kind, cursor, env),
  };
}

export function slotAt(
  kind: SlotKind,
  of: Slot['of'],
  value: JsonValue | undefined,
  path: Path,
  env: Env,
): Slot {
  return {
    path,
    of,
    kind,
    ...(value !== undefined && { value }),
    text: value === undefined ? WORDS.open : textOf(kind, value, env),
    bare: env.bare,
    ...(env.attribute !== undefined && { attribute: env.attribute }),
    ...(env.unit !== undefined && { unit: env.unit }),
  };
}

/** Words that mean exactly this value; where it has none, the value itself. */
function textOf(kind: SlotKind, value: JsonValue, env: Env): string {
  const words = wordsOf(kind, value, env);
  if (words !== undefined && isPlain(words)) {
    const read = readWords(kind, words, env);
    if (read && sameData(read.value, value)) return words;
  }
  return typeof value === 'string' ? JSON.stringify(value) : `= ${JSON.stringify(value)}`;
}

/** Reads back as it is written: no bracket, no beginning of an exact value, no space around. */
function isPlain(words: string): boolean {
  return (
    words !== WORDS.open && words === words.trim() && !/[[\]\n\r\u2028\u2029]|^["=]/.test(words)
  );
}

export function readSlot(
  kind: SlotKind,
  cursor: Cursor,
  env: Env,
): { readonly value: JsonValue | undefined } | undefined {
  const from = skipSpace(cursor, cursor.at);
  if (cursor.text[from] !== '[')
    return cursor.isBare ? readBare(kind, cursor, from, env) : miss(cursor, from, kind);
  const bracket = readBracket(cursor, from);
  if (!bracket) return miss(cursor, from, ']');
  const { words, exact, end } = bracket;
  const read = exact ?? (words === WORDS.open ? { value: undefined } : readWords(kind, words, env));
  if (!read && !cursor.forgiven.has(from)) {
    miss(cursor, from, kind);
    const near = cursor.farthest === from ? nearestTo(words, kind, env) : undefined;
    if (near !== undefined) cursor.near ??= near;
    return undefined;
  }
  cursor.at = end;
  return read ?? { value: undefined };
}

function nearestTo(words: string, kind: SlotKind, env: Env): string | undefined {
  return findNearest(
    words,
    optionsThere(kind, env).map(({ label }) => ({ id: label })),
  )?.id;
}

const QUOTED = /"(?:[^"\\\n]|\\.)*"/y;
/** What such words look like where no brackets stand around them. */
const LOOKS: { readonly [kind in SlotKind]?: RegExp } = {
  value: /\d{4}-\d{2}-\d{2}|-?\d+(?:,\d{3})*(?:\.\d+)?(?: ?%| [A-Z]{3}\b| days?\b)?/y,
  amount: /-?\d+(?:,\d{3})*(?:\.\d+)?(?: ?%| [A-Z]{3}\b)?/y,
  share: /-?\d+(?:\.\d+)?(?: ?%)?/y,
  minutes: /\d+(?:\.\d+)?/y,
  count: /\d+/y,
  duration: /\d+ (?:minute|hour|day|week|month|year)s?\b/y,
  span: /\d+ (?:minute|hour|working day|day|week|month|year)s?\b/y,
  date: /\d{4}-\d{2}-\d{2}/y,
};

/** A number with the word for its unit behind it. */
function withUnit(text: string, from: number, number: string, env: Env): string {
  const unit = env.unit ?? env.vocabulary.attribute(env.attribute ?? '')?.unit;
  const end = from + number.length;
  const behind = unit === undefined ? undefined : endOfWords(text, end + 1, unit);
  return text[end] === ' ' && behind !== undefined ? text.slice(from, behind) : number;
}

/** Words without brackets: the longest option that stands there, else what looks like such a value. */
function readBare(
  kind: SlotKind,
  cursor: Cursor,
  from: number,
  env: Env,
): { readonly value: JsonValue } | undefined {
  const { text } = cursor;
  QUOTED.lastIndex = from;
  const quoted = QUOTED.exec(text)?.[0];
  if (quoted !== undefined) {
    cursor.at = from + quoted.length;
    try {
      return { value: JSON.parse(quoted) as JsonValue };
    } catch {
      return miss(cursor, from, kind);
    }
  }
  let best: { readonly value: JsonValue; readonly end: number } | undefined;
  for (const { value, label, also = [] } of optionsThere(kind, env))
    for (const words of [label, ...also]) {
      const end = words.trim() === '' ? undefined : endOfWords(text, from, words);
      if (end !== undefined && end > (best?.end ?? from)) best = { value, end };
    }
  const looks = LOOKS[kind];
  if (!best && looks) {
    looks.lastIndex = from;
    const number = looks.exec(text)?.[0];
    const words = number === undefined ? undefined : withUnit(text, from, number, env);
    const read = words === undefined ? undefined : readWords(kind, words, env);
    if (read && words !== undefined) best = { value: read.value, end: from + words.length };
  }
  if (!best) return miss(cursor, from, kind);
  cursor.at = best.end;
  return { value: best.value };
}
