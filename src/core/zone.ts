import { OpportuneError } from './errors.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** A day before the last that a `Date` can hold. */
const LAST_MOMENT = 8.64e15 - DAY_MS;
/** More than the days of a century; a cache that is full is emptied. */
const MOST_KEPT = 50_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** When days begin, by day number: asked of the platform, one moment takes a microsecond. */
  readonly starts: Map<number, number>;
  /** The day that was asked for last: who asks again mostly asks of the same one. */
  last: { readonly day: number; readonly from: number; readonly until: number };
}

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    try {
      const format = new Intl.DateTimeFormat('en-US', { timeZone: name });
      zone = { format, starts: new Map(), last: { day: 0, from: 0, until: 0 } };
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

/** Whether the platform knows it as a time zone. */
export function isZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Since 1972 every zone is whole minutes away from UTC, and changes its clock on a whole minute. */
function dayOfMinute(minute: number, format: Intl.DateTimeFormat): number {
  const [month = 0, date = 0, year = 0] = format
    .format(minute * MINUTE_MS)
    .split('/')
    .map(Number);
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

/**
 * Days from 1970-01-01 to the local date of an instant (epoch milliseconds) in an IANA zone.
 * Midnights between two instants are the difference of their day numbers.
 */
export function dayNumber(at: number, zone: string): number {
  if (!(Math.abs(at) <= LAST_MOMENT)) throw new RangeError(`${at} is not a moment`);
  const found = zoneOf(zone);
  if (at >= found.last.from && at < found.last.until) return found.last.day;
  let day = Math.floor(at / DAY_MS);
  while (at < startIn(found, day)) day--;
  while (at >= startIn(found, day + 1)) day++;
  found.last = { day, from: startIn(found, day), until: startIn(found, day + 1) };
  return day;
}

/**
 * The instant at which that local date begins: midnight, or where the clock jumps over midnight the first moment after
 * the jump. Of a day that a zone left out altogether, the beginning of the next; infinity of infinity.
 */
export function startOfDay(day: number, zone: string): number {
  return startIn(zoneOf(zone), day);
}

function startIn({ format, starts }: Zone, day: number): number {
  const known = starts.get(day);
  if (known !== undefined) return known;
  // Local midnight lies within 16 hours of midnight UTC everywhere.
  let before = (day - 1) * DAY_MINUTES;
  let start = (day + 1) * DAY_MINUTES;
  while (start - before > 1) {
    const middle = Math.floor((before + start) / 2);
    if (dayOfMinute(middle, format) < day) before = middle;
    else start = middle;
  }
  if (starts.size >= MOST_KEPT) starts.clear();
  starts.set(day, start * MINUTE_MS);
  return start * MINUTE_MS;
}

const days = new Map<string, number>();

/** Days from 1970-01-01 to a `YYYY-MM-DD` of the Gregorian calendar; NaN for anything else, 2025-02-30 included. */
export function dayOfDate(date: string): number {
  const known = days.get(date);
  if (known !== undefined) return known;
  const midnight = new Date(date.length === 10 ? date : Number.NaN);
  const day =
    midnight.toJSON() === `${date}T00:00:00.000Z` ? midnight.getTime() / DAY_MS : Number.NaN;
  if (date.length !== 10) return day;
  if (days.size >= MOST_KEPT) days.clear();
  days.set(date, day);
  return day;
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
