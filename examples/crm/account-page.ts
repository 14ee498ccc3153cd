import { html, nothing, type TemplateResult } from 'lit';
import type { JsonObject } from '../../src/domain/value.js';
import { type App, toHash } from './app.js';
import { type CrmRecord, minor, nameOf, text } from './crm.js';
import { capital } from './data/service.js';
import { type AccountFigures, sumAccount } from './figures.js';
import {
  countOf,
  toChange,
  toDate,
  toInitials,
  toMoney,
  toMonth,
  toNumber,
  toShortDate,
} from './format.js';
import { icon } from './icons.js';
import { products, timeline } from './record-tabs.js';

export function accountPage(app: App, account: CrmRecord): TemplateResult {
  const { crm, state } = app;
  const figures = sumAccount(crm, account.id, state.now);
  const name = text(account.values.name);
  return html`<main class="record">
    <div class="title">
      <span class="tile" aria-hidden="true">${toInitials(name)}</span>
      <div><p class="dim"><a href="#/accounts">Accounts</a></p><h1><bdi>${name}</bdi></h1></div>
    </div>
    ${header(app, account, figures)}
    <div class="columns">
      <div class="side">
        ${details(app, account.values)}
        ${contacts(app, account)}
        ${cases(app, account)}
      </div>
      <div class="centre">
        ${deals(app, figures)}
        <section class="box tabbed">
          <div class="tabs" role="tablist" aria-label="Record" @keydown=${turnTab}>
            ${(['activity', 'products'] as const).map((tab) => {
              const chosen = state.tab === tab;
              return html`<button type="button" role="tab" id=${`tab-${tab}`} aria-controls="tab" aria-selected=${chosen ? 'true' : 'false'} tabindex=${chosen ? 0 : -1}
                @click=${() => app.update({ tab })}>${tab === 'activity' ? 'Activity' : 'Products'}</button>`;
            })}
          </div>
          <div id="tab" role="tabpanel" aria-labelledby=${`tab-${state.tab}`}>${state.tab === 'activity' ? timeline(app, account.id) : products(app, account.id)}</div>
        </section>
      </div>
      <aside class="panel-column" aria-label="Guidance">
        <opportune-panel .source=${app.guidance.source} .record=${account.id} .asker=${state.asker}></opportune-panel>
      </aside>
    </div>
  </main>`;
}

