import { dayNumber, dayOfDate, startOfDay } from '../../src/core/zone.js';

const DAY_MS = 86_400_000;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
const PARTS: { readonly [part: string]: string } = {
  YYYY: '\\d{4}',
  MM: '\\d{1,2}',
  DD: '\\d{1,2}',
  hh: '\\d{1,2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
};
const PART = /YYYY|MM|DD|hh|mm|ss/g;

/** A local date, and the time of day in milliseconds where one is given. */
export interface DateTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly timeMs?: number;
  /** From UTC, in minutes, where the text says so. */
  readonly offset?: number;
}

/** True when the format names year, month and day once, and for a time the hour. */
export function isDateFormat(format: string, withTime: boolean): boolean {
  const parts: readonly string[] = format.match(PART) ?? [];
  return (
    new Set(parts).size === parts.length &&
    ['YYYY', 'MM', 'DD', ...(withTime ? ['hh'] : [])].every((part) => parts.includes(part))
  );
}

const compiled = new Map<string, { readonly pattern: RegExp; readonly parts: readonly string[] }>();

/** Reads a date in that format, or in ISO 8601. Undefined for anything else, 30 February included. */
export function parseDateTime(text: string, format?: string): DateTime | undefined {
  if (format === undefined) {
    const found = ISO.exec(text);
    if (!found) return undefined;
    const [, date = '', hours, minutes, seconds = '0', fraction = '0', zone] = found;
    return toDateTime(date, hours, minutes, seconds, Number(`0.${fraction}`) * 1000, zone);
  }
  let reader = compiled.get(format);
  if (!reader) {
    const source = format
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(PART, (part) => `(${PARTS[part]})`);
    reader = { pattern: new RegExp(`^${source}$`), parts: format.match(PART) ?? [] };
    compiled.set(format, reader);
  }
  const found = reader.pattern.exec(text);
  if (!found) return undefined;
  const by: { [part: string]: string } = {};
  for (const [index, part] of reader.parts.entries()) by[part] = found[index + 1] ?? '';
  const date = `${by.YYYY}-${by.MM?.padStart(2, '0')}-${by.DD?.padStart(2, '0')}`;
  return toDateTime(date, by.hh, by.mm ?? '0', by.ss ?? '0', 0, undefined);
}

function toDateTime(
  date: string,
  hours: string | undefined,
  minutes: string | undefined,
  seconds: string,
  fractionMs: number,
  zone: string | undefined,
): DateTime | undefined {
  if (Number.isNaN(dayOfDate(date))) return undefined;
  if (hours === undefined) return { date };
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const timeMs =
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Math.floor(fractionMs);
  if (zone === undefined) return { date, timeMs };
  if (zone === 'Z') return { date, timeMs, offset: 0 };
  const digits = zone.replace(':', '');
  const size = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
  return { date, timeMs, offset: digits.startsWith('-') ? -size : size };
}

/** Epoch milliseconds. A date alone is its first moment in the zone; a time that the clock skips is taken an hour later. */
export function toInstant({ date, timeMs, offset }: DateTime, zone: string): number {
  const day = dayOfDate(date);
  if (offset !== undefined) return day * DAY_MS + (timeMs ?? 0) - offset * 60_000;
  const start = startOfDay(day, zone);
  const next = startOfDay(day + 1, zone);
  if (timeMs === undefined) return start;
  if (next - start === DAY_MS) return start + timeMs;
  // The clock changes on this day: ask which of the two offsets shows that time.
  const wall = day * DAY_MS + timeMs;
  const offsets = [day * DAY_MS - start, (day + 1) * DAY_MS - next];
  const shown = offsets.find((size) => localTime(wall - size, zone) === wall);
  return wall - (shown ?? offsets[0] ?? 0);
}

/** A day or a time as people write it on a command line or in a map. */
export function parseInstant(text: string, zone: string): number | undefined {
  const read = parseDateTime(text);
  return read && toInstant(read, zone);
}

function localTime(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const by = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return (
    dayNumber(at, zone) * DAY_MS +
    (((by.hour ?? 0) * 60 + (by.minute ?? 0)) * 60 + (by.second ?? 0)) * 1000 +
    (((at % 1000) + 1000) % 1000)
  );
}
