import { bareLetters, countEdits } from '../core/count-edits.js';

export interface Candidate {
  readonly id: string;
  readonly label?: string;
}

/**
 * The candidate whose id or label is nearest to what was written, or undefined when none is near: at most two
 * letters in five, and at most `most`, may differ. Distance is optimal string alignment (insert, delete, replace, swap neighbours), without case.
 */
export function findNearest(
  written: string,
  candidates: readonly Candidate[],
  most: number = Number.POSITIVE_INFINITY,
): Candidate | undefined {
  const wanted = bareLetters(written);
  // A long text is no typing error, and the distance below is quadratic.
  if (wanted.length > 80) return undefined;
  const limit = Math.min(
    most,
    Math.max(1, Math.floor(wanted.length * (wanted.length < 8 ? 0.34 : 0.4))),
  );
  let best: Candidate | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    for (const text of [candidate.id, candidate.label]) {
      if (text === undefined || Math.abs(text.length - wanted.length) > limit + 4) continue;
      const distance = countEdits(wanted, bareLetters(text));
      if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
    }
  }
  return best;
}

/** The remedy for an unknown name: the nearest one, else the first few that exist, else `otherwise`. */
export function suggest(
  written: string,
  candidates: readonly Candidate[],
  otherwise: string,
): string {
  const nearest = findNearest(written, candidates);
  if (nearest) return `did you mean "${nearest.id}"?`;
  if (candidates.length === 0 || candidates.length > 12) return otherwise;
  return `use one of ${candidates.map(({ id }) => id).join(', ')}`;
}
