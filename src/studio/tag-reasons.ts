import type { Word } from './split-words.js';
import type { Ground, Learned, Seen } from './tag-evidence.js';

/** Why a tag is proposed. */
export type Reason =
  /** The value, its label or a synonym stands in the text, in these words. */
  | { readonly kind: 'names'; readonly words: string }
  /** Content with the same words has the tag. */
  | { readonly kind: 'like'; readonly content: string; readonly words: readonly string[] }
  /** The words of the text that weigh most. */
  | { readonly kind: 'words'; readonly words: readonly string[] };

const MOST_WORDS = 5;
const MOST_LIKE = 2;
const LEAST_LIKE = 0.1;
/** A word that adds less to the margin is no reason. */
const LEAST_WEIGHT = 0.02;

/** Why a tag is proposed, the plainest reason first. */
export function reasonsFor(
  tag: number,
  text: string,
  words: readonly Word[],
  { vector, hits, neighbours }: Seen,
  { rows, vectors }: Ground,
  { separators }: Learned,
): readonly Reason[] {
  const spelled = (weighed: ReadonlyMap<number, number>): readonly string[] => {
    const best = [...weighed].sort(([a, x], [b, y]) => y - x || a - b).slice(0, 2 * MOST_WORDS);
    const places = vectors.placesIn(words, new Set(best.map(([term]) => term)));
    const found: string[] = [];
    for (const [term] of best) {
      const place = places.get(term);
      const word = place && text.slice(place.from, place.to);
      const isNew = word !== undefined && !found.some((one) => one.includes(word));
      if (isNew && found.length < MOST_WORDS) found.push(word);
    }
    return found;
  };
  const hit = hits.get(tag);
  const names: Reason[] = hit ? [{ kind: 'names', words: hit.words }] : [];
  const like = neighbours
    .filter(({ row, likeness }) => likeness >= LEAST_LIKE && rows[row]?.tags.has(tag))
    .slice(0, MOST_LIKE)
    .flatMap(({ row }): Reason[] => {
      const other = rows[row];
      if (!other) return [];
      const theirs = new Map<number, number>();
      for (const [i, term] of other.vector.terms.entries())
        theirs.set(term, other.vector.weights[i] as number);
      const shared = new Map<number, number>();
      for (const [i, term] of vector.terms.entries()) {
        const weight = theirs.get(term);
        if (weight !== undefined) shared.set(term, weight * (vector.weights[i] as number));
      }
      return [{ kind: 'like', content: other.id, words: spelled(shared) }];
    });
  const separator = separators[tag];
  const speaking = new Map<number, number>();
  if (separator)
    for (const [i, term] of vector.terms.entries()) {
      const weight = (vector.weights[i] as number) * (separator.weights[term] as number);
      if (weight >= LEAST_WEIGHT) speaking.set(term, weight);
    }
  const weighing: Reason[] = speaking.size > 0 ? [{ kind: 'words', words: spelled(speaking) }] : [];
  return [...names, ...like, ...weighing];
}
