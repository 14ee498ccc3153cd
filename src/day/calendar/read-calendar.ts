import { OpportuneError } from '../../core/errors.js';
import { dayNumber } from '../../core/zone.js';
import { clean } from '../../view/format.js';
import { type CalendarPart, propertyOf, readParts, textOf } from './components.js';
import { daysOfRule, type Patience, type Rule, readRule } from './rule.js';
import {
  type CalendarTime,
  type ClockOf,
  createClocks,
  readDuration,
  readTime,
  timesOf,
} from './times.js';

/** When somebody is not free, epoch milliseconds. */
export interface BusyTime {
  readonly from: number;
  readonly until: number;
  /** Absent where the calendar calls it private, or tells none. */
  readonly title?: string;
}

export interface ReadCalendar {
  /** In order. */
  readonly busy: readonly BusyTime[];
  /** Entries that repeat in a way that is not read, or are none: of the former the first time alone is taken. */
  readonly unread: number;
}

export interface ReadCalendarOptions {
  /** Epoch milliseconds: what lies outside is left out. */
  readonly from: number;
  readonly until: number;
  /** IANA name: of times without a zone, and of days. */
  readonly zone: string;
}

const DAY_MS = 86_400_000;
const MOST_CHARACTERS = 10_000_000;
const MOST_BUSY = 5_000;
const MOST_DAYS = 3_000_000;
const MOST_TITLE = 80;
/** By which entries are known that a plan put there: they do not stand in its own way. */
const OWN = /@opportune$/;

/**
 * When a calendar (iCalendar, RFC 5545) says that its owner is busy: entries that are neither cancelled nor marked as free,
 * once and repeated, and the busy times of a free/busy list.
 * @throws OpportuneError `opportune/calendar` where it is no calendar.
 */
export function readCalendar(text: string, options: ReadCalendarOptions): ReadCalendar {
  if (text.length > MOST_CHARACTERS)
    throw new OpportuneError('opportune/calendar', 'the calendar is too large', {
      remedy: 'Export the coming months alone',
    });
  const calendars = readParts(text);
  if (calendars.length === 0)
    throw new OpportuneError('opportune/calendar', 'this is no iCalendar file', {
      remedy: 'Export the calendar as a file that ends with .ics',
    });
  const patience = { days: MOST_DAYS };
  const read = calendars.map((calendar) => readOne(calendar, options, patience));
  const busy = read.flatMap((one) => one.busy).sort((a, b) => a.from - b.from || a.until - b.until);
  return {
    busy: busy.slice(0, MOST_BUSY),
    unread: read.reduce((sum, one) => sum + one.unread, Math.max(0, busy.length - MOST_BUSY)),
  };
}

function readOne(
  calendar: CalendarPart,
  options: ReadCalendarOptions,
  patience: Patience,
): ReadCalendar {
  const clockOf = createClocks(calendar, options.zone, patience);
  const busy: BusyTime[] = [];
  let unread = 0;
  const moved = movedOf(calendar, clockOf);
  const isWithin = (one: BusyTime): boolean =>
    one.from < one.until && one.until > options.from && one.from < options.until;
  for (const part of calendar.parts) {
    if (part.name === 'VFREEBUSY') busy.push(...freeBusyOf(part, clockOf).filter(isWithin));
    if (part.name !== 'VEVENT' || isFree(part)) continue;
    const without = moved.get(uidOf(part)) ?? new Set();
    const found = timesOfEvent(part, { ...options, clockOf, patience, without });
    busy.push(...found.busy.filter(isWithin));
    if (!found.isWhole) unread++;
  }
  return { busy, unread };
}

const uidOf = (part: CalendarPart): string => propertyOf(part, 'UID')?.value ?? '';

function isFree(part: CalendarPart): boolean {
  return (
    textOf(part, 'TRANSP') === 'TRANSPARENT' ||
    textOf(part, 'STATUS') === 'CANCELLED' ||
    textOf(part, 'X-MICROSOFT-CDO-BUSYSTATUS') === 'FREE' ||
    OWN.test(uidOf(part))
  );
}

/** By entry, the instants of which another entry tells what became of them. */
function movedOf(
  { parts }: CalendarPart,
  clockOf: ClockOf,
): ReadonlyMap<string, ReadonlySet<number>> {
  const moved = new Map<string, Set<number>>();
  for (const part of parts) {
    const property = propertyOf(part, 'RECURRENCE-ID');
    const [time] = property ? timesOf(property, clockOf) : [];
    if (!time) continue;
    const own = moved.get(uidOf(part)) ?? new Set();
    moved.set(uidOf(part), own.add(time.clock(time.wall)));
  }
  return moved;
}

interface EventPlace extends ReadCalendarOptions {
  readonly clockOf: ClockOf;
  readonly patience: Patience;
  readonly without: ReadonlySet<number>;
}

