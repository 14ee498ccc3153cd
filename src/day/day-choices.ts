import { weekdayOf } from '../core/calendar.js';
import { dayNumber } from '../core/zone.js';
import type { BusyTime, ReadCalendar } from './calendar/read-calendar.js';
import type { DayProblem, Floor, Hand } from './day-problem.js';
import { freeTime } from './free-time.js';
import type { Span, ToldDay } from './told-day.js';

/** What of the coming days is planned: the first that is worked, the one after it, or all to Sunday. */
export type DayStretch = 'first' | 'second' | 'week';

/** What a rep decides about the own plan. Plain JSON, to be kept between visits. */
export interface DayChoices {
  readonly hands: readonly Hand[];
  /** Milliseconds after midnight on the rep's clock; absent: as told. */
  readonly hours?: readonly Span[];
  readonly load?: ToldDay['load'];
  /** By goal, at least so much is expected of the plan. */
  readonly floors?: { readonly [goal: string]: number };
  /** Beside what the calendar holds, epoch milliseconds. */
  readonly busy?: readonly Span[];
  /** What a calendar held that the rep gave, up to a moment, epoch milliseconds. */
  readonly calendar?: ReadCalendar & { readonly until: number };
}

export const NO_CHOICES: DayChoices = { hands: [] };

/** The first action begins on five minutes. */
const BEGIN_MS = 300_000;

export function daysOf({ days }: Pick<ToldDay, 'days'>, stretch: DayStretch): readonly number[] {
  const [first = 0, second = first] = days;
  if (stretch === 'first') return [first];
  if (stretch === 'second') return [second];
  const sunday = first + 7 - weekdayOf(first);
  return days.filter((day) => day <= sunday);
}

/** When the rep is not free: as the gateway knows, as the rep's own calendar says, and as the rep wrote down. */
export const busyIn = (
  told: Pick<ToldDay, 'busy'>,
  { busy = [], calendar }: DayChoices,
): readonly BusyTime[] => [...told.busy, ...(calendar?.busy ?? []), ...busy];

/** What a rep could do and what the rep decided, as a problem to be solved. */
export function toProblem(told: ToldDay, choices: DayChoices, stretch: DayStretch): DayProblem {
  const { rep, zone, now, goals } = told;
  const hours = choices.hours ?? told.hours;
  const busy = busyIn(told, choices);
  return {
    now: Math.ceil(now / BEGIN_MS) * BEGIN_MS,
    zone: told.companyZone,
    rooms: freeTime({ rep, zone, days: daysOf(told, stretch), hours, busy }),
    candidates: told.cards,
    contactPolicy: told.contactPolicy,
    touches: new Map(told.touches),
    load: choices.load ?? told.load,
    floors: goals.flatMap(({ id, label, unit }): readonly Floor[] => {
      const least = choices.floors?.[id];
      return least === undefined || least <= 0
        ? []
        : [{ goal: id, label, least, ...(unit !== undefined && { unit }) }];
    }),
    hands: choices.hands,
  };
}

/** Without what is over, and what is about cards that are no longer open. */
export function pruneChoices(choices: DayChoices, { cards, now, zone }: ToldDay): DayChoices {
  const open = new Set(cards.map(({ id }) => id));
  const today = dayNumber(now, zone);
  const isAhead = ({ day, at }: { readonly day?: number; readonly at?: number }): boolean =>
    (day ?? today) >= today && (at ?? now) >= now;
  const hands = choices.hands.filter((hand) => {
    if (hand.kind === 'order')
      return isAhead(hand) && hand.candidates.filter((one) => open.has(one)).length > 1;
    return open.has(hand.candidate) && (hand.kind === 'exclude' || isAhead(hand));
  });
  const isToCome = ({ until }: Pick<Span, 'until'>): boolean => until > now;
  const busy = choices.busy?.filter(isToCome);
  const { calendar: known, ...rest } = choices;
  const calendar = known && isToCome(known) && { ...known, busy: known.busy.filter(isToCome) };
  return { ...rest, hands, ...(busy && { busy }), ...(calendar && { calendar }) };
}
