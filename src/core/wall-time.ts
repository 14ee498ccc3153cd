import { dayNumber, startOfDay } from './zone.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/**
 * What a clock in the zone shows at an instant, as milliseconds from 1970-01-01 00:00 on that clock: the day number is
 * its quotient by the milliseconds of a day, the time of day the rest.
 */
export function wallTime(at: number, zone: string): number {
  const day = dayNumber(at, zone);
  const start = startOfDay(day, zone);
  if (startOfDay(day + 1, zone) - start === DAY_MS) return day * DAY_MS + at - start;
  const [hour = 0, minute = 0] = clockOf(zone).format(at).split(':').map(Number);
  const rest = at - Math.floor(at / MINUTE_MS) * MINUTE_MS;
  return day * DAY_MS + (hour * 60 + minute) * MINUTE_MS + rest;
}

/**
 * The instant at which a clock in the zone shows that {@link wallTime}: the first, where it shows it twice. One that a
 * clock jumps over is moved on by as much as it jumps.
 */
export function instantOf(wall: number, zone: string): number {
  const behind = (at: number): number => wallTime(at, zone) - at;
  // No zone changes its clock twice in two days.
  const before = wall - behind(wall - DAY_MS);
  if (wallTime(before, zone) === wall) return before;
  const after = wall - behind(wall + DAY_MS);
  return wallTime(after, zone) === wall ? after : before;
}
