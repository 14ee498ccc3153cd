import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import {
  NOW as CANVAS_NOW,
  CANVAS_SECRET,
  canvas,
  ORGANIZATION,
} from '../identity/test-gateway.js';
import { CONNECTOR, openTestGateway, sent } from './test-gateway.js';

const ends: (() => unknown)[] = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

describe('a rep whom Salesforce sends anew', () => {
  it('sees at once what the token before was refused', async () => {
    const account = '0015000000Gv7qJAAR';
    const salesforce = createServer((request, response) => {
      const good = request.headers.authorization === 'Bearer second';
      response.writeHead(good ? 200 : 401, { 'content-type': 'application/json' });
      const records = [{ RecordId: account, HasReadAccess: true }];
      response.end(JSON.stringify(good ? { done: true, totalSize: 1, records } : []));
    });
    await new Promise<void>((done) => salesforce.listen(0, '127.0.0.1', done));
    ends.push(() => salesforce.close());
    const { port } = salesforce.address() as AddressInfo;
    const gateway = await openTestGateway({
      secrets: () => CANVAS_SECRET,
      settings: `
publicUrl: http://localhost:8474
tenants:
  acme:
    connections: { sf: { salesforce: { instance: 'http://127.0.0.1:${port}' } } }
    signIn: [{ canvas: { connection: sf, organization: ${ORGANIZATION}, secret: env:CANVAS, roles: [rep] } }]
`,
    });
    ends.push(() => gateway.close());
    gateway.clock.set(CANVAS_NOW);
    const record = `sf:account:${account}`;
    const made = JSON.stringify(
      sent('1', { type: 'email-received', at: CANVAS_NOW - 86_400_000, account: 'X' }),
    ).replaceAll('crm:account:X', record);
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', made);
    await gateway.settled();
    const signIn = async (oauthToken: string): Promise<string> => {
      const { headers, body } = canvas((it) => ({ ...it, client: { ...it.client, oauthToken } }));
      const told = { 'content-type': String(headers['content-type']) };
      const answer = await gateway.call(
        '',
        'POST',
        '/v1/token',
        Buffer.from(body).toString(),
        told,
      );
      assert.equal(answer.status, 200, answer.text);
      return (answer.json() as { token: string }).token;
    };
    const seen = async (token: string): Promise<boolean> => {
      const headers = { authorization: `Bearer ${token}` };
      const { text } = await gateway.call('', 'POST', '/v1/decide', { record }, headers);
      return !/"no-access"/.test(text);
    };
    assert.equal(await seen(await signIn('first')), false);
    assert.equal(await seen(await signIn('second')), true);
  });
});
