import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { type GatewayRequest, isRefused, type Reason } from './identity.js';
import {
  bearer,
  CANVAS_SECRET,
  canvas,
  get,
  hubspot,
  listen,
  NOW,
  post,
  startGateway,
  type TestGateway,
  URL_OF_GATEWAY,
  USER,
} from './test-gateway.js';

interface Attack {
  readonly title: string;
  readonly reason: Reason | readonly Reason[];
  readonly make: (gateway: TestGateway) => GatewayRequest | Promise<GatewayRequest>;
}

const NOW_S = NOW / 1000;
const FETCH = '/v1/playbook?userId=77&portalId=62515';
const panelClaims = (more: object = {}): object => ({
  ...{ tenant: 'acme', rep: 'sf:rep:1', roles: ['rep'], teams: [], sub: 'sf:rep:1', jti: 'x' },
  ...{ iss: URL_OF_GATEWAY, aud: 'panel', iat: NOW_S, exp: NOW_S + 300, ...more },
});
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signWith = (secret: string, claims: object, kid = 'november'): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', kid })
    .sign(new TextEncoder().encode(secret));

/** A panel token of the gateway's own with its claims changed, and its signature left. */
async function changedPanelToken(gateway: TestGateway, change: object): Promise<GatewayRequest> {
  const { authenticator, sign } = gateway;
  const result = await authenticator.authenticate(bearer(await sign()));
  assert.ok(!isRefused(result));
  const made = await authenticator.exchange(result.identity);
  assert.ok(!isRefused(made));
  const [head, payload = '', signature] = made.token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return bearer([head, part({ ...claims, ...change }), signature].join('.'));
}

