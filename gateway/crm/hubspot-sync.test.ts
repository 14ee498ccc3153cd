import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { Client } from '@hubspot/api-client';
import { APP, emulateHubspot } from '../../test/emulators/hubspot/emulate-hubspot.js';
import { CONNECTOR, openTestGateway, type TestGateway, until } from '../serve/test-gateway.js';
import { createCrmDoor } from './crm-door.js';
import { callPlaybook, SECRET_NAME } from './crm-world.js';
import type { ConnectionStatus } from './tenant-crm.js';

const MAP = `
connection: crm
zone: Europe/Berlin
currency: EUR
objects:
  owners:
    facts:
      - record: rep
        set: { name: name, email: email }
  companies:
    facts:
      - record: account
        set: { name: name, owner: { rep: hubspot_owner_id } }
  calls:
    facts:
      - activity: email-received
        of: association/companies
        when: { hs_call_status: COMPLETED }
        at: hs_timestamp
        by: { contact: association/contacts }
  tasks:
    facts:
      - activity: call-made
        of: association/companies
        when: { hs_task_status: COMPLETED }
        at: hs_timestamp
        by: { rep: hubspot_owner_id }
`;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A port that is free: signatures are made over the public address, which is settled before it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** `how` signs in to HubSpot, as it is written in the settings. */
async function start(how = `token: env:${SECRET_NAME}`) {
  const emulator = await emulateHubspot({ accounts: 4, settings: { rotates: true } });
  ends.push(() => emulator.close());
  const refreshToken = emulator.oauth.install();
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const signIn = {
    crm: 'hubspot',
    token: emulator.oauth.privateToken,
    origin: emulator.origin,
  } as const;
  await (await createCrmDoor(signIn, {}).open()).prepare?.('opportune_key');
  const gateway = await openTestGateway({
    follows: true,
    limits: { perMinute: 100_000 },
    playbook: callPlaybook(),
    crm: { gapMs: 50, graceMs: 0 },
    secrets: (kind, name) =>
      kind === 'file'
        ? MAP
        : name === SECRET_NAME
          ? emulator.oauth.privateToken
          : name === 'REFRESH'
            ? refreshToken
            : APP.clientSecret,
    settings: `
publicUrl: ${publicUrl}
tenants:
  acme:
    connections:
      crm:
        rules: { records: { account: everyone, contact: everyone } }
        sync:
          map: map.yaml
          writeTo: opportune_key
          minutes: 60
          hubspot: { ${how}, url: '${emulator.origin}', version: 2026-03 }
    signIn: [{ hubspot: { connection: crm, portal: ${emulator.portal.id}, secret: env:APP, roles: [rep] } }]
`,
  });
  ends.push(() => gateway.close());
  await gateway.app.listen({ host: '127.0.0.1', port });
  const client = new Client({
    accessToken: emulator.oauth.privateToken,
    basePath: emulator.origin,
  });
  await until(async () => (await statusOf(gateway)).state === 'current');
  return { emulator, gateway, client, publicUrl, refreshToken };
}

async function statusOf(gateway: TestGateway): Promise<ConnectionStatus> {
  const told = (await gateway.call(CONNECTOR, 'GET', '/v1/import-status')).json() as {
    connections: ConnectionStatus[];
  };
  assert.ok(told.connections[0]);
  return told.connections[0];
}

const decide = async (
  gateway: TestGateway,
  rep: string,
  record: string,
): Promise<{ readonly shown: readonly { readonly opening: string }[] }> =>
  (await gateway.call(`acme ${rep} rep`, 'POST', '/v1/decide', { record })).json() as {
    shown: { opening: string }[];
  };

