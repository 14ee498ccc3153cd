import type { Card, Fact, PanelSource, PanelView, ResponseRequest } from 'opportune';
import type { GatewayToken } from 'opportune/remote';
import { type BrowserPanel, createBrowserPanel } from 'opportune/remote/browser';
import type { AppState, Scene } from '../crm/app.js';
import { createCrm } from '../crm/crm.js';
import { PAGE } from '../crm/record-tabs.js';
import { carryOut } from '../crm/simulate.js';
import { createCable } from './cable.js';
import { TENANT } from './team.js';

/** One rep at a screen of their own: a panel with its own agent, identity and line. */
export interface Seat {
  readonly scene: Scene;
  readonly source: PanelSource;
  /** The CRM has news; offline they show on return. */
  learn(facts: readonly Fact[]): void;
  /** The account in view is another one. */
  look(account: string): void;
  /** Time has gone on. */
  retry(): void;
  plug(online: boolean): void;
  /** Resolves when every request that was sent has begun to be answered. */
  quiet(): Promise<unknown>;
  /** The rep accepted a card: the CRM writes down what was done. */
  accept(opening: string): void;
  close(): Promise<void>;
}

export interface SeatOptions {
  readonly url: string;
  readonly rep: string;
  readonly now: () => number;
  readonly passing: () => Promise<unknown> | undefined;
  /** The CRM's records until now. */
  readonly facts: readonly Fact[];
  /** What both sides have in common. */
  readonly common: () => Pick<AppState, 'look' | 'shade' | 'list' | 'route' | 'told'>;
  /** Writes to the CRM, which tells the gateway. */
  happen(facts: readonly Fact[], told: string): Promise<void>;
  /** An answer of this rep left for the gateway. */
  answered(what: string): void;
  event(): void;
  /** The panel shows other cards, or other words on them. */
  view(): void;
  plugged(online: boolean): void;
  changed(): void;
}

const WORDS: { readonly [kind in ResponseRequest['response']['kind']]: string } = {
  done: 'done',
  'already-done': 'already done',
  'not-relevant': 'not relevant',
  snooze: 'later',
  helpful: 'helpful',
  'not-helpful': 'not helpful',
  outcome: 'how it went',
  undo: 'undone',
  try: 'try begun',
  'end-try': 'try ended',
};

export async function openSeat(options: SeatOptions): Promise<Seat> {
  const { url, rep, now, passing, common, happen, answered, event, view, plugged, changed } =
    options;
  const crm = createCrm();
  crm.add(options.facts);
  let news: readonly Fact[] = [];
  let online = true;
  let shown = PAGE;
  let account = '';
  let last = '';
  let waiting = 0;
  let held: { readonly facts: readonly Fact[]; readonly told: string }[] = [];
  const cards = new Map<string, Card>();
  const titles = new Map<string, string>();
  const sessions = new Set<ReturnType<PanelSource['open']>>();
  let stopWatch = (): void => undefined;

  const cable = createCable({
    passing,
    sent(path, body) {
      if (path !== '/v1/responses') return;
      const { opening, response } = JSON.parse(body) as ResponseRequest;
      answered(`${WORDS[response.kind]}: ${titles.get(opening) ?? 'a card'}`);
    },
    decided({ shown }) {
      for (const card of shown) cards.set(card.opening, card);
    },
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
      return (await answer.json()) as GatewayToken;
    },
  });

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
    for (const card of next.cards) if (card.type === 'card') titles.set(card.id, card.title);
    const bytes = JSON.stringify([next.cards, next.nothing]);
    if (last !== '' && last !== bytes) view();
    last = bytes;
  };

  const learn = (facts: readonly Fact[]): void => {
    news = [...news, ...facts];
    if (!online) return;
    crm.add(news);
    news = [];
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
      crm.add(facts);
      held.push({ facts, told });
      release();
    },
  };
  /** The answer is told of already. */
  const untold: Scene = { ...scene, happen: (facts) => scene.happen(facts, '') };

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
    learn,
    look(next) {
      if (next === account) return;
      account = next;
      last = '';
      shown = PAGE;
      stopWatch();
      stopWatch = panel.agent.watch(account, event);
    },
    retry() {
      for (const session of sessions) session.retry();
    },
    plug(now) {
      online = now;
      plugged(now);
      cable.plug(now);
      learn([]);
      release();
      changed();
    },
    quiet: cable.quiet,
    accept(opening) {
      const card = cards.get(opening);
      if (card) void carryOut(untold, account, card);
    },
    async close() {
      stopWatch();
      await panel.close();
    },
  };
}
