import { expect } from '@open-wc/testing';
import type { PanelView } from '../domain/view.js';
import { createPanelSource } from '../view/source.js';
import { createQueueStore, Line } from '../view/source-fixture.js';
import { buyerWrites, MAYA, TOM, tomCalls } from './contract-world.js';
import { problem } from './fake-gateway.js';
import { createHandClock, type HandClock } from './hand-clock.js';
import { createRemoteAgent, type RemoteAgent, type RemoteAgentOptions } from './remote-agent.js';
import { createTeam, KESTREL, LARKEYE, type Team, tokenOf } from './team.js';

/** Monday 2 November 2026, 09:00 UTC. */
const START = Date.UTC(2026, 10, 2, 9);

interface Bench extends Team {
  readonly clock: HandClock;
  agentOf(asker: string, more?: Partial<RemoteAgentOptions>): RemoteAgent;
  sit(asker: string, more?: Partial<RemoteAgentOptions>, record?: string): Promise<Seat>;
}

interface Seat {
  readonly remote: RemoteAgent;
  readonly session: ReturnType<ReturnType<typeof createPanelSource>['open']>;
  view(): PanelView;
  shown(): string[];
}

async function bench(): Promise<Bench> {
  const clock = createHandClock(START);
  const team = await createTeam(clock);
  let ids = 0;
  const agentOf: Bench['agentOf'] = (asker, more) =>
    createRemoteAgent({
      url: 'https://gateway.example/',
      token: async () => tokenOf(asker),
      asker,
      fetch: team.gateway.fetch,
      clock,
      random: () => 0.5,
      ...more,
    });
  return {
    ...team,
    clock,
    agentOf,
    async sit(asker, more, record = KESTREL) {
      const remote = agentOf(asker, more);
      const source = createPanelSource(remote, {
        clock,
        connection: remote.connection,
        newId: () => `${asker}-${++ids}`,
        ...(more?.store && { store: more.store }),
      });
      const views: PanelView[] = [];
      const session = source.open(record, asker, (view) => views.push(view));
      await clock.pass(100);
      const view = (): PanelView => views.at(-1) as PanelView;
      return {
        remote,
        session,
        view,
        shown: () => view().cards.map((one) => (one.type === 'card' ? one.title : one.text)),
      };
    },
  };
}

const CARDS = ['silent-buyer for Kestrel Foods', 'open-case for Kestrel Foods'];
const idOf = (seat: Seat): string => seat.view().cards[0]?.id as string;
const down = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

