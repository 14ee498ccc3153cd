import { dayNumber, dayOfDate, startOfDay } from '../core/zone.js';
import type { FilledPhrase, ShownValue } from '../domain/decision.js';
import type { AttributeValue } from '../domain/value.js';
import type { Strings } from './strings.js';

export type Holes = { readonly [hole: string]: string };

/** Dates, amounts and sentences for one reader at one moment. */
export interface Words {
  readonly strings: Strings;
  readonly now: number;
  /** The text with its holes filled. */
  fill(text: string, holes: Holes): string;
  /** The form of a text that goes with that count, which also fills the hole `{count}`. */
  count(text: string, count: number, holes?: Holes): string;
  number(value: number): string;
  /** To the cent, cents only where there are some. */
  money(minor: number): string;
  /** An estimate: two figures of it, and no cents. */
  roughly(value: number, unit?: string): string;
  /** `11%`, from a rate in [0, 1]. */
  percent(rate: number): string;
  /** `30 in 100`, from a rate in [0, 1]. */
  outOf(rate: number): string;
  time(at: number): string;
  /** Days since 1970-01-01 in the company's zone. */
  dayOf(at: number): number;
  /** `Tue 24 Nov`, or for a day gone by `5 Nov`; `today`. */
  day(day: number): string;
  /** `Tuesday 24 November`; with the short month where that is what can be seen. */
  fullDay(day: number, shortMonth?: boolean): string;
  weekday(day: number): string;
  /** Day of the month; with its month when that is new. */
  dayInRow(day: number, withMonth: boolean): string;
  /** `today 08:05`, else the day. */
  when(at: number): string;
  phrase(phrase: FilledPhrase): string;
  /** A type of activity that happened, in small letters: `proposal sent`. */
  event(type: string): string;
  /** `a, b, and c`. */
  list(values: readonly string[], either?: boolean): string;
  value(value: AttributeValue, about: Omit<ShownValue, 'value'>): string;
}

const DAY_MS = 86_400_000;
/** Forms stand in this order in a text. */
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** An Intl object takes a thousand times longer to make than to use. There is a dozen a locale, and they never go stale. */
const intl = new Map<string, unknown>();
function once<T>(key: string, make: () => T): T {
  if (!intl.has(key)) intl.set(key, make());
  return intl.get(key) as T;
}

