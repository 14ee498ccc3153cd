import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { signedBytes } from '../identity/hubspot.js';
import { NOW, openTestGateway, type TestGateway, until } from '../serve/test-gateway.js';

const SECRET = 'the secret of the app in HubSpot';
const URL_OF_GATEWAY = 'https://nba.example.com';
const SETTINGS = `
publicUrl: ${URL_OF_GATEWAY}
tenants:
  acme:
    connections: { hs: { rules: { records: { account: team } } } }
    signIn: [{ hubspot: { connection: hs, portal: 62515, secret: env:HUBSPOT, roles: [rep] } }]
`;

describe('a request that HubSpot signed', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({ settings: SETTINGS, secrets: () => SECRET });
  });
  after(() => gateway.close());

  const post = async (target: string, body?: object): Promise<number> => {
    const bytes = Buffer.from(body ? JSON.stringify(body) : '');
    const signed = Buffer.concat([
      signedBytes('POST', URL_OF_GATEWAY + target, bytes),
      Buffer.from(String(NOW)),
    ]);
    const answer = await gateway.call('', 'POST', target, body, {
      'x-hubspot-request-timestamp': String(NOW),
      'x-hubspot-signature-v3': createHmac('sha256', SECRET).update(signed).digest('base64'),
    });
    return answer.status;
  };
  const send = (user: number): Promise<number> => post(`/v1/token?userId=${user}&portalId=62515`);
  const trail = (from: string, to: string): Promise<unknown> =>
    gateway.database.asOwner((sql) => sql.rows(`alter table opportune.${from} rename to ${to}`));

  it('counts once', async () => {
    assert.equal(await send(1), 200);
    assert.equal(await send(1), 401);
  });

  it('brings facts of the portal that it names, and of no other', async () => {
    const batch = (portalId: number, id: string): object => ({
      portalId,
      facts: [
        {
          id,
          type: 'demo-requested',
          subjects: ['hs:account:1'],
          occurredAt: new Date(NOW).toISOString(),
          grade: 'observed',
        },
      ],
    });
    assert.equal(await post('/v1/webhooks/facts', batch(62515, 'a')), 202);
    assert.equal(await post('/v1/webhooks/facts', batch(62515, 'a')), 401);
    assert.equal(await post('/v1/webhooks/facts', batch(7, 'b')), 401);
  });

  it('may come again as it was when we failed to answer it', async () => {
    await trail('audit', 'gone');
    assert.equal(await send(2), 500);
    await trail('gone', 'audit');
    const answers: number[] = [];
    // It is forgotten after the answer was sent.
    await until(async () => answers.push(await send(2)) > 0 && answers.at(-1) === 200);
    assert.deepEqual(
      [...new Set(answers.slice(0, -1))].filter((status) => status !== 401),
      [],
    );
    assert.equal(await send(2), 401);
  });
});
