/** Encodings that are read. `windows-1252` is what browsers and spreadsheets mean by Latin-1. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** True when the bytes leave no doubt. Latin-1 never does: any bytes are valid in it. */
  readonly certain: boolean;
}

/** How many bytes of the beginning {@link detectEncoding} wants. */
export const SAMPLE_BYTES = 65_536;

/** From a byte order mark, from the zero bytes of UTF-16, else by trying UTF-8 on the beginning of a file. */
export function detectEncoding(sample: Uint8Array): DetectedEncoding {
  const [first, second] = sample;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', certain: true };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', certain: true };
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return { encoding: 'utf-16le', certain: true };
  if (even > half * 0.6 && odd < half * 0.1) return { encoding: 'utf-16be', certain: true };
  return looksLatin(sample)
    ? { encoding: 'windows-1252', certain: false }
    : { encoding: 'utf-8', certain: true };
}

/** Bytes above ASCII, and hardly any of them as UTF-8 would write them. One bad byte among good ones is damage instead. */
function looksLatin(sample: Uint8Array): boolean {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] as number;
    if (byte < 0x80) continue;
    const length =
      byte >= 0xc2 && byte < 0xe0
        ? 2
        : byte >= 0xe0 && byte < 0xf0
          ? 3
          : byte >= 0xf0 && byte < 0xf5
            ? 4
            : 0;
    // A sequence that the sample cuts off is nobody's fault.
    if (length > 0 && at + length > sample.length) break;
    let follows = 1;
    while (follows < length && ((sample[at + follows] as number) & 0xc0) === 0x80) follows++;
    if (length > 0 && follows === length) {
      sequences++;
      at += length - 1;
    } else strays++;
  }
  return strays > 0 && sequences * 4 < strays;
}

/**
 * Text of the bytes, piece by piece, without a byte order mark. Bytes that are not of the encoding become U+FFFD, which
 * marks the rows they are in.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  onBytes?: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) {
    // Large pieces would make large strings; Node 20 decodes windows-1252 rightly only when it streams.
    for (let at = 0; at < piece.length; at += SAMPLE_BYTES) {
      const part = piece.subarray(at, at + SAMPLE_BYTES);
      onBytes?.(part.length);
      yield decoder.decode(part, { stream: true });
    }
  }
  yield decoder.decode();
}
