import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_BUDGET } from './notification-budget.js';
import { isQuiet, type QuietHours, quietUntil } from './quiet-hours.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CALENDAR = { workdays: [1, 2, 3, 4, 5], holidays: ['2026-11-26'] };
const QUIET: QuietHours = { zone: 'Europe/Berlin', calendar: CALENDAR, ...DEFAULT_BUDGET.quiet };
/** Thursday 19 November 2026; Berlin is an hour ahead of UTC. */
const berlin = (time: string, day = '2026-11-19'): number => Date.parse(`${day}T${time}:00+01:00`);

describe('quietUntil', () => {
  it('is the first minute that is not quiet, found minute by minute, around every change of the clock', () => {
    for (const [zone, near] of [
      ['Europe/Berlin', '2026-03-29T01:00:00Z'],
      ['Europe/Berlin', '2026-10-25T01:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
      ['America/Santiago', '2026-09-06T04:00:00Z'],
    ] as const)
      for (const [from, to] of [
        ['18:00', '08:00'],
        ['22:00', '02:30'],
        ['00:30', '02:15'],
        ['12:00', '13:00'],
        ['23:00', '00:00'],
        ['09:00', '09:00'],
      ] as const) {
        const quiet = { zone, from, to, calendar: { workdays: [1, 2, 3, 4, 6, 7], holidays: [] } };
        for (
          let start = Date.parse(near) - 20 * HOUR;
          start < Date.parse(near) + 20 * HOUR;
          start += 37 * MINUTE
        ) {
          const first = Math.ceil(start / (15 * MINUTE)) * 15 * MINUTE;
          let expected = first;
          while (isQuiet(expected, quiet)) expected += 15 * MINUTE;
          assert.equal(
            quietUntil(first, quiet),
            expected,
            `${zone} ${from}-${to} ${new Date(first).toISOString()}`,
          );
        }
      }
  });

  it('ends where the rep is, past weekend and holiday', () => {
    const until = (now: number): number | undefined => quietUntil(now, QUIET);
    assert.equal(until(berlin('07:29')), berlin('07:30'));
    assert.equal(until(berlin('07:30')), berlin('07:30'));
    assert.equal(until(berlin('17:59')), berlin('17:59'));
    assert.equal(until(berlin('18:00')), berlin('07:30', '2026-11-20'));
    assert.equal(until(berlin('12:00', '2026-11-21')), berlin('07:30', '2026-11-23'));
    assert.equal(until(berlin('20:00', '2026-11-25')), berlin('07:30', '2026-11-27'));
  });

  it('finds none where no day is worked', () => {
    const quiet = { ...QUIET, calendar: { workdays: [], holidays: [] } };
    assert.equal(quietUntil(berlin('10:00'), quiet), undefined);
  });
});
