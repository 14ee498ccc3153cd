/**
 * MurmurHash3_x86_32 (Austin Appleby, public domain) of bytes. Not for secrets.
 * The test holds it to the verification value that its author publishes.
 */
export function murmur32(bytes: Uint8Array, seed = 0): number {
  let hash = seed;
  let word = 0;
  for (let at = 0; at < bytes.length; at++) {
    const bits = (at % 4) * 8;
    word |= (bytes[at] as number) << bits;
    const isLast = at === bytes.length - 1;
    if (bits < 24 && !isLast) continue;
    word = Math.imul(word, 0xcc9e2d51);
    hash ^= Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    word = 0;
    if (bits === 24) hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) for a text, from the hash of its UTF-8 bytes. The same on every machine. */
export function hashUnit(text: string): number {
  return murmur32(new TextEncoder().encode(text)) / 2 ** 32;
}
