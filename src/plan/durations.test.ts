import { expect } from '@open-wc/testing';
import { parseDays, parseDuration } from './durations.js';

describe('parseDuration', () => {
  const good: readonly (readonly [string, number])[] = [
    ['14 days', 1_209_600_000],
    ['1 day', 86_400_000],
    ['12 hours', 43_200_000],
    ['2 weeks', 1_209_600_000],
    ['3 months', 7_776_000_000],
    ['1 year', 31_536_000_000],
    ['90 minutes', 5_400_000],
    ['0 days', 0],
    [' 14 Days ', 1_209_600_000],
    ['14days', 1_209_600_000],
  ];
  for (const [text, ms] of good)
    it(`reads "${text}" as ${ms} ms`, () => expect(parseDuration(text)).to.equal(ms));

  const bad: readonly (readonly [unknown, string])[] = [
    ['-14 days', 'a duration cannot be negative: "-14 days"'],
    ['1.5 days', 'a duration is a whole number of a smaller unit: "1.5 days"'],
    ['200 years', '"200 years" is more than 100 years'],
    ['14 moons', '"14 moons" is not a duration such as "14 days" or "12 hours"'],
    ['14', '"14" is not a duration such as "14 days" or "12 hours"'],
    [14, '"14" is not a duration such as "14 days" or "12 hours"'],
    ['', '"" is not a duration such as "14 days" or "12 hours"'],
    ['soon', '"soon" is not a duration such as "14 days" or "12 hours"'],
    ['1 constructor', '"1 constructor" is not a duration such as "14 days" or "12 hours"'],
    [undefined, '"undefined" is not a duration such as "14 days" or "12 hours"'],
  ];
  for (const [source, message] of bad)
    it(`refuses ${JSON.stringify(source)}`, () =>
      expect(() => parseDuration(source)).to.throw(RangeError, message));
});

describe('parseDays', () => {
  it('reads "2 weeks" as 14', () => expect(parseDays('2 weeks')).to.equal(14));
  it('reads "48 hours" as 2', () => expect(parseDays('48 hours')).to.equal(2));
  it('refuses "36 hours", which are no whole days', () =>
    expect(() => parseDays('36 hours')).to.throw(RangeError, '"36 hours" is not whole days'));
});
