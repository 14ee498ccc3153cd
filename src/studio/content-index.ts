import { countEdits } from '../core/count-edits.js';
import type { Sliced } from '../core/run-sliced.js';
import { searchFirst } from '../core/search-first.js';
import { isContent } from './content-item.js';
import type { Item, Items } from './playbook-folder.js';
import { lacking, maskOf } from './rank-text.js';

/** Finds content by its words, while they are typed. */
export interface ContentIndex {
  /** Those that have all of the words, or words that begin so, the best first; in the order of the folder where none are given. */
  find(items: Items, typed: string): readonly Item[];
  /** Reads the words before somebody looks for them; a slice is some dozen items. */
  prepare(items: Items): Sliced<void>;
}

interface Posting {
  readonly word: string;
  readonly mask: number;
  /** Numbers of items; of those that have it in their title too. */
  readonly all: number[];
  readonly titles: number[];
}

const SLICE = 40;
/** Shorter words are typed right, or are too many things. */
const FUZZY_FROM = 4;

/**
 * Words are kept with the items that have them; what differs from the items of the last search is read anew and nothing else.
 * `extra` are words of an item that do not stand in its file: its tags as they are called.
 */
export function createContentIndex(extra: (item: Item) => string): ContentIndex {
  const numbers = new Map<string, number>();
  let held: (Item | undefined)[] = [];
  const postings = new Map<string, Posting>();
  let sorted: readonly Posting[] = [];
  let known: Items | undefined;
  let contents: readonly Item[] = [];

  function add(item: Item): void {
    const number = held.push(item) - 1;
    numbers.set(item.id, number);
    const { title, kind, owner, id } = item.data;
    const head = new Set(wordsIn(`${text(title)} ${text(id)}`));
    const rest = wordsIn(`${text(kind)} ${text(owner)} ${extra(item)} ${item.body ?? ''}`);
    for (const word of new Set([...head, ...rest])) {
      const found = postings.get(word) ?? { word, mask: maskOf(word), all: [], titles: [] };
      found.all.push(number);
      if (head.has(word)) found.titles.push(number);
      postings.set(word, found);
    }
  }

  function refresh(items: Items): void {
    if (items === known) return;
    known = items;
    contents = [...items.values()].filter(isContent);
    const before = postings.size;
    const changed = contents.filter((item) => held[numbers.get(item.id) ?? -1] !== item);
    // What is gone or was another stays behind as nobody's, until there is more of it than of what is there.
    if (held.length + changed.length > 2 * contents.length + 100) {
      held = [];
      numbers.clear();
      postings.clear();
      for (const item of contents) add(item);
    } else {
      for (const item of changed) {
        const old = numbers.get(item.id);
        if (old !== undefined) held[old] = undefined;
        add(item);
      }
    }
    if (postings.size !== before || sorted.length !== postings.size)
      sorted = [...postings.values()].sort((a, b) => (a.word < b.word ? -1 : 1));
  }

  /** Per item: 1 it has the word, 2 in its title. */
  function marksOf(word: string): Uint8Array {
    const marks = new Uint8Array(held.length);
    for (const { all, titles } of meant(word, sorted)) {
      for (const number of all) if (marks[number] === 0) marks[number] = 1;
      for (const number of titles) marks[number] = 2;
    }
    return marks;
  }

  return {
    *prepare(items) {
      const all = [...items.values()].filter(isContent);
      for (const [i, item] of all.entries()) {
        // One that was read meanwhile, or another in its place, is there already.
        if (!numbers.has(item.id)) add(item);
        if (i % SLICE === 0) yield i / all.length;
      }
      if (known === undefined) refresh(items);
    },
    find(items, typed) {
      refresh(items);
      const words = wordsIn(typed);
      if (words.length === 0) return contents;
      const marks = words.map(marksOf);
      const best: Item[] = [];
      const others: Item[] = [];
      for (const item of contents) {
        const number = numbers.get(item.id) ?? -1;
        if (!marks.every((one) => one[number])) continue;
        (marks.every((one) => one[number] === 2) ? best : others).push(item);
      }
      return [...best, ...others];
    },
  };
}

/** Words that begin so; where there are none, those that differ by a letter in four. */
function meant(wanted: string, sorted: readonly Posting[]): readonly Posting[] {
  const from = searchFirst(sorted, ({ word }) => word >= wanted);
  const end = searchFirst(sorted, ({ word }) => word > `${wanted}\uffff`);
  if (end > from || wanted.length < FUZZY_FROM) return sorted.slice(from, end);
  const most = Math.floor(wanted.length / 4);
  const mask = maskOf(wanted);
  return sorted.filter(
    ({ word, mask: own }) =>
      lacking(mask, own) <= most &&
      word.length >= wanted.length - most &&
      countEdits(wanted, word.slice(0, wanted.length)) <= most,
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** In small letters and without accents: `Déjà-vu` is `deja` and `vu`. */
function wordsIn(written: string): readonly string[] {
  return (
    written
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}+/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
