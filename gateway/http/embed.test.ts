import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { canvasForm } from '../identity/test-canvas.js';
import { ANA, CONNECTOR, openTestGateway, type TestGateway } from '../serve/test-gateway.js';

const SECRET = 'a-secret-of-an-app-in-a-crm-of-enough-bytes';
const ORGANIZATION = '00DB0000000ToZ3MAK';
const USER = '005B0000003DgVwIAK';
const LIGHTNING = 'https://acme.lightning.force.com';
const SETTINGS = `
publicUrl: https://opportune.example.com
pages: [${LIGHTNING}, https://app.hubspot.com]
tenants:
  acme:
    connections:
      sf: { salesforce: { instance: https://acme.my.salesforce.com } }
      hs: { rules: { records: { account: own } } }
    signIn:
      - canvas: { connection: sf, organization: ${ORGANIZATION}, secret: env:APP, roles: [rep] }
      - hubspot: { connection: hs, portal: 62515, secret: env:APP, roles: [rep] }
`;

describe('the panel in a page of a CRM', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({
      settings: SETTINGS,
      secrets: () => SECRET,
      embedScript: 'start();',
    });
  });
  after(() => gateway.close());

  const post = (path: string, authorization: string, body?: object) =>
    gateway.call('', 'POST', path, body, { authorization });
  const repOf = (answer: { json(): unknown }): string => (answer.json() as { rep: string }).rep;

  it('is a page that the CRM’s hosts alone may frame, that runs its own script alone, and that holds no secret', async () => {
    const { headers, body } = await gateway.app.inject('/embed/panel');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /connect-src 'self';/);
    assert.match(policy, new RegExp(`frame-ancestors ${LIGHTNING} https://app\\.hubspot\\.com;`));
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(headers['set-cookie'], undefined);
    assert.equal(headers['cache-control'], 'no-store');
    const [, script = ''] = /src="(\/embed\/[^"]+)"/.exec(body) ?? [];
    assert.equal((await gateway.app.inject(script)).body, 'start();');
  });

  it('gets its token from a server of the CRM, for the user whom that names, of its own connection', async () => {
    const made = await post('/v1/token/rep', await gateway.hostToken('sf'), {
      user: USER.slice(0, 15),
    });
    assert.equal(made.status, 200);
    assert.equal(repOf(made), `sf:rep:${USER}`);
    const { token, expiresAt } = made.json() as { token: string; expiresAt: string };
    assert.equal(Date.parse(expiresAt) - gateway.clock.now(), 5 * 60_000);
    const record = 'sf:account:1';
    const decided = await post('/v1/decide', `Bearer ${token}`, { record });
    assert.equal((decided.json() as { asker: string }).asker, `sf:rep:${USER}`);
    // What was bought buys nothing.
    assert.equal((await post('/v1/token', `Bearer ${token}`)).status, 401);
    assert.equal((await post('/v1/ticket', `Bearer ${token}`)).status, 403);
    assert.equal(
      repOf(await post('/v1/token/rep', await gateway.hostToken('hs'), { user: '77' })),
      'hs:rep:77',
    );
  });

  it('is not to be had by another machine, a rep or an admin in the name of a rep; and that token does nothing else', async () => {
    for (const who of [ANA, CONNECTOR, 'acme - admin', 'acme sf:rep:1 host'])
      assert.equal(
        (await gateway.call(who, 'POST', '/v1/token/rep', { user: USER })).status,
        403,
        who,
      );
    const host = await gateway.hostToken('sf');
    for (const [path, body] of [
      ['/v1/decide', { record: 'sf:account:1' }],
      ['/v1/facts', { facts: [] }],
      ['/v1/token', undefined],
      ['/v1/ticket', undefined],
    ] as const)
      assert.ok([401, 403].includes((await post(path, host, body)).status), path);
    assert.equal((await post('/v1/token/rep', host, { user: 'a\u0000b' })).status, 403);
  });

  /** As HubSpot calls for a user. */
  const signed = (target: string): Promise<{ status: number; json(): unknown }> => {
    const at = String(gateway.clock.now());
    gateway.clock.set(gateway.clock.now() + 1);
    const address = `${target}?userId=77&portalId=62515`;
    const signature = createHmac('sha256', SECRET)
      .update(`POSThttps://opportune.example.com${address}${at}`)
      .digest('base64');
    return gateway.call('', 'POST', address, undefined, {
      'x-hubspot-request-timestamp': at,
      'x-hubspot-signature-v3': signature,
    });
  };

  it('opens by a ticket of who signed, which buys one token within a minute and is no token itself', async () => {
    const ticketOf = async (): Promise<string> =>
      ((await signed('/v1/ticket')).json() as { ticket: string }).ticket;
    const ticket = await ticketOf();
    assert.equal(
      (await post('/v1/decide', `Bearer ${ticket}`, { record: 'hs:account:1' })).status,
      401,
    );
    const bought = await post('/v1/token', `Ticket ${ticket}`);
    assert.equal(repOf(bought), 'hs:rep:77');
    assert.equal((await post('/v1/token', `Ticket ${ticket}`)).status, 401, 'it counts once');
    const { token } = bought.json() as { token: string };
    assert.equal((await post('/v1/token', `Ticket ${token}`)).status, 401, 'a token is no ticket');
    const late = await ticketOf();
    gateway.clock.set(gateway.clock.now() + 2 * 60_000);
    assert.equal((await post('/v1/token', `Ticket ${late}`)).status, 401);
  });

  /** As Salesforce posts to a Canvas app. */
  const canvas = (record: object | undefined, origin = LIGHTNING) => {
    const payload = canvasForm({
      ...{ secret: SECRET, issuedAt: gateway.clock.now(), record },
      ...{ user: USER, organization: ORGANIZATION },
    });
    return () =>
      gateway.app.inject({
        method: 'POST',
        url: '/embed/canvas',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        payload,
      });
  };

  it('leads from what Salesforce signed for a Canvas app to the panel of its record, once', async () => {
    const id = '001B000001Vn8P8IAJ';
    const send = canvas({ attributes: { type: 'Account' }, Id: id.slice(0, 15) });
    const { statusCode, headers } = await send();
    assert.equal(statusCode, 303);
    const [place, given] = String(headers.location).split('#');
    assert.equal(place, '/embed/panel');
    const { ticket = '', ...record } = Object.fromEntries(new URLSearchParams(given));
    assert.deepEqual(record, { object: 'Account', id });
    assert.equal(repOf(await post('/v1/token', `Ticket ${ticket}`)), `sf:rep:${USER}`);
    assert.equal((await send()).statusCode, 401);
    assert.equal((await canvas(undefined)()).statusCode, 400, 'it stands on no record');
    const evil = canvas({ attributes: { type: 'Account' }, Id: id }, 'https://evil.example');
    assert.equal((await evil()).statusCode, 403);
    assert.ok(!JSON.stringify(gateway.logged).includes(ticket));
  });

  it('says how to get the page where it was not built', async () => {
    const unbuilt = await openTestGateway();
    try {
      const { status, text } = await unbuilt.call('', 'GET', '/embed/panel');
      assert.equal(status, 404);
      assert.match(text, /npm run build/);
    } finally {
      await unbuilt.close();
    }
  });
});
