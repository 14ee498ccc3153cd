import { isWorkday, type WorkCalendar } from '../../src/core/calendar.js';
import { instantOf } from '../../src/core/wall-time.js';
import { dateOfDay, dayNumber } from '../../src/core/zone.js';
import type { NotificationBudget } from './notification-budget.js';
import { isQuiet, quietUntil } from './quiet-hours.js';
import { timeOfDay } from './time-of-day.js';

const DAY_MS = 86_400_000;
/** A morning mail that would come later than this after its time is none. */
const MORNING_MS: number = 4 * 3_600_000;

export const DEFAULT_MORNING: string = '07:30';

/**
 * The day, `YYYY-MM-DD` where the rep is, whose morning it is there; undefined before `at`, four hours later, on days without
 * work and in quiet hours: where `at` lies in these, the morning begins when they end. Where a clock jumps over `at`, it is
 * as late as the clock jumps; where it shows `at` twice, the first counts.
 */
export function digestDay(
  now: number,
  {
    zone,
    at,
    quiet,
  }: { readonly zone: string; readonly at: string } & Pick<NotificationBudget, 'quiet'>,
  calendar: WorkCalendar,
): { readonly date: string; readonly until: number } | undefined {
  const today = dayNumber(now, zone);
  if (!isWorkday(today, calendar)) return undefined;
  const hours = { zone, calendar, ...quiet };
  const wanted = instantOf(today * DAY_MS + timeOfDay(at), zone);
  if (now < wanted || isQuiet(now, hours)) return undefined;
  const begins = quietUntil(wanted, hours) ?? Number.POSITIVE_INFINITY;
  // The mail of one day never runs into the next.
  const until = Math.min(begins + MORNING_MS, instantOf((today + 1) * DAY_MS, zone));
  return now >= begins && now < until ? { date: dateOfDay(today), until } : undefined;
}
