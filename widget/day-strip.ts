import { html, nothing } from 'lit';
import { instantOf } from '../src/core/wall-time.js';
import type { BusyTime } from '../src/day/calendar/read-calendar.js';
import { busyIn } from '../src/day/day-choices.js';
import type { PlannedItem } from '../src/day/day-plan.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import type { Span } from '../src/day/told-day.js';
import type { DayDesk } from './day-desk.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A day at a glance. What it shows stands in the list below it. */
export function stripView(desk: DayDesk, day: number, items: readonly PlannedItem[]): unknown {
  const { told, choices, words } = desk.state;
  const hours = choices.hours ?? told.hours;
  const at = (wall: number): number => instantOf(day * DAY_MS + wall, told.zone);
  const from = at(Math.min(...hours.map((one) => one.from)));
  const until = at(Math.max(...hours.map((one) => one.until)));
  const share = (moment: number): number =>
    Math.min(1, Math.max(0, (moment - from) / (until - from)));
  const block = (look: string, one: Span): unknown =>
    html`<i .className=${look} .style=${`--from:${share(one.from)};--to:${share(one.until)}`}></i>`;
  const busy = busyOn(desk, day);
  const label = words.fill(SAY.stripLabel, {
    day: words.fullDay(day),
    from: words.time(from),
    until: words.time(until),
    actions: words.count(SAY.actions, items.length),
    busy: busy.length === 0 ? SAY.noBusy : words.count(SAY.busyCount, busy.length),
  });
  const isToday = told.now > from && told.now < until;
  return html`<div class="strip" role="img" .ariaLabel=${label}>${
    told.now > from ? block('past', { from, until: told.now }) : nothing
  }${busy.map((one) => block('busy', one))}${items.map((item) => block(item.why === 'pinned' ? 'block pinned' : 'block', item))}${
    isToday ? block('now', { from: told.now, until: told.now }) : nothing
  }</div><div class="ticks" aria-hidden="true">${ticks(from, until).map(
    (moment, i) =>
      html`<span .className=${i % 3 === 0 ? 'tick' : 'tick fine'} .style=${`--from:${share(moment)}`}>${words.time(moment)}</span>`,
  )}</div>`;
}

function ticks(from: number, until: number): readonly number[] {
  const first = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const count = Math.max(0, Math.floor((until - first) / HOUR_MS) + 1);
  return Array.from({ length: count }, (_, i) => first + i * HOUR_MS);
}

/** What the calendar and the rep hold of a day. */
export function busyOn({ state: { told, choices } }: DayDesk, day: number): readonly BusyTime[] {
  const [from, until] = [0, DAY_MS].map((wall) => instantOf(day * DAY_MS + wall, told.zone));
  return busyIn(told, choices)
    .filter((one) => one.until > (from ?? 0) && one.from < (until ?? 0))
    .sort((a, b) => a.from - b.from);
}
