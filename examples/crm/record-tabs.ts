import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Fact } from '../../src/domain/fact.js';
import type { RecordId } from '../../src/domain/value.js';
import { describeActivity } from './activity-text.js';
import type { Scene } from './app.js';
import { nameOf, text } from './crm.js';
import { sumProducts } from './figures.js';
import { countOf, toClock, toDay, toIsoDay, toMoney, toNumber, toShortDay } from './format.js';
import { icon } from './icons.js';

export const PAGE = 25;

/** Newest first, grouped by day, as far as the visitor has asked for. */
export function timeline(app: Scene, account: RecordId): TemplateResult {
  const { crm, state } = app;
  const { only } = state;
  const all = crm.activitiesOf(account);
  const wanted = only === '' ? all : all.filter((fact) => fact.about.includes(only));
  const shown = wanted.slice(0, state.shown);
  return html`
    ${only !== '' ? html`<p class="only">Only <b><bdi>${nameOf(crm, only)}</bdi></b> <button type="button" class="link" @click=${() => app.update({ only: '' })}>Show everything</button></p>` : nothing}
    ${repeat(
      byDay(shown),
      ([first]) => toIsoDay(first?.occurredAt ?? 0),
      (facts) => html`<h3>${toDay(facts[0]?.occurredAt ?? 0, state.now)}</h3>
        <ul class="timeline">${repeat(
          facts,
          ({ id }) => id,
          (fact) => entry(app, fact),
        )}</ul>`,
    )}
    ${shown.length === 0 ? html`<p class="empty dim">Nothing has happened here yet. Log a call, or let the buyer write.</p>` : nothing}
    ${wanted.length > shown.length ? html`<p class="further"><button type="button" class="button" @click=${() => app.update({ shown: state.shown + 2 * PAGE })}>Show earlier, ${toNumber(wanted.length - shown.length)} more</button></p>` : nothing}`;
}

function entry({ crm, state }: Scene, fact: Fact): TemplateResult {
  const { icon: name, line, details } = describeActivity(fact, crm, state.asker);
  return html`<li class=${fact.id.startsWith('demo:visitor:') ? 'fresh' : ''}>${icon(name)}<div><p>${line}</p>${details.length > 0 ? html`<p class="dim">${details.map((detail, i) => html`${i > 0 ? ' · ' : nothing}<bdi>${detail}</bdi>`)}</p>` : nothing}</div>
    <time class="dim" datetime=${new Date(fact.occurredAt).toISOString()}>${toClock(fact.occurredAt)}</time></li>`;
}

function byDay(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const days: Fact[][] = [];
  let last = '';
  for (const fact of facts) {
    const day = toIsoDay(fact.occurredAt);
    if (day !== last) days.push([]);
    last = day;
    days.at(-1)?.push(fact);
  }
  return days;
}

export function products({ crm, state }: Scene, account: RecordId): TemplateResult {
  const bought = sumProducts(crm, account);
  if (bought.length === 0)
    return html`<p class="empty dim">They have bought nothing in two years.</p>`;
  return html`<table class="products"><thead><tr><th scope="col">Product</th><th scope="col" class="num">Pieces</th><th scope="col" class="wide">Orders</th><th scope="col" class="wide">Last bought</th><th scope="col" class="num">In two years</th></tr></thead>
    <tbody>${bought.map(
      ({ product, quantity, orders, lastAt, amountMinor }) => html`<tr>
        <td>${nameOf(crm, `demo:product:${product}`)}<p class="dim">${text(crm.record(`demo:product:${product}`)?.values.brand)}</p></td>
        <td class="num">${toNumber(quantity)}</td>
        <td class="wide">${countOf(orders, 'order', 'orders')}</td>
        <td class="wide">${toShortDay(lastAt, state.now)}</td>
        <td class="num">${toMoney(amountMinor)}</td></tr>`,
    )}</tbody></table>`;
}
