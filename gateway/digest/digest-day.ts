import { OpportuneError } from 'opportune';
import { isWorkday, type WorkCalendar } from '../../src/core/calendar.js';
import { instantOf } from '../../src/core/wall-time.js';
import { dateOfDay, dayNumber } from '../../src/core/zone.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A morning mail that would come later than this after its time is none. */
const MORNING_MS: number = 4 * 3_600_000;

export const DEFAULT_MORNING: string = '07:30';

/** Milliseconds after midnight of `HH:MM`. */
export function timeOfDay(text: string): number {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined)
    throw new OpportuneError('opportune/bad-time', 'this is no time of day', {
      where: text.slice(0, 20),
      remedy: 'Write it as 07:30',
    });
  return (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
}

/**
 * The day, `YYYY-MM-DD` where the rep is, whose morning it is there; undefined before `at`, four hours later, and on days
 * without work. Where a clock jumps over `at`, it is as late as the clock jumps; where it shows `at` twice, the first counts.
 */
export function digestDay(
  now: number,
  zone: string,
  calendar: WorkCalendar,
  at: string,
): { readonly date: string; readonly until: number } | undefined {
  const today = dayNumber(now, zone);
  if (!isWorkday(today, calendar)) return undefined;
  const begins = instantOf(today * DAY_MS + timeOfDay(at), zone);
  // The mail of one day never runs into the next.
  const until = Math.min(begins + MORNING_MS, instantOf((today + 1) * DAY_MS, zone));
  return now >= begins && now < until ? { date: dateOfDay(today), until } : undefined;
}
