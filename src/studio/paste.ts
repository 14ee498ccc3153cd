import { OpportuneError } from '../core/errors.js';
import { blocksIn } from './html-to-blocks.js';
import { parseMarkup } from './parse-markup.js';
import { textToBlocks } from './text-to-blocks.js';
import { writeMarkdown } from './write-markdown.js';

/** What a clipboard holds: `getData('text/html')` and `getData('text/plain')`. */
export interface Pasted {
  readonly html?: string;
  readonly text?: string;
}

export interface PasteOptions {
  /** Names of attributes, `contact.name`: a text that holds `{contact.name}` keeps it as a value to fill in. Default: none. */
  readonly isAttribute?: (name: string) => boolean;
}

const MOST_CHARS = 2_000_000;

/**
 * What was pasted as clean Markdown: from web pages, Word, Outlook, Google Docs, mail, or as text. Headings, lists, quotes,
 * emphasis, code and links stay, a table becomes a list; of images their description stays; what nobody saw on the page is
 * gone. The result holds no HTML, and no link but `https:`, `http:`, `mailto:` and `tel:`.
 * It needs the `DOMParser` of a browser where there is HTML; that runs and loads nothing.
 * @throws OpportuneError `opportune/paste-not-allowed` where the page's Trusted Types forbid reading HTML.
 * @throws OpportuneError `opportune/paste-too-large` over 2,000,000 characters.
 */
export function pasteToMarkdown(
  { html = '', text = '' }: Pasted,
  { isAttribute }: PasteOptions = {},
): string {
  if (Math.max(html.length, text.length) > MOST_CHARS)
    throw new OpportuneError(
      'opportune/paste-too-large',
      `what was pasted has more than ${MOST_CHARS} characters`,
      { remedy: 'Paste a part of it, or link to the file.' },
    );
  const page = html === '' ? undefined : parseMarkup(html, 'text/html').body;
  const blocks = page ? blocksIn(page) : [];
  // A page of which nothing is left, such as a picture, may have come with a text.
  return writeMarkdown(blocks.length > 0 ? blocks : textToBlocks(text), isAttribute);
}
