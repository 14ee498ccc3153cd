import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOfDate } from '../../src/core/zone.js';
import { freeTime } from '../../src/day/free-time.js';

const HOUR = 3_600_000;
const at = (iso: string): number => Date.parse(iso);
const times = (rooms: ReturnType<typeof freeTime>): readonly string[] =>
  rooms.map(
    ({ from, until }) => `${new Date(from).toISOString()}/${new Date(until).toISOString()}`,
  );

describe('free time', () => {
  const hours = [{ from: 9 * HOUR, until: 17 * HOUR }];

  it('is the working hours on the rep’s own clock, without the calendar', () => {
    const busy = [
      { from: at('2026-12-01T09:30:00Z'), until: at('2026-12-01T10:00:00Z') },
      { from: at('2026-12-01T09:45:00Z'), until: at('2026-12-01T10:30:00Z') },
      { from: at('2026-12-01T15:30:00Z'), until: at('2026-12-01T18:00:00Z') },
    ];
    const days = [dayOfDate('2026-12-01')];
    assert.deepEqual(times(freeTime({ rep: 'r', zone: 'Europe/Berlin', days, hours, busy })), [
      '2026-12-01T08:00:00.000Z/2026-12-01T09:30:00.000Z',
      '2026-12-01T10:30:00.000Z/2026-12-01T15:30:00.000Z',
    ]);
  });

  it('is an hour longer on a night shift over the end of summer time', () => {
    const days = [dayOfDate('2026-10-25')];
    const night = [{ from: 0, until: 6 * HOUR }];
    const [room] = freeTime({ rep: 'r', zone: 'Europe/Berlin', days, hours: night, busy: [] });
    assert.equal(((room?.until ?? 0) - (room?.from ?? 0)) / HOUR, 7);
  });
});