describe('an agent behind a gateway', () => {
  it('shows what the gateway decides, and what a colleague does, when it is done', async () => {
    const { sit, clock } = await bench();
    const maya = await sit(MAYA);
    const tom = await sit(TOM);
    expect(maya.shown()).to.deep.equal(CARDS);
    expect(tom.shown()).to.deep.equal(CARDS);
    expect(await maya.session.answer(idOf(maya), { kind: 'primary' })).to.equal(true);
    await clock.pass(0);
    expect(tom.shown()).to.deep.equal(CARDS.slice(1));
    expect(maya.shown()).to.deep.equal(['Call with the buyer logged', CARDS[1]]);
  });

  it('shows the receipt at once while the gateway takes two seconds, and the answers go in order', async () => {
    const { sit, clock, gateway, agent } = await bench();
    const maya = await sit(MAYA);
    gateway.instead = async (line) => {
      if (line === 'POST responses')
        await new Promise<void>((resolve) => {
          const stop = clock.every(2000, () => {
            stop();
            resolve();
          });
        });
      return undefined as never;
    };
    const [call, visit] = maya.view().cards.map(({ id }) => id) as [string, string];
    const answers = [
      maya.session.answer(call, { kind: 'primary' }),
      maya.session.answer(visit, { kind: 'not-relevant', reason: 'wrongMoment' }),
    ];
    expect(maya.view().cards.map(({ type }) => type)).to.deep.equal(['receipt', 'receipt']);
    expect(maya.view().waiting).to.deep.equal([]);
    await clock.pass(2100);
    expect((await agent.decide(KESTREL, TOM)).shown.map(({ play }) => play)).to.deep.equal([
      'open-case',
    ]);
    await clock.pass(2100);
    expect(await Promise.all(answers)).to.deep.equal([true, true]);
    expect((await agent.decide(KESTREL, MAYA)).shown).to.deep.equal([]);
  });

  it('says in the place of the card that the slot went to another', async () => {
    const { sit, agent, gateway, clock } = await bench();
    const maya = await sit(MAYA);
    gateway.push('');
    const opening = idOf(maya);
    const answering = maya.session.answer(opening, { kind: 'primary' });
    await agent.record([tomCalls(KESTREL, clock.at)]);
    await clock.pass(0);
    expect(await answering).to.equal(false);
    const [receipt] = maya.view().cards;
    expect(receipt?.type === 'receipt' && receipt.note).to.contain('The last free touch went to');
  });

  it('keeps one stream however many records are watched, and none when nothing is', async () => {
    const { agentOf, gateway, clock } = await bench();
    const remote = agentOf(MAYA);
    const heard: string[] = [];
    const stops = [KESTREL, LARKEYE, KESTREL].map((record) =>
      remote.watch(record, () => heard.push(record)),
    );
    await clock.pass(100);
    const streams = (): number =>
      gateway.requests.filter(({ line }) => line === 'GET events').length;
    expect([gateway.streams.open, streams()]).to.deep.equal([1, 1]);
    heard.length = 0;
    gateway.push(`id: 1\nevent: changed\ndata: {"record":"${LARKEYE}"}\n\n`);
    await clock.pass(0);
    expect(heard).to.deep.equal([LARKEYE]);
    stops[0]?.();
    await clock.pass(100);
    expect(streams()).to.equal(1);
    stops[1]?.();
    await clock.pass(100);
    expect([gateway.streams.open, streams()]).to.deep.equal([1, 2]);
    stops[2]?.();
    await clock.pass(100);
    expect(gateway.streams).to.deep.equal({ open: 0, most: 1 });
    expect(streams()).to.equal(2);
  });

  it('asks anew after a stream that fell silent, was cut, or whose past is gone', async () => {
    const { sit, agent, gateway, clock } = await bench();
    const maya = await sit(MAYA);
    const streams = (): number =>
      gateway.requests.filter(({ line }) => line === 'GET events').length;
    await clock.pass(120_000);
    expect(streams(), 'while it beats').to.equal(1);
    await agent.record([tomCalls(KESTREL, clock.at)]);
    await clock.pass(0);
    expect(maya.shown()).to.deep.equal([CARDS[1]]);

    gateway.cut(new TypeError('network error'));
    await agent.record([buyerWrites(KESTREL, clock.at)]);
    const decided = gateway.requests.length;
    await clock.pass(2000);
    expect(gateway.requests.slice(decided).map(({ line }) => line)).to.include('POST decide');
    expect([streams(), gateway.streams.open]).to.deep.equal([2, 1]);

    gateway.cut();
    gateway.forget();
    const before = gateway.requests.length;
    await clock.pass(2000);
    expect(gateway.requests.slice(before).map(({ line }) => line)).to.include.members([
      'GET events',
      'POST decide',
      'GET playbook',
    ]);
  });

  it('gives a stream up that says nothing for 40 seconds', async () => {
    const { agentOf, clock } = await bench();
    let opened = 0;
    const remote = agentOf(MAYA, {
      fetch: async (url, { signal }) => {
        if (!url.includes('/events')) return new Response('[]');
        opened++;
        const body = new ReadableStream({
          start: (controller) =>
            signal?.addEventListener('abort', () => controller.error(new Error('aborted'))),
        });
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      },
    });
    remote.watch(KESTREL, () => undefined);
    await clock.pass(39_000);
    expect(opened).to.equal(1);
    await clock.pass(3000);
    expect(opened).to.equal(2);
    await remote.close();
    await clock.pass(100_000);
    expect(opened).to.equal(2);
  });

  it('asks for a token anew once, and is signed out when that one is not taken either', async () => {
    const { sit, gateway, clock } = await bench();
    const store = createQueueStore();
    let asked = 0;
    let valid = tokenOf(MAYA);
    const maya = await sit(MAYA, { store, token: async () => (++asked, valid) });
    expect(asked).to.equal(1);
    gateway.tokens.delete(valid);
    valid = 'another token';
    gateway.tokens.set(valid, MAYA);
    maya.session.retry();
    await clock.pass(0);
    expect(asked).to.equal(2);
    expect(maya.shown()).to.deep.equal(CARDS);
    expect([...store.kept.keys()].some((name) => name.includes('kestrel'))).to.equal(true);

    gateway.tokens.delete(valid);
    maya.session.retry();
    await clock.pass(0);
    expect(maya.view().status).to.equal('error');
    expect(maya.view().problem?.detail).to.equal('gateway: Nobody is signed in. Sign in again');
    expect(JSON.stringify(maya.view())).to.not.contain('Kestrel');
    expect(store.kept.size).to.equal(0);

    gateway.tokens.set(valid, MAYA);
    maya.session.retry();
    await clock.pass(100);
    expect(maya.shown()).to.deep.equal(CARDS);
  });

  it('opens a record offline as it was last seen, and sends what was answered when the gateway is back', async () => {
    const { sit, gateway, clock, agent } = await bench();
    const store = createQueueStore();
    (await sit(MAYA, { store })).session.close();
    await clock.pass(3_600_000);
    gateway.instead = down;
    const maya = await sit(MAYA, { store });
    await clock.pass(2000);
    expect(maya.shown()).to.deep.equal(CARDS);
    expect(maya.view().asOf).to.equal('as of 09:00');
    expect(maya.view().notices.map(({ title }) => title)).to.deep.equal(['Offline since 10:00']);
    expect(await maya.session.answer(idOf(maya), { kind: 'primary' })).to.equal(true);
    expect(maya.view().waiting).to.have.length(1);
    await clock.pass(60_000);
    gateway.instead = undefined;
    await clock.pass(31_000);
    expect(maya.view().waiting).to.deep.equal([]);
    expect(maya.view().notices).to.deep.equal([]);
    expect((await agent.decide(KESTREL, TOM)).shown.map(({ play }) => play)).to.deep.equal([
      'open-case',
    ]);
    expect([...store.kept.keys()].filter((name) => name.startsWith('queue/'))).to.deep.equal([]);
  });

  it('asks nothing while the device has no line, and everything at once when it has', async () => {
    const { sit, gateway, clock } = await bench();
    const line = new Line();
    const maya = await sit(MAYA, { connection: line });
    line.set(false);
    gateway.cut(new TypeError('network error'));
    const before = gateway.requests.length;
    await clock.pass(600_000);
    expect(gateway.requests.length).to.equal(before);
    expect(maya.view().notices).to.have.length(1);
    line.set(true);
    await clock.pass(0);
    expect(gateway.streams.open).to.equal(1);
    expect(maya.view().notices).to.deep.equal([]);
  });

  it('keeps what was last seen for a day, for this rep alone', async () => {
    const { agentOf, gateway, clock } = await bench();
    const store = createQueueStore();
    const code = (promise: Promise<unknown>): Promise<unknown> =>
      promise.then(
        () => 'a decision',
        (error: { code: string }) => error.code,
      );
    await agentOf(MAYA, { store }).decide(KESTREL, MAYA);
    await clock.pass(0);
    gateway.instead = down;
    const maya = agentOf(MAYA, { store });
    expect((await maya.decide(KESTREL, MAYA)).shown).to.have.length(2);
    expect(await code(maya.decide(KESTREL, TOM))).to.equal('opportune/other-asker');
    expect(await code(maya.decide(LARKEYE, MAYA))).to.equal('opportune/gateway-unreachable');
    clock.at += 86_400_000;
    expect(await code(agentOf(MAYA, { store }).decide(KESTREL, MAYA))).to.equal(
      'opportune/gateway-unreachable',
    );
    expect(store.kept.size).to.equal(0);

    gateway.instead = undefined;
    await agentOf(MAYA, { store }).decide(KESTREL, MAYA);
    await clock.pass(0);
    expect(store.kept.size).to.equal(1);
    gateway.instead = down;
    expect(await code(agentOf(TOM, { store }).decide(KESTREL, TOM))).to.equal(
      'opportune/gateway-unreachable',
    );
    expect(store.kept.size).to.equal(0);
  });

  it('writes nothing under the token of another rep, and forgets what was kept', async () => {
    const { sit, gateway, clock, agent } = await bench();
    const store = createQueueStore();
    let token = tokenOf(MAYA);
    const maya = await sit(MAYA, { store, token: async () => token });
    gateway.tokens.delete(token);
    token = tokenOf(TOM);
    expect(await maya.session.answer(idOf(maya), { kind: 'primary' })).to.equal(true);
    await clock.pass(0);
    expect(gateway.requests.map(({ line }) => line)).to.not.include('POST responses');
    expect(maya.view().waiting).to.have.length(1);
    expect([...store.kept.keys()].every((name) => name.startsWith('queue/'))).to.equal(true);
    // Maya is back.
    token = 'new token';
    gateway.tokens.set(token, MAYA);
    maya.session.retry();
    await clock.pass(100);
    expect(maya.view().waiting).to.deep.equal([]);
    const answered = (await agent.history(KESTREL, MAYA)).filter(({ type }) => type === 'answered');
    expect(answered.map(({ asker }) => asker)).to.deep.equal([MAYA]);
  });

  it('waits as long as the gateway asks for, and takes only its own word for a refusal', async () => {
    const { agentOf, gateway, clock } = await bench();
    const remote = agentOf(MAYA);
    const once = (response: Response): void => {
      gateway.instead = () => {
        gateway.instead = undefined;
        return response;
      };
    };
    once(new Response('', { status: 429, headers: { 'retry-after': '7' } }));
    const asked = remote.decide(KESTREL, MAYA);
    await clock.pass(6900);
    expect(gateway.requests).to.have.length(0);
    await clock.pass(200);
    expect((await asked).shown).to.have.length(2);

    once(problem(404, 'opportune/not-found', 'No such record'));
    expect((await remote.decide(KESTREL, MAYA)).nothing?.because).to.equal('no-access');
    for (const page of [
      new Response('<h1>Not found</h1>', { status: 404 }),
      new Response('<h1>Pay first</h1>'),
      new Response('', { status: 503 }),
    ]) {
      once(page);
      const code = await remote.history(KESTREL, MAYA).then(String, ({ code }) => code);
      expect(code).to.equal('opportune/gateway-unreachable');
    }
  });

  it('tells the rep that the gateway refused an answer, and goes on with the next', async () => {
    const { sit, gateway, clock } = await bench();
    const maya = await sit(MAYA);
    const [call, visit] = maya.view().cards.map(({ id }) => id) as [string, string];
    gateway.instead = (line) =>
      line === 'POST responses' ? problem(422, 'opportune/invalid', 'Not so') : undefined;
    expect(await maya.session.answer(call, { kind: 'primary' })).to.equal(false);
    const [receipt] = maya.view().cards;
    expect(receipt?.type === 'receipt' && receipt.text).to.equal('Not carried out:');
    gateway.instead = undefined;
    expect(await maya.session.answer(visit, { kind: 'primary' })).to.equal(true);
    await clock.pass(0);
  });

  it('forgets what it kept when a person is erased, says so, and asks anew', async () => {
    const { sit, gateway, clock } = await bench();
    const store = createQueueStore();
    const purged: string[] = [];
    await sit(MAYA, {
      store,
      onPurge: (person) => purged.push(`${person}, ${store.kept.size} kept`),
    });
    expect(store.kept.size).to.equal(2);
    const before = gateway.requests.length;
    gateway.push('id: 9\nevent: purge\ndata: {"person":"crm:contact:3"}\n\n');
    await clock.pass(0);
    expect(purged).to.deep.equal(['crm:contact:3, 0 kept']);
    expect(gateway.requests.slice(before).map(({ line }) => line)).to.deep.equal(['POST decide']);
  });

  it('asks for the playbook once for each version', async () => {
    const { sit, gateway, clock, agent } = await bench();
    const maya = await sit(MAYA);
    const playbooks = (): number =>
      gateway.requests.filter(({ line }) => line === 'GET playbook').length;
    for (let change = 0; change < 3; change++) {
      await agent.record([tomCalls(KESTREL, clock.at + change)]);
      await clock.pass(0);
    }
    expect(playbooks()).to.equal(1);
    const playbook = await agent.playbook();
    if (playbook) await agent.publish({ ...playbook, version: 'next' });
    gateway.push(`id: 5\nevent: changed\ndata: {"record":"${KESTREL}"}\n\n`);
    await clock.pass(0);
    expect(playbooks()).to.equal(2);
    expect(maya.view().status).to.equal('ready');
  });
});
