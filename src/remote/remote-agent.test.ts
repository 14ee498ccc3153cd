import { expect } from '@open-wc/testing';
import { createQueueStore } from '../view/source-fixture.js';
import { buyerWrites, MAYA, TOM, tomCalls } from './contract-world.js';
import { problem } from './fake-gateway.js';
import { bench, CARDS, idOf } from './seats.js';
import { KESTREL, LARKEYE } from './team.js';

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

  it('leaves its token for another one when it is told to, and for no other reason', async () => {
    const { agentOf, gateway } = await bench();
    let given = 0;
    const token = async () => {
      gateway.tokens.set(`maya-${++given}`, MAYA);
      return { token: `maya-${given}` };
    };
    const remote = agentOf(MAYA, { token });
    await remote.decide(KESTREL, MAYA);
    await remote.decide(LARKEYE, MAYA);
    expect(given).to.equal(1);
    remote.renewToken();
    await remote.decide(LARKEYE, MAYA);
    expect(given).to.equal(2);
    await remote.close();
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
