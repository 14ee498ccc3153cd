import { OpportuneError } from './errors.js';

const DAY_MS = 86_400_000;

/** Offsets from UTC during one UTC day, milliseconds: `before` until the instant `changesAt`, `after` from there on. */
interface OffsetDay {
  readonly before: number;
  readonly after: number;
  readonly changesAt: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By UTC day number. A few thousand entries at most: one for each day that facts fall on. */
  readonly days: Map<number, OffsetDay>;
}

const zones = new Map<string, Zone>();
let lastName: string | undefined;
let lastZone: Zone | undefined;

function zoneOf(name: string): Zone {
  if (name === lastName) return lastZone as Zone;
  let zone = zones.get(name);
  if (!zone) {
    try {
      const format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
      zone = { format, days: new Map() };
    } catch (cause) {
      throw new OpportuneError('opportune/unknown-zone', `"${name}" is not a time zone`, {
        remedy: 'Use an IANA name such as "Europe/Berlin"',
        cause,
      });
    }
    zones.set(name, zone);
  }
  lastName = name;
  lastZone = zone;
  return zone;
}

/** Asked of the platform: microseconds, so it is asked twice a day and zone at most, and when a day holds a change. */
function askOffset(format: Intl.DateTimeFormat, at: number): number {
  const whole = Math.floor(at / 1000) * 1000;
  const part: { [type: string]: number } = {};
  for (const { type, value } of format.formatToParts(whole)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** No zone has changed its offset twice within a UTC day. */
function offsetsOf(zone: Zone, utcDay: number): OffsetDay {
  const known = zone.days.get(utcDay);
  if (known) return known;
  let low = utcDay * DAY_MS;
  let high = low + DAY_MS;
  const before = askOffset(zone.format, low);
  const after = askOffset(zone.format, high);
  if (before !== after) {
    // Changes fall on whole seconds.
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (askOffset(zone.format, middle) === before) low = middle;
      else high = middle;
    }
  }
  const offsets = { before, after, changesAt: high };
  zone.days.set(utcDay, offsets);
  return offsets;
}

/**
 * Days from 1970-01-01 to the local date of an instant (epoch milliseconds) in an IANA zone.
 * Midnights between two instants are the difference of their day numbers.
 */
export function dayNumber(at: number, zone: string): number {
  const offsets = offsetsOf(zoneOf(zone), Math.floor(at / DAY_MS));
  return Math.floor((at + (at < offsets.changesAt ? offsets.before : offsets.after)) / DAY_MS);
}

/**
 * The first instant whose local date is that day: midnight, or where the clock jumps over midnight the first moment
 * after the jump. Of a day that a zone left out altogether, the first instant of the next.
 */
export function startOfDay(day: number, zone: string): number {
  const found = zoneOf(zone);
  // Local midnight lies within 16 hours of midnight UTC everywhere, so it falls on the UTC day before or on this one.
  for (let utcDay = day - 1; ; utcDay++) {
    const { before, after, changesAt } = offsetsOf(found, utcDay);
    const early = day * DAY_MS - before;
    if (early < changesAt && early < (utcDay + 1) * DAY_MS) return early;
    const late = Math.max(changesAt, day * DAY_MS - after);
    if (late < (utcDay + 1) * DAY_MS) return late;
  }
}

/** Days before each month of a year that begins in March. */
const MARCH_DAYS = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275] as const;
const DIGITS = /^\d{4}-\d{2}-\d{2}$/;

/** Days from 1970-01-01 to a `YYYY-MM-DD` of the Gregorian calendar; NaN for anything else, 2025-02-30 included. */
export function dayOfDate(date: string): number {
  if (date.length !== 10 || !DIGITS.test(date)) return Number.NaN;
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length =
    month === 2
      ? leap
        ? 29
        : 28
      : month === 4 || month === 6 || month === 9 || month === 11
        ? 30
        : 31;
  if (month < 1 || month > 12 || day < 1 || day > length) return Number.NaN;
  const marchYear = month < 3 ? year - 1 : year;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + (MARCH_DAYS[month - 1] as number) + day - 719_469;
}

/** The `YYYY-MM-DD` of a day number, for years 0 to 9999. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
