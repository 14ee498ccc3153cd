import { html, nothing } from 'lit';
import { dateOfDay, dayNumber } from '../src/core/zone.js';
import { type DayStretch, daysOf } from '../src/day/day-choices.js';
import type { DayPlan, PlannedItem } from '../src/day/day-plan.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import { namesOf, newsText, titleOf } from '../src/day/day-words.js';
import { limitText, wishText } from '../src/day/limit-words.js';
import { toCalendar } from '../src/day/to-calendar.js';
import { handsView, holdsView, leftView } from './day-aside.js';
import { unreadView } from './day-calendar.js';
import type { DayDesk } from './day-desk.js';
import { limitsView } from './day-limits.js';
import { dayList } from './day-list.js';
import { stripView } from './day-strip.js';
import { download } from './download.js';
import { button } from './panel-bits.js';

export interface DayPlace {
  /** All that is left out is shown. */
  readonly isAll: boolean;
  showAll(all: boolean): void;
}

export function dayView(desk: DayDesk, place: DayPlace): unknown {
  const { plan, told } = desk.state;
  const isEmpty = told.cards.length === 0;
  return html`${headView(desk)}<main>${
    isEmpty ? emptyView(desk) : plan ? planView(desk, plan, place) : waitView()
  }</main>`;
}

function headView(desk: DayDesk): unknown {
  const { told, stretch } = desk.state;
  const tab = (one: DayStretch, label: string): unknown =>
    html`<li><button type="button" .className=${one === stretch ? 'tab on' : 'tab'} .ariaCurrent=${one === stretch ? 'date' : null} @click=${() => desk.show(one)}>${label}</button></li>`;
  return html`<header><nav .ariaLabel=${SAY.stretches}><ul>${tab('first', dayLabel(desk, 0))}${
    told.days.length > 1 ? tab('second', dayLabel(desk, 1)) : nothing
  }${tab('week', SAY.week)}</ul></nav><p class="quiet"><span>${SAY.onlyYou}</span> <span>${told.name ?? ''}</span></p></header>`;
}

function dayLabel({ state: { told, words } }: DayDesk, place: 0 | 1): string {
  const today = dayNumber(told.now, told.zone);
  const day = told.days[place] ?? today;
  if (day === today) return SAY.today;
  return day === today + 1 ? SAY.tomorrow : (words.fullDay(day).split(' ')[0] ?? '');
}

const waitView = (): unknown => html`<p class="quiet wait" role="status">${SAY.planning}</p>`;

function emptyView(desk: DayDesk): unknown {
  const { words, told } = desk.state;
  return html`${troubleView(desk)}<h1>${SAY.empty}</h1><p class="quiet">${words.count(SAY.emptyHow, told.accounts)}</p><p class="acts">${button('', SAY.again, () => desk.again())}</p>`;
}

function planView(desk: DayDesk, plan: DayPlan, { isAll, showAll }: DayPlace): unknown {
  const { told, stretch } = desk.state;
  const days = daysOf(told, stretch);
  const itemsOn = (day: number): readonly PlannedItem[] =>
    plan.items.filter((item) => item.day === day);
  return html`${troubleView(desk)}${unreadView(desk)}<div class="head"><div>${titleView(desk, plan, days)}</div>${toolsView(desk, plan)}</div>
  ${stretch === 'week' ? nothing : days.map((day) => stripView(desk, day, itemsOn(day)))}${newsView(desk)}
  <div class="cols"><div>${clashView(desk, plan)}<p class="quiet order">${SAY.order} ${SAY.hidesNothing}</p>${days.map(
    (day) =>
      stretch === 'week'
        ? html`<section class="day"><h2>${desk.state.words.fullDay(day)}</h2>${stripView(desk, day, itemsOn(day))}${dayList(desk, day, itemsOn(day))}</section>`
        : html`<h2 class="spoken">${desk.state.words.fill(SAY.list, { day: desk.state.words.fullDay(day) })}</h2>${dayList(desk, day, itemsOn(day))}`,
  )}</div><aside><section>${leftView(desk, isAll, showAll)}</section><section>${handsView(desk)}</section><section>${holdsView(desk)}${limitsView(desk)}</section></aside></div>`;
}

function titleView(desk: DayDesk, plan: DayPlan, days: readonly number[]): unknown {
  const { words, stretch, solving } = desk.state;
  const day = words.fullDay(days.at(-1) ?? 0);
  const actions = words.count(SAY.actions, plan.items.length);
  const last = Math.max(...plan.items.map(({ until }) => until));
  const title =
    plan.items.length === 0
      ? words.fill(SAY.nothing, { day })
      : stretch === 'week'
        ? words.fill(SAY.titleWeek, { actions, day })
        : words.fill(SAY.titleDay, { day, actions, time: words.time(last) });
  const sum = (of: (one: DayPlan['days'][number]) => number): string =>
    words.hours(plan.days.reduce((total, one) => total + of(one), 0));
  const about = words.isBest(plan)
    ? SAY.best
    : plan.how === 'solved'
      ? SAY.within
      : solving
        ? SAY.quick
        : SAY.unsolved;
  return html`<h1>${title}</h1><p class="quiet">${words.fill(about, {
    planned: sum((one) => one.plannedMinutes),
    free: sum((one) => one.freeMinutes),
    gap: words.gap(plan),
  })}</p>`;
}

function toolsView(desk: DayDesk, plan: DayPlan): unknown {
  const { past } = desk.state;
  return html`<div class="tools">${
    past.length > 0 ? button('quiet', SAY.undo, () => desk.undo()) : nothing
  }${button('quiet', SAY.again, () => desk.again())}${button('', SAY.toCalendar, () => save(desk, plan), { disabled: plan.items.length === 0 })}</div>`;
}

function save(desk: DayDesk, { items }: DayPlan): void {
  const { told, words } = desk.state;
  const name = `${dateOfDay(items[0]?.day ?? 0)}.ics`;
  const entries = items.flatMap(({ candidate, from, until }) => {
    const card = desk.cards.get(candidate);
    return card ? [{ id: candidate, from, until, title: titleOf(card), text: card.why }] : [];
  });
  download(name, toCalendar(entries, told.now), 'text/calendar');
  desk.say(words.fill(SAY.saved, { name }));
}

function troubleView({ state: { failed } }: DayDesk): unknown {
  return failed === undefined ? nothing : html`<p class="note wrong" role="alert">${failed}</p>`;
}

function newsView(desk: DayDesk): unknown {
  const { news, words, stretch } = desk.state;
  const told = news ? newsText(news.change, news.at, desk.cards, words) : '';
  return html`<p class="quiet legend">${stretch === 'week' ? nothing : SAY.legend} <b>${told}</b></p>`;
}

function clashView(desk: DayDesk, { clash }: DayPlan): unknown {
  const { problem, words } = desk.state;
  if (!clash) return nothing;
  const names = namesOf(desk.cards, problem, desk.state);
  const gone = clash.givenUp.map((id) => titleOf(desk.cards.get(id))).join('; ');
  return html`<div class="note wrong" role="group" .ariaLabel=${SAY.clash}><h2>${SAY.clash}</h2><p>${SAY.clashAbout}</p><ul>${clash.wishes.map((wish) => html`<li>${wishText(wish, names)}</li>`)}${clash.limits.map((limit) => html`<li>${limitText(limit, names)}</li>`)}</ul><p>${
    gone === '' ? SAY.clashFloors : words.fill(SAY.clashGone, { titles: gone })
  }</p></div>`;
}
