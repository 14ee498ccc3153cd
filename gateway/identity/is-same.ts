import { timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing but the length. */
export function isSame(given: Uint8Array, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
