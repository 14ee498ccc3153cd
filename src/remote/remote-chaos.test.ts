import { expect } from '@open-wc/testing';
import { createRandom } from '../core/random.js';
import type { ResponseResult } from '../domain/response.js';
import type { PanelAnswer, PanelSession, PanelSource, PanelView } from '../domain/view.js';
import { createPanelSource } from '../view/source.js';
import { createQueueStore, Line } from '../view/source-fixture.js';
import { buyerWrites, MAYA, TOM, tomCalls } from './contract-world.js';
import { createHandClock, type HandClock } from './hand-clock.js';
import { after } from './pause.js';
import { createRemoteAgent, type RemoteAgentOptions } from './remote-agent.js';
import { createTeam, KESTREL, tokenOf } from './team.js';

const START = Date.UTC(2026, 10, 2, 9);
const ROUNDS = 20;
const STEPS = 25;

type Fetch = RemoteAgentOptions['fetch'];
type Random = () => number;

interface Weather {
  fine: boolean;
}

/** A network that delays, loses requests and answers, sends twice, and cuts streams at any byte. */
function createChaos(fetch: Fetch, clock: HandClock, random: Random, weather: Weather): Fetch {
  const pass = (ms: number): Promise<void> => new Promise((resolve) => after(clock, ms, resolve));
  const lost = (): Error => new TypeError('Failed to fetch');
  return async (url, init) => {
    if (weather.fine) return fetch(url, init);
    const fate = random();
    await pass(random() * 3000);
    if (fate < 0.12) throw lost();
    if (fate < 0.2) return new Response('', { status: 503 });
    if (fate < 0.24) return new Response('', { status: 429, headers: { 'retry-after': '3' } });
    if (fate < 0.3 && init.method === 'POST') await fetch(url, { ...init, signal: null });
    const response = await fetch(url, init);
    if (url.includes('/events')) return new Response(cutUp(response, random), response);
    await pass(random() * 3000);
    if (fate < 0.45) throw lost();
    return response;
  };
}

/** The bytes in other pieces, and sometimes an end in their midst. */
function cutUp({ body }: Response, random: Random): ReadableStream<Uint8Array> {
  let left = random() < 0.5 ? random() * 200 : Number.POSITIVE_INFINITY;
  const pieces = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      const cut = Math.floor(random() * bytes.length);
      for (const piece of [bytes.slice(0, cut), bytes.slice(cut)]) {
        controller.enqueue(piece.slice(0, left));
        left -= piece.length;
        if (left < 0) throw new TypeError('network error');
      }
    },
  });
  void body?.pipeTo(pieces.writable).catch(() => undefined);
  return pieces.readable;
}

interface Tab {
  readonly rep: string;
  readonly source: PanelSource;
  readonly session: PanelSession;
  readonly line: Line;
  /** Of every answer, in the order in which they were given. */
  readonly given: string[];
  view(): PanelView;
}

describe('panels on a network where everything goes wrong', () => {
  it('show after peace what the gateway decides, and every answer has arrived once and in order', async function () {
    this.timeout(120_000);
    for (let seed = 1; seed <= ROUNDS; seed++) await live(seed);
  });
});

/** Mostly one that leaves the card where it is, so that there is something to answer. */
function answerBy(draw: number): PanelAnswer {
  if (draw < 0.04) return { kind: 'primary' };
  if (draw < 0.08) return { kind: 'not-relevant', reason: 'wrongMoment' };
  if (draw < 0.12) return { kind: 'snooze', until: '2026-11-09' };
  return { kind: 'helpful', helpful: draw < 0.5 };
}

