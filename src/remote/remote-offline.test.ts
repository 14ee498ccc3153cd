import { expect } from '@open-wc/testing';
import { createQueueStore, Line } from '../view/source-fixture.js';
import { MAYA, TOM } from './contract-world.js';
import type { GatewayToken } from './gateway-client.js';
import { bench, CARDS, down, idOf, type Seat } from './seats.js';
import { KESTREL, LARKEYE, tokenOf } from './team.js';

describe('a panel that the gateway does not answer', () => {
  it('asks for a token anew once, and is signed out when that one is not taken either', async () => {
    const { sit, gateway, clock } = await bench();
    const store = createQueueStore();
    let asked = 0;
    let valid = tokenOf(MAYA);
    const token = async (): Promise<GatewayToken> => {
      asked++;
      return { token: valid };
    };
    const maya = await sit(MAYA, { store, token });
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

  it('says of which day it is what was kept since yesterday', async () => {
    const { sit, gateway, clock } = await bench();
    const store = createQueueStore();
    (await sit(MAYA, { store })).session.close();
    await clock.pass(16 * 3_600_000);
    gateway.instead = down;
    const maya = await sit(MAYA, { store });
    await clock.pass(2000);
    expect(maya.view().asOf).to.match(/^as of \p{L}+ \d+ \p{L}+ 09:00$/u);
    expect(maya.view().notices.map(({ title }) => title)).to.deep.equal(['Offline since 01:00']);
  });

  it('writes nothing under the token of another rep, and forgets what was kept', async () => {
    const { sit, gateway, clock, agent } = await bench();
    const store = createQueueStore();
    let token = tokenOf(MAYA);
    const maya = await sit(MAYA, { store, token: async () => ({ token }) });
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

  it('renews a token shortly before it ends, so that none is refused', async () => {
    const { agentOf, gateway, clock } = await bench();
    const { decide } = agentOf(MAYA, {
      token: async () => {
        made++;
        gateway.tokens.clear();
        gateway.tokens.set(`token ${made}`, MAYA);
        return { token: `token ${made}`, expiresAt: toIso(clock.now() + 10 * 60_000) };
      },
    });
    let made = 0;
    const tokens: number[] = [];
    for (let minute = 0; minute <= 20; minute++) {
      await decide(KESTREL, MAYA);
      tokens.push(made);
      await clock.pass(60_000);
    }
    expect(tokens.slice(0, 10)).to.deep.equal(Array(10).fill(1));
    expect(tokens.slice(10, 20)).to.deep.equal(Array(10).fill(2));
    expect(tokens[20]).to.equal(3);
  });

  it("asks for a token once a minute at most where its clock is years ahead of the gateway's", async () => {
    const { agentOf, clock } = await bench();
    let made = 0;
    const { decide } = agentOf(MAYA, {
      token: async () => {
        made++;
        return { token: tokenOf(MAYA), expiresAt: toIso(0) };
      },
    });
    for (let second = 0; second < 60; second++) {
      await decide(KESTREL, MAYA);
      await clock.pass(1_000);
    }
    expect(made).to.equal(1);
    await decide(KESTREL, MAYA);
    expect(made).to.equal(2);
  });
});

describe('answers that wait on a device', () => {
  it('are sent once by two tabs that come online together, and not when one of them took them back', async () => {
    const { sit, gateway, clock, agent } = await bench();
    const store = createQueueStore();
    let turn = Promise.resolve();
    const alone = (run: () => Promise<void>): Promise<void> => {
      turn = turn.then(run);
      return turn;
    };
    const line = new Line();
    line.online = false;
    const tabs = async (): Promise<Seat> => sit(MAYA, { store, connection: line }, { alone });
    await sit(MAYA, { store });
    const one = await tabs();
    const [call, visit] = one.view().cards.map(({ id }) => id) as [string, string];
    await one.session.answer(call, { kind: 'primary' });
    await one.session.answer(visit, { kind: 'primary' });
    const two = await tabs();
    expect(two.view().waiting.map(({ text }) => text)).to.deep.equal(
      CARDS.map((title) => `${title}: done`),
    );
    await two.session.undo(two.view().waiting[1]?.responseId as string);
    line.set(true);
    await clock.pass(100);
    expect(gateway.requests.filter(({ line }) => line === 'POST responses')).to.have.length(1);
    expect((await agent.decide(KESTREL, MAYA)).shown.map(({ play }) => play)).to.deep.equal([
      'open-case',
    ]);
    for (const tab of [one, two]) expect(tab.shown().at(-1)).to.equal(CARDS[1]);
    expect([one.view().waiting, two.view().waiting]).to.deep.equal([[], []]);
  });
});

const toIso = (at: number): string => new Date(at).toISOString();
