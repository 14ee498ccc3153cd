import { expect } from '@open-wc/testing';
import { hashUnit, murmur32 } from './hash-unit.js';

/** Counts in equal slices of [0, 1), as a chi-square statistic. */
const chiSquare = (numbers: readonly number[], slices: number): number => {
  const counts = new Array<number>(slices).fill(0);
  for (const one of numbers)
    counts[Math.floor(one * slices)] = (counts[Math.floor(one * slices)] ?? 0) + 1;
  const expected = numbers.length / slices;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};
/** 99.9 % point of chi-square with 99 degrees of freedom. */
const CHI_99 = 148.2;

describe('hashUnit', () => {
  it('has the verification value that smhasher publishes for MurmurHash3_x86_32, 0xB0F57EE3', () => {
    const hashes = new DataView(new ArrayBuffer(256 * 4));
    for (let i = 0; i < 256; i++) {
      const key = Uint8Array.from({ length: i }, (_, at) => at);
      hashes.setUint32(i * 4, murmur32(key, 256 - i), true);
    }
    expect(murmur32(new Uint8Array(hashes.buffer))).to.equal(0xb0f57ee3);
  });

  it('spreads the texts "account-0" to "account-49999" evenly over [0, 1)', () => {
    const numbers = Array.from({ length: 50_000 }, (_, i) => hashUnit(`account-${i}`));
    expect(Math.min(...numbers.slice(0, 1000)) >= 0).to.equal(true);
    expect(numbers.every((one) => one >= 0 && one < 1)).to.equal(true);
    expect(chiSquare(numbers, 100)).to.be.below(CHI_99);
  });

  it('gives texts under two salts numbers that have nothing to do with each other', () => {
    const count = 20_000;
    const products = Array.from(
      { length: count },
      (_, i) => (hashUnit(`a:${i}`) - 0.5) * (hashUnit(`b:${i}`) - 0.5),
    );
    const correlation = (products.reduce((sum, one) => sum + one, 0) / count) * 12;
    expect(Math.abs(correlation)).to.be.below(4 / Math.sqrt(count));
  });
});
