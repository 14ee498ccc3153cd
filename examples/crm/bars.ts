import { html, type TemplateResult } from 'lit';
import type { RecordId } from '../../src/domain/value.js';
import type { App, Look, Scene, Shade } from './app.js';
import { nameOf, text } from './crm.js';
import { PARTNER_FIRM, REPS } from './data/reps.js';
import { toInitials, toMoment } from './format.js';
import { icon } from './icons.js';
import { type Choice, menu } from './menu.js';
import { LAUNCHES, launchProduct, letReply, logCall, moveDeal, STAGES } from './simulate.js';

/** Outside the CRM and drawn so: the visitor's hand on the world and on the clock. */
export function simulateBar(app: App): TemplateResult {
  const { state } = app;
  const account = state.route.page === 'account' ? state.route.account : undefined;
  return html`<aside class="simulate" aria-label="Simulate">
    <b>Simulate</b>
    ${menu('log-call', html`Log a call`, people(app, account, logCall), { label: 'Log a call with' })}
    ${menu('reply', html`Buyer replies`, people(app, account, letReply), { label: 'A reply from' })}
    ${menu('move', html`Move a deal`, deals(app, account), { label: 'Move a deal to its next stage' })}
    ${menu('launch', html`New product`, launches(app), { label: 'Bring out a new product' })}
    <span class="pair">
      <button type="button" class="button" @click=${() => app.wait(1)}>One day ahead</button>
      <button type="button" class="button" @click=${() => app.wait(7)}>One week</button>
    </span>
    <button type="button" class="button" aria-pressed=${state.online ? 'false' : 'true'} @click=${() => app.update({ online: !state.online })}>${state.online ? 'Go offline' : 'Come back online'}</button>
    <time datetime=${new Date(state.now).toISOString()}>${toMoment(state.now)}</time>
    ${menu('look', html`Look`, looks(app), { label: 'Look of the page', kind: 'button plain' })}
    <button type="button" class="button plain" @click=${() => app.startOver()}>Start over</button>
  </aside>`;
}

export function people(
  app: Scene,
  account: RecordId | undefined,
  act: (app: Scene, account: RecordId, contact: RecordId) => unknown,
): readonly Choice[] {
  if (!account) return [];
  return app.crm
    .contactsOf(account)
    .filter((contact) => contact.values.left !== true)
    .map((contact) => ({
      label: text(contact.values.name),
      detail: text(contact.values.title),
      choose: () => act(app, account, contact.id),
    }));
}

export function deals(app: Scene, account: RecordId | undefined): readonly Choice[] {
  if (!account) return [];
  return app.crm
    .dealsOf(account)
    .filter((deal) => deal.values.open === true)
    .map((deal) => {
      const stage = text(deal.values.stage);
      return {
        label: text(deal.values.name),
        detail: `${stage} → ${STAGES[STAGES.indexOf(stage) + 1] ?? 'Won'}`,
        choose: () => moveDeal(app, account, deal.id),
      };
    });
}

function launches(app: App): readonly Choice[] {
  return LAUNCHES.filter(({ id }) => !app.crm.record(`demo:product:${id}`)).map((launch) => ({
    label: launch.label,
    detail: launch.brand,
    choose: () => launchProduct(app, launch),
  }));
}

export function looks(app: Pick<App, 'state' | 'update'>): readonly Choice[] {
  const { look, shade } = app.state;
  const one = (label: string, to: Look, as: Shade): Choice => ({
    label,
    chosen: to === look && as === shade,
    choose: () => app.update({ look: to, shade: as }),
  });
  return [
    one('As the device', 'neutral', 'system'),
    one('Light', 'neutral', 'light'),
    one('Dark', 'neutral', 'dark'),
    one('Lightning', 'lightning', 'light'),
    one('Lightning, dark', 'lightning', 'dark'),
    one('HubSpot', 'hubspot', 'light'),
  ];
}

export function topBar(app: App): TemplateResult {
  const { crm, state } = app;
  const asker = nameOf(crm, state.asker);
  const choices = REPS.map(
    (rep, i): Choice => ({
      label: rep.name,
      detail: rep.role,
      chosen: rep.id === state.asker,
      ...(rep.team !== REPS[i - 1]?.team && {
        group: rep.team === 'Partner' ? PARTNER_FIRM : `Team ${rep.team}`,
      }),
      choose: () => app.update({ asker: rep.id }),
    }),
  );
  return html`<header class="bar">
    <a class="logo" href="#/accounts">Demo CRM</a>
    <nav aria-label="Main"><a href="#/accounts" aria-current=${state.route.page === 'accounts' ? 'page' : 'true'}>Accounts</a><a href=${`day.html#${encodeURIComponent(state.asker)}`} target="_blank">Day</a><a href="studio.html" target="_blank">Studio</a><a href="insights.html" target="_blank">Insights</a></nav>
    <crm-search .crm=${crm}></crm-search>
    ${menu('who', html`<span class="face" aria-hidden="true">${toInitials(asker)}</span><span class="who">${asker}<span class="hidden-text">, look as somebody else</span></span>${icon('down')}`, choices, { label: 'Look as', kind: 'me' })}
  </header>`;
}
