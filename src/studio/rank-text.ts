import { bareLetters, countEdits } from '../core/count-edits.js';

/** A text that is looked for by what somebody types. */
export interface Sought {
  readonly letters: string;
  /** The letters from each of its words on. */
  readonly starts: readonly string[];
  /** Which of the letters a to z occur. */
  readonly mask: number;
}

export function toSought(text: string): Sought {
  const words = text.split(/[\s_.-]+|(?<=[a-z])(?=[A-Z])/);
  const letters = bareLetters(text);
  return {
    letters,
    starts: words.map((_, index) => bareLetters(words.slice(index).join(''))),
    mask: maskOf(letters),
  };
}

/** Lower is likelier, 0 is the same; infinite when it is not meant. `wanted` is of bare letters. */
export function rankText({ letters, starts, mask }: Sought, wanted: string): number {
  if (letters === wanted) return 0;
  if (letters.startsWith(wanted)) return 1;
  if (starts.some((start) => start.startsWith(wanted))) return 2;
  if (letters.includes(wanted)) return 3;
  // A long text is no typing error, and the distance is quadratic.
  if (wanted.length < 3 || wanted.length > 40) return Number.POSITIVE_INFINITY;
  const most = Math.floor(wanted.length / 3);
  if (lacking(maskOf(wanted), mask) > most) return Number.POSITIVE_INFINITY;
  const edits = Math.min(
    ...starts.map((start) => countEdits(wanted, start.slice(0, wanted.length))),
  );
  return edits <= most ? 4 + edits : Number.POSITIVE_INFINITY;
}

export function maskOf(letters: string): number {
  let mask = 0;
  for (let i = 0; i < letters.length; i++) {
    const letter = letters.charCodeAt(i) - 97;
    if (letter >= 0 && letter < 26) mask |= 1 << letter;
  }
  return mask;
}

/** How many letters of one are not in the other: each costs an edit at least. */
export function lacking(wanted: number, held: number): number {
  let left = wanted & ~held;
  let count = 0;
  for (; left !== 0; count++) left &= left - 1;
  return count;
}
