import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { stableJson } from '../../src/core/stable-json.js';
import type { Fact } from '../../src/domain/fact.js';
import { FAULTS } from '../../test/emulators/salesforce/faults.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import type { RequestEvent } from '../requests/create-requests.js';
import { queryPages } from './read-pages.js';
import { type Bench, startBench } from './salesforce-bench.js';
import { createSalesforceRequests } from './salesforce-connector.js';
import { createWire } from './wire.js';

const inOrder = (facts: readonly Fact[]): string =>
  stableJson(facts.toSorted((a, b) => (a.id < b.id ? -1 : 1)));

async function withBench(
  options: Parameters<typeof startBench>[0],
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const bench = await startBench(options);
  try {
    await work(bench);
  } finally {
    await bench.close();
  }
}

describe('requests to Salesforce that fail', () => {
  for (const bulkFrom of [5_000, 1])
    it(`2 and 15 in 100 of any kind leave the very same facts as none, ${bulkFrom === 1 ? 'in bulk' : 'by query'}`, () =>
      withBench({ settings: { bulkPageSize: 25, pageSize: 10 } }, async (bench) => {
        const { org, faults } = bench.emulator;
        const clean = await collect(bench.open({ bulkFrom }).pull());
        bench.pass(60_000);
        for (const account of [...org.rows('Account').keys()].slice(0, 5))
          org.update('Account', account, { Name: 'Renamed' });
        const read = async (): Promise<string> => {
          const connector = bench.open({ bulkFrom });
          const changes = connector.changesSince?.(positionOf(clean));
          assert.ok(changes);
          return inOrder([
            ...factsOf(await collect(connector.pull())),
            ...factsOf(await collect(changes)),
          ]);
        };
        const calm = await read();
        for (const rate of [0.02, 0.15]) {
          const met = faults.count();
          faults.atRate(rate);
          while (faults.count() < met + 3) assert.equal(await read(), calm);
          faults.atRate(0);
        }
      }));

  for (const fault of FAULTS)
    it(`"${fault}" at every third request still gives everything`, () =>
      withBench({ accounts: 6, settings: { pageSize: 5 } }, async (bench) => {
        const clean = factsOf(await collect(bench.open().pull()));
        bench.emulator.faults.atRate(0.33, [fault]);
        const facts = factsOf(await collect(bench.open().pull()));
        assert.ok(bench.emulator.faults.count() > 3);
        assert.equal(stableJson(facts), stableJson(clean));
      }));

  it('write a response once when the answer is lost, the row is locked, or a page comes in place of the answer', () =>
    withBench({ accounts: 5 }, async (bench) => {
      const { org, faults } = bench.emulator;
      const account = org.rows('Account').keys().next().value ?? '';
      const before = org.rows('Task').size;
      for (const [index, fault] of (
        ['lost', 'locked', 'html', 'reset', 'unavailable'] as const
      ).entries()) {
        faults.order(fault, /^PATCH .*\/Task\//, 2);
        const pushed = await bench.open().push?.(doneOn(`crm:account:${account}`, `r/${fault}`), {
          title: 'Call',
        });
        assert.equal(pushed?.status, 'written');
        assert.equal(org.rows('Task').size, before + index + 1);
      }
    }));

  it('are given up with the reason when only pages come, and no body of theirs is told', () =>
    withBench({ accounts: 2 }, async (bench) => {
      bench.emulator.faults.order('html', /\/query/, 100);
      await assert.rejects(collect(bench.open().pull()), {
        code: 'opportune/crm-unavailable',
        message:
          /a page came in place of data, as when the CRM is under maintenance, at the last of 6 attempts/,
      });
    }));
});

function doneOn(
  record: string,
  id: string,
): Parameters<NonNullable<ReturnType<Bench['open']>['push']>>[0] {
  return {
    id,
    type: 'response',
    subjects: [record],
    about: [record],
    occurredAt: 1_780_000_000_000,
    learnedAt: 1_780_000_000_000,
    grade: 'observed',
    data: {
      play: 'p',
      record,
      opening: 'p|r|1',
      response: { kind: 'done' },
      scope: 'record',
      executed: true,
    },
  };
}

describe('traps of the vendor client that the connector does not fall into', () => {
  it('an API that refuses fresh tokens is asked a few times and then no more, by us and by jsforce over our session', () =>
    withBench({ accounts: 2, settings: { tokenLifetimeMs: 0 } }, async (bench) => {
      const { emulator, session } = bench;
      await assert.rejects(collect(bench.open().pull()), { code: 'opportune/sign-in' });
      const { accessToken, instanceUrl } = session.token();
      const connection = new Connection({
        accessToken,
        instanceUrl,
        version: '62.0',
        refreshFn: session.refreshFn,
      });
      await assert.rejects(
        async () => connection.query('SELECT Id FROM Account'),
        /refuses a token/,
      );
      assert.ok(emulator.log.length < 15, `${emulator.log.length} requests`);
    }));

  it('a token that ends in the middle is renewed once for all, and a refresh token that rotates is kept', () =>
    withBench({ settings: { rotates: true, pageSize: 5 } }, async (bench) => {
      const clean = factsOf(await collect(bench.open().pull()));
      const facts: Fact[] = [];
      const given = bench.emulator.oauth.given();
      for await (const each of bench.open().pull()) {
        if (each.type !== 'fact') continue;
        facts.push(each.fact);
        if (facts.length === 10 || facts.length === 60) {
          bench.pass(60_000);
          bench.emulator.oauth.expire();
        }
      }
      assert.equal(stableJson(facts), stableJson(clean));
      assert.equal(bench.emulator.oauth.given() - given, 2);
      assert.equal(new Set(bench.refreshTokens).size, 3);
    }));

  it('a result of many pages is read to its last row: 10,040 records, by query and in bulk', () =>
    withBench({ accounts: 1, settings: { bulkPageSize: 3_000 } }, async (bench) => {
      const { org, user } = bench.emulator;
      for (let index = org.rows('Product2').size; index < 10_040; index++)
        org.create('Product2', { Name: `Part ${index}` }, user);
      const map = `
connection: crm
objects:
  Product2:
    facts: [{ record: product, set: { name: Name } }]
`;
      for (const bulkFrom of [1_000_000, 1]) {
        const facts = factsOf(await collect(bench.open({ map, bulkFrom }).pull()));
        assert.equal(new Set(facts.map(({ about }) => about[0])).size, 10_040);
      }
    }));

  it('an answer that is done with fewer records than it counts is an error, and not the end', async () => {
    const answers = [
      {
        totalSize: 5,
        done: false,
        records: [{ Id: 'a' }],
        nextRecordsUrl: '/services/data/v62.0/query/1',
      },
      { totalSize: 5, done: true, records: [{ Id: 'b' }] },
    ];
    const wire = {
      ask: async () => ({ status: 200, headers: new Headers(), text: '', value: answers.shift() }),
    };
    const pages = queryPages(wire, { soql: 'SELECT Id FROM Account', fields: ['Id'], all: false });
    await assert.rejects(
      (async () => {
        for await (const _ of pages);
      })(),
      /2 records came, and Salesforce counts 5/,
    );
  });

  it('an upload that is refused once is sent again with its body', () =>
    withBench({ accounts: 1 }, async ({ emulator, requests, session }) => {
      const wire = createWire(requests, session, '62.0');
      const opened = await wire.ask({
        method: 'POST',
        path: '/jobs/ingest',
        body: { object: 'Contact', operation: 'insert' },
      });
      const path = `/jobs/ingest/${(opened.value as { id: string }).id}`;
      emulator.faults.order('unavailable', /^PUT /);
      const body = 'LastName\nOne\nTwo\n';
      await wire.ask({ method: 'PUT', path: `${path}/batches`, body, repeatable: true });
      await wire.ask({
        method: 'PATCH',
        path,
        body: { state: 'UploadComplete' },
        repeatable: true,
      });
      const { value } = await wire.ask({ path });
      assert.equal((value as { numberRecordsProcessed: number }).numberRecordsProcessed, 2);
    }));

  it('a request goes to where the company moved, and not to the old instance for ever', () =>
    withBench({ accounts: 1 }, async ({ requests, emulator, timing }) => {
      const old = 'https://old.my.salesforce.com';
      const asked: string[] = [];
      let token = { accessToken: 'stale', instanceUrl: old };
      const wire = createWire(
        {
          ...requests,
          async send({ url, headers }) {
            asked.push(`${new URL(url).origin} ${headers().authorization}`);
            const status = url.startsWith(old) ? 401 : 200;
            return { status, headers: new Headers(), text: '', value: {} };
          },
        },
        {
          token: () => token,
          renew: async () => {
            token = { accessToken: 'fresh', instanceUrl: emulator.origin };
            return token;
          },
        },
        '62.0',
      );
      await wire.ask({ path: '/limits' });
      assert.deepEqual(asked, [`${old} Bearer stale`, `${emulator.origin} Bearer fresh`]);
      assert.ok(timing.now() > 0);
    }));
});

describe('what others have at the same company', () => {
  it('a fifth of the requests of the day is left to them', () =>
    withBench({ accounts: 20, settings: { requestsADay: 60, pageSize: 3 } }, async (bench) => {
      await assert.rejects(collect(bench.open().pull()), {
        code: 'opportune/crm-busy',
        message: /the rest is left to other integrations/,
      });
      const used = bench.emulator.log.filter(({ url }) => url.startsWith('/services/data')).length;
      // One request may be under way while another finds out.
      assert.ok(used >= 46 && used <= 49, `${used} of 60 used`);
    }));

  it('when they used up the day, the connector says so and does not ask on', () =>
    withBench({ accounts: 2, settings: { requestsADay: 0 } }, async (bench) => {
      await assert.rejects(collect(bench.open().pull()), {
        code: 'opportune/crm-busy',
        message: /the day's requests are used up/,
      });
      assert.ok(bench.emulator.log.length < 8);
    }));

  it('tokens are in no address, no event and no error', () =>
    withBench({ accounts: 4, settings: { pageSize: 5 } }, async (bench) => {
      const { emulator, session, timing } = bench;
      const events: RequestEvent[] = [];
      const requests = createSalesforceRequests({
        timing,
        observe: (event) => events.push(event),
      });
      const wire = createWire(requests, session, '62.0');
      emulator.faults.atRate(0.2);
      await wire.ask({ path: '/limits' });
      await wire.ask({ path: '/services/oauth2/userinfo' });
      const connector = bench.open();
      await connector.identity?.();
      await collect(connector.pull());
      const refused = await wire.ask({ path: '/sobjects/Nope/describe' }).catch(String);
      emulator.faults.order('unavailable', /limits/, 50);
      const failed = await wire.ask({ path: '/limits' }).catch(String);
      const told = JSON.stringify([events, emulator.log, refused, failed]);
      assert.ok(events.length > 0);
      for (const secret of [session.token().accessToken, ...bench.refreshTokens])
        assert.ok(secret.length > 8 && !told.includes(secret));
    }));
});
