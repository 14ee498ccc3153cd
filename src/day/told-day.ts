import { addWorkdays } from '../core/calendar.js';
import { dayNumber } from '../core/zone.js';
import type { ContactPolicy, Goal, Playbook } from '../domain/playbook.js';
import type { RecordId } from '../domain/value.js';
import { clean, createWords } from '../view/format.js';
import { ENGLISH } from '../view/strings.js';
import type { BusyTime } from './calendar/read-calendar.js';
import type { DayBook } from './day-book.js';
import type { DayCard } from './day-cards.js';
import type { DayCandidate } from './day-problem.js';

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What a rep could do in the days that come, and within which limits. Plain JSON. */
export interface ToldDay {
  readonly rep: RecordId;
  readonly name?: string;
  /** As things stood then, epoch milliseconds. */
  readonly now: number;
  /** IANA name of the zone that the rep's clock shows. */
  readonly zone: string;
  /** The contact policy counts days in it. */
  readonly companyZone: string;
  /** The days that are worked from today on, as many as a week has; days since 1970-01-01. */
  readonly days: readonly number[];
  readonly accounts: number;
  readonly cards: readonly ToldCard[];
  /** Touches so far, by buyer. */
  readonly touches: readonly (readonly [
    buyer: RecordId,
    readonly { readonly at: number; readonly channel: string }[],
  ])[];
  readonly contactPolicy: ContactPolicy['limits'];
  readonly goals: readonly Pick<Goal, 'id' | 'label' | 'weight' | 'scale' | 'unit'>[];
  readonly currency: string;
  /** Milliseconds after midnight on the rep's clock. */
  readonly hours: readonly Span[];
  /** What the calendar holds, epoch milliseconds. */
  readonly busy: readonly BusyTime[];
  /** Entries of the calendar that could not be read; `all`: none of it could. Absent: there are none. */
  readonly unread?: number | 'all';
  /** The most of a day that is planned. */
  readonly load: { readonly minutes: number; readonly items: number };
}

/** A card in words. */
export interface ToldCard extends DayCandidate {
  readonly account: RecordId;
  readonly title: string;
  readonly why: string;
  /** Of the record, as the rep may see it. */
  readonly name: string;
  /** Where the record opens, `https:`. */
  readonly link?: string;
}

export interface TellDayOptions {
  readonly playbook: Playbook;
  readonly now: number;
  readonly busy?: ToldDay['busy'];
  readonly unread?: ToldDay['unread'];
  /** Default: the playbook's. */
  readonly zone?: string;
  /** What the rep's cards are told as, where the playbook's own label is not enough. */
  readonly name?: string;
}

const HOUR_MS = 3_600_000;
/** A quarter of the day is left for what nobody foresees, and no day is a list without end. */
export const USUAL_LOAD = { minutes: 360, items: 20 } as const;
export const USUAL_HOURS: readonly Span[] = [{ from: 9 * HOUR_MS, until: 17 * HOUR_MS }];
const WEEK = 7;
const MOST = { title: 120, why: 300, name: 80 } as const;

/** What was gathered for one rep, as the page of the day is told it. */
export function tellDay(
  { cards, touches, accounts, reps }: DayBook,
  rep: RecordId,
  { playbook, now, busy = [], unread, zone = playbook.zone, name }: TellDayOptions,
): ToldDay {
  const own = cards.filter((card) => card.rep === rep);
  const buyers = new Set(own.flatMap(({ touch }) => (touch ? [touch.buyer] : [])));
  const words = createWords(ENGLISH, playbook, now);
  const called = name ?? reps.get(rep)?.name;
  const tell = ({ title, why, name: record, ...card }: DayCard): ToldCard => ({
    ...card,
    title: clean(words.phrase(title), MOST.title),
    why: clean(words.phrase(why), MOST.why),
    name: clean(record ?? card.record, MOST.name),
  });
  return {
    rep,
    ...(called !== undefined && { name: clean(called, MOST.name) }),
    ...{ now, zone, companyZone: playbook.zone, accounts },
    days: workedDays(now, playbook, zone),
    cards: own.map(tell),
    touches: [...touches].filter(([buyer]) => buyers.has(buyer)),
    contactPolicy: playbook.contactPolicy.limits,
    goals: playbook.goals.map(({ id, label, weight, scale, unit }) => ({
      ...{ id, label: clean(label, MOST.name), weight, scale },
      ...(unit !== undefined && { unit }),
    })),
    currency: playbook.currency,
    hours: USUAL_HOURS,
    busy,
    ...(unread !== undefined && { unread }),
    load: USUAL_LOAD,
  };
}

/** From today on, as many as a week has; days since 1970-01-01. */
export function workedDays(now: number, playbook: Playbook, zone: string): readonly number[] {
  const days: number[] = [];
  for (let day = dayNumber(now, zone) - 1; days.length < WEEK; days.push(day))
    day = addWorkdays(day, 1, playbook);
  return days;
}
