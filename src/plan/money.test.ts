import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { minorDigits, parseMoney } from './money.js';

describe('parseMoney', () => {
  const good: readonly (readonly [string, string, number])[] = [
    ['40000', 'EUR', 4_000_000],
    ['1,200.50 EUR', 'EUR', 120_050],
    ['1,200.5', 'EUR', 120_050],
    ['0.07', 'USD', 7],
    ['-3.10', 'USD', -310],
    ['1,234,567', 'JPY', 1_234_567],
    ['1.234', 'KWD', 1_234],
    ['19.99EUR', 'EUR', 1_999],
    ['-0', 'EUR', 0],
  ];
  for (const [text, currency, minor] of good)
    it(`reads "${text}" as ${minor} minor units of ${currency}`, () =>
      expect(parseMoney(text, currency)).to.equal(minor));

  const bad: readonly (readonly [string, string, string])[] = [
    ['1.200,50', 'EUR', 'is not an amount'],
    ['1,20', 'EUR', 'is not an amount'],
    ['12,00,000', 'EUR', 'is not an amount'],
    ['1e5', 'EUR', 'is not an amount'],
    ['€40', 'EUR', 'is not an amount'],
    ['', 'EUR', 'is not an amount'],
    ['40 USD', 'EUR', '"40 USD" is in USD, and the playbook is in EUR'],
    ['40 eur', 'EUR', '"40 eur" is in eur, and the playbook is in EUR'],
    ['1.005', 'EUR', '"1.005" has 3 decimals, and EUR has 2'],
    ['1.5', 'JPY', '"1.5" has 1 decimal, and JPY has 0'],
    ['90071992547409.92', 'EUR', 'is too large'],
  ];
  for (const [text, currency, message] of bad)
    it(`refuses "${text}" in ${currency}`, () =>
      expect(() => parseMoney(text, currency)).to.throw(RangeError, message));

  it('reads back every amount that the platform writes in English', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
        (amountMinor, currency) => {
          const digits = minorDigits(currency);
          const text = new Intl.NumberFormat('en', {
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
          }).format(amountMinor / 10 ** digits);
          expect(parseMoney(`${text} ${currency}`, currency)).to.equal(amountMinor || 0);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
