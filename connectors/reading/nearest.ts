import { bareLetters, countEdits } from '../../src/core/count-edits.js';

/** The candidate that differs in the fewest letters, or undefined when none is near (a third of the letters at most). */
export function findNearest(written: string, candidates: Iterable<string>): string | undefined {
  const wanted = bareLetters(written);
  if (wanted.length > 80) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const other = bareLetters(candidate);
    if (Math.abs(other.length - wanted.length) >= bestDistance) continue;
    const distance = countEdits(wanted, other);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
