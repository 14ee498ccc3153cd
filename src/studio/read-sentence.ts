import type { JsonValue } from '../domain/value.js';
import { type Cursor, createCursor, eat, skipSpace } from './cursor.js';
import { aboutClause, asWritten, CLAUSES, envFor } from './play-clauses.js';
import type { PlayData } from './play-data.js';
import type { SlotKind } from './sentence.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Vocabulary } from './vocabulary.js';

/** A place in a text that was not understood. */
export interface Misread {
  readonly from: number;
  readonly to: number;
  readonly written: string;
  /** What can stand there: words, or kinds of slots. */
  readonly expected: readonly (string | SlotKind)[];
  /** The choice that was probably meant. */
  readonly near?: string;
}

export type ReadSentence = { readonly play: PlayData } | { readonly misread: readonly Misread[] };

/** Longer texts are no sentence that a person wrote. */
const MAX_CHARS = 64 * 1024;
const MOST_MISREAD = 20;

/**
 * Reads the text of a sentence back. Brackets may be left out where the words alone tell what is meant. Where something is
 * not understood, all such places up to the first whose structure is broken.
 */
export function readSentence(text: string, vocabulary: Vocabulary): ReadSentence {
  if (text.length > MAX_CHARS)
    return { misread: [{ from: MAX_CHARS, to: text.length, written: '…', expected: [] }] };
  const exact = readAll(createCursor(text), vocabulary);
  if (exact) return { play: exact };
  const forgiven = new Set<number>();
  const misread: Misread[] = [];
  for (;;) {
    const cursor = createCursor(text, { forgiven, isBare: true });
    const play = readAll(cursor, vocabulary);
    if (play && misread.length === 0) return { play };
    if (play) return { misread };
    const from = Math.max(0, cursor.farthest);
    const to = endOfPlace(text, from);
    misread.push({
      from,
      to,
      written: text.slice(from, to),
      expected: [...cursor.expected],
      ...(cursor.near !== undefined && { near: cursor.near }),
    });
    if (text[from] !== '[' || forgiven.has(from) || misread.length >= MOST_MISREAD)
      return { misread };
    forgiven.add(from);
  }
}

/** A bracket to its end, else a word. */
function endOfPlace(text: string, from: number): number {
  const end = text[from] === '[' ? text.indexOf(']', from) + 1 : 0;
  return end > 0 ? end : from + (/^\S*/.exec(text.slice(from))?.[0].length ?? 0);
}

function readAll(cursor: Cursor, vocabulary: Vocabulary): PlayData | undefined {
  const about = aboutClause.read(cursor, envFor(undefined, vocabulary));
  if (!about) return undefined;
  const fields: [string, JsonValue][] = Object.entries(about.value as PlayData);
  const env = envFor(fields[0]?.[1], vocabulary);
  for (const { rule, closes } of CLAUSES) {
    const { at } = cursor;
    const read = rule.read(cursor, env);
    if (read) fields.push(...Object.entries((read.value ?? {}) as PlayData));
    else if (closes) return undefined;
    else cursor.at = at;
  }
  if (skipSpace(cursor, cursor.at) < cursor.text.length) {
    if (!eat(cursor, WORDS.clauses.asWritten)) return undefined;
    const read = asWritten.read(cursor, env);
    if (!read || !eat(cursor, '.') || skipSpace(cursor, cursor.at) < cursor.text.length)
      return undefined;
    fields.push(...Object.entries(read.value as PlayData));
  }
  return Object.fromEntries(fields);
}
