import { stableJson } from './stable-json.js';

/**
 * MurmurHash3_x86_128 (Austin Appleby, public domain) of bytes: four 32-bit words. Not for secrets.
 * The test holds it to the verification value that its author publishes.
 */
export function murmur128(bytes: Uint8Array, seed = 0): Uint32Array {
  const hash = new Uint32Array(4).fill(seed);
  const whole = bytes.length & ~15;
  const word = new Uint32Array(4);
  for (let start = 0; start < whole; start += 16) {
    for (let i = 0; i < 4; i++) {
      const at = start + i * 4;
      word[i] =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
    }
    for (let i = 0; i < 4; i++) {
      let mixed = (hash[i] as number) ^ scramble(word[i] as number, i);
      mixed = (rotate(mixed, BODY_ROTATE[i] as number) + (hash[(i + 1) & 3] as number)) | 0;
      hash[i] = Math.imul(mixed, 5) + (BODY_ADD[i] as number);
    }
  }
  word.fill(0);
  for (let at = whole; at < bytes.length; at++) {
    const i = (at - whole) >> 2;
    word[i] = (word[i] as number) | ((bytes[at] as number) << (((at - whole) & 3) * 8));
  }
  for (let i = 0; i < 4; i++) {
    hash[i] = (hash[i] as number) ^ scramble(word[i] as number, i) ^ bytes.length;
  }
  spread(hash);
  for (let i = 0; i < 4; i++) hash[i] = finish(hash[i] as number);
  spread(hash);
  return hash;
}

const MULTIPLY = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const BLOCK_ROTATE = [15, 16, 17, 18] as const;
const BODY_ROTATE = [19, 17, 15, 13] as const;
const BODY_ADD = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function scramble(word: number, i: number): number {
  const mixed = rotate(Math.imul(word, MULTIPLY[i] as number), BLOCK_ROTATE[i] as number);
  return Math.imul(mixed, MULTIPLY[(i + 1) & 3] as number);
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function spread(hash: Uint32Array): void {
  const [a = 0, b = 0, c = 0, d = 0] = hash;
  const sum = a + b + c + d;
  hash.set([sum, b + sum, c + sum, d + sum]);
}

const utf8 = new TextEncoder();

/** 128 bits in hexadecimal that stand for a value: equal for equal {@link stableJson}. */
export function fingerprint(value: unknown): string {
  return Array.from(murmur128(utf8.encode(stableJson(value))), (word) =>
    word.toString(16).padStart(8, '0'),
  ).join('');
}
