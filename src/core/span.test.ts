import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Span } from '../domain/pattern.js';
import { addSpan } from './span.js';
import { instantOf, wallTime } from './wall-time.js';
import { dateOfDay, dayNumber } from './zone.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo', // the clock jumped over midnight until 2018
  'America/Havana', // midnight comes twice in autumn
  'Australia/Lord_Howe', // half an hour of summer time
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
];

const formats = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
  ]),
);
/** What the platform prints: `2027-03-28 03:30:00`. */
const printed = (at: number, zone: string): string => formats.get(zone)?.format(at) ?? '';
const iso = (wall: number): string => new Date(wall).toISOString().slice(0, 19).replace('T', ' ');

const instants = fc.integer({
  min: Date.UTC(1990, 0, 1) / 60_000,
  max: Date.UTC(2037, 0, 1) / 60_000,
});

describe('wall time', () => {
  it('is what Intl.DateTimeFormat prints, in eight zones', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, minute) => {
        expect(iso(wallTime(minute * 60_000, zone))).to.equal(printed(minute * 60_000, zone));
      }),
      { seed: 11, numRuns: 1500 },
    );
  });

  it('names the first instant at which a clock shows it, found by trying every half hour of two days', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, minute) => {
        const half = 30 * 60_000;
        const wall = Math.floor((minute * 60_000) / half) * half;
        const tried = Array.from({ length: 97 }, (_, k) => wall + (k - 48) * half);
        const first = tried
          .flatMap((at) => [at, at + half / 2])
          .find((at) => wallTime(at, zone) === wall);
        if (first !== undefined) expect(instantOf(wall, zone)).to.equal(first);
        else expect(wallTime(instantOf(wall, zone), zone)).to.be.greaterThan(wall);
      }),
      { seed: 12, numRuns: 400 },
    );
  });
});

const calendar = {
  workdays: [1, 2, 3, 4, 5],
  holidays: ['2027-03-26', '2027-03-29'],
};

describe('addSpan', () => {
  const table: readonly (readonly [
    what: string,
    zone: string,
    from: string,
    span: Span,
    to: string,
    sign?: -1,
  ])[] = [
    [
      'two days over a weekend',
      'Europe/Berlin',
      '2027-01-08T14:00Z',
      { days: 2 },
      '2027-01-10T14:00Z',
    ],
    [
      'two working days over a weekend',
      'Europe/Berlin',
      '2027-01-08T14:00Z',
      { workdays: 2 },
      '2027-01-12T14:00Z',
    ],
    [
      'a day over the night in which Berlin loses an hour',
      'Europe/Berlin',
      '2027-03-27T11:00Z',
      { days: 1 },
      '2027-03-28T10:00Z',
    ],
    [
      '24 hours over that night',
      'Europe/Berlin',
      '2027-03-27T11:00Z',
      { ms: 86_400_000 },
      '2027-03-28T11:00Z',
    ],
    [
      'a day over the night in which Berlin gains an hour',
      'Europe/Berlin',
      '2027-10-30T10:00Z',
      { days: 1 },
      '2027-10-31T11:00Z',
    ],
    [
      'a day to a time that the clock jumps over',
      'Europe/Berlin',
      '2027-03-27T01:30Z',
      { days: 1 },
      '2027-03-28T01:30Z',
    ],
    [
      'a day to a time that comes twice: the first',
      'Europe/Berlin',
      '2027-10-30T00:30Z',
      { days: 1 },
      '2027-10-31T00:30Z',
    ],
    [
      'two working days over Easter',
      'Europe/Berlin',
      '2027-03-25T14:00Z',
      { workdays: 2 },
      '2027-03-31T13:00Z',
    ],
    [
      'a working day from Saturday 10:00 counts from Monday 00:00',
      'Europe/Berlin',
      '2027-01-09T09:00Z',
      { workdays: 1 },
      '2027-01-11T23:00Z',
    ],
    [
      'a working day from Sunday 23:59 is the same',
      'Europe/Berlin',
      '2027-01-10T22:59Z',
      { workdays: 1 },
      '2027-01-11T23:00Z',
    ],
    [
      'a working day from Monday 00:00 is the same',
      'Europe/Berlin',
      '2027-01-10T23:00Z',
      { workdays: 1 },
      '2027-01-11T23:00Z',
    ],
    [
      'a working day from Friday 23:59',
      'Europe/Berlin',
      '2027-01-08T22:59Z',
      { workdays: 1 },
      '2027-01-11T22:59Z',
    ],
    [
      'a working day before Monday',
      'Europe/Berlin',
      '2027-01-11T09:00Z',
      { workdays: 1 },
      '2027-01-08T09:00Z',
      -1,
    ],
    [
      'a working day before Saturday ends on Thursday night',
      'Europe/Berlin',
      '2027-01-09T09:00Z',
      { workdays: 1 },
      '2027-01-07T23:00Z',
      -1,
    ],
    [
      'half an hour before',
      'Europe/Berlin',
      '2027-03-28T01:15Z',
      { ms: 1_800_000 },
      '2027-03-28T00:45Z',
      -1,
    ],
    [
      'the weekend of New York, where it is still Friday',
      'America/New_York',
      '2027-01-09T03:00Z',
      { workdays: 1 },
      '2027-01-12T03:00Z',
    ],
    [
      'the weekend of Auckland, where it is Saturday',
      'Pacific/Auckland',
      '2027-01-08T12:00Z',
      { workdays: 1 },
      '2027-01-11T11:00Z',
    ],
    [
      'to a midnight that the clock jumps over',
      'America/Sao_Paulo',
      '2017-10-13T03:00Z',
      { days: 2 },
      '2017-10-15T03:00Z',
    ],
  ];
  for (const [what, zone, from, span, to, sign] of table)
    it(`${what}: ${from} to ${to}`, () => {
      const reached = addSpan(Date.parse(from), span, { ...calendar, zone }, sign);
      expect(new Date(reached).toISOString()).to.equal(new Date(to).toISOString());
    });

  it('agrees with counting days one by one: n working days lie in between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instants,
        fc.integer({ min: 1, max: 12 }),
        (zone, minute, n) => {
          const from = minute * 60_000;
          const reached = addSpan(from, { workdays: n }, { ...calendar, zone });
          const isWorked = (day: number): boolean =>
            ![6, 0].includes(new Date(day * 86_400_000).getUTCDay()) &&
            !calendar.holidays.includes(dateOfDay(day));
          let start = dayNumber(from, zone);
          while (!isWorked(start)) start++;
          const last = dayNumber(reached, zone);
          let worked = 0;
          for (let day = start + 1; day <= last; day++) worked += Number(isWorked(day));
          expect(worked).to.equal(n);
          expect(isWorked(last)).to.equal(true);
        },
      ),
      { seed: 13, numRuns: 600 },
    );
  });

  it('never puts a later beginning before an earlier one by more than the hour that a clock is set back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instants,
        fc.integer({ min: 1, max: 4000 }),
        fc.constantFrom<Span>({ days: 1 }, { days: 7 }, { workdays: 2 }),
        (zone, minute, later, span) => {
          const days = { ...calendar, zone };
          const first = addSpan(minute * 60_000, span, days);
          const second = addSpan((minute + later) * 60_000, span, days);
          expect(second - first).to.be.at.least(-3_600_000);
        },
      ),
      { seed: 14, numRuns: 600 },
    );
  });
});
