/**
 * A text of strangers as one line of a mail, no longer than `most` characters: no line break ends a header, and no mark
 * turns the words after it round. The isolates that the view puts around values stay, each with its end.
 */
export function oneLine(text: string, most: number): string {
  const plain = text
    .slice(0, most * 4)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]+/g, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]|\p{Cs}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  const short =
    plain.length > most ? `${plain.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : plain;
  return closeIsolates(short);
}

function closeIsolates(text: string): string {
  let open = 0;
  const kept = text.replace(/[\u2068\u2069]/g, (mark) => {
    if (mark === '\u2069' && open === 0) return '';
    open += mark === '\u2068' ? 1 : -1;
    return mark;
  });
  return kept + '\u2069'.repeat(open);
}

/**
 * Mail programs make a link of whatever looks like an address, also in a name that a stranger typed into a form. An
 * invisible mark that joins nothing keeps them from it; people see the same text.
 */
export function unlinked(text: string): string {
  return text
    .replace(/([\p{L}\p{N}-])([.@])(?=\p{L})/gu, '$1$2\u200c')
    .replaceAll('://', ':\u200c//');
}
