import { isCommonWord, splitWords, stemOf, type Word } from './split-words.js';

/** A name of one of the values, by the number of the value. */
export interface NameOf {
  readonly value: number;
  readonly name: string;
}

/** How one of the names of a value stands in a text. */
export interface NameHit {
  /** As it stands there, where it is spelled most like the name. */
  readonly words: string;
  /** In the same letters, large and small. */
  readonly exact: boolean;
  /** Only as a part of a longer word: "Molkerei" in "Molkereibetrieb". */
  readonly inside: boolean;
  readonly inTitle: boolean;
  readonly count: number;
}

export type FindNames = (text: string, words: readonly Word[]) => ReadonlyMap<number, NameHit>;

/** A part of a compound is at least this long, and leaves so much of the word. */
const SHORTEST_PART = 5;
const SHORTEST_REST = 3;
const LONGEST_PART = 30;

interface Entry {
  readonly value: number;
  readonly written: string;
  readonly stems: readonly string[];
}

/**
 * Finds names at the borders of words, whatever their number, case and accents, written together, apart or with a hyphen,
 * and as the first or last part of a longer word.
 */
export function createNameFinder(names: readonly NameOf[]): FindNames {
  const byFirst = new Map<string, Entry[]>();
  const parts = new Map<string, number[]>();
  const seen = new Set<string>();
  const add = (value: number, written: string): void => {
    const words = splitWords(written);
    const joined = words.map(({ folded }) => folded).join('');
    if (words.every(isCommonWord) || seen.has(`${value} ${joined}`)) return;
    seen.add(`${value} ${joined}`);
    put(byFirst, words[0]?.stem ?? '', { value, written, stems: words.map(({ stem }) => stem) });
    const together = stemOf(joined);
    if (words.length > 1) put(byFirst, together, { value, written, stems: [together] });
    if (joined.length < SHORTEST_PART || /\d/.test(joined)) return;
    for (const part of new Set([joined, together]))
      if (part.length >= SHORTEST_PART) put(parts, part, value);
  };
  for (const { value, name } of names) {
    add(value, name.normalize('NFC'));
    if (/[äöü]/i.test(name)) add(value, transcribe(name));
  }

  return (text, words) => {
    const hits = new Map<number, NameHit>();
    const titleEnd = text.includes('\n') ? text.indexOf('\n') : 0;
    const note = (value: number, from: Word, to: Word, written?: string): void => {
      const here = text.slice(from.from, to.to);
      const hit: NameHit = {
        words: here,
        exact: here.normalize('NFC') === written,
        inside: written === undefined,
        inTitle: from.from < titleEnd,
        count: 1,
      };
      const held = hits.get(value);
      hits.set(value, held ? merge(held, hit) : hit);
    };
    for (const [at, word] of words.entries()) {
      for (const { value, written, stems } of byFirst.get(word.stem) ?? [])
        if (stems.every((stem, i) => words[at + i]?.stem === stem))
          note(value, word, words[at + stems.length - 1] ?? word, written);
      const next = words[at + 1];
      const pair = next && stemOf(word.folded + next.folded);
      if (next && pair !== undefined)
        for (const { value, written, stems } of byFirst.get(pair) ?? [])
          if (stems.length === 1) note(value, word, next, written);
      for (const value of valuesInside(word, parts)) note(value, word, word);
    }
    return hits;
  };
}

function put<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function merge(a: NameHit, b: NameHit): NameHit {
  const better = Number(b.exact) - Number(b.inside) > Number(a.exact) - Number(a.inside) ? b : a;
  return { ...better, inTitle: a.inTitle || b.inTitle, count: a.count + b.count };
}

function valuesInside(
  { folded, stem }: Word,
  parts: ReadonlyMap<string, readonly number[]>,
): ReadonlySet<number> {
  const values = new Set<number>();
  const most = Math.min(folded.length - SHORTEST_REST, LONGEST_PART);
  for (let size = SHORTEST_PART; size <= most; size++)
    for (const part of [folded.slice(0, size), folded.slice(-size), stem.slice(-size)])
      for (const value of parts.get(part) ?? []) values.add(value);
  return values;
}

/** Without umlauts on the keyboard. */
function transcribe(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
    .replace(/[ÄÖÜ]/g, (letter) => ({ Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' })[letter] ?? letter);
}
