import { unzlibSync } from 'fflate';
import { readExif } from './exif-text.js';

/** What a picture says of itself: what people and programs wrote into it, not what is drawn in it. */
export interface PictureText {
  readonly title: string | undefined;
  readonly texts: readonly string[];
}

type Entry = readonly [name: string, text: string];

const TITLES = new Set(['title', 'headline', 'objectname', 'xptitle', 'documentname']);
/** Of a program, a camera or a right, and not of what the picture shows. */
const NOT_ABOUT =
  /^(?:software|author|artist|copyright|source|creator|creation.?time|date.*|disclaimer|warning|parameters|prompt|workflow|raw.*|thumb.*|icc.*|exif.*|signature)$/i;
const LONGEST = 20_000;
const MOST_INFLATED = 1_000_000;
const MOST_PARTS = 10_000;

/** Undefined for what is no PNG, JPEG or WebP file. */
export function readPicture(bytes: Uint8Array): PictureText | undefined {
  const entries = isPng(bytes)
    ? pngEntries(bytes)
    : isJpeg(bytes)
      ? jpegEntries(bytes)
      : isWebp(bytes)
        ? webpEntries(bytes)
        : undefined;
  if (!entries) return undefined;
  const about = entries
    .map(
      ([name, text]): Entry => [
        name.toLowerCase(),
        text.replaceAll('\0', '').trim().slice(0, LONGEST),
      ],
    )
    .filter(([name, text]) => text !== '' && !NOT_ABOUT.test(name) && /\p{L}/u.test(text));
  const title = about.find(([name]) => TITLES.has(name))?.[1];
  return {
    title,
    texts: [...new Set(about.map(([, text]) => text))].filter((text) => text !== title),
  };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const hasAt = (bytes: Uint8Array, at: number, text: string): boolean =>
  latin1(bytes.subarray(at, at + text.length)) === text;

const isPng = (bytes: Uint8Array): boolean => hasAt(bytes, 1, 'PNG\r\n\x1a\n');
const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
const isWebp = (bytes: Uint8Array): boolean => hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP');

function pngEntries(bytes: Uint8Array): readonly Entry[] {
  const view = viewOf(bytes);
  const entries: Entry[] = [];
  let at = 8;
  for (let part = 0; part < MOST_PARTS && at + 12 <= bytes.length; part++) {
    const size = view.getUint32(at);
    const type = latin1(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + size);
    if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') entries.push(...pngText(type, data));
    if (type === 'eXIf') entries.push(...readExif(data));
    if (type === 'IEND') break;
    at += 12 + size;
  }
  return entries;
}

/** Chunks of text as ISO/IEC 15948 has them. */
function pngText(type: string, data: Uint8Array): readonly Entry[] {
  const end = data.indexOf(0);
  if (end < 0) return [];
  const name = latin1(data.subarray(0, end));
  const rest = data.subarray(end + 1);
  if (type === 'tEXt') return [[name, latin1(rest)]];
  if (type === 'zTXt') return [[name, latin1(inflate(rest.subarray(1)))]];
  const [packed] = rest;
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return [];
  const text = utf8(
    packed === 1 ? inflate(rest.subarray(translated + 1)) : rest.subarray(translated + 1),
  );
  return name === 'XML:com.adobe.xmp' ? xmpEntries(text) : [[name, text]];
}

/** Nothing, of a text that would grow beyond all measure. */
function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return unzlibSync(bytes, { out: new Uint8Array(MOST_INFLATED) });
  } catch {
    return new Uint8Array();
  }
}

function jpegEntries(bytes: Uint8Array): readonly Entry[] {
  const view = viewOf(bytes);
  const entries: Entry[] = [];
  let at = 2;
  for (let part = 0; part < MOST_PARTS && at + 4 <= bytes.length && bytes[at] === 0xff; part++) {
    const marker = bytes[at + 1] as number;
    // The picture itself begins.
    if (marker === 0xda || marker === 0xd9) break;
    const size = view.getUint16(at + 2);
    const data = bytes.subarray(at + 4, at + 2 + size);
    if (marker === 0xe1 && hasAt(data, 0, 'Exif\0\0')) entries.push(...readExif(data.subarray(6)));
    if (marker === 0xe1 && hasAt(data, 0, XMP))
      entries.push(...xmpEntries(utf8(data.subarray(XMP.length))));
    if (marker === 0xed && hasAt(data, 0, 'Photoshop 3.0\0')) entries.push(...iptcEntries(data));
    if (marker === 0xfe) entries.push(['comment', utf8(data)]);
    at += 2 + Math.max(size, 2);
  }
  return entries;
}

const XMP = 'http://ns.adobe.com/xap/1.0/\0';

function webpEntries(bytes: Uint8Array): readonly Entry[] {
  const view = viewOf(bytes);
  const entries: Entry[] = [];
  let at = 12;
  for (let part = 0; part < MOST_PARTS && at + 8 <= bytes.length; part++) {
    const size = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + size);
    if (hasAt(bytes, at, 'EXIF'))
      entries.push(...readExif(hasAt(data, 0, 'Exif\0\0') ? data.subarray(6) : data));
    if (hasAt(bytes, at, 'XMP ')) entries.push(...xmpEntries(utf8(data)));
    at += 8 + size + (size % 2);
  }
  return entries;
}

const IPTC: { readonly [dataset: number]: string } = {
  5: 'objectname',
  25: 'keywords',
  105: 'headline',
  120: 'caption',
};

/** Records of the IPTC's Information Interchange Model 4: mark, record, dataset, size. */
function iptcEntries(data: Uint8Array): readonly Entry[] {
  const view = viewOf(data);
  const entries: Entry[] = [];
  for (let at = 0; at + 5 <= data.length; at++) {
    if (data[at] !== 0x1c || data[at + 1] !== 2) continue;
    const name = IPTC[data[at + 2] as number];
    const size = view.getUint16(at + 3);
    if (name === undefined || size > 0x7fff || at + 5 + size > data.length) continue;
    entries.push([name, utf8(data.subarray(at + 5, at + 5 + size))]);
    at += 4 + size;
  }
  return entries;
}

const XMP_FIELD =
  /<(dc:title|dc:description|dc:subject|photoshop:Headline|Iptc4xmpCore:AltTextAccessibility|Iptc4xmpCore:ExtDescrAccessibility)\b[^>]*>([\s\S]{0,20000}?)<\/\1>/g;
const XMP_ATTRIBUTE = /\b(photoshop:Headline|dc:title|dc:description)="([^"]{0,20000})"/g;
const NAMES: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Only what is wanted of its XML, which is seldom whole. */
function xmpEntries(xml: string): readonly Entry[] {
  const start = xml.slice(0, MOST_INFLATED);
  return [...start.matchAll(XMP_FIELD), ...start.matchAll(XMP_ATTRIBUTE)].flatMap(
    ([, name = '', inner = '']) => {
      const texts = inner
        .split(/<[^>]*>/)
        .map((text) => text.trim())
        .filter((text) => text !== '');
      return texts.map(
        (text): Entry => [
          name.slice(name.indexOf(':') + 1),
          text.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => NAMES[entity] ?? ''),
        ],
      );
    },
  );
}
