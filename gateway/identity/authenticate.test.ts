import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { generateKeyPair } from 'jose';
import { allowDevelopmentLogin } from './development-login.js';
import { signedBytes, verifyHubspot } from './hubspot.js';
import { type Authenticated, isRefused, type Refused } from './identity.js';
import {
  bearer,
  canvas,
  get,
  HUBSPOT_SECRET,
  hubspot,
  NOW,
  startGateway,
  USER,
} from './test-gateway.js';

function identityOf(result: Authenticated | Refused): Authenticated['identity'] {
  assert.ok(!isRefused(result), JSON.stringify(result));
  return result.identity;
}

function reasonOf(result: object): string {
  assert.ok(isRefused(result), 'it was let in');
  return result.log.reason;
}

const REP = `sf:rep:${USER}`;

describe('authenticate', () => {
  it('takes a token of the identity provider, with its claims as the settings say', async () => {
    const { authenticator, sign } = await startGateway();
    const identity = identityOf(await authenticator.authenticate(bearer(await sign())));
    assert.equal(identity.tenant, 'acme');
    assert.equal(identity.rep, REP, '15 characters of the claim became 18');
    assert.deepEqual([...identity.roles], ['rep']);
    assert.deepEqual(identity.teams, ['north']);
    assert.equal(identity.expiresAt, NOW + 3_600_000);
  });

  it('tells two companies of one issuer apart by the claim that each requires', async () => {
    const { authenticator, sign } = await startGateway();
    const token = await sign({ tid: 'globex-tenant' });
    assert.equal(identityOf(await authenticator.authenticate(bearer(token))).tenant, 'globex');
  });

  for (const alg of ['ES256', 'EdDSA'])
    it(`takes ${alg}`, async () => {
      const { authenticator, sign, keys } = await startGateway();
      keys.set('two', await generateKeyPair(alg));
      identityOf(await authenticator.authenticate(bearer(await sign({}, { alg }, 'two'))));
    });

  it('reads the keys once for many tokens, and anew for a key that came later, at most once a minute', async () => {
    const { authenticator, sign, keys, reads, clock } = await startGateway();
    const some = await Promise.all([sign(), sign(), sign()]);
    await Promise.all(some.map((token) => authenticator.authenticate(bearer(token))));
    assert.equal(reads(), 1);
    keys.set('two', await generateKeyPair('RS256'));
    const rotated = await sign({}, {}, 'two');
    assert.equal(reasonOf(await authenticator.authenticate(bearer(rotated))), 'unknown-key');
    clock.at += 60_000;
    identityOf(await authenticator.authenticate(bearer(rotated)));
    for (const kid of ['a', 'b', 'c'])
      await authenticator.authenticate(bearer(await sign({}, {}, kid)));
    assert.equal(reads(), 2, 'three unknown keys within the minute made no request');
  });

  it('says that nobody can be told apart while the provider is down, and believes known keys for an hour', async () => {
    const gateway = await startGateway();
    const { authenticator, sign, clock } = gateway;
    gateway.broken = { status: 500, body: '<html>down</html>' };
    const down = await authenticator.authenticate(bearer(await sign()));
    assert.deepEqual(isRefused(down) && [down.status, down.log.reason], [503, 'keys-unavailable']);
    gateway.broken = undefined;
    clock.at += 10_000;
    identityOf(await authenticator.authenticate(bearer(await sign())));
    gateway.broken = { status: 200, body: '<html>sign in</html>' };
    clock.at += 59 * 60_000;
    identityOf(await authenticator.authenticate(bearer(await sign())));
    clock.at += 60_000;
    const later = await authenticator.authenticate(bearer(await sign()));
    assert.equal(reasonOf(later), 'keys-unavailable');
  });

  it('takes what Salesforce signed, once, and hands its token on apart from the identity', async () => {
    const { authenticator } = await startGateway();
    const request = canvas();
    const result = await authenticator.authenticate(request);
    assert.equal(identityOf(result).rep, REP);
    assert.deepEqual(!isRefused(result) && result.crmToken, {
      connection: 'sf',
      token: '00D!secret',
    });
    assert.doesNotMatch(JSON.stringify(identityOf(result)), /secret/);
    assert.equal(reasonOf(await authenticator.authenticate(request)), 'replayed');
  });

  it('takes a call of hubspot.fetch for the user whom HubSpot names', async () => {
    const { authenticator } = await startGateway();
    const target = '/v1/kinds?userId=77&portalId=62515&userEmail=maya%40example.com&appId=5';
    const signed = target.replace('%40', '@');
    const identity = identityOf(await authenticator.authenticate(hubspot(target, { signed })));
    assert.deepEqual(
      [identity.tenant, identity.rep, identity.how],
      ['acme', 'hs:rep:77', 'hubspot'],
    );
  });

  it("takes HubSpot's webhooks for a connector, on their own route alone", async () => {
    const { authenticator } = await startGateway();
    const body = JSON.stringify([
      { eventId: 1, portalId: 62515 },
      { eventId: 2, portalId: 62515 },
    ]);
    const request = hubspot('/webhooks/hubspot', { method: 'POST', body });
    assert.ok(isRefused(await authenticator.authenticate(request)));
    const identity = identityOf(await authenticator.authenticateWebhook(request));
    assert.deepEqual([identity.tenant, ...identity.roles], ['acme', 'connector']);
    assert.equal(reasonOf(await authenticator.authenticateWebhook(request)), 'replayed');
  });

  it('gives a panel token in exchange: the same person for five minutes, with fewer roles', async () => {
    const { authenticator, sign, clock } = await startGateway();
    const token = await sign({ groups: ['sales', 'operations'] });
    const identity = identityOf(await authenticator.authenticate(bearer(token)));
    assert.deepEqual([...identity.roles].sort(), ['admin', 'marketer', 'rep']);
    const made = await authenticator.exchange(identity);
    assert.ok(!isRefused(made));
    assert.equal(made.expiresAt, NOW + 300_000);
    const panel = identityOf(await authenticator.authenticate(bearer(made.token)));
    assert.deepEqual([panel.id, panel.tenant, panel.rep, panel.how], [REP, 'acme', REP, 'panel']);
    assert.deepEqual([...panel.roles], ['rep', 'marketer']);
    assert.deepEqual(panel.teams, ['north']);
    const narrow = await authenticator.exchange(identity, ['rep', 'admin']);
    assert.ok(!isRefused(narrow));
    const narrowed = identityOf(await authenticator.authenticate(bearer(narrow.token)));
    assert.deepEqual([...narrowed.roles], ['rep']);
    clock.at += 300_000 + 31_000;
    assert.equal(reasonOf(await authenticator.authenticate(bearer(made.token))), 'expired');
  });

  it('lets a panel token end with the token that it was given for', async () => {
    const { authenticator, sign } = await startGateway();
    const token = await sign({ exp: NOW / 1000 + 60 });
    const made = await authenticator.exchange(
      identityOf(await authenticator.authenticate(bearer(token))),
    );
    assert.equal(!isRefused(made) && made.expiresAt, NOW + 60_000);
  });

  it('refuses what was issued to an identity before a moment, whichever way it came', async () => {
    const { authenticator, sign, revoked, clock } = await startGateway();
    const token = await sign();
    const identity = identityOf(await authenticator.authenticate(bearer(token)));
    const made = await authenticator.exchange(identity);
    assert.ok(!isRefused(made));
    clock.at += 1000;
    revoked.set(`acme ${REP}`, clock.at);
    for (const one of [bearer(token), bearer(made.token), canvas()])
      assert.equal(reasonOf(await authenticator.authenticate(one)), 'revoked');
    identityOf(await authenticator.authenticate(bearer(await sign())));
  });

  it('takes a service token until it ends, and keeps no secret of it', async () => {
    const { authenticator, service, clock } = await startGateway();
    const identity = identityOf(await authenticator.authenticate(bearer(service.token)));
    assert.deepEqual([identity.tenant, ...identity.roles], ['acme', 'connector']);
    assert.equal(identity.rep, undefined);
    const secret = service.token.slice(-43);
    assert.doesNotMatch(JSON.stringify([service.record, identity]), new RegExp(secret));
    clock.at = service.record.expiresAt;
    assert.equal(reasonOf(await authenticator.authenticate(bearer(service.token))), 'expired');
  });

  it('lets a developer in as anybody, by a flag and from this machine alone', async () => {
    const login = { authorization: 'Development acme demo:rep:Maya Lind rep,admin' };
    const without = await startGateway();
    assert.ok(isRefused(await without.authenticator.authenticate(get('/', login))));
    const development = await allowDevelopmentLogin('127.0.0.1', async () => []);
    const { authenticator } = await startGateway({ development });
    const local = { ...login, host: 'localhost:4173' };
    const identity = identityOf(await authenticator.authenticate(get('/', local)));
    assert.deepEqual([identity.rep, ...identity.roles], ['demo:rep:Maya Lind', 'rep', 'admin']);
    const rebound = { ...login, host: 'rebound.example.com:4173' };
    assert.equal(reasonOf(await authenticator.authenticate(get('/', rebound))), 'not-loopback');
  });
});

