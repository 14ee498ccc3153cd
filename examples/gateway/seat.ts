import type { Card, Fact, PanelSource, PanelView } from 'opportune';
import { type BrowserPanel, createBrowserPanel } from 'opportune/remote/browser';
import type { AppState, Scene } from '../crm/app.js';
import type { Crm } from '../crm/crm.js';
import { PAGE } from '../crm/record-tabs.js';
import { carryOut } from '../crm/simulate.js';
import { createCable } from './cable.js';
import { TENANT } from './team.js';

/** One rep at a screen of their own: a panel with its own agent, identity and line. */
export interface Seat {
  readonly scene: Scene;
  readonly source: PanelSource;
  /** Events of the gateway since the page was opened. */
  readonly events: number;
  /** The account in view is another one. */
  look(account: string): void;
  /** Time has gone on. */
  retry(): void;
  plug(online: boolean): void;
  /** The rep accepted a card: the CRM writes down what was done. */
  accept(opening: string): void;
  close(): Promise<void>;
}

export interface SeatOptions {
  readonly url: string;
  readonly rep: string;
  readonly crm: Crm;
  readonly now: () => number;
  /** What both sides have in common. */
  readonly common: () => Pick<AppState, 'look' | 'shade' | 'list' | 'route' | 'told'>;
  /** Writes to the CRM, which tells the gateway. */
  happen(facts: readonly Fact[], told: string): Promise<void>;
  answered(): void;
  event(): void;
  /** The panel shows other cards, or other words on them. */
  view(): void;
  changed(): void;
}

export async function openSeat(options: SeatOptions): Promise<Seat> {
  const { url, rep, crm, now, common, happen, answered, event, view, changed } = options;
  let online = true;
  let shown = PAGE;
  let events = 0;
  let account = '';
  let last = '';
  let waiting = 0;
  let held: { readonly facts: readonly Fact[]; readonly told: string }[] = [];
  const cards = new Map<string, Card>();
  const sessions = new Set<ReturnType<PanelSource['open']>>();
  let stopWatch = (): void => undefined;

  const cable = createCable((method, path) => {
    if (method === 'POST' && path === '/v1/responses') answered();
  });
  const panel: BrowserPanel = await createBrowserPanel({
    url,
    asker: rep,
    name: `opportune-gateway-demo/${rep}`,
    clock: {
      now,
      every(ms, run) {
        const timer = setInterval(run, ms);
        return () => clearInterval(timer);
      },
    },
    connection: cable.line,
    fetch: cable.fetch,
    async token() {
      const authorization = `Development ${TENANT} ${rep} rep`;
      const answer = await cable.fetch(`${url}/v1/token`, {
        method: 'POST',
        headers: { authorization },
      });
      return ((await answer.json()) as { readonly token: string }).token;
    },
  });

  const learn = async (): Promise<void> => {
    const decision = await panel.agent.decide(account, rep).catch(() => undefined);
    for (const card of decision?.shown ?? []) cards.set(card.opening, card);
  };
  /** The rep's answers are sent first: what was done is written down after it was said. */
  const release = (): void => {
    if (!online || waiting > 0) return;
    const all = held;
    held = [];
    for (const { facts, told } of all) void happen(facts, told);
  };
  const note = (next: PanelView): void => {
    waiting = next.waiting.length;
    release();
    if (next.status !== 'ready') return;
    const bytes = JSON.stringify([next.cards, next.nothing]);
    if (last !== '' && last !== bytes) view();
    last = bytes;
  };

  const scene: Scene = {
    crm,
    get state(): AppState {
      return { ...common(), asker: rep, now: now(), online, tab: 'activity', only: '', shown };
    },
    update(change) {
      shown = change.shown ?? shown;
      changed();
    },
    async happen(facts, told) {
      held.push({ facts, told });
      release();
    },
  };

  return {
    scene,
    source: {
      strings: panel.source.strings,
      open(record, asker, listener) {
        const session = panel.source.open(record, asker, (next) => {
          note(next);
          listener(next);
        });
        sessions.add(session);
        return {
          ...session,
          close() {
            sessions.delete(session);
            session.close();
          },
        };
      },
    },
    get events() {
      return events;
    },
    look(next) {
      if (next === account) return;
      account = next;
      last = '';
      shown = PAGE;
      stopWatch();
      stopWatch = panel.agent.watch(account, () => {
        events++;
        event();
        void learn();
      });
      void learn();
    },
    retry() {
      for (const session of sessions) session.retry();
    },
    plug(now) {
      online = now;
      cable.plug(now);
      release();
      changed();
    },
    accept(opening) {
      const card = cards.get(opening);
      if (card) void carryOut(scene, account, card);
    },
    async close() {
      stopWatch();
      await panel.close();
    },
  };
}
