import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Decision, Playbook } from 'opportune';
import { readPlaybookFolder } from '../playbook-folder.js';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  silent,
  type TestGateway,
  until,
} from './test-gateway.js';

/** Ben does what Ana does not, so that a colleague has a card. */
const PLAYBOOK = [
  ...readPlaybookFolder('examples/hello/playbook').map((file) =>
    file.path === 'plays/silent-buyer.yaml'
      ? {
          ...file,
          text: `${file.text.replace('for: owner', 'for: team')}content: { job: silence }\n`,
        }
      : file,
  ),
  {
    path: 'content/silence.md',
    text: '---\ntitle: When nobody answers\nkind: guide\nattributes: { job: silence }\nowner: ana@example.com\nexpires: 2099-12-31\nteams: [north]\n---\nCall.\n',
  },
];

describe('teams that the identity provider tells', () => {
  const provider = createServer();
  let gateway: TestGateway;
  let signIn: (rep: string, team: unknown, issuedAt?: number) => Promise<string>;
  before(async () => {
    await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const pair = await generateKeyPair('RS256');
    const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
    provider.on('request', (_, response) => response.end(JSON.stringify({ keys })));
    gateway = await openTestGateway({
      playbook: PLAYBOOK,
      settings: `
publicUrl: http://localhost:8474
tenants:
  acme:
    connections: { crm: { rules: { records: { account: team, contact: team } } } }
    signIn:
      - oidc:
          issuer: ${issuer}
          audience: opportune
          keys: ${issuer}/keys
          rep: { claim: crm, connection: crm }
          roles: { claim: groups, map: { sales: [rep] } }
          teams: { claim: team }
`,
    });
    signIn = (rep, team, issuedAt = gateway.clock.now()) =>
      new SignJWT({ sub: rep, crm: rep, groups: ['sales'], team, iat: issuedAt / 1000 })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(issuer)
        .setAudience('opportune')
        .setExpirationTime(issuedAt / 1000 + 36_000)
        .sign(pair.privateKey);
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('7', 20) });
    await gateway.settled();
  });
  after(async () => {
    await gateway.close();
    provider.close();
  });

  const ask = async (token: string): Promise<Decision> =>
    (
      await gateway.call(
        '',
        'POST',
        '/v1/decide',
        { record: 'crm:account:7' },
        {
          authorization: `Bearer ${token}`,
        },
      )
    ).json() as Decision;
  const contentsOf = async (token: string): Promise<readonly string[]> =>
    (await ask(token)).shown.flatMap(({ contents }) => contents.map(({ id }) => id));
  const known = async (token: string): Promise<Playbook> =>
    (
      await gateway.call('', 'GET', '/v1/playbook', undefined, { authorization: `Bearer ${token}` })
    ).json() as Playbook;

  it('open a colleague’s account, the plays for the team and its content', async () => {
    const [ana, ben] = await Promise.all([
      signIn('ana', 'north'),
      signIn('ben', ['north', 'fair']),
    ]);
    await ask(ana);
    await ask(ben);
    await until(async () => (await contentsOf(ben)).length > 0);
    assert.deepEqual(await contentsOf(ben), ['silence']);
    assert.deepEqual(await contentsOf(ana), ['silence']);
    assert.equal((await known(ben)).contents.length, 1);
  });

  it('open nothing to a rep of another team, or of none', async () => {
    for (const team of ['south', undefined, []]) {
      const kim = await signIn('kim', team);
      await ask(kim);
      await gateway.settled();
      assert.deepEqual((await ask(kim)).shown, []);
      assert.equal((await known(kim)).contents.length, 0);
    }
  });

  it('are over with the first token that says so, and an older token does not bring them back', async () => {
    const before = await signIn('ben', ['north', 'fair']);
    gateway.clock.set(NOW + 60_000);
    const moved = await signIn('ben', 'south');
    await ask(moved);
    await until(async () => (await ask(moved)).shown.length === 0);
    assert.equal((await known(moved)).contents.length, 0);
    await ask(before);
    await gateway.settled();
    assert.deepEqual((await ask(before)).shown, []);
  });

  it('give way to what the CRM has said since', async () => {
    gateway.clock.set(NOW + 120_000);
    const ben = await signIn('ben', 'south', NOW + 60_000);
    const moved = {
      ...{ id: 'crm/ben', type: 'record-changed', grade: 'observed' },
      subjects: ['crm:rep:ben', 'opportune:company:self'],
      about: ['crm:rep:ben'],
      occurredAt: new Date(NOW + 120_000).toISOString(),
      data: { values: { team: 'north' } },
    };
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', moved);
    await gateway.settled();
    assert.deepEqual(await contentsOf(ben), ['silence']);
  });
});
