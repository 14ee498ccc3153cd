import { instantOf } from '../../core/wall-time.js';
import { isZone } from '../../core/zone.js';
import { type CalendarPart, type CalendarProperty, propertyOf, textOf } from './components.js';
import { daysOfRule, type Patience, readRule } from './rule.js';

/** The instant at which a clock shows that wall time; both in milliseconds from 1970-01-01 00:00. */
export type Clock = (wall: number) => number;

/** A moment on a clock, or a whole day. */
export interface CalendarTime {
  readonly wall: number;
  readonly isDay: boolean;
  readonly clock: Clock;
}

export type ClockOf = (zone: string | undefined) => Clock | undefined;

const DAY_MS = 86_400_000;
const UTC: Clock = (wall) => wall;
const TIME = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;
const DURATION =
  /^([+-]?)P(?:(\d{1,5})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?)$/;
/** Of more, a file has no use. */
const MOST_ZONES = 50;

/** The moments of a property; undefined for each that is none. */
export function timesOf(
  { value, parameters }: CalendarProperty,
  clockOf: ClockOf,
): readonly (CalendarTime | undefined)[] {
  const clock = clockOf(parameters.get('TZID'));
  return value.split(',').map((one) => readTime(one.trim(), clock));
}

/** `20261201`, `20261201T090000` on the clock given, or `20261201T090000Z`. */
export function readTime(text: string, clock: Clock | undefined): CalendarTime | undefined {
  const found = TIME.exec(text);
  if (!found || !clock) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const day = Date.UTC(year, month - 1, date);
  const isReal =
    new Date(day).getUTCMonth() === month - 1 && hour <= 24 && minute < 60 && second <= 60;
  // Outlook lets its clocks begin in 1601.
  if (!isReal || year < 1600 || year > 2200) return undefined;
  return {
    wall: day + ((hour * 60 + minute) * 60 + second) * 1000,
    isDay: found[4] === undefined,
    clock: found[7] === 'Z' ? UTC : clock,
  };
}

/** Milliseconds of `P1DT2H`; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const found = DURATION.exec(text.trim());
  if (!found || /[PT]$/.test(text.trim())) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(2)
    .map((part) => Number(part ?? 0));
  const all = (((7 * weeks + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return (found[1] === '-' ? -1000 : 1000) * all;
}

/** The clocks of a calendar: by the names of the world's zones, else by what the calendar itself says of them. */
export function createClocks(
  calendar: CalendarPart,
  floating: string,
  patience: Patience,
): ClockOf {
  const told = new Map(
    calendar.parts
      .filter(({ name }) => name === 'VTIMEZONE')
      .map((part) => [propertyOf(part, 'TZID')?.value ?? '', part]),
  );
  const known = new Map<string, Clock | undefined>();
  return (zone) => {
    if (zone === undefined) return (wall) => instantOf(wall, floating);
    if (!known.has(zone) && known.size < MOST_ZONES) {
      const part = told.get(zone);
      // Some write it as a path that ends with the zone's name.
      const name = zone.replace(/^\/.*?\/(?=[A-Z])/, '');
      if (isZone(name)) known.set(zone, (wall) => instantOf(wall, name));
      else known.set(zone, part && toldClock(part, patience));
    }
    return known.get(zone);
  };
}

interface Observance {
  readonly before: number;
  readonly after: number;
  /** The last time at which it began, on the clock of before; nothing where it had not begun. */
  since(wall: number): number;
}

/** A clock by the observances that a calendar tells of it (RFC 5545, section 3.6.5); undefined where they are not read. */
function toldClock({ parts }: CalendarPart, patience: Patience): Clock | undefined {
  const observances = parts.map((part) => readObservance(part, patience));
  const [first, ...others] = observances;
  if (!first || observances.includes(undefined)) return undefined;
  return (wall) => {
    let [now, since] = [first, first.since(wall)];
    for (const other of others) {
      const at = other?.since(wall) ?? Number.NEGATIVE_INFINITY;
      if (other && at > since) [now, since] = [other, at];
    }
    return wall - (since === Number.NEGATIVE_INFINITY ? now.before : now.after);
  };
}

function readObservance(part: CalendarPart, patience: Patience): Observance | undefined {
  const [before, after] = [textOf(part, 'TZOFFSETFROM'), textOf(part, 'TZOFFSETTO')].map(
    readOffset,
  );
  const start = readTime(textOf(part, 'DTSTART'), UTC);
  const written = propertyOf(part, 'RRULE');
  const rule = written && readRule(written.value);
  if (before === undefined || after === undefined || !start || (written && !rule)) return undefined;
  const more = part.properties
    .filter(({ name }) => name === 'RDATE')
    .flatMap((one) => timesOf(one, () => UTC))
    .flatMap((time) => (time ? [time.wall] : []));
  const first = Math.floor(start.wall / DAY_MS);
  const last = rule?.until === undefined ? undefined : readTime(rule.until, UTC)?.wall;
  const inYear = new Map<number, readonly number[]>();
  const onsets = (year: number): readonly number[] => {
    if (!rule) return [];
    const [from, until] = [year, year + 1].map((one) => Date.UTC(one, 0, 1) / DAY_MS);
    const stretch = { from: from ?? 0, until: (until ?? 0) - 1 };
    const days = inYear.get(year) ?? daysOfRule(rule, first, stretch, patience) ?? [];
    inYear.set(year, days);
    return days.map((day) => day * DAY_MS + start.wall - first * DAY_MS);
  };
  return {
    before,
    after,
    since(wall) {
      const year = new Date(wall).getUTCFullYear();
      const all = [start.wall, ...more, ...onsets(year - 1), ...onsets(year)];
      return all.reduce(
        (latest, at) =>
          at <= wall && at > latest && (last === undefined || at - before <= last) ? at : latest,
        Number.NEGATIVE_INFINITY,
      );
    },
  };
}

function readOffset(text: string): number | undefined {
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const all = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return sign === '-' ? -all * 1000 : all * 1000;
}
