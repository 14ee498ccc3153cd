/** Widths in em of letters that are far from the average one, for the sans-serif faces that systems have. */
const NARROW = /[ijlt.,:;'’|!()[\]If ]/;
const WIDE = /[mwMWQGO@%—…]/;
const UPPER = /[A-Z]/;
const FULL = /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\uff60\u{1f300}-\u{1faff}]/u;

/** About as wide as a text becomes, rather too much than too little; in pixels for a size in pixels. */
export function measureText(text: string, size: number, bold = false): number {
  let em = 0;
  for (const letter of text)
    em += FULL.test(letter)
      ? 1.05
      : NARROW.test(letter)
        ? 0.34
        : WIDE.test(letter)
          ? 0.88
          : UPPER.test(letter)
            ? 0.7
            : 0.58;
  return em * size * (bold ? 1.06 : 1);
}

/** In lines of at most that width, cut after the last line that there may be. */
export function wrapText(
  text: string,
  size: number,
  width: number,
  most: number,
  bold = false,
): readonly string[] {
  const fits = (line: string): boolean => measureText(line, size, bold) <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((one) => breakWord(one, fits))) {
    if (line === '' || fits(`${line} ${word}`)) line = line === '' ? word : `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]}…`];
}

/** A word that is longer than a line, in pieces. */
function breakWord(word: string, fits: (line: string) => boolean): readonly string[] {
  if (fits(word)) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && !fits(piece + letter)) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}
