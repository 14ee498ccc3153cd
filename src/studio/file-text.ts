import { OpportuneError } from '../core/errors.js';
import { readDocx } from './docx-page.js';
import { blocksIn } from './html-to-blocks.js';
import { linesToBlocks } from './lines-to-blocks.js';
import { parseMarkup } from './parse-markup.js';
import { pasteToMarkdown } from './paste.js';
import { readPdf } from './pdf-text.js';
import { openPictureReader, type PictureReading, tooLargePicture } from './picture-reader.js';
import { pictureSize } from './picture-size.js';
import { type PictureText, readPicture } from './picture-text.js';
import { MOST_PIXELS } from './serve-pictures.js';
import { textToBlocks } from './text-to-blocks.js';
import { writeMarkdown } from './write-markdown.js';

/** What a file says. */
export interface FileText {
  readonly kind: 'pdf' | 'word' | 'page' | 'text' | 'picture';
  /** As the file itself says it. */
  readonly title?: string;
  /** As clean as what {@link pasteToMarkdown} gives. */
  readonly markdown: string;
  /** Of a PDF file: only the first of many are read. */
  readonly pages?: { readonly read: number; readonly of: number };
  /** Of what was read from pictures: how sure its letters are, 0 to 1, and of a PDF file how many of such pages were read. */
  readonly drawn?: {
    readonly sure: number;
    readonly pages?: { readonly read: number; readonly of: number };
  };
}

export interface FileTextOptions {
  readonly signal?: AbortSignal;
  /** Told the share of the pages, or of the picture, that is read, 0 to 1. */
  readonly progress?: (share: number) => void;
  /**
   * Starts a worker that imports `pdfjs-dist/legacy/build/pdf.worker.mjs`. Without it PDF files are read in the page, which
   * stands still meanwhile, and a file that takes for ever cannot be stopped.
   */
  readonly startPdfWorker?: (() => Worker) | undefined;
  /** Reads what is drawn in pictures, and in pages of PDF files that are pictures. Without it that is not read. */
  readonly pictures?: PictureReading | undefined;
}

/** 25 MiB. */
const LARGEST = 25 * 1024 * 1024;
const LARGEST_TEXT = 2_000_000;
const MOST_PAGES = 100;

/**
 * The text in a file: PDF, Word (.docx), web page, Markdown, plain text, SVG; of PNG, JPEG and WebP pictures what was
 * written into the file, such as a caption or a description, and what is drawn in them, also in scanned PDF files, where
 * `pictures` are given. Nothing leaves the page, and nothing is loaded but what reads PDF files and pictures.
 * @throws OpportuneError, with the file's name and what to do: `opportune/file-too-large`, `opportune/file-unknown`,
 * `opportune/file-broken`, `opportune/file-locked` by a password, `opportune/file-without-text`, `opportune/no-pdf-reader`,
 * `opportune/no-picture-reader`, `opportune/paste-not-allowed`; the reason of the signal once it is aborted.
 */
export async function readFileText(file: File, options: FileTextOptions = {}): Promise<FileText> {
  const { signal, progress, startPdfWorker, pictures } = options;
  const { name: where } = file;
  if (file.size > LARGEST)
    throw new OpportuneError('opportune/file-too-large', 'the file is larger than 25 MB', {
      where,
      remedy: 'Keep the pages that matter, or link to it.',
    });
  signal?.throwIfAborted();
  const bytes = new Uint8Array(await file.arrayBuffer());
  signal?.throwIfAborted();
  const reader = pictures && openPictureReader(pictures, { name: where, signal });
  try {
    const found = await (isPdf(bytes)
      ? pdfText(bytes, {
          name: where,
          mostPages: MOST_PAGES,
          signal,
          progress,
          startWorker: startPdfWorker,
          readDrawn: reader?.read,
        })
      : textIn(bytes, file, (said) => drawnText(bytes, said)));
    if (found.markdown.trim() === '') throw withoutText(found.kind, where, reader !== undefined);
    return found;
  } finally {
    reader?.close();
  }

  async function drawnText(picture: Uint8Array<ArrayBuffer>, said: PictureText): Promise<FileText> {
    const own = pictureText(said);
    if (!reader) return own;
    if (pictureSize(picture) > MOST_PIXELS) throw tooLargePicture(where);
    const { lines, sure, letters } = await reader.read(new Blob([picture]), progress);
    if (letters === 0) return own;
    const drawn = linesToBlocks(lines.map((line) => ({ ...line, page: 1 })));
    const markdown = writeMarkdown([...blocksOf(said), ...drawn]);
    return { ...own, markdown, drawn: { sure } };
  }
}

const begins = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));
/** Some programs put something before it. */
const isPdf = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-');