const ATTACKS: readonly Attack[] = [
  { title: 'nothing at all', reason: 'nothing-presented', make: () => get('/v1/playbook') },
  {
    title: 'a password',
    reason: 'malformed',
    make: () => get('/', { authorization: 'Basic bWF5YTptYXlh' }),
  },
  {
    title: 'a token in the address',
    reason: 'nothing-presented',
    make: async ({ sign }) => get(`/v1/playbook?access_token=${await sign()}`),
  },
  {
    title: 'two Authorization headers, of which one is good',
    reason: 'malformed',
    make: async ({ sign }) => get('/', { authorization: [`Bearer ${await sign()}`, 'Bearer x'] }),
  },
  {
    title: 'a good token beside a signature of HubSpot',
    reason: 'several-presented',
    make: async ({ sign }) => {
      const { headers, ...request } = hubspot(FETCH);
      return { ...request, headers: { ...headers, authorization: `Bearer ${await sign()}` } };
    },
  },
  {
    title: 'a token of a megabyte',
    reason: 'too-long',
    make: async ({ sign }) => bearer(await sign({ padding: 'x'.repeat(1_000_000) })),
  },
  { title: 'three points', reason: 'malformed', make: () => bearer('...') },
  {
    title: 'a token whose parts are no JSON',
    reason: 'malformed',
    make: () => bearer('AAAA.AAAA.AAAA'),
  },
  {
    title: 'alg none',
    reason: ['algorithm', 'malformed'],
    make: ({ issuer }) =>
      bearer(
        new UnsecuredJWT({ iss: issuer, aud: 'opportune', sub: 'maya', tid: 'acme-tenant' })
          .setExpirationTime(NOW_S + 600)
          .encode(),
      ),
  },
  {
    title: 'alg None in other letters',
    reason: 'algorithm',
    make: ({ issuer }) =>
      bearer(
        `${part({ alg: 'nOnE' })}.${part({ iss: issuer, aud: 'opportune', exp: NOW_S + 9 })}.`,
      ),
  },
  {
    title: 'HS256 signed with the public key',
    reason: 'algorithm',
    make: async ({ keys, issuer }) => {
      const spki = await exportSPKI((keys.get('one') as { publicKey: CryptoKey }).publicKey);
      const claims = {
        iss: issuer,
        aud: 'opportune',
        sub: 'x',
        exp: NOW_S + 9,
        tid: 'acme-tenant',
      };
      return bearer(await signWith(spki, claims, 'one'));
    },
  },
  {
    title: 'an algorithm that nobody allowed, with a key that is published',
    reason: 'algorithm',
    make: async ({ keys, sign }) => {
      keys.set('two', await generateKeyPair('PS512'));
      return bearer(await sign({}, { alg: 'PS512' }, 'two'));
    },
  },
  {
    title: 'a key of the attacker under the id of the real one',
    reason: 'bad-signature',
    make: async ({ sign, keys }) => {
      const real = keys.get('one');
      keys.set('one', await generateKeyPair('RS256'));
      const token = await sign();
      if (real) keys.set('one', real);
      return bearer(token);
    },
  },
  {
    title: 'a key that comes along in the header',
    reason: 'bad-signature',
    make: async ({ issuer }) => {
      const own = await generateKeyPair('RS256');
      const token = await new SignJWT({
        iss: issuer,
        aud: 'opportune',
        sub: 'x',
        tid: 'acme-tenant',
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'one', jwk: await exportJWK(own.publicKey) })
        .setExpirationTime(NOW_S + 600)
        .sign(own.privateKey);
      return bearer(token);
    },
  },
  {
    title: 'a header extension that must be understood and is not',
    reason: ['algorithm', 'malformed'],
    make: async ({ issuer, sign }) => {
      const [, , signature] = (await sign()).split('.');
      const head = part({ alg: 'RS256', kid: 'one', crit: ['b65'], b65: true });
      return bearer(`${head}.${part({ iss: issuer, aud: 'opportune' })}.${signature}`);
    },
  },
  ...['../../../../dev/null', "x' OR '1'='1", '/proc/self/environ', '__proto__', ''].map(
    (kid): Attack => ({
      title: `the key id ${JSON.stringify(kid)}`,
      reason: ['unknown-key', 'bad-signature'],
      make: async ({ sign }) => bearer(await sign({}, {}, kid)),
    }),
  ),
  {
    title: 'an expired token',
    reason: 'expired',
    make: async ({ sign }) => bearer(await sign({ exp: NOW_S - 31 })),
  },
  {
    title: 'a token without an end',
    reason: 'wrong-claims',
    make: async ({ sign }) => bearer(await sign({ exp: undefined })),
  },
  {
    title: 'an end that is no number',
    reason: 'wrong-claims',
    make: async ({ keys, issuer }) =>
      bearer(
        await new SignJWT({ iss: issuer, aud: 'opportune', sub: 'x', exp: 'never' as never })
          .setProtectedHeader({ alg: 'RS256', kid: 'one' })
          .sign((keys.get('one') as { privateKey: CryptoKey }).privateKey),
      ),
  },
  {
    title: 'a token that is not yet valid',
    reason: 'not-yet-valid',
    make: async ({ sign }) => bearer(await sign({ nbf: NOW_S + 31 })),
  },
  {
    title: 'a token for another application',
    reason: 'wrong-audience',
    make: async ({ sign }) => bearer(await sign({ aud: 'payroll' })),
  },
  {
    title: 'a token of another issuer',
    reason: 'unknown-issuer',
    make: async ({ sign }) => bearer(await sign({ iss: 'https://evil.example.com' })),
  },
  {
    title: "the issuer's address with a slash more",
    reason: 'unknown-issuer',
    make: async ({ sign, issuer }) => bearer(await sign({ iss: `${issuer}/` })),
  },
  {
    title: 'a token of a company that is not served',
    reason: 'wrong-claims',
    make: async ({ sign }) => bearer(await sign({ tid: 'initech-tenant' })),
  },
  {
    title: 'a token that names no company',
    reason: 'wrong-claims',
    make: async ({ sign }) => bearer(await sign({ tid: undefined })),
  },
  {
    title: 'a user id that is none, to become another record',
    reason: 'no-rep',
    make: async ({ sign }) => bearer(await sign({ crm: "005' OR UserId != '" })),
  },
  {
    title: "the provider's token, made out to be the gateway's own",
    reason: ['algorithm', 'unknown-key'],
    make: async ({ sign }) => bearer(await sign(panelClaims())),
  },
  {
    title: "a panel token under another secret, with the gateway's key id",
    reason: 'bad-signature',
    make: async () => bearer(await signWith('x'.repeat(48), panelClaims())),
  },
  {
    title: 'a panel token with a key id that there is not',
    reason: 'unknown-key',
    make: async () => bearer(await signWith('x'.repeat(48), panelClaims(), 'october')),
  },
  {
    title: 'a panel token with a role more',
    reason: 'bad-signature',
    make: (gateway) => changedPanelToken(gateway, { roles: ['rep', 'admin'] }),
  },
  {
    title: 'a panel token for another company',
    reason: 'bad-signature',
    make: (gateway) => changedPanelToken(gateway, { tenant: 'globex' }),
  },
  {
    title: 'a service token with a guessed secret',
    reason: 'unknown-token',
    make: ({ service }) => bearer(`opp_${service.record.id}_${'A'.repeat(43)}`),
  },
  {
    title: 'a service token that there is not',
    reason: 'unknown-token',
    make: () => bearer(`opp_${'A'.repeat(16)}_${'A'.repeat(43)}`),
  },
  {
    title: 'the hash of a service token',
    reason: 'malformed',
    make: ({ service }) => bearer(`opp_${service.record.id}_${service.record.hash}`),
  },
  {
    title: 'a development login where there is none',
    reason: 'unknown-token',
    make: () => get('/', { authorization: 'Development acme - admin', host: 'localhost' }),
  },
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

describe('an attacker is refused with', () => {
  for (const { title, reason, make } of ATTACKS)
    it(title, async () => {
      const gateway = await startGateway();
      const result = await gateway.authenticator.authenticate(await make(gateway));
      assert.ok(isRefused(result), 'it was let in');
      const { log, ...told } = result;
      assert.ok([reason].flat().includes(log.reason), `refused for ${log.reason}`);
      assert.deepEqual(told, { status: 401, code: 'opportune/unauthenticated' });
      // Nothing that was presented, nor what it was checked with.
      assert.match(JSON.stringify(log), /^[{}"a-z0-9:,-]{1,120}$/);
    });

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

  it('keys at an address that the token names: nobody goes there', async () => {
    let visits = 0;
    const trap = await listen((_, response) => {
      visits += 1;
      response.end('{"keys":[]}');
    });
    const { authenticator, sign } = await startGateway();
    const header = { jku: `${trap}/keys`, x5u: `${trap}/cert` };
    for (const kid of ['one', 'two'])
      await authenticator.authenticate(bearer(await sign({}, header, kid)));
    assert.equal(visits, 0);
  });

  it('a panel token, to be given another for it', async () => {
    const { authenticator, sign } = await startGateway();
    const first = await authenticator.authenticate(bearer(await sign()));
    assert.ok(!isRefused(first));
    const made = await authenticator.exchange(first.identity);
    assert.ok(!isRefused(made));
    const panel = await authenticator.authenticate(bearer(made.token));
    assert.ok(!isRefused(panel));
    assert.ok(isRefused(await authenticator.exchange(panel.identity)));
  });

  it('a service token, to be given a panel token for it', async () => {
    const { authenticator, service } = await startGateway();
    const result = await authenticator.authenticate(bearer(service.token));
    assert.ok(!isRefused(result) && isRefused(await authenticator.exchange(result.identity)));
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
