/** A word of a text, and where it stands. */
export interface Word {
  /** In small letters, without accents. */
  readonly folded: string;
  /** Without the ending that number or case gives it. */
  readonly stem: string;
  readonly from: number;
  readonly to: number;
}

// Scripts without spaces between words: each character is a word, and two in a row are told by pairs of words.
const WITHOUT_SPACES =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CHARACTERS = new RegExp(`[${WITHOUT_SPACES}]|[^${WITHOUT_SPACES}]+`, 'gu');
const HAS_CHARACTERS = new RegExp(`[${WITHOUT_SPACES}]`, 'u');
/** Letters that are no letter with an accent. */
const LETTERS: { readonly [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

export function splitWords(text: string): readonly Word[] {
  const words: Word[] = [];
  const add = (whole: string, from: number): void => {
    const folded = fold(whole);
    words.push({ folded, stem: stemOf(folded), from, to: from + whole.length });
  };
  for (const { 0: whole, index } of text.matchAll(WORD)) {
    if (!HAS_CHARACTERS.test(whole)) add(whole, index);
    else for (const one of whole.matchAll(CHARACTERS)) add(one[0], index + one.index);
  }
  return words;
}

function fold(word: string): string {
  const lower = word.toLowerCase();
  // Most words of most texts.
  if (/^[a-z0-9]*$/.test(lower)) return lower;
  return lower
    .replace(/[ßæøœłđı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

const SHORTEST_STEM = 4;

/**
 * A word without its ending of number or case, in English, German, French, Spanish or Portuguese. Only what leaves another
 * form of the same word: "printer" does not become "print".
 */
export function stemOf(word: string): string {
  // Most words end otherwise.
  if (word.length <= SHORTEST_STEM || !'sxenm'.includes(word.charAt(word.length - 1))) return word;
  if (/\d/.test(word)) return word;
  let stem = word;
  if (stem.endsWith('ies') && stem.length > 5) stem = `${stem.slice(0, -3)}y`;
  else if (/(?:x|ch|sh|ss|z)es$/.test(stem)) stem = stem.slice(0, -2);
  else if (/[^siu]s$/.test(stem)) stem = stem.slice(0, -1);
  else if (/(?:eau|eu|ou)x$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > SHORTEST_STEM + 1 && /e[nm]$/.test(stem)) return stem.slice(0, -2);
  if (stem.length > SHORTEST_STEM && stem.endsWith('e')) return stem.slice(0, -1);
  return stem;
}

const COMMON = new Set(
  `a about after all also an and any are as at be because been but by can do does for from had has have he her his how i if in
  into is it its just like may more most my no not of on one or our out over she so some such than that the their them then
  there these they this to too up us was we were what when where which who why will with would yes you your own
  aber als am an auch auf aus bei bis da das dass dem den der des die ein eine einem einen einer eines er es fur hat ich ihr im
  in ist ja kein mit nach nein nicht noch nur oder sich sie sind so um und uns unser vom von vor wenn wer wie wir wird zu zum zur
  au aux avec ce ces dans de des du elle en est et il ils je la le les leur mais ne non nous ou oui par pas pour qu que qui sa
  se ses son sont sur un une vous al como con del el ella ellos en es esta la las lo los mas mi no o para pero por que se ser si
  sin su sus un una y`.split(/\s+/),
);

/** Says nothing of what a text is about: "the", "und", "les". */
export function isCommonWord({ folded }: Pick<Word, 'folded'>): boolean {
  return COMMON.has(folded);
}
