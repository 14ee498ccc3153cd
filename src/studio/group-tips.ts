import { stableJson } from '../core/stable-json.js';
import type { Tip } from '../domain/tip.js';

/** What is told in words. */
type Told = Pick<Tip, 'id' | 'text' | 'occurredAt'>;

/** Tips that say much the same, the newest first; groups by their newest tip. */
export type TipGroup<One = Tip> = readonly One[];

/** From here on two texts say much the same. */
const ALIKE = 0.4;
/** Words that every text has. */
const EMPTY: ReadonlySet<string> = new Set(
  'a an and are as at be but by do for from has have if in is it not of on or so that the their them they this to was we what when with you your'.split(
    ' ',
  ),
);

/**
 * Tips grouped by the words they share, rare words counting more (tf-idf, cosine). A tip goes to the first group whose
 * oldest tip is alike, so that a group does not drift; the same tips give the same groups in whatever order they come.
 */
export function groupTips<One extends Told>(tips: readonly One[]): readonly TipGroup<One>[] {
  const ordered = [...tips].sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
  const counted = ordered.map(({ text }) => countWords(text));
  const inTips = new Map<string, number>();
  for (const words of counted)
    for (const word of words.keys()) inTips.set(word, (inTips.get(word) ?? 0) + 1);
  const vectors = counted.map(
    (words) =>
      new Map(
        [...words].map(([word, count]) => [
          word,
          count * Math.log(1 + ordered.length / (inTips.get(word) ?? 1)),
        ]),
      ),
  );
  const groups: number[][] = [];
  for (const [i, vector] of vectors.entries()) {
    const home = groups.find(([first]) => cosine(vectors[first ?? 0] ?? vector, vector) >= ALIKE);
    if (home) home.push(i);
    else groups.push([i]);
  }
  return groups
    .map((group) => group.map((i) => ordered[i] as One).reverse())
    .sort(
      (a, b) => newest(b) - newest(a) || (stableJson(a[0]?.id) < stableJson(b[0]?.id) ? -1 : 1),
    );
}

const newest = (group: TipGroup<Told>): number => group[0]?.occurredAt ?? 0;

function countWords(text: string): ReadonlyMap<string, number> {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => (word.length > 3 ? word.replace(/(?:es|s)$/, '') : word))
    .filter((word) => word.length > 1 && !EMPTY.has(word));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [word, weight] of a) dot += weight * (b.get(word) ?? 0);
  const length = (vector: ReadonlyMap<string, number>): number =>
    Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0));
  const lengths = length(a) * length(b);
  return lengths === 0 ? 0 : dot / lengths;
}
