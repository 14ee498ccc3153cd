import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGatewayCall } from '../src/remote/gateway-call.js';

/** A gateway that knows one token and tells which it was asked with. */
function openCall(good: string, signInAnew?: () => Promise<string>) {
  const asked: string[] = [];
  const call = createGatewayCall({
    url: 'https://gateway.example.com',
    authorization: async () => 'Bearer old',
    ...(signInAnew && { signInAnew }),
    async fetch(_, { headers, body }) {
      const { authorization = '' } = headers;
      asked.push(authorization);
      const isKnown = authorization === good;
      const text = isKnown
        ? (body ?? '{}')
        : JSON.stringify({ code: 'opportune/signed-out', title: 'the caller is not known' });
      return { ok: isKnown, status: isKnown ? 200 : 401, text: async () => text };
    },
  });
  return { call, asked };
}

describe('a page that asks a gateway', () => {
  it('signs in anew where its token ended, and sends the same once more', async () => {
    const { call, asked } = openCall('Bearer new', async () => 'Bearer new');
    assert.deepEqual(await call('PUT', '/v1/studio/draft', { changes: 1 }), { changes: 1 });
    assert.deepEqual(asked, ['Bearer old', 'Bearer new']);
  });

  it('tells that it is not known where nobody can sign in anew', async () => {
    const { call, asked } = openCall('Bearer new');
    await assert.rejects(call('GET', '/v1/studio'), { code: 'opportune/signed-out' });
    assert.deepEqual(asked, ['Bearer old']);
  });
});