describe('allowDevelopmentLogin', () => {
  const NAMES: { readonly [name: string]: readonly string[] } = {
    localhost: ['127.0.0.1', '::1'],
    'both.example.com': ['127.0.0.1', '192.168.1.7'],
    'lan.example.com': ['10.0.0.5'],
  };
  const resolve = async (name: string): Promise<readonly string[]> => {
    const found = NAMES[name];
    if (!found) throw new Error('ENOTFOUND');
    return found;
  };

  for (const address of ['127.0.0.1', '127.8.9.1', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost'])
    it(`takes ${address}`, async () => {
      await allowDevelopmentLogin(address, resolve);
    });

  for (const address of [
    ...[
      '0.0.0.0',
      '::',
      '',
      '192.168.1.7',
      '10.0.0.5',
      '8.8.8.8',
      '::ffff:10.0.0.5',
      '2001:db8::1',
    ],
    ...['both.example.com', 'lan.example.com', 'unknown.example.com', '127.0.0.1.example.com'],
  ])
    it(`refuses ${address || 'an empty address'}`, async () => {
      await assert.rejects(allowDevelopmentLogin(address, resolve), /127\.0\.0\.1/);
    });
});

describe("HubSpot's signature", () => {
  const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
  // Published by HubSpot and in its clients' tests, with the secret of its documentation.
  const BODY = '{"example_field":"example_value"}';
  const ADDRESS = 'https://www.example.com/webhook_uri';

  for (const [method, body, digest] of [
    ['GET', '', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'],
    ['POST', BODY, '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900'],
  ] as const)
    it(`is over the method, address and body of ${method}, as published for its second version`, () => {
      const bytes = signedBytes(method, ADDRESS, Buffer.from(body));
      assert.equal(sha256(Buffer.concat([Buffer.from(HUBSPOT_SECRET), bytes])), digest);
    });

  it('is over the body alone in its first version, as published, which we refuse: it has no time', async () => {
    const body =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
    const signature = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
    assert.equal(sha256(Buffer.from(HUBSPOT_SECRET + body)), signature);
    const { authenticator } = await startGateway();
    const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v1' };
    const request = {
      method: 'POST',
      target: '/webhooks/hubspot',
      headers,
      body: Buffer.from(body),
    };
    assert.ok(isRefused(await authenticator.authenticateWebhook(request)));
  });

  it('is believed in its third version, as HubSpot publishes one', () => {
    const at = 1_700_000_000_000;
    const signIn = {
      how: 'hubspot',
      connection: 'hs',
      portal: 1,
      roles: [],
      secret: HUBSPOT_SECRET,
    } as const;
    const result = verifyHubspot(
      {
        method: 'POST',
        target: '/webhook_uri?a=b/c',
        headers: {
          'x-hubspot-request-timestamp': String(at),
          'x-hubspot-signature-v3': 'CcEIeJW7RRm45VPRSv1cuCPQ/T6Tf7pgzCPZoDAb0wk=',
        },
        body: Buffer.from(BODY),
      },
      'https://www.example.com',
      [{ tenant: 'acme', signIn }],
      { now: () => at + 300_000 },
    );
    assert.ok(!isRefused(result), JSON.stringify(result));
  });

  it('undoes twelve escapes of the address and no other', () => {
    const bytes = signedBytes(
      'get',
      '/a%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%20%26%2B',
      Buffer.from(''),
    );
    assert.equal(bytes.toString(), "GET/a:/?@!$'()*,;%20%26%2B");
  });
});
