import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { connectorContract } from '../connector-contract.js';
import { type Bench, doneOn, startBench, tellInbox, withBench } from './hubspot-bench.js';
import {
  browserFetch,
  createHubspotRequests,
  createPrivateSession,
  type HubspotConnectorOptions,
} from './hubspot-connector.js';

describe('the HubSpot connector keeps the contract of connectors', () => {
  const ways = [
    'signed in by OAuth',
    'with the token of an app, on dated paths',
    'with the token of an app, as in a browser',
  ];
  for (const way of ways)
    describe(way, () => {
      let bench: Bench;
      let options: Partial<Omit<HubspotConnectorOptions, 'map'>>;
      let tell: () => void;
      beforeEach(async () => {
        bench = await startBench({ accounts: 12, settings: { associationPage: 2 } });
        const session = createPrivateSession(bench.emulator.oauth.privateToken);
        const isDated = way.endsWith('dated paths');
        const inBrowser = way.endsWith('browser');
        const requests = createHubspotRequests({ fetch: browserFetch, ...bench.timing });
        options = {
          ...(isDated && { session, version: '2026-03' }),
          ...(inBrowser && { session, requests }),
        };
        bench.emulator.settings.onlyDated = isDated;
        tell = tellInbox(bench);
      });
      afterEach(() => bench.close());

      for (const { name, run } of connectorContract)
        it(name, async () => {
          const { portal, oauth } = bench.emulator;
          const [, , , account = ''] = portal.rows('companies').keys();
          const [contact = ''] = portal.rows('contacts').keys();
          const { accessToken } = await bench.session.token();
          await run({
            open: async () => bench.open(options),
            async change() {
              bench.pass(60_000);
              portal.update('companies', account, { name: 'Renamed' });
              tell();
              return `crm:account:${account}`;
            },
            async remove() {
              bench.pass(60_000);
              portal.archive('contacts', contact);
              tell();
              return `crm:contact:${contact}`;
            },
            done: () => doneOn(bench, 'device-1/response/17 a+b'),
            secrets: [accessToken, oauth.privateToken],
          });
        });
    });
});

describe('some accounts of HubSpot', () => {
  it('come without a contact whose own company is another, though it is associated with them', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal } = bench.emulator;
      const [own = '', other = ''] = portal.rows('companies').keys();
      const [contact = ''] = portal.rows('contacts').keys();
      portal.link('contacts', contact, 'companies', other);
      const { accounts } = bench.open();
      assert.equal(await accounts?.of(`crm:contact:${contact}`), `crm:account:${own}`);
      const records: (string | undefined)[] = [];
      for await (const pulled of accounts?.pull([`crm:account:${other}`]) ?? [])
        if (pulled.type === 'fact') records.push(pulled.fact.about[0]);
      assert.ok(records.includes(`crm:account:${other}`));
      assert.ok(!records.includes(`crm:contact:${contact}`));
    }));
});
