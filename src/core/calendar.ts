import { OpportuneError } from './errors.js';
import { dayOfDate } from './zone.js';

/** Which days are worked. */
export interface WorkCalendar {
  /** 1 is Monday, 7 is Sunday. */
  readonly workdays: readonly number[];
  /** `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

const holidayNumbers = new WeakMap<readonly string[], Set<number>>();

function holidaysOf(calendar: WorkCalendar): Set<number> {
  let days = holidayNumbers.get(calendar.holidays);
  if (!days) {
    days = new Set(calendar.holidays.map(dayOfDate));
    holidayNumbers.set(calendar.holidays, days);
  }
  return days;
}

/** 1 (Monday) to 7 (Sunday). `day` is a day number since 1970-01-01, which was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `day` is a day number. */
export function isWorkday(day: number, calendar: WorkCalendar): boolean {
  return calendar.workdays.includes(weekdayOf(day)) && !holidaysOf(calendar).has(day);
}

/** The nth working day after `day`, or before it when n is below zero; `day` itself, worked or not, when n is zero. */
export function addWorkdays(day: number, n: number, calendar: WorkCalendar): number {
  if (n !== 0 && !calendar.workdays.some((weekday) => weekday >= 1 && weekday <= 7)) {
    throw new OpportuneError('opportune/no-workday', 'the calendar has no working day', {
      remedy: 'List at least one of the weekdays 1 (Monday) to 7 (Sunday)',
    });
  }
  const step = n < 0 ? -1 : 1;
  let reached = day;
  for (let left = Math.abs(n); left > 0; ) {
    reached += step;
    if (isWorkday(reached, calendar)) left--;
  }
  return reached;
}

/**
 * Working days after `from` up to and including `to`; below zero when `to` comes first (then from `to` on, `from` itself
 * left out). So `workdaysBetween(day, addWorkdays(day, n)) === n`.
 */
export function workdaysBetween(from: number, to: number, calendar: WorkCalendar): number {
  const [first, last, sign] = to < from ? [to, from - 1, -1] : [from + 1, to, 1];
  let count = 0;
  for (let day = first; day <= last; day++) if (isWorkday(day, calendar)) count++;
  return count === 0 ? 0 : sign * count;
}