async function live(seed: number): Promise<void> {
  const draw = createRandom(seed);
  const random = (): number => draw();
  const clock = createHandClock(START);
  const { agent, gateway } = await createTeam(clock);
  const arrived: { readonly id: string; readonly result: ResponseResult }[] = [];
  const { respond } = agent;
  agent.respond = async (request) => {
    const result = await respond(request);
    arrived.push({ id: request.id, result });
    return result;
  };
  const weather: Weather = { fine: true };
  const tokens = new Map([MAYA, TOM].map((rep) => [rep, tokenOf(rep)]));
  const locks = new Map<string, Promise<void>>();
  const stores = new Map([MAYA, TOM].map((rep) => [rep, createQueueStore()]));

  const sit = (rep: string, name: string): Tab => {
    const line = new Line();
    const given: string[] = [];
    const store = stores.get(rep) ?? createQueueStore();
    const remote = createRemoteAgent({
      url: 'https://gateway.example',
      token: async () => ({ token: tokens.get(rep) as string }),
      asker: rep,
      fetch: createChaos(gateway.fetch, clock, random, weather),
      clock,
      random,
      connection: line,
      store,
    });
    const source = createPanelSource(remote, {
      clock,
      store,
      connection: remote.connection,
      newId: () => {
        given.push(`${name}-${given.length}`);
        return given.at(-1) as string;
      },
      alone(run) {
        const next = (locks.get(rep) ?? Promise.resolve()).then(run);
        locks.set(rep, next);
        return next;
      },
    });
    const views: PanelView[] = [];
    const session = source.open(KESTREL, rep, (view) => views.push(view));
    return { rep, source, session, line, given, view: () => views.at(-1) as PanelView };
  };

  const tabs = [sit(MAYA, 'one'), sit(MAYA, 'two'), sit(TOM, 'tom')];
  await clock.pass(1000);
  weather.fine = false;
  const takenBack = new Set<string>();
  for (let step = 0; step < STEPS; step++) {
    const tab = tabs[Math.floor(random() * tabs.length)] as Tab;
    const [first] = tab.view().cards;
    const act = random();
    if (act < 0.1) tab.line.set(!tab.line.online);
    else if (act < 0.15) gateway.cut(new TypeError('network error'));
    else if (act < 0.2) {
      gateway.tokens.delete(tokens.get(tab.rep) as string);
      tokens.set(tab.rep, `token ${step} of ${tab.rep}`);
      gateway.tokens.set(tokens.get(tab.rep) as string, tab.rep);
    } else if (act < 0.25) await agent.record([buyerWrites(KESTREL, clock.at)]);
    else if (act < 0.3) await agent.record([tomCalls(KESTREL, clock.at)]);
    else if (act < 0.45) {
      const [waits] = tab.view().waiting;
      const id = waits?.responseId ?? (first?.type === 'receipt' ? first.responseId : undefined);
      if (id) {
        if (waits) takenBack.add(id);
        void tab.session.undo(id);
      }
    } else
      for (const { type, id } of tab.view().cards)
        if (type === 'card')
          for (let burst = random(); burst < 0.8; burst += random())
            void tab.session.answer(id, answerBy(random()));
    await clock.pass(random() * 20_000);
  }

  weather.fine = true;
  for (const { line } of tabs) line.set(true);
  await clock.pass(180_000);
  const round = `round ${seed}`;
  for (const { given, rep, source, view } of tabs) {
    const ids = arrived.map(({ id }) => id).filter((id) => given.includes(id));
    const once = [...new Set(ids)];
    const due = given.filter((id) => once.includes(id) || !takenBack.has(id));
    expect(once, `${round}: answers in order`).to.deep.equal(due);
    const { shown } = await agent.decide(KESTREL, rep);
    let last: PanelView | undefined;
    source.open(KESTREL, rep, (next) => {
      last = next;
    });
    await clock.pass(1000);
    const openings = shown.map(({ opening }) => opening);
    expect(
      last?.cards.map(({ id }) => id),
      `${round}: a panel opened now`,
    ).to.deep.equal(openings);
    const cards = view().cards.filter(({ type }) => type === 'card');
    const answered = view().cards.filter(({ type }) => type === 'receipt');
    const open = openings.filter((opening) => !answered.some(({ id }) => id === opening));
    expect(
      cards.map(({ id }) => id),
      `${round}: the panel of ${rep}`,
    ).to.have.members(open);
    expect(
      view().notices.filter(({ kind }) => kind === 'offline'),
      round,
    ).to.deep.equal([]);
    expect(view().waiting, round).to.deep.equal([]);
    const kept = [...(stores.get(rep)?.kept.keys() ?? [])];
    expect(
      kept.filter((name) => name.startsWith('queue/')),
      `${round}: kept`,
    ).to.deep.equal([]);
  }
  const ids = (await agent.history(KESTREL, MAYA)).flatMap(({ responseId }) => responseId ?? []);
  expect(new Set(ids).size, `${round}: recorded once`).to.equal(ids.length);
}
