import { html, nothing } from 'lit';
import { dayNumber } from '../src/core/zone.js';
import { readCalendar } from '../src/day/calendar/read-calendar.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import type { DayDesk } from './day-desk.js';
import { button } from './panel-bits.js';

/** So far ahead a calendar is read, from the day on which it is given. */
const AHEAD_MS = 60 * 86_400_000;

/** The rep's own calendar, given as a file. */
export function calendarView(desk: DayDesk): unknown {
  const { choices, words, told } = desk.state;
  const { calendar, ...others } = choices;
  const give = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const [file] = field.files ?? [];
    if (file) void readFile(desk, file).finally(() => (field.value = ''));
  };
  const held =
    calendar &&
    words.count(SAY.calendarHeld, calendar.busy.length, {
      day: words.fullDay(dayNumber(calendar.until - 1, told.zone), true),
    });
  return html`<div class="calendar"><label>${SAY.calendar}<input class="field" type="file" name="calendar" accept=".ics,text/calendar" @change=${give}></label><p class="quiet">${SAY.calendarAbout}${
    held === undefined ? nothing : html` ${held}`
  }</p>${calendar ? button('quiet', SAY.calendarGone, () => desk.change(others)) : nothing}</div>`;
}

/** What of the calendars could not be read. */
export function unreadView({ state: { told, choices, words } }: DayDesk): unknown {
  if (told.unread === 'all') return html`<p class="note wrong">${SAY.calendarFailed}</p>`;
  const unread = (told.unread ?? 0) + (choices.calendar?.unread ?? 0);
  return unread === 0
    ? nothing
    : html`<p class="note">${words.count(SAY.calendarPart, unread)}</p>`;
}

async function readFile(desk: DayDesk, file: File): Promise<void> {
  const { now, zone } = desk.state.told;
  const until = now + AHEAD_MS;
  try {
    const read = readCalendar(await file.text(), { from: now, until, zone });
    desk.change({ ...desk.state.choices, calendar: { ...read, until } });
    desk.say(SAY.calendarRead);
  } catch {
    desk.say(SAY.calendarWrong);
  }
}
