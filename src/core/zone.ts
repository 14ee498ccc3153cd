import { OpportuneError } from './errors.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** More than the minutes on which a day's facts fall; a cache that is full is emptied. */
const MOST_KEPT = 50_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Day numbers by minute since 1970: asked of the platform, a day number takes a microsecond. */
  readonly days: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    try {
      zone = { format: new Intl.DateTimeFormat('en-US', { timeZone: name }), days: new Map() };
    } catch (cause) {
      throw new OpportuneError('opportune/unknown-zone', `"${name}" is not a time zone`, {
        remedy: 'Use an IANA name such as "Europe/Berlin"',
        cause,
      });
    }
    zones.set(name, zone);
  }
  return zone;
}

/** Since 1972 every zone is whole minutes away from UTC, and changes its clock on a whole minute. */
function dayOfMinute(minute: number, { format, days }: Zone): number {
  let day = days.get(minute);
  if (day === undefined) {
    const [month = 0, date = 0, year = 0] = format
      .format(minute * MINUTE_MS)
      .split('/')
      .map(Number);
    day = Date.UTC(year, month - 1, date) / DAY_MS;
    if (days.size >= MOST_KEPT) days.clear();
    days.set(minute, day);
  }
  return day;
}

/**
 * Days from 1970-01-01 to the local date of an instant (epoch milliseconds) in an IANA zone.
 * Midnights between two instants are the difference of their day numbers.
 */
export function dayNumber(at: number, zone: string): number {
  return dayOfMinute(Math.floor(at / MINUTE_MS), zoneOf(zone));
}

/**
 * The instant at which that local date begins: midnight, or where the clock jumps over midnight the first moment after
 * the jump. Of a day that a zone left out altogether, the beginning of the next; infinity of infinity.
 */
export function startOfDay(day: number, zone: string): number {
  const found = zoneOf(zone);
  // Local midnight lies within 16 hours of midnight UTC everywhere.
  let before = (day - 1) * DAY_MINUTES;
  let start = (day + 1) * DAY_MINUTES;
  while (start - before > 1) {
    const middle = Math.floor((before + start) / 2);
    if (dayOfMinute(middle, found) < day) before = middle;
    else start = middle;
  }
  return start * MINUTE_MS;
}

/** Days from 1970-01-01 to a `YYYY-MM-DD` of the Gregorian calendar; NaN for anything else, 2025-02-30 included. */
export function dayOfDate(date: string): number {
  const midnight = new Date(date.length === 10 ? date : Number.NaN);
  return midnight.toJSON() === `${date}T00:00:00.000Z` ? midnight.getTime() / DAY_MS : Number.NaN;
}

/** The `YYYY-MM-DD` of a day number, for years 0 to 9999. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** ISO 8601 UTC; undefined of undefined. */
export function toIso<At extends number | undefined>(
  at: At,
): At extends number ? string : undefined {
  return (at === undefined ? at : new Date(at).toISOString()) as never;
}
