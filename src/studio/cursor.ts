import type { JsonValue } from '../domain/value.js';

/** Where a reader stands in the text of a sentence. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** The place farthest on where something else was expected, and what. */
  farthest: number;
  expected: Set<string>;
  /** The choice that is nearest to the words there. */
  near?: string;
  /** Brackets whose words may stay unknown, so that what follows can still be read. */
  readonly forgiven: ReadonlySet<number>;
  /** Slots may stand without brackets. */
  readonly isBare: boolean;
}

export function createCursor(
  text: string,
  {
    forgiven = new Set(),
    isBare = false,
  }: { readonly forgiven?: ReadonlySet<number>; readonly isBare?: boolean } = {},
): Cursor {
  return { text, at: 0, farthest: -1, expected: new Set(), forgiven, isBare };
}

export function miss(cursor: Cursor, at: number, expected: string): undefined {
  if (at > cursor.farthest) {
    cursor.farthest = at;
    cursor.expected = new Set();
    delete cursor.near;
  }
  if (at === cursor.farthest) cursor.expected.add(expected);
  return undefined;
}

export function skipSpace({ text }: Cursor, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
}

const isWordChar = (char: string): boolean => /[\p{L}\p{N}_]/u.test(char);

/** Where those words end when they stand at `from`: without case, any space between them. */
export function endOfWords(text: string, from: number, words: string): number | undefined {
  let at = from;
  for (const [index, word] of words.trim().split(/\s+/).entries()) {
    if (index > 0) {
      const before = at;
      while (/\s/.test(text.charAt(at))) at += 1;
      if (at === before) return undefined;
    }
    if (text.slice(at, at + word.length).toLowerCase() !== word.toLowerCase()) return undefined;
    at += word.length;
  }
  const isCut = isWordChar(text.charAt(at - 1)) && isWordChar(text.charAt(at));
  return isCut ? undefined : at;
}

/** Reads fixed words; false when others stand there. */
export function eat(cursor: Cursor, words: string): boolean {
  if (words.trim() === '') return true;
  const from = skipSpace(cursor, cursor.at);
  const end = endOfWords(cursor.text, from, words);
  if (end === undefined) {
    miss(cursor, from, words.trim());
    return false;
  }
  cursor.at = end;
  return true;
}

/** What stands in a pair of brackets: words, or a value that is written exactly (`"…"`, `= …`). */
export interface Bracket {
  readonly from: number;
  readonly end: number;
  readonly words: string;
  readonly exact?: { readonly value: JsonValue };
}

/** Beyond this many closing brackets nobody meant a single value. */
const MOST_CLOSINGS = 200;

export function readBracket({ text }: Cursor, from: number): Bracket | undefined {
  if (text[from] !== '[') return undefined;
  const first = text.indexOf(']', from);
  if (first < 0) return undefined;
  const start = text.slice(from + 1).trimStart();
  if (start.startsWith('"') || start.startsWith('=')) {
    let close = first;
    for (let tries = 0; close >= 0 && tries < MOST_CLOSINGS; tries += 1) {
      const words = text.slice(from + 1, close).trim();
      const value = parseExact(words.startsWith('=') ? words.slice(1) : words);
      if (value) return { from, end: close + 1, words, exact: value };
      close = text.indexOf(']', close + 1);
    }
  }
  return { from, end: first + 1, words: text.slice(from + 1, first).trim() };
}

function parseExact(json: string): { readonly value: JsonValue } | undefined {
  try {
    return { value: JSON.parse(json) as JsonValue };
  } catch {
    return undefined;
  }
}