async function pdfText(
  bytes: Uint8Array,
  options: Parameters<typeof readPdf>[1],
): Promise<FileText> {
  const { lines, title, pages, drawn } = await readPdf(bytes, options);
  const isFileName =
    /^(?:microsoft (?:word|powerpoint)|untitled|.*\.(?:docx?|pptx?|indd|pdf|html?)$)/i;
  const markdown = writeMarkdown(linesToBlocks(lines));
  return {
    kind: 'pdf',
    markdown,
    pages,
    ...(drawn && { drawn: { sure: drawn.sure, pages: { read: drawn.read, of: drawn.of } } }),
    ...(title !== undefined && !isFileName.test(title) && { title }),
  };
}

function textIn(
  bytes: Uint8Array,
  { name, type }: File,
  drawnText: (said: PictureText) => Promise<FileText>,
): FileText | Promise<FileText> {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (begins(bytes, 'PK\x03\x04') && ending !== 'docx') throw unknown(name);
  if (ending === 'docx') {
    const { title, body } = readDocx(bytes, name);
    return {
      kind: 'word',
      markdown: writeMarkdown(blocksIn(body)),
      ...(title !== undefined && { title }),
    };
  }
  const picture = readPicture(bytes);
  if (picture) return drawnText(picture);
  const isText = /^(?:md|markdown|txt|text|html?|xhtml|svg|csv|log)$/.test(ending);
  if (!isText && !/^text\/|^image\/svg/.test(type)) throw unknown(name);
  const text = decode(bytes, name);
  if (text.length > LARGEST_TEXT)
    throw new OpportuneError(
      'opportune/file-too-large',
      `the text has more than ${LARGEST_TEXT} characters`,
      {
        where: name,
        remedy: 'Keep the part that matters, or link to it.',
      },
    );
  if (ending === 'svg' || type.startsWith('image/svg')) return pictureText(svgText(text, name));
  if (/^x?html?$/.test(ending) || type === 'text/html') {
    const page = parseMarkup(text, 'text/html');
    const title = page.title.trim();
    return {
      kind: 'page',
      markdown: writeMarkdown(blocksIn(page.body)),
      ...(title !== '' && { title }),
    };
  }
  const { body, title } = withoutFront(text);
  return {
    kind: 'text',
    markdown: pasteToMarkdown({ text: body }),
    ...(title !== undefined && { title }),
  };
}

/** Markdown that another program, or a playbook, heads with data of its own. */
function withoutFront(text: string): { readonly body: string; readonly title: string | undefined } {
  const [whole = '', front = ''] =
    /^---[ \t]*\r?\n([\s\S]*?\r?\n)---[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  const title = /^title:[ \t]*(["']?)(.+?)\1[ \t]*\r?$/m.exec(front)?.[2];
  return { body: text.slice(whole.length), title };
}

/** By its mark, as UTF-8, or as Windows writes in the West. */
function decode(bytes: Uint8Array, where: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 4096).includes(0)) throw unknown(where);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function svgText(text: string, where: string): PictureText {
  const { documentElement: svg } = parseMarkup(text, 'image/svg+xml');
  if (svg.localName !== 'svg')
    throw new OpportuneError('opportune/file-broken', 'the SVG picture cannot be read', {
      where,
      remedy: 'Save it again with the program that made it.',
    });
  const said = (name: string): readonly string[] =>
    [...svg.getElementsByTagNameNS('http://www.w3.org/2000/svg', name)].map(
      (one) => one.textContent ?? '',
    );
  const [title] = said('title');
  return { title, texts: [...said('desc'), ...said('text')] };
}

const blocksOf = ({ title, texts }: PictureText): ReturnType<typeof textToBlocks> =>
  [...(title === undefined ? [] : [title]), ...texts].flatMap((text) => textToBlocks(text));

function pictureText(said: PictureText): FileText {
  const { title } = said;
  const markdown = writeMarkdown(blocksOf(said));
  return { kind: 'picture', markdown, ...(title !== undefined && { title }) };
}

function unknown(where: string): OpportuneError {
  return new OpportuneError(
    'opportune/file-unknown',
    'no text can be read from a file of this kind',
    {
      where,
      remedy:
        'Save it as PDF, Word (.docx), web page, Markdown, text, PNG or JPEG, or paste its text.',
    },
  );
}

function withoutText(kind: FileText['kind'], where: string, isDrawnRead: boolean): OpportuneError {
  const what: { readonly [kind: string]: string } = isDrawnRead
    ? {
        pdf: 'no text was found in the PDF file, nor in the pictures on its pages',
        picture: 'no text was found in the picture',
      }
    : {
        pdf: 'there is no text in the PDF file: its pages are pictures',
        picture: 'nothing is written into the picture file; what is drawn in it cannot be read',
      };
  return new OpportuneError('opportune/file-without-text', what[kind] ?? 'the file is empty', {
    where,
    remedy: 'Write in a sentence what it shows, and tag it by that.',
  });
}