function timesOfEvent(
  part: CalendarPart,
  place: EventPlace,
): { readonly busy: readonly BusyTime[]; readonly isWhole: boolean } {
  const { clockOf, without } = place;
  const property = propertyOf(part, 'DTSTART');
  const [start] = property ? timesOf(property, clockOf) : [];
  const length = start && lengthOf(part, start, clockOf);
  if (!start || length === undefined) return { busy: [], isWhole: false };
  const summary =
    textOf(part, 'CLASS') === '' || textOf(part, 'CLASS') === 'PUBLIC'
      ? propertyOf(part, 'SUMMARY')?.value
      : undefined;
  const title = summary === undefined ? '' : clean(plainText(summary), MOST_TITLE).trim();
  const moved = propertyOf(part, 'RECURRENCE-ID');
  const { walls, isWhole } = moved
    ? { walls: [start.wall], isWhole: !moved.parameters.has('RANGE') }
    : wallsOf(part, start, length, place);
  const [dropped, droppedDays] = droppedOf(part, clockOf);
  const busy = walls.flatMap((wall): readonly BusyTime[] => {
    const from = start.clock(wall);
    const day = Math.floor(wall / DAY_MS);
    if (!moved && (without.has(from) || dropped.has(from) || droppedDays.has(day))) return [];
    // A day ends at its midnight, also where it has 23 hours.
    const until = start.isDay ? start.clock(wall + length) : from + length;
    return [{ from, until, ...(title !== '' && { title }) }];
  });
  return { busy, isWhole };
}

/** Milliseconds, of days as many as clocks show; undefined where it is not told in a way that is read. */
function lengthOf(
  part: CalendarPart,
  { wall, isDay, clock }: CalendarTime,
  clockOf: ClockOf,
): number | undefined {
  const ends = propertyOf(part, 'DTEND');
  const lasts = propertyOf(part, 'DURATION');
  if (lasts) return readDuration(lasts.value);
  if (!ends) return isDay ? DAY_MS : 0;
  const [end] = timesOf(ends, clockOf);
  if (!end) return undefined;
  return isDay ? end.wall - wall : end.clock(end.wall) - clock(wall);
}

/** When it begins, on its own clock, as far as it may reach into what is asked. */
function wallsOf(
  part: CalendarPart,
  { wall, clock }: CalendarTime,
  length: number,
  { from, until, zone, clockOf, patience }: EventPlace,
): { readonly walls: readonly number[]; readonly isWhole: boolean } {
  const stretch = {
    from: dayNumber(from - Math.max(0, length), zone) - 2,
    until: dayNumber(until, zone) + 2,
  };
  const isNear = (one: number): boolean =>
    one >= stretch.from * DAY_MS && one <= (stretch.until + 1) * DAY_MS;
  const walls = new Set([wall].filter(isNear));
  let isWhole = true;
  const rest = wall - Math.floor(wall / DAY_MS) * DAY_MS;
  for (const { name, value } of part.properties) {
    if (name === 'EXRULE') isWhole = false;
    if (name !== 'RRULE') continue;
    const rule = readRule(value);
    const isBefore = rule && lastOf(rule, clock);
    const days = rule && isBefore && daysOfRule(rule, Math.floor(wall / DAY_MS), stretch, patience);
    if (!days) isWhole = false;
    for (const day of days ?? [])
      if (isBefore?.(day * DAY_MS + rest)) walls.add(day * DAY_MS + rest);
  }
  for (const property of part.properties) {
    if (property.name !== 'RDATE') continue;
    for (const time of timesOf(property, clockOf)) {
      if (!time) isWhole = false;
      // On the clock of the entry: it is given by the instant alone, where another zone stands there.
      else if (isNear(time.wall)) walls.add(time.wall + time.clock(time.wall) - clock(time.wall));
    }
  }
  return { walls: [...walls], isWhole };
}

/** Whether a wall time is not after the rule's end; undefined where that is not read. */
function lastOf(
  { until }: Rule,
  clock: CalendarTime['clock'],
): ((wall: number) => boolean) | undefined {
  if (until === undefined) return () => true;
  const time = readTime(until, clock);
  if (!time) return undefined;
  if (time.isDay) return (wall) => wall < time.wall + DAY_MS;
  const last = time.clock(time.wall);
  return (wall) => clock(wall) <= last;
}

/** What is taken out of a repetition: instants, and whole days. */
function droppedOf(
  { properties }: CalendarPart,
  clockOf: ClockOf,
): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const times = properties
    .filter(({ name }) => name === 'EXDATE')
    .flatMap((property) => timesOf(property, clockOf))
    .filter((time) => time !== undefined);
  return [
    new Set(times.flatMap((time) => (time.isDay ? [] : [time.clock(time.wall)]))),
    new Set(times.flatMap((time) => (time.isDay ? [time.wall / DAY_MS] : []))),
  ];
}

function freeBusyOf({ properties }: CalendarPart, clockOf: ClockOf): readonly BusyTime[] {
  return properties.flatMap(({ name, parameters, value }): readonly BusyTime[] => {
    if (name !== 'FREEBUSY' || parameters.get('FBTYPE')?.toUpperCase() === 'FREE') return [];
    return value.split(',').flatMap((period): readonly BusyTime[] => {
      const [first = '', last = ''] = period.split('/');
      const [start, end] = [first, last].map((one) => readTime(one.trim(), clockOf(undefined)));
      if (!start) return [];
      const from = start.clock(start.wall);
      const length = readDuration(last);
      if (end) return [{ from, until: end.clock(end.wall) }];
      return length === undefined ? [] : [{ from, until: from + length }];
    });
  });
}

/** What stands for a comma or an end of line in a calendar's text, as people read it. */
const plainText = (text: string): string =>
  text.replaceAll(/\\([\\;,nN])/g, (_, character: string) =>
    character.toLowerCase() === 'n' ? ' ' : character,
  );
