import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { type Attack, refuseAll } from './attack.js';
import { type GatewayRequest, isRefused } from './identity.js';
import {
  bearer,
  get,
  hubspot,
  type KeyPair,
  listen,
  NOW,
  startGateway,
  type TestGateway,
  URL_OF_GATEWAY,
} from './test-gateway.js';

const NOW_S = NOW / 1000;

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
      const { headers, ...request } = hubspot('/v1/playbook?userId=77&portalId=62515');
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
      const spki = await exportSPKI((keys.get('one') as KeyPair).publicKey);
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
          .sign((keys.get('one') as KeyPair).privateKey),
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
    make: () => bearer(`opp_${'a'.repeat(16)}_${'A'.repeat(43)}`),
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
];

describe('an attacker is refused with', () => {
  refuseAll(ATTACKS);

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
});
