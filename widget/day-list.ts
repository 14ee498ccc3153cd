import { html, nothing } from 'lit';
import type { BusyTime } from '../src/day/calendar/read-calendar.js';
import type { PlannedItem } from '../src/day/day-plan.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import type { ToldCard } from '../src/day/told-day.js';
import { type Changes, unfolded } from './day-changes.js';
import type { DayDesk } from './day-desk.js';
import { busyOn } from './day-strip.js';
import { button } from './panel-bits.js';

const MINUTE_MS = 60_000;

/** A day's actions and what the calendar holds between them, in order of time. */
export function dayList(desk: DayDesk, day: number, items: readonly PlannedItem[]): unknown {
  const { words, told } = desk.state;
  const busy = busyOn(desk, day).filter(({ until }) => until > told.now);
  const rows = [
    ...items.map((item) => ({ at: item.from, row: itemView(desk, item) })),
    ...busy.map((one) => ({ at: one.from, row: busyView(desk, one) })),
  ].sort((a, b) => a.at - b.at);
  return html`<ol class="plan" .ariaLabel=${words.fill(SAY.list, { day: words.fullDay(day) })}>${rows.map(({ row }) => row)}</ol>`;
}

function busyView(desk: DayDesk, { from, until, title }: BusyTime): unknown {
  const { words } = desk.state;
  return html`<li class="held"><time>${words.time(from)}</time><p>${title ?? SAY.busy}, ${words.fill(SAY.until, { time: words.time(until) })}</p></li>`;
}

function itemView(desk: DayDesk, item: PlannedItem): unknown {
  const { words } = desk.state;
  const card = desk.cards.get(item.candidate);
  if (!card) return nothing;
  const isOpen = unfolded(desk.state) === item.candidate;
  const time = words.time(item.from);
  const minutes = words.fill(SAY.minutes, {
    count: words.number(Math.round((item.until - item.from) / MINUTE_MS)),
  });
  const press = (): void => desk.unfold(item.candidate);
  const keys = (event: KeyboardEvent): void => moveByKey(event, desk, item);
  const name = words.fill(SAY.costHead, { title: card.title, name: card.name, time, minutes });
  return html`<li .className=${isOpen ? 'item open' : 'item'} @keydown=${keys}><time>${time}</time><div><h3><button type="button" class="what" .ariaExpanded=${String(isOpen)} .ariaLabel=${name} @click=${press}>${card.title}${
    card.title.includes(card.name) ? nothing : html` <span class="who">${card.name}</span>`
  }</button></h3><p class="why">${card.why}</p>${
    mustText(item) === undefined ? nothing : html`<p class="must">${mustText(item)}</p>`
  }${isOpen ? openView(desk, item, card) : nothing}</div><span class="min" aria-hidden="true">${minutes}</span></li>`;
}

function mustText({ why }: PlannedItem): string | undefined {
  return why === 'best' ? undefined : SAY[why];
}

function openView(desk: DayDesk, item: PlannedItem, card: ToldCard): unknown {
  const { words, choices, weighed } = desk.state;
  const changes = desk.changes() ?? {};
  const time = words.time(item.from);
  const act = (name: keyof Changes, what: string): unknown => {
    const hands = changes[name];
    if (!hands) return nothing;
    return button('quiet', costText(desk, what, weighed?.[name]), () => desk.setHands(hands));
  };
  const unpin = (): void =>
    desk.setHands(
      choices.hands.filter((hand) => !(hand.kind === 'pin' && hand.candidate === item.candidate)),
    );
  return html`<p class="worth">${words.fill(SAY.worth, { amount: words.amount(item.value) })}</p><div class="acts">${openButton(
    desk,
    card,
    'primary',
  )}${act('earlier', SAY.earlier)}${act('later', SAY.later)}${act('pin', words.fill(SAY.pin, { time }))}${
    item.why === 'pinned' ? button('quiet', SAY.unpin, unpin) : nothing
  }${act('leaveOut', SAY.leaveOut)}</div>`;
}

/** Leads to the record, where that is known. */
export function openButton({ source }: DayDesk, card: ToldCard, look: string): unknown {
  if (card.link !== undefined)
    return html`<a .className=${`button ${look}`} target="_blank" rel="noopener" .href=${card.link}>${SAY.open}</a>`;
  return source.openRecord ? button(look, SAY.open, () => source.openRecord?.(card)) : nothing;
}

/** What it would cost stands on the button before it is pressed, as soon as it is known. */
export function costText(
  { state: { words } }: DayDesk,
  what: string,
  cost: number | 'clashes' | undefined,
): string {
  if (cost === undefined) return what;
  return cost === 'clashes' ? words.fill(SAY.clashes, { what }) : words.costs(what, cost);
}

/** Alt with an arrow moves an action, as the buttons do. */
function moveByKey(event: KeyboardEvent, desk: DayDesk, { candidate }: PlannedItem): void {
  const change = { ArrowUp: 'earlier', ArrowDown: 'later' }[event.key] as
    | 'earlier'
    | 'later'
    | undefined;
  if (!change || !event.altKey) return;
  event.preventDefault();
  if (unfolded(desk.state) !== candidate) desk.unfold(candidate);
  const hands = desk.changes()?.[change];
  if (hands) desk.setHands(hands);
}
