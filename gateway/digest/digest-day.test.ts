import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { digestDay } from './digest-day.js';
import { timeOfDay } from './time-of-day.js';

const WEEK = { workdays: [1, 2, 3, 4, 5], holidays: ['2026-11-26'] };
const NEVER = { from: '00:00', to: '00:00' };
const EVERY_DAY = { workdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
const at = (now: string, zone: string, time = '07:30', calendar = WEEK): string | undefined =>
  digestDay(Date.parse(now), { zone, at: time, quiet: NEVER }, calendar)?.date;

describe('digestDay', () => {
  it('begins when the quiet hours end, and stops when they begin', () => {
    const begun = (now: string, time: string, quiet: typeof NEVER): boolean =>
      digestDay(
        Date.parse(`2026-11-19T${now}:00+01:00`),
        { zone: 'Europe/Berlin', at: time, quiet },
        WEEK,
      ) !== undefined;
    const long = { from: '17:00', to: '13:00' };
    const moments = ['07:30', '12:59', '13:00', '16:59', '17:00'];
    assert.deepEqual(
      moments.map((now) => begun(now, '07:30', long)),
      [false, false, true, true, false],
    );
    assert.equal(begun('16:59', '16:00', long), true);
    assert.equal(begun('17:00', '16:00', long), false);
    assert.equal(begun('18:30', '18:00', long), false);
    assert.equal(begun('12:00', '11:00', { from: '00:00', to: '23:59' }), false);
  });

  // Times of the table are UTC; the clocks change at 02:00 in Berlin and New York, and by half an hour on Lord Howe.
  const table: readonly (readonly [string, string, string, string, string | undefined])[] = [
    ['a minute before, in winter', '2026-01-12T06:29:59Z', 'Europe/Berlin', '07:30', undefined],
    ['on the minute, in winter', '2026-01-12T06:30:00Z', 'Europe/Berlin', '07:30', '2026-01-12'],
    ['on the minute, in summer', '2026-07-13T05:30:00Z', 'Europe/Berlin', '07:30', '2026-07-13'],
    [
      'the last moment of the morning',
      '2026-07-13T09:29:59Z',
      'Europe/Berlin',
      '07:30',
      '2026-07-13',
    ],
    ['four hours later', '2026-07-13T09:30:00Z', 'Europe/Berlin', '07:30', undefined],
    ['the day of the jump, before', '2026-03-29T05:29:00Z', 'Europe/Berlin', '07:30', undefined],
    ['the day of the jump, after', '2026-03-29T05:30:00Z', 'Europe/Berlin', '07:30', '2026-03-29'],
    ['a time that is jumped over', '2026-03-29T01:29:00Z', 'Europe/Berlin', '02:30', undefined],
    [
      'a time that is jumped over, moved on',
      '2026-03-29T01:30:00Z',
      'Europe/Berlin',
      '02:30',
      '2026-03-29',
    ],
    [
      'a time that comes twice, first',
      '2026-10-25T00:30:00Z',
      'Europe/Berlin',
      '02:30',
      '2026-10-25',
    ],
    [
      'New York, day of the jump',
      '2026-03-08T11:30:00Z',
      'America/New_York',
      '07:30',
      '2026-03-08',
    ],
    ['New York, day before', '2026-03-07T12:29:00Z', 'America/New_York', '07:30', undefined],
    ['New York, back in winter', '2026-11-01T12:30:00Z', 'America/New_York', '07:30', '2026-11-01'],
    [
      'New York, back in winter, too early',
      '2026-11-01T11:59:00Z',
      'America/New_York',
      '07:30',
      undefined,
    ],
    [
      'Lord Howe, the date is ahead',
      '2026-10-02T21:00:00Z',
      'Australia/Lord_Howe',
      '07:30',
      '2026-10-03',
    ],
    [
      'Lord Howe, after half an hour',
      '2026-10-03T20:30:00Z',
      'Australia/Lord_Howe',
      '07:30',
      '2026-10-04',
    ],
    ['Lord Howe, before', '2026-10-03T20:29:00Z', 'Australia/Lord_Howe', '07:30', undefined],
    ['never into the next day', '2026-01-13T23:30:00Z', 'Europe/Berlin', '22:00', undefined],
  ];
  for (const [what, now, zone, time, day] of table)
    it(`${what}: ${now} in ${zone} is ${day ?? 'no time for it'}`, () => {
      assert.equal(at(now, zone, time, EVERY_DAY), day);
    });

  it('leaves out weekends and holidays of the company', () => {
    assert.equal(at('2026-11-25T08:00:00Z', 'UTC'), '2026-11-25');
    assert.equal(at('2026-11-26T08:00:00Z', 'UTC'), undefined);
    assert.equal(at('2026-11-28T08:00:00Z', 'UTC'), undefined);
  });

  it('comes exactly once a working day when it is asked every minute', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
    ]) {
      const seen: string[] = [];
      const begin = Date.parse('2026-01-01T00:00:00Z');
      for (let minute = 0; minute < 366 * 24 * 60; minute += 30) {
        const day = digestDay(
          begin + minute * 60_000,
          { zone, at: '00:30', quiet: NEVER },
          EVERY_DAY,
        );
        if (day && seen.at(-1) !== day.date) seen.push(day.date);
      }
      assert.equal(new Set(seen).size, seen.length, zone);
      assert.ok(seen.length >= 365, `${zone}: ${seen.length}`);
    }
  });

  it('reads times of day, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (h, m) => {
        const text = `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
        assert.equal(timeOfDay(text), (h * 60 + m) * 60_000);
      }),
    );
    for (const wrong of ['', '7:30', '24:00', '07:60', '07:30:00', ' 07:30'])
      assert.throws(() => timeOfDay(wrong), { code: 'opportune/bad-time' });
  });
});
