import { weekdayOf } from '../../core/calendar.js';

/** On which days something happens again (RFC 5545, section 3.3.10), of the parts that calendars write. */
export interface Rule {
  readonly every: 'day' | 'week' | 'month' | 'year';
  readonly interval: number;
  readonly count?: number;
  /** As it is written. */
  readonly until?: string;
  /** 1 is Monday; the nth of the month, from its end where below zero; 0: each. */
  readonly weekdays: readonly { readonly weekday: number; readonly nth: number }[];
  readonly months: readonly number[];
  /** From the end of the month where below zero. */
  readonly monthDays: readonly number[];
  /** Of the days of a month, the nth ones alone. */
  readonly places: readonly number[];
  readonly weekBegins: number;
}

/** How many days may still be looked at: a rule of strangers takes no more than that. */
export interface Patience {
  days: number;
}

const EVERY: { readonly [frequency: string]: Rule['every'] } = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const KNOWN = new Set([
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'],
  ...['BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS'],
]);
const DAY_MS = 86_400_000;

/** Undefined where it has a part that is not read, or makes no sense. */
export function readRule(text: string): Rule | undefined {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    const [name = '', value = ''] = part.split('=');
    parts.set(name, value);
  }
  if ([...parts.keys()].some((name) => !KNOWN.has(name))) return undefined;
  const list = (name: string): readonly string[] => parts.get(name)?.split(',') ?? [];
  const numbers = (name: string, most: number): readonly number[] =>
    list(name).map((one) =>
      /^[+-]?\d{1,4}$/.test(one) && Math.abs(Number(one)) <= most ? Number(one) : 0,
    );
  const every = EVERY[parts.get('FREQ') ?? ''];
  const [interval = 1] = numbers('INTERVAL', 9_999);
  const [count] = numbers('COUNT', 9_999);
  const until = parts.get('UNTIL');
  const weekdays = list('BYDAY').map((one) => {
    const [, nth = '', name = ''] = /^([+-]?\d{0,2})([A-Z]{2})$/.exec(one) ?? [];
    return { weekday: WEEKDAYS.indexOf(name) + 1, nth: Number(nth) };
  });
  const months = numbers('BYMONTH', 12);
  const monthDays = numbers('BYMONTHDAY', 31);
  const places = numbers('BYSETPOS', 366);
  const weekBegins = WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO') + 1;
  const given = [interval, count ?? 1, weekBegins, ...months, ...monthDays, ...places];
  if (!every || given.includes(0) || interval < 0 || (count ?? 1) < 0) return undefined;
  if (weekdays.some(({ weekday, nth }) => weekday === 0 || Number.isNaN(nth))) return undefined;
  const isOfMonth = every === 'month' || (every === 'year' && months.length > 0);
  if (!isOfMonth && (places.length > 0 || weekdays.some(({ nth }) => nth !== 0))) return undefined;
  return {
    ...{ every, interval, weekdays, months, monthDays, places, weekBegins },
    ...(count !== undefined && { count }),
    ...(until !== undefined && { until }),
  };
}

/**
 * The days of a rule from its `first` on that lie between two days, both included, in order; days since 1970-01-01. The first
 * always counts. Undefined where there was no patience for it.
 */
export function daysOfRule(
  rule: Rule,
  first: number,
  { from, until }: { readonly from: number; readonly until: number },
  patience: Patience,
): readonly number[] | undefined {
  const isOf = createFilter(rule, first);
  const days: number[] = [];
  // What is counted is counted from its beginning.
  let day = rule.count === undefined ? Math.max(first, from) : first;
  for (let left = rule.count ?? Number.POSITIVE_INFINITY; day <= until && left > 0; day++) {
    if (--patience.days < 0) return undefined;
    if (day !== first && !isOf(day)) continue;
    left--;
    if (day >= from) days.push(day);
  }
  return days;
}

interface OnCalendar {
  readonly year: number;
  /** 0 is January. */
  readonly month: number;
  readonly date: number;
  readonly last: number;
}

function onCalendar(day: number): OnCalendar {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return { year, month, date: date.getUTCDate(), last };
}

function createFilter(rule: Rule, first: number): (day: number) => boolean {
  const { every, interval, weekdays, months, monthDays, places, weekBegins } = rule;
  const begin = onCalendar(first);
  const weekOf = (day: number): number => Math.floor((day + 4 - weekBegins) / 7);
  // What the rule leaves open is as on the first day.
  const isBare = weekdays.length === 0 && monthDays.length === 0;
  const dates = isBare && (every === 'month' || every === 'year') ? [begin.date] : monthDays;
  const own = isBare && every === 'week' ? [{ weekday: weekdayOf(first), nth: 0 }] : weekdays;
  const among = isBare && every === 'year' && months.length === 0 ? [begin.month + 1] : months;

  function isInTurn(day: number, { year, month }: OnCalendar): boolean {
    switch (every) {
      case 'day':
        return (day - first) % interval === 0;
      case 'week':
        return (weekOf(day) - weekOf(first)) % interval === 0;
      case 'month':
        return (12 * (year - begin.year) + month - begin.month) % interval === 0;
      case 'year':
        return (year - begin.year) % interval === 0;
    }
  }

  function isNamed(day: number, { month, date, last }: OnCalendar): boolean {
    if (among.length > 0 && !among.includes(month + 1)) return false;
    if (dates.length > 0 && !dates.includes(date) && !dates.includes(date - last - 1)) return false;
    const fromStart = Math.ceil(date / 7);
    const fromEnd = -Math.ceil((last - date + 1) / 7);
    return (
      own.length === 0 ||
      own.some(
        ({ weekday, nth }) =>
          weekday === weekdayOf(day) && (nth === 0 || nth === fromStart || nth === fromEnd),
      )
    );
  }

  function hasPlace(day: number, { date, last }: OnCalendar): boolean {
    if (places.length === 0) return true;
    const named = Array.from({ length: last }, (_, i) => day - date + 1 + i).filter((other) =>
      isNamed(other, onCalendar(other)),
    );
    const place = named.indexOf(day);
    return places.includes(place + 1) || places.includes(place - named.length);
  }

  return (day) => {
    const on = onCalendar(day);
    return isInTurn(day, on) && isNamed(day, on) && hasPlace(day, on);
  };
}
