import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { fingerprint, murmur128 } from './hash.js';
import { createRandom } from './random.js';
import { stableJson } from './stable-json.js';

const bytesOf = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer);

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

describe('hash', () => {
  it('has the verification value that smhasher publishes for MurmurHash3_x86_128, 0xB3ECE62A', () => {
    const hashes = new Uint8Array(256 * 16);
    for (let i = 0; i < 256; i++) {
      const key = Uint8Array.from({ length: i }, (_, at) => at);
      hashes.set(bytesOf(murmur128(key, 256 - i)), i * 16);
    }
    expect(murmur128(hashes, 0)[0]).to.equal(0xb3ece62a);
  });

  it('fingerprints equal values alike, whatever the order of keys, in 32 hexadecimal digits', () => {
    expect(fingerprint({ b: 1, a: [2, { d: 3, c: 4 }] })).to.equal(
      fingerprint({ a: [2, { c: 4, d: 3 }], b: 1 }),
    );
    expect(fingerprint({ a: 1 })).to.match(/^[0-9a-f]{32}$/);
    expect(fingerprint({ a: 1 })).not.to.equal(fingerprint({ a: 2 }));
  });
});

describe('stableJson', () => {
  it('reads back as what JSON keeps of the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stableJson(value))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 5 },
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
        (value) => {
          const reversed = Object.fromEntries(Object.entries(value).reverse());
          expect(stableJson(reversed)).to.equal(stableJson(value));
        },
      ),
      { seed: 6 },
    );
  });

  it('leaves undefined out of objects, and writes it as null in arrays', () => {
    expect(stableJson({ b: undefined, a: [undefined, Number.NaN] })).to.equal('{"a":[null,null]}');
    expect(stableJson(undefined)).to.equal('null');
  });

  it('sorts keys by code unit: "B", "a", "é"', () => {
    expect(stableJson({ é: 1, a: 2, B: 3 })).to.equal('{"B":3,"a":2,"é":1}');
  });

  it('writes a Date as JSON does', () => {
    expect(stableJson({ at: new Date(0) })).to.equal('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});

describe('createRandom', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    const one = createRandom('holdout');
    const other = createRandom('holdout');
    const third = createRandom('holdout2');
    const first = Array.from({ length: 5 }, one);
    expect(Array.from({ length: 5 }, other)).to.deep.equal(first);
    expect(Array.from({ length: 5 }, third)).not.to.deep.equal(first);
    expect(createRandom(1)()).to.equal(createRandom('1')());
  });

  it('is even, and pairs of neighbours are', () => {
    const random = createRandom(42);
    const numbers = Array.from({ length: 100_000 }, random);
    expect(chiSquare(numbers, 100)).to.be.below(CHI_99);
    const pairs = numbers
      .slice(1)
      .map((one, i) => (Math.floor((numbers[i] as number) * 10) + one) / 10);
    expect(chiSquare(pairs, 100)).to.be.below(CHI_99);
  });
});
