import { dateOfDay, dayOfDate, startOfDay } from '../../../src/core/zone.js';

/** The company zone, as the playbook has it. */
export const ZONE = 'America/Los_Angeles';
/** Where the story stands when a visitor arrives: Thursday 19 November 2026, 10:24 in the company zone. */
export const NOW: number = Date.UTC(2026, 10, 19, 18, 24);
/** Days are counted from the day of {@link NOW}; the past has negative numbers. */
const TODAY = dayOfDate('2026-11-19');

const DAY_MS = 86_400_000;
/** So many days are asked for at once: the zone answers slowly, and changes its clock twice a year. */
const STRETCH = 16;

const midnights = new Map<number, number>();

function midnightOf(day: number): number {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  const first = Math.floor(day / STRETCH) * STRETCH;
  const from = startOfDay(TODAY + first, ZONE);
  const regular = startOfDay(TODAY + first + STRETCH, ZONE) - from === STRETCH * DAY_MS;
  for (let n = 0; n < STRETCH; n++) {
    const midnight = regular ? from + n * DAY_MS : startOfDay(TODAY + first + n, ZONE);
    midnights.set(first + n, midnight);
  }
  return midnights.get(day) as number;
}

/** Epoch milliseconds of a time of day, company zone, so many days from today. */
export function at(day: number, hour = 0, minute = 0): number {
  return midnightOf(day) + (hour * 60 + minute) * 60_000;
}

/** `YYYY-MM-DD`, so many days from today. */
export function dateOn(day: number): string {
  return dateOfDay(TODAY + day);
}

/** 0 is January. */
export function monthOn(day: number): number {
  return new Date((TODAY + day) * DAY_MS).getUTCMonth();
}

/** 1 is Monday, 7 is Sunday; today is a Thursday. */
export function weekdayOn(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** That day, or the Monday after when it is on a weekend. */
export function workdayFrom(day: number): number {
  return day + (weekdayOn(day) > 5 ? 8 - weekdayOn(day) : 0);
}

/** The day of a `YYYY-MM-DD`, counted like the others. */
export function dayOf(date: string): number {
  return dayOfDate(date) - TODAY;
}
