import { type Sliced, within } from '../core/run-sliced.js';
import { isCommonWord, type Word } from './split-words.js';

/** A text as weights of its words and pairs of words, by number; its length is 1, or 0 where nothing in it is known. */
export interface Vector {
  readonly terms: Int32Array;
  readonly weights: Float64Array;
}

/** A text that is like another, by its place in the library: 1 is the same words. */
export interface Neighbour {
  readonly row: number;
  readonly likeness: number;
}

export interface Vectors {
  readonly size: number;
  readonly rows: readonly Vector[];
  vectorOf(words: readonly Word[]): Vector;
  /** Where each of these terms stands first in a text. */
  placesIn(words: readonly Word[], terms: ReadonlySet<number>): ReadonlyMap<number, Place>;
  /** Most like it first; of equal ones the earlier. */
  nearest(vector: Vector, most: number): readonly Neighbour[];
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

const MOST_TERMS = 40_000;
const MOST_WORDS = 5000;
/** A term stands in so many texts or more; in a large library twice is chance. */
const FEWEST = 2;
const FEWEST_OF_MANY = 3;
const MANY = 1000;
const ROWS_A_SLICE = 50;
/** Pairs are counted by a hash first: nearly all stand in one text alone, and need no place in a map. */
const BUCKETS = 2 ** 20;
/** A pair of words is known by a number below 2 ** 53. */
const MOST_STEMS = 2 ** 26;

/**
 * Weights by term frequency and inverse document frequency (Salton & Buckley 1988: 1 + log tf, log idf, cosine), of words
 * and of pairs of words in a row.
 */
export function* makeVectors(texts: readonly (readonly Word[])[]): Sliced<Vectors> {
  const fewest = texts.length > MANY ? FEWEST_OF_MANY : FEWEST;
  const stems = new Map<string, number>();
  const keys: Float64Array[] = [];
  const buckets = new Uint8Array(BUCKETS);
  const last = new Int32Array(BUCKETS).fill(-1);
  for (const [row, words] of texts.entries()) {
    for (const word of words)
      if (!stems.has(word.stem) && saysSomething(word)) stems.set(word.stem, stems.size);
    const own = Float64Array.from(placesOf(words, stems), ({ key }) => key);
    keys.push(own);
    for (const key of own) {
      const bucket = bucketOf(key);
      if (last[bucket] === row || buckets[bucket] === fewest) continue;
      last[bucket] = row;
      buckets[bucket] = (buckets[bucket] as number) + 1;
    }
    if (row % ROWS_A_SLICE === 0) yield (0.5 * row) / texts.length;
  }
  const numbers = new Map<number, number>();
  const frequency: number[] = [];
  const latest: number[] = [];
  for (const [row, own] of keys.entries()) {
    for (const key of own) {
      if (buckets[bucketOf(key)] !== fewest) continue;
      const number = numbers.get(key) ?? numbers.size;
      if (number === numbers.size) numbers.set(key, number);
      if (latest[number] === row) continue;
      latest[number] = row;
      frequency[number] = (frequency[number] ?? 0) + 1;
    }
    if (row % ROWS_A_SLICE === 0) yield 0.5 + (0.2 * row) / texts.length;
  }
  const half = Math.max(texts.length / 2, 2);
  const kept = [...numbers]
    .map(([key, number]) => ({ key, count: frequency[number] ?? 0 }))
    .filter(({ count }) => count >= fewest && count <= half);
  yield 0.7;
  // A sort keeps the order of equal ones: the same library gives the same terms.
  if (kept.length > MOST_TERMS) kept.sort((a, b) => b.count - a.count).length = MOST_TERMS;
  const terms = new Map(kept.map(({ key }, term) => [key, term]));
  const rarity = Float64Array.from(kept, ({ count }) => Math.log((texts.length + 1) / count));
  yield 0.7;

  const weigh = (own: Float64Array): Vector => {
    const known = Int32Array.from(own, (key) => terms.get(key) ?? -1).sort();
    const different = known.filter((term, at) => term >= 0 && term !== known[at - 1]);
    const weights = new Float64Array(different.length);
    let at = known.findIndex((term) => term >= 0);
    let square = 0;
    for (const [i, term] of different.entries()) {
      const from = at;
      while (known[at] === term) at++;
      const weight = (1 + Math.log(at - from)) * (rarity[term] as number);
      weights[i] = weight;
      square += weight ** 2;
    }
    const length = Math.sqrt(square) || 1;
    return { terms: different, weights: weights.map((weight) => weight / length) };
  };

  const rows: Vector[] = [];
  for (const [row, own] of keys.entries()) {
    rows.push(weigh(own));
    if (row % ROWS_A_SLICE === 0) yield 0.7 + (0.2 * row) / texts.length;
  }
  return {
    size: kept.length,
    rows,
    vectorOf: (words) => weigh(Float64Array.from(placesOf(words, stems), ({ key }) => key)),
    placesIn: (words, wanted) => {
      const places = new Map<number, Place>();
      for (const { key, from, to } of placesOf(words, stems)) {
        const term = terms.get(key);
        if (term !== undefined && wanted.has(term) && !places.has(term))
          places.set(term, { from, to });
      }
      return places;
    },
    nearest: yield* within(nearestAmong(rows, kept.length), 0.9, 1),
  };
}

/** Words of so many texts make nothing alike, and would have to be gone through for each. */
const MOST_FOUND = (rows: number): number => Math.max(50, rows / 20);

function* nearestAmong(rows: readonly Vector[], size: number): Sliced<Vectors['nearest']> {
  const found = Array.from({ length: size }, (): number[] => []);
  const weightIn = Array.from({ length: size }, (): number[] => []);
  for (const [row, { terms, weights }] of rows.entries()) {
    for (let i = 0; i < terms.length; i++) {
      found[terms[i] as number]?.push(row);
      weightIn[terms[i] as number]?.push(weights[i] as number);
    }
    if (row % ROWS_A_SLICE === 0) yield row / rows.length;
  }
  const likeness = new Float64Array(rows.length);
  return ({ terms, weights }, most) => {
    for (let i = 0; i < terms.length; i++) {
      const where = found[terms[i] as number] as number[];
      const by = weightIn[terms[i] as number] as number[];
      if (where.length > MOST_FOUND(rows.length)) continue;
      const weight = weights[i] as number;
      for (let j = 0; j < where.length; j++) {
        const row = where[j] as number;
        likeness[row] = (likeness[row] as number) + weight * (by[j] as number);
      }
    }
    const best: Neighbour[] = [];
    let least = 0;
    for (let row = 0; row < likeness.length; row++) {
      const own = likeness[row] as number;
      likeness[row] = 0;
      if (own <= least) continue;
      let at = best.length;
      while (at > 0 && (best[at - 1] as Neighbour).likeness < own) at--;
      best.splice(at, 0, { row, likeness: own });
      if (best.length > most) best.pop();
      if (best.length === most) least = (best[most - 1] as Neighbour).likeness;
    }
    return best;
  };
}

interface KeyPlace extends Place {
  readonly key: number;
}

/** Words that say something, and pairs of these that follow one another. */
function placesOf(words: readonly Word[], stems: ReadonlyMap<string, number>): readonly KeyPlace[] {
  const places: KeyPlace[] = [];
  let before: KeyPlace | undefined;
  for (let at = 0; at < words.length && at < MOST_WORDS; at++) {
    const { stem, from, to } = words[at] as Word;
    const key = stems.get(stem);
    const word = key === undefined ? undefined : { key, from, to };
    if (word) {
      places.push(word);
      if (before)
        places.push({ key: (before.key + 1) * MOST_STEMS + word.key, from: before.from, to });
    }
    before = word;
  }
  return places;
}

function bucketOf(key: number): number {
  const high = Math.floor(key / MOST_STEMS);
  const mixed = Math.imul(high ^ Math.imul(key % MOST_STEMS, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & (BUCKETS - 1);
}

function saysSomething(word: Word): boolean {
  return !isCommonWord(word) && !/^\d+$|^[a-z]$/.test(word.folded);
}
