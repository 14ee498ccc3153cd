import { html, nothing } from 'lit';
import { instantOf, wallTime } from '../src/core/wall-time.js';
import type { DayChoices } from '../src/day/day-choices.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import type { Span } from '../src/day/told-day.js';
import { calendarView } from './day-calendar.js';
import type { DayDesk } from './day-desk.js';
import { button } from './panel-bits.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Hours, load, floors, and when the rep is not free. */
export function limitsView(desk: DayDesk): unknown {
  const { told, choices, words } = desk.state;
  const [hours] = choices.hours ?? told.hours;
  const last = (choices.hours ?? told.hours).at(-1);
  const { minutes, items } = choices.load ?? told.load;
  const [day = 0] = told.days;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const chosen = readChoices(form, desk, day);
    if (typeof chosen === 'string') desk.say(chosen);
    else desk.change(chosen);
  };
  const { calendar } = choices;
  const usual = (): void => desk.change({ hands: choices.hands, ...(calendar && { calendar }) });
  return html`<details class="limits"><summary>${SAY.limits}</summary><p class="quiet">${SAY.limitsAbout}</p>${calendarView(desk)}<form @submit=${send}>
    <div class="pair"><label>${SAY.from}<input class="field" type="time" name="from" required .value=${clockOf(hours?.from ?? 0)}></label>
    <label>${SAY.to}<input class="field" type="time" name="until" required .value=${clockOf(last?.until ?? 0)}></label></div>
    <div class="pair"><label>${SAY.mostItems}<input class="field" type="number" name="items" min="1" max="100" required .value=${String(items)}></label>
    <label>${SAY.mostMinutes}<input class="field" type="number" name="minutes" min="5" max="1440" step="5" required .value=${String(minutes)}></label></div>
    <div class="pair"><label>${words.fill(SAY.busyFrom, { day: words.fullDay(day, true) })}<input class="field" type="time" name="busyFrom"></label>
    <label>${SAY.busyTo}<input class="field" type="time" name="busyUntil"></label></div>
    ${told.goals.map(({ id, label, unit }) => floorField(desk, id, label, unit))}
    <p class="acts"><button class="button">${SAY.set}</button>${
      Object.keys(choices).some((key) => key !== 'hands' && key !== 'calendar')
        ? button('quiet', SAY.usual, usual)
        : nothing
    }</p></form></details>`;
}

function floorField(
  { state: { choices, told } }: DayDesk,
  id: string,
  label: string,
  unit: string | undefined,
): unknown {
  const least = choices.floors?.[id];
  const shown = least === undefined ? '' : String(least / unitOf(unit, told.currency));
  const name = SAY.floorLabel.replace('{goal}', label);
  return html`<label>${name}<input class="field" type="number" .name=${`floor/${id}`} min="0" step="any" .value=${shown}></label>`;
}

/** What a person writes as one of them: money in units of the currency, rates in hundredths. */
function unitOf(unit: string | undefined, currency: string): number {
  if (unit === 'rate') return 0.01;
  if (unit !== 'money') return 1;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

/** What stands in the form, or what is wrong with it. */
function readChoices(
  form: HTMLFormElement,
  { state: { told, choices } }: DayDesk,
  day: number,
): DayChoices | string {
  const given = new FormData(form);
  const text = (name: string): string => String(given.get(name) ?? '');
  const hours = { from: timeOf(text('from')), until: timeOf(text('until')) };
  const isBusy = text('busyFrom') !== '' && text('busyUntil') !== '';
  const at = (name: string): number => instantOf(day * DAY_MS + timeOf(text(name)), told.zone);
  const busy: Span = isBusy ? { from: at('busyFrom'), until: at('busyUntil') } : NO_TIME;
  if (hours.from >= hours.until || busy.from > busy.until) return SAY.badTimes;
  const floors = told.goals.flatMap(({ id, unit }) => {
    const least = Number(text(`floor/${id}`)) * unitOf(unit, told.currency);
    return least > 0 ? [[id, least] as const] : [];
  });
  form.querySelectorAll<HTMLInputElement>('[name^=busy]').forEach((field) => {
    field.value = '';
  });
  return {
    ...choices,
    hours: betweenOf(hours, choices.hours ?? told.hours),
    load: { items: Number(text('items')), minutes: Number(text('minutes')) },
    floors: Object.fromEntries(floors),
    busy: [...(choices.busy ?? []), ...(isBusy ? [busy] : [])],
  };
}

const NO_TIME: Span = { from: 0, until: 0 };

/** Breaks in between stay. */
function betweenOf({ from, until }: Span, spans: readonly Span[]): readonly Span[] {
  const cut = spans
    .map((span, i) => ({
      from: i === 0 ? from : Math.max(from, span.from),
      until: i === spans.length - 1 ? until : Math.min(until, span.until),
    }))
    .filter((span) => span.from < span.until);
  return cut.length > 0 ? cut : [{ from, until }];
}

function timeOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return (hour * 60 + minute) * MINUTE_MS;
}

/** `09:00` of milliseconds after midnight; UTC has no zone's jumps. */
const clockOf = (ms: number): string =>
  new Date(wallTime(Math.min(ms, DAY_MS - MINUTE_MS), 'UTC')).toISOString().slice(11, 16);
