/** Files made by hand, byte by byte, as their specifications have them. */
const latin1 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);

export function bytesOf(
  ...parts: readonly (string | Uint8Array | readonly number[])[]
): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) =>
    typeof part === 'string' ? latin1(part) : Uint8Array.from(part),
  );
  const joined = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A PDF file with a page for each list of lines, `[size, text]`, from the top; `more` goes into its trailer. */
export function makePdf(
  pages: readonly (readonly (readonly [size: number, text: string])[])[],
  more = '',
): Uint8Array<ArrayBuffer> {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...pages.flatMap((lines, i) => {
      let top = 780;
      const drawn = lines.map(([size, text]) => {
        top -= size * 1.2;
        return `BT /F1 ${size} Tf 72 ${top.toFixed(1)} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`;
      });
      const stream = drawn.join('\n');
      return [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * i} 0 R>>`,
        `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${more}>>\nstartxref\n${file.length}\n%%EOF`;
  return bytesOf(file);
}

/** A PDF file as a scanner makes it: each page is a picture, a JPEG file of so many points. */
export function makeScan(
  pages: readonly Uint8Array[],
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array<ArrayBuffer> {
  const first = 3;
  const kids = pages.map((_, i) => `${first + 3 * i} 0 R`).join(' ');
  const objects: (string | Uint8Array)[][] = [
    ['<</Type/Catalog/Pages 2 0 R>>'],
    [`<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`],
    ...pages.flatMap((jpeg, i) => {
      const [content, picture] = [first + 3 * i + 1, first + 3 * i + 2];
      const stream = `q ${width} 0 0 ${height} 0 0 cm /P Do Q`;
      return [
        [
          `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<</P ${picture} 0 R>>>>/Contents ${content} 0 R>>`,
        ],
        [`<</Length ${stream.length}>>\nstream\n${stream}\nendstream`],
        [
          `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>\nstream\n`,
          jpeg,
          '\nendstream',
        ],
      ];
    }),
  ];
  let file = bytesOf('%PDF-1.4\n');
  const places = objects.map((parts, i) => {
    const at = file.length;
    file = bytesOf(file, `${i + 1} 0 obj\n`, ...parts, '\nendobj\n');
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return bytesOf(
    file,
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF`,
  );
}

const big = (value: number, size: number): readonly number[] =>
  Array.from({ length: size }, (_, i) => (value >>> (8 * (size - 1 - i))) & 0xff);

/** Check sums are left out: no reader of texts looks at them. */
export function makePng(
  chunks: readonly (readonly [type: string, data: Uint8Array])[],
): Uint8Array<ArrayBuffer> {
  const ihdr = bytesOf(big(1, 4), big(1, 4), [8, 0, 0, 0, 0]);
  const all: typeof chunks = [['IHDR', ihdr], ...chunks, ['IEND', new Uint8Array()]];
  return bytesOf(
    '\x89PNG\r\n\x1a\n',
    ...all.map(([type, data]) => bytesOf(big(data.length, 4), type, data, big(0, 4))),
  );
}

export function makeJpeg(
  segments: readonly (readonly [marker: number, data: Uint8Array])[],
): Uint8Array<ArrayBuffer> {
  return bytesOf(
    [0xff, 0xd8],
    ...segments.map(([marker, data]) => bytesOf([0xff, marker], big(data.length + 2, 2), data)),
    [0xff, 0xda, 0, 2, 0xff, 0xd9],
  );
}

/** Exif data, little-endian, with these texts in its first folder. */
export function makeExif(
  texts: readonly (readonly [tag: number, text: Uint8Array])[],
): Uint8Array<ArrayBuffer> {
  const little = (value: number, size: number): readonly number[] =>
    [...big(value, size)].reverse();
  let at = 8 + 2 + 12 * texts.length + 4;
  const entries = texts.map(([tag, text]) => {
    const entry = bytesOf(little(tag, 2), little(2, 2), little(text.length, 4), little(at, 4));
    at += text.length;
    return entry;
  });
  return bytesOf(
    'II*\0',
    little(8, 4),
    little(texts.length, 2),
    ...entries,
    little(0, 4),
    ...texts.map(([, text]) => text),
  );
}

export function makeIptc(
  texts: readonly (readonly [dataset: number, text: string])[],
): Uint8Array<ArrayBuffer> {
  const records = texts.map(([dataset, text]) => {
    const own = new TextEncoder().encode(text);
    return bytesOf([0x1c, 2, dataset], big(own.length, 2), own);
  });
  return bytesOf('Photoshop 3.0\0', '8BIM\x04\x04\0\0', big(0, 4), ...records);
}
