import { after, before, describe, it } from 'node:test';
import { gatewayContract, playbookFiles, repFacts } from '../../src/remote/gateway-contract.js';
import type { GatewayToken } from '../../src/remote/remote-agent.js';
import { CONNECTOR, NOW, openTestGateway, type TestGateway, toSent } from './test-gateway.js';

const SETTINGS = `
publicUrl: http://localhost:8474
tenants:
  acme: { connections: { crm: { rules: { records: { account: everyone, contact: everyone, opportunity: everyone } } } } }
`;

const files = Object.entries(playbookFiles).map(([path, text]) => ({ path, text }));

describe('the gateway holds to what a panel behind it needs', () => {
  let gateway: TestGateway;
  let url: string;
  before(async () => {
    gateway = await openTestGateway({ settings: SETTINGS, playbook: files });
    gateway.clock.follow();
    url = await gateway.listen();
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: repFacts(NOW).map(toSent) });
    await gateway.settled();
  });
  after(() => gateway.close());

  for (const { name, run } of gatewayContract)
    it(name, async () => {
      await run({
        url,
        fetch: (address, init) => fetch(address, init),
        async token(asker) {
          const made = await gateway.call(`acme ${asker} rep`, 'POST', '/v1/token');
          return made.json() as GatewayToken;
        },
        clock: {
          now: () => Date.now(),
          every(ms, tick) {
            const timer = setInterval(tick, ms);
            return () => clearInterval(timer);
          },
        },
        async record(facts) {
          await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: facts.map(toSent) });
          await gateway.settled();
        },
      });
    });
});
