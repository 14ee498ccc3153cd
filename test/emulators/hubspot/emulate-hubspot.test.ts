import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { Signature } from '@hubspot/api-client';
import { type Emulator, emulateHubspot } from './emulate-hubspot.js';

const AT = Date.parse('2026-06-01T09:00:00Z');

describe('the emulator of HubSpot', () => {
  it("signs what it tells an address, so that HubSpot's own check accepts it", async () => {
    const emulator = await emulateHubspot({ accounts: 5 });
    const bodies: {
      readonly body: string;
      readonly signature: string;
      readonly timestamp: string;
    }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      bodies.push({
        body,
        signature: String(request.headers['x-hubspot-signature-v3']),
        timestamp: String(request.headers['x-hubspot-request-timestamp']),
      });
      response.writeHead(bodies.length === 1 ? 503 : 204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?a=b`;
      const webhooks = emulator.notify({ url, secret: 's3cret' });
      const [company = ''] = emulator.portal.rows('companies').keys();
      for (let turn = 0; turn < 130; turn++)
        emulator.portal.update('companies', company, { name: `Name ${turn}` });
      const first = await webhooks.deliver();
      assert.ok(first.sent > 130 && first.refused === 100, JSON.stringify(first));
      await webhooks.deliver();
      assert.equal(webhooks.waiting().length, 0);
      for (const { body, signature, timestamp } of bodies)
        assert.ok(
          Signature.isValid({
            signatureVersion: 'v3',
            signature,
            method: 'POST',
            url,
            requestBody: body,
            timestamp: Number(timestamp),
            clientSecret: 's3cret',
          }),
        );
      const events = JSON.parse(bodies.at(-1)?.body ?? '[]') as {
        readonly attemptNumber: number;
        readonly eventId: number;
      }[];
      assert.ok(events.every(({ attemptNumber }) => attemptNumber === 1));
      const ids = events.map(({ eventId }) => eventId);
      assert.notDeepEqual(ids, ids.toSorted());
    } finally {
      server.close();
      await emulator.close();
    }
  });

  it('counts in ten seconds, in a day and searches by themselves', async () => {
    const small = await emulateHubspot({
      accounts: 5,
      now: () => AT,
      settings: { requestsInTenSeconds: 3, searchesASecond: 2, requestsADay: 7 },
    });
    try {
      const token = { authorization: `Bearer ${small.oauth.privateToken}` };
      const get = async (): Promise<string> => {
        const response = await fetch(`${small.origin}/crm/v3/objects/companies`, {
          headers: token,
        });
        const { policyName = 'ok' } = (await response.json()) as { policyName?: string };
        return `${policyName} ${response.headers.get('x-hubspot-ratelimit-daily-remaining')}`;
      };
      const search = async (): Promise<string> => {
        const response = await fetch(`${small.origin}/crm/v3/objects/companies/search`, {
          method: 'POST',
          headers: token,
          body: '{}',
        });
        return ((await response.json()) as { policyName?: string }).policyName ?? 'ok';
      };
      assert.deepEqual(
        [await get(), await get(), await get(), await get()],
        ['ok 6', 'ok 5', 'ok 4', 'TEN_SECONDLY_ROLLING 3'],
      );
      assert.deepEqual([await search(), await search(), await search()], ['ok', 'ok', 'SECONDLY']);
      assert.equal(await search(), 'DAILY');
    } finally {
      await small.close();
    }
  });

  it('knows in search what changed only after a while, as the index of HubSpot', async () => {
    let now = AT;
    const emulator = await emulateHubspot({
      accounts: 5,
      now: () => now,
      settings: { indexLagMs: 20_000 },
    });
    try {
      const search = async (): Promise<number> => {
        const response = await fetch(`${emulator.origin}/crm/v3/objects/companies/search`, {
          method: 'POST',
          headers: { authorization: `Bearer ${emulator.oauth.privateToken}` },
          body: JSON.stringify({
            filterGroups: [
              { filters: [{ propertyName: 'name', operator: 'EQ', value: 'Renamed' }] },
            ],
          }),
        });
        return ((await response.json()) as { total: number }).total;
      };
      const [company = ''] = emulator.portal.rows('companies').keys();
      emulator.portal.update('companies', company, { name: 'Renamed' });
      assert.equal(await search(), 0);
      now += 20_000;
      assert.equal(await search(), 1);
    } finally {
      await emulator.close();
    }
  });

  it('is the same company for the same seed', async () => {
    const now = (): number => AT;
    const [one, two, other] = await Promise.all(
      ['a', 'a', 'b'].map((seed) => emulateHubspot({ seed, accounts: 8, now })),
    );
    const told = (emulated: Emulator | undefined): string =>
      JSON.stringify(emulated?.portal.objects.map(({ name }) => [...emulated.portal.rows(name)]));
    assert.equal(told(one), told(two));
    assert.notEqual(told(one), told(other));
    for (const each of [one, two, other]) await each?.close();
  });
});
