import { ZONE } from './data/calendar.js';

const at = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, ...options });
const clock = at({ hour: '2-digit', minute: '2-digit' });
const moment = at({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const longDay = at({ weekday: 'long', day: 'numeric', month: 'long' });
const longDayOfYear = at({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = at({ day: 'numeric', month: 'short' });
const plainDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const plainShort = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
});
const plainMonth = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  month: 'long',
  year: 'numeric',
});
const iso = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE });
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const whole = new Intl.NumberFormat('en-US');
const signed = new Intl.NumberFormat('en-US', { style: 'percent', signDisplay: 'exceptZero' });

/** 10:24 */
export const toClock = (time: number): string => clock.format(time);
/** Thu 19 Nov 2026, 10:24 */
export const toMoment = (time: number): string =>
  moment.format(time).replace(',', '').replace(' at ', ', ');
export const toMoney = (amountMinor: number): string => dollars.format(amountMinor / 100);
export const toNumber = (value: number): string => whole.format(value);
/** −18%, with a true minus sign. */
export const toChange = (rate: number): string => signed.format(rate).replace('-', '−');
/** Date in the company zone, `YYYY-MM-DD`: two times with the same one are on the same day. */
export const toIsoDay = (time: number): string => iso.format(time);

/** Today, Yesterday, Tuesday 17 November; with the year when it is another one. */
export function toDay(time: number, now: number): string {
  const day = toIsoDay(time);
  if (day === toIsoDay(now)) return 'Today';
  if (day === toIsoDay(now - 86_400_000)) return 'Yesterday';
  const format = day.slice(0, 4) === toIsoDay(now).slice(0, 4) ? longDay : longDayOfYear;
  return format.format(time).replace(',', '');
}

/** today, yesterday, 13 Nov, 4 Dec 2025. */
export function toShortDay(time: number, now: number): string {
  const day = toIsoDay(time);
  if (day === toIsoDay(now)) return 'today';
  if (day === toIsoDay(now - 86_400_000)) return 'yesterday';
  const sameYear = day.slice(0, 4) === toIsoDay(now).slice(0, 4);
  return sameYear ? shortDay.format(time) : `${shortDay.format(time)} ${day.slice(0, 4)}`;
}

/** 11 Dec 2026 */
export const toDate = (date: string): string => (date ? plainDay.format(Date.parse(date)) : '');
/** 11 Dec, with the year when it is not this one. */
export const toShortDate = (date: string, now: number): string =>
  date.slice(0, 4) === toIsoDay(now).slice(0, 4)
    ? plainShort.format(Date.parse(date))
    : toDate(date);
/** March 2019 */
export const toMonth = (date: string): string => (date ? plainMonth.format(Date.parse(date)) : '');

/** Two letters for a face or a tile; of a name in brackets or tags, whatever letters there are. */
export function toInitials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const first = words[0]?.at(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return (first + last).toLocaleUpperCase('en');
}

export const countOf = (count: number, one: string, many: string): string =>
  `${toNumber(count)} ${count === 1 ? one : many}`;
