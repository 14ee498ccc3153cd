import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { type Attack, refuseAll } from './attack.js';
import { isRefused } from './identity.js';
import { CANVAS_SECRET, canvas, hubspot, NOW, post, startGateway, USER } from './test-gateway.js';

const FETCH = '/v1/playbook?userId=77&portalId=62515';

const ATTACKS: readonly Attack[] = [
  {
    title: 'a Canvas request signed with another secret',
    reason: 'bad-signature',
    make: () => canvas((it) => it, 'guessed'),
  },
  {
    title: "another company's Canvas secret for this organization",
    reason: 'unknown-tenant',
    make: () => canvas((it) => it, 'canvas-consumer-secret-2'),
  },
  {
    title: 'a Canvas request of another organization',
    reason: 'unknown-tenant',
    make: () =>
      canvas((it) => ({
        ...it,
        context: { ...it.context, organization: { organizationId: '00DB0000000XyZ1MAK' } },
      })),
  },
  {
    title: 'a Canvas request whose payload was changed after it was signed',
    reason: 'bad-signature',
    make: () => {
      const form = new URLSearchParams(Buffer.from(canvas().body).toString());
      const [signature = '', payload = ''] = (form.get('signed_request') ?? '').split('.');
      const json = Buffer.from(payload, 'base64').toString().replaceAll(USER, '005B0000000000AIAQ');
      return post({ signed_request: `${signature}.${Buffer.from(json).toString('base64')}` });
    },
  },
  {
    title: 'a Canvas request with a signature of no bytes',
    reason: 'bad-signature',
    make: () => {
      const form = new URLSearchParams(Buffer.from(canvas().body).toString());
      return post({ signed_request: `=.${form.get('signed_request')?.split('.')[1]}` });
    },
  },
  {
    title: 'a Canvas request that names another algorithm',
    reason: 'algorithm',
    make: () => canvas((it) => ({ ...it, algorithm: 'none' })),
  },
  {
    title: 'a Canvas request of five minutes ago',
    reason: 'too-old',
    make: () => canvas((it) => ({ ...it, issuedAt: NOW - 300_000 })),
  },
  {
    title: 'a Canvas request from the future',
    reason: 'from-the-future',
    make: () => canvas((it) => ({ ...it, issuedAt: NOW + 31_000 })),
  },
  {
    title: 'a Canvas request that does not say when it was made',
    reason: 'malformed',
    make: () => canvas(({ issuedAt: _, ...it }) => it),
  },
  {
    title: 'a Canvas request for two users',
    reason: 'wrong-claims',
    make: () => canvas((it) => ({ ...it, userId: '005B0000000000AIAQ' })),
  },
  {
    title: 'a signed text that is no JSON',
    reason: 'algorithm',
    make: () => {
      const payload = Buffer.from('[').toString('base64');
      const signature = createHmac('sha256', CANVAS_SECRET).update(payload).digest('base64');
      return post({ signed_request: `${signature}.${payload}` });
    },
  },
  {
    title: 'a signature of HubSpot over another address',
    reason: 'bad-signature',
    make: () => hubspot(FETCH.replace('77', '78'), { signed: FETCH }),
  },
  {
    title: 'a signature of HubSpot over another method',
    reason: 'bad-signature',
    make: () => ({ ...hubspot(FETCH), method: 'POST' }),
  },
  {
    title: 'a signature of HubSpot over another body',
    reason: 'bad-signature',
    make: () => ({ ...hubspot(FETCH, { body: '{}', method: 'POST' }), body: Buffer.from('{ }') }),
  },
  {
    title: 'a signature of HubSpot with another time',
    reason: 'bad-signature',
    make: () => {
      const { headers, ...request } = hubspot(FETCH);
      const time = { 'x-hubspot-request-timestamp': String(NOW + 1) };
      return { ...request, headers: { ...headers, ...time } };
    },
  },
  {
    title: 'a signature of HubSpot without its time',
    reason: 'malformed',
    make: () => {
      const { headers, ...request } = hubspot(FETCH);
      return { ...request, headers: { ...headers, 'x-hubspot-request-timestamp': undefined } };
    },
  },
  {
    title: 'a time that is no number',
    reason: 'malformed',
    make: () => hubspot(FETCH, { at: 'abc' as never }),
  },
  {
    title: 'a signature of HubSpot that is older than five minutes',
    reason: 'too-old',
    make: () => hubspot(FETCH, { at: NOW - 300_001 }),
  },
  {
    title: 'a signature of HubSpot from the future',
    reason: 'from-the-future',
    make: () => hubspot(FETCH, { at: NOW + 60_000 }),
  },
  {
    title: 'an empty signature',
    reason: 'malformed',
    make: () => {
      const { headers, ...request } = hubspot(FETCH);
      return { ...request, headers: { ...headers, 'x-hubspot-signature-v3': '' } };
    },
  },
  {
    title: 'a user that the caller wrote in front of the one that HubSpot adds',
    reason: 'malformed',
    make: () => hubspot('/v1/playbook?userId=1&userId=77&portalId=62515'),
  },
  {
    title: 'an account of HubSpot that is not served',
    reason: 'unknown-tenant',
    make: () => hubspot('/v1/playbook?userId=77&portalId=1'),
  },
  {
    title: 'a call of HubSpot that names no user',
    reason: 'malformed',
    make: () => hubspot('/v1/playbook?portalId=62515'),
  },
];

describe('whoever did not sign for Salesforce or HubSpot is refused with', () => {
  refuseAll(ATTACKS);

  it('a signature that came before, also written in another way', async () => {
    const { authenticator } = await startGateway();
    const request = hubspot(FETCH);
    assert.ok(!isRefused(await authenticator.authenticate(request)));
    const again = await authenticator.authenticate(request);
    assert.equal(isRefused(again) && again.log.reason, 'replayed');
    const given = String(request.headers['x-hubspot-signature-v3']);
    // The last character before "=" has two bits that say nothing.
    const twin = `${given.slice(0, 42)}${String.fromCharCode(given.charCodeAt(42) + 1)}=`;
    const same = Buffer.from(twin, 'base64').equals(Buffer.from(given, 'base64'));
    const headers = { ...request.headers, 'x-hubspot-signature-v3': twin };
    const other = await authenticator.authenticate({ ...request, headers });
    assert.ok(isRefused(other) && other.log.reason === (same ? 'replayed' : 'bad-signature'));
  });

  it('the same signature at once, twenty times: one is let in', async () => {
    const { authenticator } = await startGateway();
    const request = hubspot(FETCH);
    const all = Array.from({ length: 20 }, () => authenticator.authenticate(request));
    const results = await Promise.all(all);
    assert.equal(results.filter((result) => !isRefused(result)).length, 1);
  });

  it("a rep's own call by hubspot.fetch, made out to be a webhook", async () => {
    const { authenticator } = await startGateway();
    const body = '[{"portalId":62515}]';
    const target = '/webhooks/hubspot?userId=77&portalId=62515';
    const request = hubspot(target, { method: 'POST', body });
    const result = await authenticator.authenticateWebhook(request);
    assert.equal(isRefused(result) && result.log.reason, 'wrong-claims');
  });

  it('webhooks of two accounts in one body', async () => {
    const { authenticator } = await startGateway();
    const body = '[{"portalId":62515},{"portalId":1}]';
    const request = hubspot('/webhooks/hubspot', { method: 'POST', body });
    assert.ok(isRefused(await authenticator.authenticateWebhook(request)));
  });
});
