import { murmur128 } from './hash.js';

/**
 * Numbers in [0, 1) that look random and are the same for the same seed on every machine: sfc32 (Chris Doty-Humphrey,
 * PractRand), its three words seeded by the hash of the seed, its counter at 1, the first twelve numbers thrown away.
 * Not for secrets.
 */
export function createRandom(seed: string | number): () => number {
  let [a = 0, b = 0, c = 0] = murmur128(new TextEncoder().encode(String(seed)));
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