describe('a gateway that is connected to HubSpot', () => {
  it('reads by an app that was installed, whose refresh tokens are good once, and says when it was uninstalled', async () => {
    const how = `clientId: ${APP.clientId}, clientSecret: env:APP, refreshToken: env:REFRESH`;
    const { emulator, gateway, refreshToken } = await start(how);
    assert.equal((await statusOf(gateway)).problem, undefined);
    const store = gateway.tenants.get('acme')?.store;
    const kept = JSON.stringify(await store?.get('crm/crm/grant'));
    assert.ok(kept.includes('sealed'), kept);
    emulator.oauth.uninstall();
    await gateway.tenants.get('acme')?.crm.tell('crm', [{}]);
    await until(async () => (await statusOf(gateway)).state === 'failing');
    const status = await statusOf(gateway);
    assert.equal(status.problem?.code, 'opportune/sign-in');
    assert.match(status.problem?.message ?? '', /its grant was withdrawn/);
    const told = `${kept}${JSON.stringify([status, gateway.logged, emulator.log])}`;
    for (const secret of [refreshToken, APP.clientSecret]) assert.ok(!told.includes(secret));
  });

  it('reads what a webhook names soon after, and keeps nothing of the value that it tells', async () => {
    const { emulator, gateway, client, publicUrl } = await start();
    const [id = ''] = emulator.portal.rows('companies').keys();
    const webhooks = emulator.notify({
      url: `${publicUrl}/v1/webhooks/hubspot`,
      secret: APP.clientSecret,
    });
    await client.crm.companies.basicApi.update(id, { properties: { name: 'Renamed by a person' } });
    const { upTo } = await statusOf(gateway);
    const delivered = await webhooks.deliver();
    assert.equal(delivered.refused, 0);
    assert.ok(delivered.sent > 0);
    await until(async () => (await statusOf(gateway)).upTo !== upTo);
    await until(async () =>
      JSON.stringify(await decide(gateway, 'crm:rep:x', `crm:account:${id}`)).includes(
        'Renamed by a person',
      ),
    );
    const kept = await gateway.tenants.get('acme')?.store.names('crm/crm/told/');
    assert.deepEqual(kept, []);
  });

  it('refuses webhooks that are not signed, or of another account, and keeps nothing of them', async () => {
    const { emulator, gateway, publicUrl } = await start();
    const url = `${publicUrl}/v1/webhooks/hubspot`;
    const body = JSON.stringify([{ portalId: emulator.portal.id, subscriptionType: 'x' }]);
    const headers = { 'content-type': 'application/json' };
    assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 401);
    const other = emulator.notify({ url, secret: 'not-the-secret-of-the-app' });
    emulator.portal.update('companies', [...emulator.portal.rows('companies').keys()][0] ?? '', {
      name: 'Once more',
    });
    assert.ok((await other.deliver()).refused > 0);
    assert.deepEqual(await gateway.tenants.get('acme')?.store.names('crm/crm/told/'), []);
  });

  it('writes an answer back as a task of the owner, once, and does not take it for a second call', async () => {
    const { emulator, gateway } = await start();
    let card: { record: string; rep: string; opening: string } | undefined;
    await until(async () => {
      for (const [id, row] of emulator.portal.rows('companies')) {
        const owner = emulator.portal.owners.find(
          (one) => String(one.id) === row.properties.hubspot_owner_id,
        );
        const rep = `crm:rep:${owner?.userId}`;
        const record = `crm:account:${id}`;
        const [first] = (await decide(gateway, rep, record)).shown ?? [];
        if (first) card = { record, rep, opening: first.opening };
      }
      return card !== undefined;
    });
    assert.ok(card);
    const { record, rep, opening } = card;
    const told = await gateway.call(`acme ${rep} rep`, 'POST', '/v1/responses', {
      ...{ id: 'answer-1', play: 'silent-buyer', record, account: record, opening },
      occurredAt: new Date().toISOString(),
      response: { kind: 'done' },
    });
    assert.deepEqual(told.json(), { status: 'recorded' });
    const written = () =>
      [...emulator.portal.rows('tasks').values()].filter(
        ({ properties }) => properties.opportune_key === 'response/answer-1',
      );
    await until(() => written().length > 0);
    const [task] = written();
    const owner = emulator.portal.owners.find(({ userId }) => rep === `crm:rep:${userId}`);
    assert.equal(task?.properties.hubspot_owner_id, String(owner?.id));
    assert.equal(task?.properties.hs_task_status, 'COMPLETED');
    const { upTo } = await statusOf(gateway);
    await gateway.tenants.get('acme')?.crm.tell('crm', [
      {
        ...{ eventId: 1, subscriptionId: 1, occurredAt: Date.now(), portalId: emulator.portal.id },
        ...{
          subscriptionType: 'object.creation',
          objectTypeId: '0-27',
          objectId: Number(task?.id),
        },
      },
    ]);
    await until(async () => (await statusOf(gateway)).upTo !== upTo);
    await gateway.settled();
    const rows = await gateway.database.ask('acme', 'select body from opportune.facts', []);
    assert.equal(rows.filter(({ body }) => String(body).includes(`/tasks/${task?.id}/`)).length, 0);
    assert.equal(written().length, 1);
  });
});
