import type { Span } from '../domain/pattern.js';

const DAY_MS = 86_400_000;

/** Milliseconds in each unit. A month is 30 days and a year 365: a waiting time, not a date. */
const UNITS: { readonly [unit: string]: number } = {
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  year: 365 * DAY_MS,
};

/** For the JSON Schema; what it lets through, {@link parseDuration} still judges. */
export const DURATION_PATTERN = '^\\d+ (minute|hour|day|week|month|year)s?$';

/**
 * `14 days`, `12 hours`, `2 weeks`, `3 months` (30 days each) in milliseconds.
 * @throws RangeError that says what is wrong, without a place.
 */
export function parseDuration(source: unknown): number {
  const text = typeof source === 'string' ? source.trim() : '';
  const match = /^(-?\d+(?:\.\d+)?) *([a-z]+)$/i.exec(text);
  const word = match?.[2]?.toLowerCase() ?? '';
  const unitMs = UNITS[word.replace(/s$/, '')];
  if (!match || unitMs === undefined || !Object.hasOwn(UNITS, word.replace(/s$/, '')))
    throw new RangeError(
      `"${String(source).slice(0, 40)}" is not a duration such as "14 days" or "12 hours"`,
    );
  const count = Number(match[1]);
  if (count < 0) throw new RangeError(`a duration cannot be negative: "${text}"`);
  if (!Number.isInteger(count))
    throw new RangeError(`a duration is a whole number of a smaller unit: "${text}"`);
  if (count * unitMs > 100 * 365 * DAY_MS) throw new RangeError(`"${text}" is more than 100 years`);
  return count * unitMs;
}

/**
 * A duration that is whole days, as days.
 * @throws RangeError as {@link parseDuration}, and for anything with a part of a day.
 */
export function parseDays(source: unknown): number {
  const days = parseDuration(source) / DAY_MS;
  if (!Number.isInteger(days)) throw new RangeError(`"${String(source)}" is not whole days`);
  return days;
}

/** For the JSON Schema; what it lets through, {@link parseSpan} still judges. */
export const SPAN_PATTERN = '^\\d+ (minute|hour|(working )?day|week|month|year)s?$';

/**
 * A span of time as patterns count it: `30 minutes`, `7 days`, `2 working days`. Weeks, months and years are days.
 * @throws RangeError as {@link parseDuration}, and for one of no length.
 */
export function parseSpan(source: unknown): Span {
  const text = typeof source === 'string' ? source.trim() : '';
  const working = /^(.*\d) *working +(days?)$/i.exec(text);
  const ms = parseDuration(working ? `${working[1]} ${working[2]}` : source);
  if (ms === 0) throw new RangeError(`"${text}" is no time at all`);
  const days = ms / DAY_MS;
  if (working) return { workdays: days };
  return /(minute|hour)s?$/i.test(text) ? { ms } : { days };
}
