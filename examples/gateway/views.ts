import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Scene } from '../crm/app.js';
import { deals, looks, people } from '../crm/bars.js';
import { minor, nameOf, text } from '../crm/crm.js';
import { sumAccount } from '../crm/figures.js';
import { toClock, toDate, toInitials, toMoment, toMoney, toNumber } from '../crm/format.js';
import { menu } from '../crm/menu.js';
import { timeline } from '../crm/record-tabs.js';
import { letReply, logCall } from '../crm/simulate.js';
import type { Seat } from './seat.js';
import { ACCOUNTS } from './team.js';
import type { Arrival, Travel, Travels } from './travels.js';

/** All that the page shows, and what its buttons do. */
export interface Stage {
  /** The hand on the world, which is nobody's of the two. */
  readonly world: Scene;
  readonly seats: readonly Seat[];
  readonly travels: Travels;
  choose(account: string): void;
  passDay(): Promise<void>;
}

export function drawPage(stage: Stage): TemplateResult {
  return html`${worldBar(stage)}
    <main class="seats">${stage.seats.map((seat, i) => seatView(stage, seat, i))}</main>
    ${travelStrip(stage)}
    <div class="hidden-text" role="status">${stage.world.state.told}</div>`;
}

const accountOf = ({ world: { state } }: Stage): string =>
  state.route.page === 'account' ? state.route.account : '';

function worldBar(stage: Stage): TemplateResult {
  const { world } = stage;
  const { crm, state } = world;
  const account = accountOf(stage);
  return html`<aside class="simulate" aria-label="Simulate">
    <b>Simulate</b>
    <select aria-label="Account" @change=${(event: Event) => stage.choose((event.target as HTMLSelectElement).value)}>
      ${ACCOUNTS.map((id) => html`<option value=${id} ?selected=${id === account}>${nameOf(crm, id)}</option>`)}
    </select>
    ${menu('reply', html`Buyer replies`, people(world, account, letReply), { label: 'A reply from' })}
    ${menu('move', html`Move a deal`, deals(world, account), { label: 'Move a deal to its next stage' })}
    <button type="button" class="button" @click=${() => stage.passDay()}>One day ahead</button>
    <time datetime=${new Date(state.now).toISOString()}>${toMoment(state.now)}</time>
    ${menu('look', html`Look`, looks(world), { label: 'Look of the page', kind: 'button plain' })}
  </aside>`;
}

function seatView(stage: Stage, seat: Seat, i: number): TemplateResult {
  const { scene } = seat;
  const { crm, state } = scene;
  const account = accountOf(stage);
  const name = nameOf(crm, state.asker);
  const record = crm.record(account);
  const mine = record?.values.owner === state.asker;
  const owner = nameOf(crm, text(record?.values.owner));
  return html`<section class="seat" data-seat=${i} aria-label=${name}>
    <header>
      <span class="face" aria-hidden="true">${toInitials(name)}</span>
      <div class="who"><h2>${name}</h2><p class="dim">${mine ? 'Owns this account' : `In ${owner.split(' ')[0]}’s team`}</p></div>
      <p class=${`line ${state.online ? 'on' : 'off'}`}>${state.online ? 'Online' : 'Offline'}</p>
      ${menu(`call-${i}`, html`Log a call`, people(scene, account, logCall), { label: `${name} called` })}
      <button type="button" class="button" aria-pressed=${state.online ? 'false' : 'true'} @click=${() => seat.plug(!state.online)}>${state.online ? 'Go offline' : 'Come back online'}</button>
    </header>
    <div class="screen">
      <div class="record">
        ${recordHead(scene, account)}
        <section class="box tabbed" aria-label="Activity">${timeline(scene, account)}</section>
      </div>
      <aside class="panel-column" aria-label=${`Guidance for ${name}`}>
        <opportune-panel .source=${seat.source} .record=${account} .asker=${state.asker}></opportune-panel>
      </aside>
    </div>
  </section>`;
}

function recordHead({ crm, state }: Scene, account: string): TemplateResult {
  const values = crm.record(account)?.values ?? {};
  const { openDeals, openMinor, openCases } = sumAccount(crm, account, state.now);
  const name = text(values.name);
  const one = (label: string, value: string): TemplateResult =>
    html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const ends = text(values.planEnds);
  return html`<div class="title"><span class="tile small" aria-hidden="true">${toInitials(name)}</span><h3><bdi>${name}</bdi></h3></div>
    <dl class="figures">
      ${one('Open deals', openDeals.length > 0 ? `${toMoney(openMinor)} in ${openDeals.length}` : 'None')}
      ${one('Open cases', toNumber(openCases))}
      ${ends ? one('Plan ends', toDate(ends)) : nothing}
    </dl>
    ${openDeals.map(({ id, values: deal }) => html`<p class="deal" id=${id}><span>${text(deal.name)}</span><span class="dim">${text(deal.stage)}, ${toMoney(minor(deal.amount))}</span></p>`)}`;
}

function travelStrip({ world: { crm }, seats, travels }: Stage): TemplateResult {
  const first = (seat: Seat): string => nameOf(crm, seat.scene.state.asker).split(' ')[0] ?? '';
  return html`<section class="travels" aria-label="What travels" tabindex="0">
    <table>
      <thead><tr><th scope="col">What happened</th>${seats.map((seat) => html`<th scope="col">On ${first(seat)}’s screen</th>`)}</tr></thead>
      <tbody>${
        travels.list.length > 0
          ? repeat(
              travels.list,
              ({ id }) => id,
              (travel) => row(travel, seats),
            )
          : html`<tr><td colspan="3" class="dim">Answer a card on one side, or let the buyer reply: how long it takes to reach each screen stands here.</td></tr>`
      }</tbody>
    </table>
  </section>`;
}

function row({ what, at, arrivals }: Travel, seats: readonly Seat[]): TemplateResult {
  return html`<tr><td><time class="dim" datetime=${new Date(at).toISOString()}>${toClock(at)}</time> ${what}</td>${seats.map((_, i) => html`<td>${arrived(arrivals[i])}</td>`)}</tr>`;
}

function arrived(arrival: Arrival | undefined): TemplateResult | typeof nothing {
  if (!arrival) return nothing;
  const { event, view, missed } = arrival;
  if (missed) return html`<span class="dim">Offline</span>`;
  if (event === undefined) return html`<span class="dim">…</span>`;
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return view === undefined
    ? html`<span class="dim">Event after ${ms(event)}</span>`
    : html`New view after <b>${ms(view)}</b> <span class="dim">event after ${ms(event)}</span>`;
}
