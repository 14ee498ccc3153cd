import { html, nothing, render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import 'opportune/widget/panel/define';
import type { Playbook } from 'opportune';
import { accountList } from './account-list.js';
import { accountPage } from './account-page.js';
import { startGuidance } from './agent-setup.js';
import { type App, type AppState, toRoute } from './app.js';
import { keepAsker, readAsker } from './asker.js';
import { simulateBar, topBar } from './bars.js';
import { createCrm } from './crm.js';
import './crm-search.js';
import { at, dayOf, NOW } from './data/calendar.js';
import { REPS } from './data/reps.js';
import { createDemoWorld } from './data/world.js';
import { toIsoDay, toMoment } from './format.js';
import { drawLook, readLook } from './look.js';
import { forgetOwn, OWN, readOwn } from './own-playbook.js';
import { PAGE } from './record-tabs.js';
import { carryOut } from './simulate.js';
import { connectTips } from './tip-post.js';
import type { Visit } from './visits.js';

const SEED = 7;
const FIRST = '#/accounts/kestrel-foods';
const MINUTE_MS = 60_000;

const FRESH: Omit<AppState, 'look' | 'shade'> = {
  route: { page: 'accounts' },
  asker: REPS[0]?.id ?? '',
  now: NOW,
  online: true,
  list: { words: '', owner: 'me', sort: 'bought', down: true },
  tab: 'activity',
  only: '',
  shown: PAGE,
  told: '',
};

/** Puts the demo on the page, and resolves when a visitor can use it. `signal` ends what it listens to. */
export async function startDemo(root: HTMLElement, signal?: AbortSignal): Promise<App> {
  if (location.hash === '') history.replaceState(null, '', FIRST);
  const fetched = fetch(new URL('playbook.json', import.meta.url));
  const world = createDemoWorld(SEED);
  const crm = createCrm();
  crm.add(world.facts);
  let state: AppState = { ...FRESH, ...readLook(), route: toRoute(location.hash) };
  state = { ...state, asker: crm.record(readAsker())?.id ?? state.asker };
  let app: App | undefined;
  const change = (part: Partial<AppState>): void => {
    state = { ...state, ...part };
    if (!app) return;
    drawLook(state);
    render(page(app), root);
  };
  /** Offline, this tab learns nothing but the time. */
  const follow = ({ now, facts }: Visit): void => {
    if (state.online) crm.add(facts);
    change({ now: Math.max(state.now, now) });
  };
  const guidance = await startGuidance({
    facts: world.facts,
    playbook: (await (await fetched).json()) as Playbook,
    startsAt: world.now,
    clock: { now: () => state.now },
    shared: { follow, forgotten: () => location.reload() },
  });
  signal?.addEventListener('abort', () => void guidance.close());
  const { visits } = guidance;
  /** What was held back is told, and what was done in the other tabs learned. */
  const catchUp = async (): Promise<void> => {
    await visits.release();
    const visit = await visits.read();
    if (!visit) return;
    follow(visit);
    await guidance.record(visit.facts);
  };
  /** What a visitor published in the studio, in this tab or another one. */
  const publishOwn = async (): Promise<boolean> => {
    const { playbook } = readOwn() ?? {};
    if (!playbook || (await guidance.agent.playbook())?.version === playbook.version) return false;
    await guidance.agent.publish(playbook);
    return true;
  };
  await catchUp();
  await publishOwn();
  await connectTips(guidance, signal);
  root.replaceChildren();

  /** The world went on meanwhile: first that is told, then the rep's answers are sent. */
  const comeBack = (): Promise<void> =>
    attempt(async () => {
      change({ told: '' });
      await catchUp();
      await guidance.tick();
      guidance.setOnline(true);
    });
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      change({
        told: `That was not kept: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  };
  const shown: App = {
    crm,
    guidance,
    get state() {
      return state;
    },
    update: (part) => {
      const before = state;
      change(part);
      if (before.asker !== state.asker) keepAsker(state.asker);
      if (before.online && !state.online) guidance.setOnline(false);
      if (!before.online && state.online) void comeBack();
    },
    happen: (facts, told) =>
      attempt(async () => {
        const now = state.now + MINUTE_MS;
        await visits.keep({ now, facts }, !state.online);
        if (state.online) {
          crm.add(facts);
          change({ now, told });
          await guidance.record(facts);
        } else {
          const own = facts.filter((fact) => fact.by === state.asker);
          crm.add(own);
          change({ now, told: own.length > 0 ? told : 'It happened; you learn of it online.' });
        }
      }),
    wait: (days) =>
      attempt(async () => {
        const day = dayOf(toIsoDay(state.now));
        const now = at(day + days) + (state.now - at(day));
        await visits.keep({ now, facts: [] }, !state.online);
        change({ now, told: `It is ${toMoment(now)}.` });
        if (state.online) await guidance.tick();
      }),
    startOver: () =>
      attempt(async () => {
        await guidance.forget();
        forgetOwn();
        keepAsker('');
        history.replaceState(null, '', FIRST);
        location.reload();
      }),
  };

  const go = async (route: AppState['route']): Promise<void> => {
    if (route.page === 'account' && crm.record(route.account)) await guidance.bring(route.account);
    change({ route, shown: PAGE, only: '', tab: 'activity', told: '' });
  };
  const listening = signal ? { signal } : {};
  const followHash = (): void => {
    void go(toRoute(location.hash)).then(() => scrollTo(0, 0));
  };
  addEventListener('hashchange', followHash, listening);
  const follows = (event: StorageEvent): void => {
    if (event.key !== OWN) return;
    void attempt(async () => {
      if (await publishOwn()) change({ told: 'The studio published a playbook.' });
    });
  };
  addEventListener('storage', follows, listening);
  const write = (event: GlobalEventHandlersEventMap['actionaccept']): void => {
    event.preventDefault();
    const card = guidance.cardOf(event.detail.card);
    if (card && state.route.page === 'account') void carryOut(shown, state.route.account, card);
  };
  root.addEventListener('actionaccept', write, listening);
  app = shown;
  await go(state.route);
  return shown;
}

function page(app: App): TemplateResult {
  const { route } = app.state;
  const account = route.page === 'account' ? app.crm.record(route.account) : undefined;
  return html`${simulateBar(app)}${topBar(app)}${
    route.page === 'accounts'
      ? accountList(app)
      : account
        ? accountPage(app, account)
        : html`<main class="list"><div class="empty"><h1>There is no such account</h1><p><a href="#/accounts">All accounts</a></p></div></main>`
  }${told(app.state)}`;
}

/** What a simulated act did, spoken at once and shown for a while. */
function told({ told: words, now }: AppState): TemplateResult {
  return html`<div class="told" role="status">${words ? keyed(now, html`<p>${words}</p>`) : nothing}</div>`;
}