/** Text of people as it may stand in a sentence: one line, no marks that turn its direction, no more than `most` characters. */
export function clean(text: string, most = 300): string {
  const plain = text
    .slice(0, most + 1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  return text.length > most ? `${plain.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : plain;
}

/** `case-study` as people write it: `case study`. */
export function plain(id: string): string {
  return clean(id).replaceAll('-', ' ');
}

/** `Case study`. */
export function title(id: string): string {
  return capital(plain(id));
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A value that runs against its sentence is kept from turning it round, by invisible marks. */
function isolate(value: string, direction: string): string {
  return direction === 'rtl' || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

export function createWords(
  strings: Strings,
  { zone, currency = 'USD' }: { readonly zone?: string; readonly currency?: string },
  now: number,
): Words {
  const { locale } = strings;
  const numbers = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
    once(`${locale}${currency}${key}`, () => new Intl.NumberFormat(locale, options));
  const style = { style: 'currency', currency } as const;
  const cents = 10 ** (numbers('whole', style).resolvedOptions().maximumFractionDigits ?? 2);
  const date = (day: number, part: 'weekday' | 'month' | 'day' | 'year', long?: boolean): string =>
    once(
      `${locale}${part}${long}`,
      () =>
        new Intl.DateTimeFormat(locale, {
          [part]: part === 'day' || part === 'year' ? 'numeric' : long ? 'long' : 'short',
          timeZone: 'UTC',
        }),
    ).format(day * DAY_MS);
  const today = dayNumber(now, zone ?? 'UTC');

  const self: Words = {
    strings,
    now,
    fill: (text, holes) =>
      text.replace(/\{(\w+)\}/g, (hole, name: string) =>
        isolate(holes[name] ?? hole, strings.direction),
      ),
    count(text, count, holes) {
      const rules = once(`${locale}plural`, () => new Intl.PluralRules(locale));
      const categories: readonly string[] = rules.resolvedOptions().pluralCategories;
      const index = FORMS.filter((form) => categories.includes(form)).indexOf(rules.select(count));
      const forms = text.split('|');
      return self.fill(forms[index] ?? (forms.at(-1) as string), {
        count: self.number(count),
        ...holes,
      });
    },
    number: (value) => numbers('number', { maximumFractionDigits: 2 }).format(value),
    money: (minor) =>
      numbers('money', { ...style, trailingZeroDisplay: 'stripIfInteger' }).format(minor / cents),
    roughly(value, unit) {
      if (unit === 'money') {
        return numbers('roughly', { ...style, maximumSignificantDigits: 2 }).format(value / cents);
      }
      if (unit === 'rate') return self.percent(value);
      const rounded = numbers('rough', { maximumSignificantDigits: 2 }).format(value);
      return unit ? `${rounded} ${unit}` : rounded;
    },
    percent: (rate) =>
      numbers('percent', { style: 'percent', maximumFractionDigits: 1 }).format(rate),
    outOf(rate) {
      const of = rate > 0 && rate < 0.01 ? 1000 : 100;
      return self.fill(strings.ratio, {
        count: self.number(Math.round(rate * of)),
        of: self.number(of),
      });
    },
    time: (at) =>
      once(
        `${locale}${zone}`,
        () =>
          new Intl.DateTimeFormat(locale, {
            hour: '2-digit',
            minute: '2-digit',
            hourCycle: 'h23',
            timeZone: zone,
          }),
      ).format(at),
    dayOf: (at) => dayNumber(at, zone ?? 'UTC'),
    day(day) {
      if (day === today) return strings.todayOnly;
      const year = date(day, 'year');
      const text =
        year !== date(today, 'year')
          ? strings.dayYear
          : day > today
            ? strings.dayAhead
            : strings.day;
      return self.fill(text, {
        weekday: date(day, 'weekday'),
        day: date(day, 'day'),
        month: date(day, 'month'),
        year,
      });
    },
    fullDay: (day, shortMonth) =>
      self.fill(strings.dayAhead, {
        weekday: date(day, 'weekday', true),
        day: date(day, 'day'),
        month: date(day, 'month', !shortMonth),
      }),
    weekday: (day) => date(day, 'weekday'),
    dayInRow: (day, withMonth) =>
      withMonth
        ? self.fill(strings.day, { day: date(day, 'day'), month: date(day, 'month') })
        : date(day, 'day'),
    when(at) {
      const day = self.dayOf(at);
      const time = self.time(at);
      // What the calendar brought came at midnight, and has no time of its own.
      return day === today && time !== self.time(startOfDay(day, zone ?? 'UTC'))
        ? self.fill(strings.today, { time })
        : self.day(day);
    },
    phrase(phrase) {
      return phrase
        .map((piece) =>
          typeof piece === 'string'
            ? piece
            : // Authors write the unit of days into the sentence: "No reply for {value} days".
              isolate(
                piece.unit === 'fact-type'
                  ? capital(self.event(String(piece.value)))
                  : self.value(piece.value, piece.unit === 'days' ? { type: 'number' } : piece),
                strings.direction,
              ),
        )
        .join('');
    },
    event(type) {
      const events: { readonly [type: string]: string } = strings.events;
      return events[type] ?? plain(type);
    },
    list: (values, either) =>
      once(
        `${locale}list${either}`,
        () =>
          new Intl.ListFormat(locale, {
            type: either ? 'disjunction' : 'conjunction',
          }),
      ).format(values),
    value(value, { type, unit, labels }) {
      if (labels?.length) return self.list(labels.map((label) => clean(label)));
      if (typeof value === 'boolean') return value ? strings.yesValue : strings.noValue;
      if (typeof value === 'number') {
        if (type === 'date') return self.day(value);
        if (unit === 'money') return self.money(value);
        if (unit === 'rate') return self.percent(value);
        if (unit === 'days') return self.count(strings.days, value);
        return unit ? `${self.number(value)} ${unit}` : self.number(value);
      }
      if (typeof value === 'object') return self.list(value.map((one) => clean(one)));
      const day = type === 'date' ? dayOfDate(value) : Number.NaN;
      return Number.isNaN(day) ? clean(value) : self.day(day);
    },
  };
  return self;
}
