import type { Span } from '../domain/pattern.js';
import { addWorkdays, isWorkday, type WorkCalendar } from './calendar.js';
import { instantOf, wallTime } from './wall-time.js';
import { startOfDay } from './zone.js';

const DAY_MS = 86_400_000;

/** The calendar and zone that days are counted by. */
export interface Days extends WorkCalendar {
  readonly zone: string;
}

/** The instant that lies a span after `at`, or before it with `sign` -1; see {@link Span}. */
export function addSpan(at: number, span: Span, days: Days, sign: 1 | -1 = 1): number {
  if ('ms' in span) return at + sign * span.ms;
  const { zone } = days;
  let wall = wallTime(at, zone);
  if ('days' in span) return instantOf(wall + sign * span.days * DAY_MS, zone);
  let day = Math.floor(wall / DAY_MS);
  if (!isWorkday(day, days)) {
    day = addWorkdays(day, 1, days);
    wall = day * DAY_MS;
  }
  const reached = addWorkdays(day, sign * span.workdays, days);
  // Midnight as the company counts days, also where a clock jumps over it.
  return wall === day * DAY_MS
    ? startOfDay(reached, zone)
    : instantOf(wall + (reached - day) * DAY_MS, zone);
}
