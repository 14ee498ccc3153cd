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