function header(app: App, { values }: CrmRecord, figures: AccountFigures): TemplateResult {
  const change = values.orderChange90;
  const ends = text(values.planEnds);
  const owner = nameOf(app.crm, text(values.owner));
  const asOwner =
    values.owner === app.state.asker
      ? nothing
      : html` <button type="button" class="link" @click=${() => app.update({ asker: text(values.owner) })}>Look as ${owner.split(' ')[0]}</button>`;
  const one = (label: string, value: string | TemplateResult): TemplateResult =>
    html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="figures">
    ${one('Bought, 12 months', figures.boughtMinor > 0 ? toMoney(figures.boughtMinor) : 'Nothing')}
    ${typeof change === 'number' ? one('Orders, 90 days', toChange(change)) : nothing}
    ${one('Open deals', figures.openDeals.length > 0 ? `${toMoney(figures.openMinor)} in ${figures.openDeals.length}` : 'None')}
    ${ends ? one(Date.parse(ends) < app.state.now ? 'Plan ended' : 'Plan ends', toDate(ends)) : nothing}
    ${one('Open cases', toNumber(figures.openCases))}
    ${one('Owner', html`${owner}${asOwner}`)}
  </dl>`;
}

/** How the families of products are called in a list. */
const FAMILIES: { readonly [family: string]: string } = {
  labeller: 'labellers',
  printer: 'printers',
  consumable: 'labels',
  service: 'service plan',
};

function details({ crm }: App, values: JsonObject): TemplateResult {
  const parent = text(values.ultimateParent);
  const lines = Number(values.labellingLines ?? 0);
  const row = (label: string, value: TemplateResult | string | typeof nothing): TemplateResult =>
    html`<dt>${label}</dt><dd>${value}</dd>`;
  const list = (value: unknown): string =>
    Array.isArray(value) ? capital(value.map((one) => FAMILIES[one] ?? one).join(', ')) : '';
  return html`<section class="box"><h2>Details</h2><dl class="fields">
    ${row('Industry', text(values.industry))}
    ${row('Segment', text(values.segment))}
    ${row('Employees', toNumber(Number(values.employees ?? 0)))}
    ${row('City', text(values.city))}
    ${values.customerSince ? row('Customer since', toMonth(text(values.customerSince))) : row('Status', text(values.status))}
    ${row('Lines', countOf(lines, 'labelling line', 'labelling lines'))}
    ${values.families ? row('Owns', list(values.families)) : nothing}
    ${row('Prefers', list(values.preferredBrands))}
    ${row('Payment', `${text(values.paymentDays)} days`)}
    ${values.channel === 'Partner' ? row('Sold through', 'Partner') : nothing}
    ${parent ? row('Group', html`<a href=${toHash(parent)}><bdi>${nameOf(crm, parent)}</bdi></a>`) : nothing}
  </dl></section>`;
}

function contacts(app: App, account: CrmRecord): TemplateResult {
  const { crm, state } = app;
  const people = crm.contactsOf(account.id).filter((one) => one.values.left !== true);
  return html`<section class="box"><h2>Contacts</h2>
    ${people.length === 0 ? html`<p class="dim">Nobody yet.</p>` : nothing}
    <ul class="people">${people.map(({ id, values }) => {
      const name = text(values.name);
      const roles = (values.role as readonly string[] | undefined) ?? [];
      const extra = [
        roles.includes('economicBuyer') && 'signs',
        roles.includes('champion') && 'speaks for us',
      ].filter(Boolean);
      const chosen = state.only === id;
      return html`<li><span class="face" aria-hidden="true">${toInitials(name)}</span><div>
        <p><button type="button" class="link" aria-pressed=${chosen ? 'true' : 'false'} title="Show only what concerns them" @click=${() => focusOn(app, id)}><bdi>${name}</bdi></button></p>
        <p class="dim">${[text(values.title), ...extra].filter(Boolean).join(', ')}</p></div></li>`;
    })}</ul></section>`;
}

/** Shows the activity of one person or deal, or of all again. */
function focusOn(app: App, record: string): void {
  app.update({ only: app.state.only === record ? '' : record, tab: 'activity' });
}

function cases({ crm, state }: App, account: CrmRecord): TemplateResult {
  const all = crm.casesOf(account.id);
  const open = all.filter((one) => one.closedAt === undefined).reverse();
  const service = text(account.values.service);
  return html`<section class="box"><h2>Cases</h2>
    ${open.map(({ number, subject, openedAt }) => {
      const days = Math.max(0, Math.round((state.now - openedAt) / 86_400_000));
      return html`<p>${number}, ${subject}</p><p class="dim">Open for ${countOf(days, 'day', 'days')}${service ? `, ${nameOf(crm, service)}` : ''}</p>`;
    })}
    ${open.length === 0 ? html`<p class="dim">None open${all.length > 0 ? `, ${toNumber(all.length)} closed in two years` : ''}.</p>` : nothing}
  </section>`;
}

function deals(app: App, { openDeals }: AccountFigures): TemplateResult {
  const { state } = app;
  if (openDeals.length === 0)
    return html`<section class="box"><h2>Open deals</h2><p class="dim">None.</p></section>`;
  return html`<section class="box"><h2>Open deals</h2>
    <table class="deals"><thead><tr><th scope="col">Deal</th><th scope="col">Stage</th><th scope="col">Closes</th><th scope="col" class="num">Amount</th></tr></thead>
    <tbody>${openDeals.map(({ id, values }) => {
      const closes = text(values.closeDate);
      const late = closes !== '' && Date.parse(closes) < state.now - 86_400_000;
      return html`<tr>
        <td><button type="button" class="link" aria-pressed=${state.only === id ? 'true' : 'false'} title="Show only what concerns it" @click=${() => focusOn(app, id)}>${text(values.name)}</button></td>
        <td>${text(values.stage)}</td>
        <td>${closes ? toShortDate(closes, state.now) : ''}${late ? html` <span class="late">${icon('alert')}<span class="hidden-text">The date has passed</span></span>` : nothing}</td>
        <td class="num">${toMoney(minor(values.amount))}</td></tr>`;
    })}</tbody></table></section>`;
}

function turnTab(event: KeyboardEvent): void {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
  const tabs = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]'),
  ];
  const step = event.key === 'ArrowRight' ? 1 : -1;
  const next = tabs.at((tabs.indexOf(document.activeElement as HTMLElement) + step) % tabs.length);
  next?.focus();
  next?.click();
}
