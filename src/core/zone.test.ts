import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { dateOfDay, dayNumber, dayOfDate, startOfDay } from './zone.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo', // the clock jumped over midnight until 2018
  'America/Havana', // midnight comes twice in autumn
  'America/St_Johns', // changed one minute past midnight until 2011
  'Africa/Cairo',
  'Australia/Lord_Howe', // half an hour of summer time
  'Asia/Kathmandu',
  'Pacific/Apia', // had no 2011-12-30
  'Pacific/Kiritimati',
];

/** `en-CA` writes YYYY-MM-DD. */
const formats = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }),
  ]),
);
const localDate = (at: number, zone: string): string => formats.get(zone)?.format(at) ?? '';

const instants = fc.oneof(
  fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2037, 0, 1) }),
  // Around the hours in which clocks change.
  fc
    .tuple(
      fc.integer({ min: 1990, max: 2030 }),
      fc.constantFrom(2, 3, 8, 9, 10),
      fc.integer({ min: 0, max: 31 * 24 * 3600 }),
    )
    .map(([year, month, second]) => Date.UTC(year, month, 1) + second * 1000 - 1),
);

describe('zone', () => {
  it('gives the local date that Intl.DateTimeFormat prints, at any instant, in eleven zones', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, at) => {
        expect(dateOfDay(dayNumber(at, zone))).to.equal(localDate(at, zone));
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  it('starts a day at its first instant: the one before has another date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 900, max: 24_000 }), (zone, day) => {
        const start = startOfDay(day, zone);
        const skipped = zone === 'Pacific/Apia' && dateOfDay(day) === '2011-12-30';
        expect(localDate(start, zone)).to.equal(dateOfDay(skipped ? day + 1 : day));
        expect(localDate(start - 1, zone) < dateOfDay(day)).to.equal(true);
      }),
      { seed: 8, numRuns: 1500 },
    );
  });

  it('counts one day from 23:59 to 00:01, whatever the clocks do', () => {
    for (const date of ['2025-03-29', '2025-03-30', '2025-10-25', '2025-10-26']) {
      const midnight = startOfDay(dayOfDate(date) + 1, 'Europe/Berlin');
      const difference =
        dayNumber(midnight + 60_000, 'Europe/Berlin') -
        dayNumber(midnight - 60_000, 'Europe/Berlin');
      expect(difference).to.equal(1);
    }
  });

  it('starts 2018-11-04 in São Paulo at 01:00, because 00:00 did not exist', () => {
    const start = startOfDay(dayOfDate('2018-11-04'), 'America/Sao_Paulo');
    expect(new Date(start).toISOString()).to.equal('2018-11-04T03:00:00.000Z');
  });

  it('starts 2011-12-30 in Apia, which was left out, with the 31st', () => {
    const start = startOfDay(dayOfDate('2011-12-30'), 'Pacific/Apia');
    expect(start).to.equal(startOfDay(dayOfDate('2011-12-31'), 'Pacific/Apia'));
    expect(new Date(start).toISOString()).to.equal('2011-12-30T10:00:00.000Z');
  });

  it('takes the first of two midnights in Havana on 2024-11-03', () => {
    const start = startOfDay(dayOfDate('2024-11-03'), 'America/Havana');
    expect(new Date(start).toISOString()).to.equal('2024-11-03T04:00:00.000Z');
  });

  it('names a zone that does not exist', () => {
    expect(() => dayNumber(0, 'Europe/Atlantis')).to.throw('"Europe/Atlantis" is not a time zone');
  });
});

describe('dates', () => {
  it('reads every date from 0000-01-01 to 9999-12-31 as Date.UTC does, and writes it back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (day) => {
        expect(dayOfDate(dateOfDay(day))).to.equal(day);
      }),
      { seed: 9, numRuns: 2000 },
    );
    expect(dayOfDate('1970-01-01')).to.equal(0);
    expect(dayOfDate('2000-02-29')).to.equal(Date.UTC(2000, 1, 29) / 86_400_000);
    expect(dateOfDay(-719_528)).to.equal('0000-01-01');
  });

  for (const text of [
    '',
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-4-1',
    '20250401',
    '2025-04-01T00',
    '+025-04-01',
    '２０25-04-01',
  ]) {
    it(`reads "${text}" as no date`, () => {
      expect(dayOfDate(text)).to.be.NaN;
    });
  }
});
