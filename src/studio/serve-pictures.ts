import { type EnginePort, serveCalls } from '../port-calls.js';
import type { DrawnWord } from './drawn-lines.js';

/** Addresses of what recognizes text: the program, and what it knows of a language, packed by gzip or not. */
export interface PictureFiles {
  readonly program: string;
  readonly language: string;
}

export type PictureWords =
  | { readonly is: 'read'; readonly words: readonly DrawnWord[] }
  | { readonly is: 'broken' }
  | { readonly is: 'too-large' };

type Fetch = (address: string) => Promise<Response>;

/** A file, or a page that was drawn. */
export type Picture = Blob | ImageBitmap;

/** What is used of tesseract-wasm. */
interface Recognizer {
  setVariable(name: string, value: string): void;
  loadModel(model: ArrayBuffer): void;
  loadImage(image: ImageData): void;
  getTextBoxes(
    unit: 'word',
    progress: (percent: number) => void,
  ): readonly {
    readonly rect: {
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    };
    readonly flags: number;
    readonly confidence: number;
    readonly text: string;
  }[];
}

/** Larger ones take hundreds of megabytes to look at. */
export const MOST_PIXELS = 60_000_000;
/** More pixels than these are drawn smaller: letters stay legible, and reading ends. */
const MOST_READ = 8_000_000;
/** Letters of a screen are too small to be read as they are. */
const WANTED_SIDE = 2_400;
const MOST_ENLARGED = 3;
const LONGEST_SIDE = 16_000;
const ENDS_LINE = 2;
/** Loading what reads is a part of the way. */
const LOADED = 0.1;

/**
 * Reads the text that is drawn in pictures, by Tesseract; in a worker. Its policy has to allow WebAssembly, and connections
 * to where the files of Tesseract are.
 */
export function servePictures(port: EnginePort, fetch: Fetch): void {
  let loaded: Promise<Recognizer> | undefined;
  async function read(
    picture: Picture,
    files: PictureFiles,
    progress: (share: number) => void,
  ): Promise<PictureWords> {
    const image = await pixelsOf(picture);
    if (!('data' in image)) return image;
    loaded ??= loadRecognizer(files, fetch);
    const recognizer = await loaded;
    progress(LOADED);
    recognizer.loadImage(image);
    const found = recognizer.getTextBoxes('word', (percent) =>
      progress(LOADED + ((1 - LOADED) * percent) / 100),
    );
    const words = found.map(
      ({ rect, flags, confidence, text }): DrawnWord => ({
        ...rect,
        text: text.trim(),
        sure: confidence,
        endsLine: (flags & ENDS_LINE) !== 0,
      }),
    );
    return { is: 'read', words };
  }
  serveCalls({ read }, port, new Set(['read']));
}

/** On white, and as large as letters want to be. */
async function pixelsOf(
  picture: Picture,
): Promise<ImageData | { readonly is: 'broken' | 'too-large' }> {
  let bitmap: ImageBitmap;
  try {
    bitmap = picture instanceof Blob ? await createImageBitmap(picture) : picture;
  } catch {
    return { is: 'broken' };
  }
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) return { is: 'too-large' };
  const longest = Math.max(width, height);
  const scale = Math.min(
    Math.max(1, Math.min(MOST_ENLARGED, WANTED_SIDE / longest)),
    Math.sqrt(MOST_READ / (width * height)),
    LONGEST_SIDE / longest,
  );
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { is: 'too-large' };
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function loadRecognizer(
  { program, language }: PictureFiles,
  fetch: Fetch,
): Promise<Recognizer> {
  const [{ createOCREngine }, wasmBinary, model] = await Promise.all([
    // @ts-expect-error Its types are not where its package says.
    import('tesseract-wasm'),
    load(program, fetch),
    load(language, fetch),
  ]);
  const recognizer: Recognizer = await createOCREngine({ wasmBinary });
  recognizer.loadModel(await unpacked(model));
  // It would guess it from the letters, and say so on the console.
  recognizer.setVariable('user_defined_dpi', '300');
  return recognizer;
}

async function load(address: string, fetch: Fetch): Promise<ArrayBuffer> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return answer.arrayBuffer();
}

/** Some servers say that it is packed, so that it comes unpacked already. */
async function unpacked(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(bytes, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return bytes;
  return new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')),
  ).arrayBuffer();
}
