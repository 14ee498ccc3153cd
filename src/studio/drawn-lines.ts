import { median } from '../core/statistics.js';
import type { PageLine } from './lines-to-blocks.js';

/** A word that was recognized in a picture; where it stands, in pixels from the top left. */
export interface DrawnWord {
  readonly text: string;
  /** 0 to 1, as the recognizer believes. */
  readonly sure: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly endsLine: boolean;
}

export interface DrawnText {
  readonly lines: readonly Omit<PageLine, 'page'>[];
  /** How sure the letters are, on average, and how many there are. */
  readonly sure: number;
  readonly letters: number;
}

/** Lines less sure than this are mostly the edges, hatchings and shadows of what is no text. */
const DOUBTFUL = 0.45;
/** Heights of one size of letters differ by so much. */
const SAME_SIZE = 1.15;
/** Parts of the size of a font, of what stands above and below its line. */
const LOW = 0.53;
const HIGH = 0.73;
const BELOW = 0.21;
const RISES = /[\p{Lu}\p{N}bdfhijklt!?()[\]/|'"“”‘’ß&%$€£#@]/u;
/** What stands before an item of a list is a sign, or a letter that is much too small. */
const BULLET = /^[•»«*¢°®©+~·>]$/u;
const SMALL = 0.45;
const FALLS = /[gjpqyQ,;()[\]|/]/u;

/**
 * Recognized words as the lines of a printed page, without those that are noise. Letters give no size of their font: it
 * is told from which of them rise above, and fall below, the others.
 */
export function drawnLines(words: readonly DrawnWord[]): DrawnText {
  const found: { readonly line: Omit<PageLine, 'page'>; readonly sure: number }[] = [];
  let own: DrawnWord[] = [];
  for (const word of words) {
    own.push(word);
    if (!word.endsLine) continue;
    const sure = surenessOf(own);
    const line = toLine(own);
    if (sure >= DOUBTFUL && /[\p{L}\p{N}]{2}/u.test(line.text)) found.push({ line, sure });
    own = [];
  }
  const sizeOf = evenSizes(found.map(({ line }) => line.height));
  const letters = found.reduce((sum, { line }) => sum + line.text.length, 0);
  const sum = found.reduce((all, { line, sure }) => all + sure * line.text.length, 0);
  return {
    lines: found.map(({ line }) => ({ ...line, height: sizeOf(line.height) })),
    sure: letters === 0 ? 0 : sum / letters,
    letters,
  };
}

function surenessOf(words: readonly DrawnWord[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return words.reduce((sum, { text, sure }) => sum + sure * text.length, 0) / Math.max(1, letters);
}

function toLine(words: readonly DrawnWord[]): Omit<PageLine, 'page'> {
  const sizes = words.flatMap(({ text, top, bottom }) => {
    const size =
      (bottom - top) / ((RISES.test(text) ? HIGH : LOW) + (FALLS.test(text) ? BELOW : 0));
    return Array.from({ length: text.length }, () => size);
  });
  const height = median(sizes);
  const foot = median(
    words.map(({ text, bottom }) => bottom - (FALLS.test(text) ? BELOW * height : 0)),
  );
  const [first, ...others] = words;
  const isItem =
    first?.text.length === 1 &&
    others.length > 0 &&
    (BULLET.test(first.text) || first.bottom - first.top < SMALL * height);
  return {
    text: words.map(({ text }, i) => (i === 0 && isItem ? '•' : text)).join(' '),
    height,
    // A page counts from its foot.
    top: -foot,
    right: Math.max(...words.map(({ right }) => right)),
  };
}

/** Sizes that are nearly the same are one, so that a heading is what was meant as one. */
function evenSizes(heights: readonly number[]): (height: number) => number {
  const groups: number[][] = [];
  for (const height of [...heights].sort((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last && height <= SAME_SIZE * (last[0] as number)) last.push(height);
    else groups.push([height]);
  }
  const even = new Map(
    groups.flatMap((group) => group.map((one) => [one, median(group)] as const)),
  );
  return (height) => even.get(height) ?? height;
}
