import type { PDFDocumentProxy, PDFPageProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isOpportuneError, OpportuneError } from '../core/errors.js';
import type { DrawnText } from './drawn-lines.js';
import type { PageLine } from './lines-to-blocks.js';

export interface PdfOptions {
  readonly name: string;
  readonly mostPages: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((share: number) => void) | undefined;
  /** A worker that imports `pdfjs-dist/legacy/build/pdf.worker.mjs`; without one the page does the work. */
  readonly startWorker?: (() => Worker) | undefined;
  /** Reads a page that has no text and was drawn; without it nothing is drawn. */
  readonly readDrawn?:
    | ((page: ImageBitmap, progress: (share: number) => void) => Promise<DrawnText>)
    | undefined;
}

export interface PdfText {
  readonly lines: readonly PageLine[];
  readonly title: string | undefined;
  readonly pages: { readonly read: number; readonly of: number };
  /** Pages without text that were read as pictures, of those that there are among the pages read. */
  readonly drawn?: { readonly read: number; readonly of: number; readonly sure: number };
}

/** Reading a drawn page takes seconds. */
const MOST_DRAWN = 20;
/** Points of a page are drawn so many times as large: 200 to an inch. */
const SHARPNESS = 200 / 72;
const MOST_PAGE_PIXELS = 8_000_000;
const MOST_IMAGE_PIXELS = 60_000_000;

/**
 * The lines of a PDF file, by pdf.js, which is loaded for it. It evaluates no code and loads nothing; it draws only pages
 * without text, and only where somebody reads them.
 * @throws OpportuneError `opportune/no-pdf-reader`, `opportune/file-locked`, `opportune/file-broken`; the reason of the signal.
 */
export async function readPdf(
  bytes: Uint8Array,
  { name, mostPages, signal, progress, startWorker, readDrawn }: PdfOptions,
): Promise<PdfText> {
  const pdfjs = await loadReader();
  signal?.throwIfAborted();
  const port = startWorker?.();
  let worker: PDFWorker | undefined;
  if (port) worker = new pdfjs.PDFWorker({ port: port as unknown as null });
  else await workInPage();
  const loading = pdfjs.getDocument({
    // pdf.js takes the bytes away.
    data: bytes.slice(),
    ...(worker && { worker }),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    enableXfa: false,
    useWasm: false,
    maxImageSize: MOST_IMAGE_PIXELS,
    stopAtErrors: false,
    verbosity: 0,
  });
  const stop = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // Awaited beside the work; alone it would be an error that nobody handled.
  stop.catch(() => undefined);
  const orStop = <Result>(work: Promise<Result>): Promise<Result> => Promise.race([work, stop]);
  try {
    const pdf = await orStop(loading.promise);
    const read = Math.min(pdf.numPages, mostPages);
    const lines: PageLine[] = [];
    const drawn: DrawnText[] = [];
    let without = 0;
    for (let page = 1; page <= read; page++) {
      const proxy = await orStop(pdf.getPage(page));
      const own = await orStop(linesOf(proxy, page));
      lines.push(...own);
      if (own.length === 0 && readDrawn && (await orStop(hasDrawing(proxy, pdfjs.OPS)))) {
        without++;
        if (drawn.length < MOST_DRAWN) {
          const picture = await orStop(draw(proxy));
          const found = await readDrawn(picture, (share) => progress?.((page - 1 + share) / read));
          drawn.push(found);
          lines.push(...found.lines.map((line) => ({ ...line, page })));
        }
      }
      proxy.cleanup();
      progress?.(page / read);
    }
    const title = await orStop(titleOf(pdf));
    return {
      ...{ lines, title, pages: { read, of: pdf.numPages } },
      ...(drawn.length > 0 && {
        drawn: { read: drawn.length, of: without, sure: surenessOf(drawn) },
      }),
    };
  } catch (cause) {
    signal?.throwIfAborted();
    throw isOpportuneError(cause) ? cause : whyNot(cause, name);
  } finally {
    // A worker that hangs in a hostile file would never answer.
    port?.terminate();
    if (!port) await loading.destroy().catch(() => undefined);
  }
}

async function loadReader(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  try {
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  } catch (cause) {
    throw new OpportuneError('opportune/no-pdf-reader', 'PDF files cannot be read here', {
      remedy: 'Install "pdfjs-dist", or paste the text of the file.',
      cause,
    });
  }
}

/** pdf.js looks for its worker there before it would load one from an address. */
async function workInPage(): Promise<void> {
  const page = globalThis as { pdfjsWorker?: unknown };
  // @ts-expect-error It has no types.
  page.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
}

const surenessOf = (pages: readonly DrawnText[]): number => {
  const letters = pages.reduce((sum, page) => sum + page.letters, 0);
  return pages.reduce((sum, page) => sum + page.sure * page.letters, 0) / Math.max(1, letters);
};

/** Whether a page has pictures, or letters that were drawn as lines. */
async function hasDrawing(
  page: PDFPageProxy,
  OPS: { readonly [name: string]: number },
): Promise<boolean> {
  const { fnArray } = await page.getOperatorList();
  return fnArray.some(
    (one) =>
      one === OPS.paintImageXObject ||
      one === OPS.paintInlineImageXObject ||
      one === OPS.paintImageMaskXObject ||
      one === OPS.constructPath,
  );
}

async function draw(page: PDFPageProxy): Promise<ImageBitmap> {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(SHARPNESS, Math.sqrt(MOST_PAGE_PIXELS / (width * height)));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.floor(width * scale)),
    Math.max(1, Math.floor(height * scale)),
  );
  await page.render({
    // Its type knows canvases of documents alone.
    canvas: canvas as unknown as HTMLCanvasElement,
    viewport: page.getViewport({ scale }),
    // For print it does not wait for a frame, which a page in the background never has.
    intent: 'print',
  }).promise;
  return canvas.transferToImageBitmap();
}

async function linesOf(proxy: PDFPageProxy, page: number): Promise<readonly PageLine[]> {
  const { items } = await proxy.getTextContent({ includeMarkedContent: false });
  const lines: PageLine[] = [];
  let text = '';
  let height = 0;
  let right = 0;
  let top: number | undefined;
  const end = (): void => {
    if (text.trim() !== '') lines.push({ text: text.trim(), height, top: top ?? 0, right, page });
    text = '';
    height = 0;
    right = 0;
    top = undefined;
  };
  for (const item of items) {
    if (!('str' in item)) continue;
    const [, , , , x = 0, y = 0] = item.transform as number[];
    // Some files never say that a line ends.
    if (
      top !== undefined &&
      item.str.trim() !== '' &&
      Math.abs(y - top) > Math.max(height, 4) * 0.8
    )
      end();
    text += item.str;
    if (item.str.trim() !== '') {
      height = Math.max(height, Math.round(item.height * 10) / 10);
      top ??= y;
      right = Math.max(right, x + item.width);
    }
    if (item.hasEOL) end();
  }
  end();
  return lines;
}

async function titleOf(pdf: PDFDocumentProxy): Promise<string | undefined> {
  const { info } = await pdf.getMetadata();
  const title = (info as { readonly Title?: unknown }).Title;
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
}

function whyNot(cause: unknown, where: string): OpportuneError {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'PasswordException')
    return new OpportuneError('opportune/file-locked', 'the PDF file asks for a password', {
      where,
      remedy: 'Save it without a password, or paste its text.',
      cause,
    });
  return new OpportuneError('opportune/file-broken', 'the PDF file cannot be read', {
    where,
    remedy: 'Open it in a reader and save it again, or paste its text.',
    cause,
  });
}
