import { dateOfDay, dayOfDate, startOfDay } from '../../../src/core/zone.js';

/** The company zone, as the playbook has it. */
export const ZONE = 'America/Los_Angeles';
/** Where the story stands when a visitor arrives: Thursday 19 November 2026, 10:24 in the company zone. */
export const NOW: number = Date.UTC(2026, 10, 19, 18, 24);
/** Days are counted from the day of {@link NOW}; the past has negative numbers. */
const TODAY = dayOfDate('2026-11-19');

const midnights = new Map<number, number>();

/** Epoch milliseconds of a time of day, company zone, so many days from today. */
export function at(day: number, hour = 0, minute = 0): number {
  let midnight = midnights.get(day);
  if (midnight === undefined) {
    midnight = startOfDay(TODAY + day, ZONE);
    midnights.set(day, midnight);
  }
  return midnight + (hour * 60 + minute) * 60_000;
}

/** `YYYY-MM-DD`, so many days from today. */
export function dateOn(day: number): string {
  return dateOfDay(TODAY + day);
}

/** 0 is January. */
export function monthOn(day: number): number {
  return Number(dateOn(day).slice(5, 7)) - 1;
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
