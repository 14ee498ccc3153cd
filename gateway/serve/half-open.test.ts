import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createRemoteAgent, type GatewayToken } from '../../src/remote/remote-agent.js';
import { openSilentProxy, type SilentProxy } from '../silent-proxy.js';
import {
  ANA,
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
  until,
} from './test-gateway.js';

/** So many times as fast as the panel's waiting is meant. */
const FASTER = 10;

describe('when the way to a panel is gone without a word', () => {
  let gateway: TestGateway;
  let proxy: SilentProxy;
  before(async () => {
    gateway = await openTestGateway();
    const { hostname, port } = new URL(await gateway.listen());
    proxy = await openSilentProxy({ host: hostname, port: Number(port) });
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await gateway.settled();
  });
  after(async () => {
    await proxy.close();
    await gateway.close();
  });
  const panels = (): number => gateway.tenants.get('acme')?.hub.panels ?? -1;
  const token = async (): Promise<GatewayToken> =>
    (await gateway.call(ANA, 'POST', '/v1/token')).json() as GatewayToken;

  it('the panel notices that there is no sign of life, comes back, and hears what it missed', async () => {
    const started = Date.now();
    const agent = createRemoteAgent({
      url: `http://localhost:${proxy.port}`,
      asker: 'crm:rep:ana',
      fetch,
      random: Math.random,
      clock: {
        now: () => started + (Date.now() - started) * FASTER,
        every(ms, tick) {
          const timer = setInterval(tick, ms / FASTER);
          return () => clearInterval(timer);
        },
      },
      token: async () => ({ token: (await token()).token }),
    });
    let told = 0;
    agent.watch('crm:account:1', () => told++);
    await until(() => panels() === 1);
    proxy.fallSilent();
    const answered = sent('answered', { type: 'email-received', at: NOW, account: '1' });
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      ...answered,
      by: 'crm:contact:1',
    });
    await gateway.settled();
    const before = told;
    proxy.heal();
    await until(() => told > before);
    assert.deepEqual((await agent.decide('crm:account:1', 'crm:rep:ana')).shown, []);
    await agent.close();
  });

  it('the gateway keeps the panel for as long as its token holds, and no longer', async () => {
    // The one that fell silent above; its token holds on.
    await until(() => panels() === 1);
    const { token: held, expiresAt } = await token();
    // A second before its end.
    gateway.clock.set(Date.parse(expiresAt ?? '') - 1_000);
    const asked = request({
      ...{ host: '127.0.0.1', port: proxy.port, path: '/v1/events?record=crm:account:1' },
      headers: { authorization: `Bearer ${held}`, host: 'localhost' },
    });
    let closed = false;
    asked.on('close', () => {
      closed = true;
    });
    asked.on('error', () => undefined);
    asked.end();
    await until(() => panels() === 2);
    proxy.fallSilent();
    await until(() => panels() === 1);
    assert.equal(closed, false, 'the other end was told nothing');
    asked.destroy();
  });
});
