import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { salesforceId } from '@opportune/connector-salesforce';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
} from '../serve/test-gateway.js';

const idOf = (text: string): string => salesforceId(text) as string;
const USER = idOf('005B0000003DgVw');
const [SEEN, HIDDEN, NOT_THERE, OTHER] = ['J', 'K', 'L', 'M'].map((end) =>
  idOf(`0015000000Gv7q${end}`),
) as [string, string, string, string];
const [CONTACT, HIDDEN_CONTACT] = ['J', 'K'].map((end) => idOf(`0035000000Gv7q${end}`)) as [
  string,
  string,
];
const FIELD = 'Account.LastActivityDate';
const MINUTE = 60_000;
const SETTINGS = `
publicUrl: https://opportune.example.com
tenants:
  acme:
    connections:
      crm: { salesforce: { instance: https://acme.my.salesforce.com, attributes: { account.daysSilent: ${FIELD} } } }
`;

describe('a rep’s own rights, as Salesforce’s Apex tells them', () => {
  let gateway: TestGateway;
  let host: string;
  before(async () => {
    gateway = await openTestGateway({ settings: SETTINGS });
    host = await gateway.hostToken('crm');
    const facts = [SEEN, HIDDEN, OTHER].flatMap((account) => silent(account, 20));
    const contacts = [
      [CONTACT, SEEN],
      [HIDDEN_CONTACT, HIDDEN],
    ].map(([contact, account = '']) => ({
      ...sent(`made ${contact}`, {
        type: 'record-changed',
        at: NOW - 90_000_000,
        account,
        data: { values: { name: 'Kim' } },
      }),
      about: [`crm:contact:${contact}`],
    }));
    const all = JSON.stringify([...facts, ...contacts]).replaceAll(
      'crm:rep:ana',
      `crm:rep:${USER}`,
    );
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: JSON.parse(all) });
    await gateway.settled();
  });
  after(() => gateway.close());

  const post = (path: string, authorization: string, body?: object) =>
    gateway.call('', 'POST', path, body, { authorization });
  interface Told {
    readonly token: string;
    readonly asks?: { readonly records: readonly string[]; readonly fields: readonly string[] };
    readonly perRecord?: boolean;
  }
  const ask = async (body: object): Promise<Told> =>
    (await post('/v1/token/rep', host, { user: USER, ...body })).json() as Told;
  /** As Apex does it, where Salesforce lets this user read so much. */
  async function tokenFor(
    record: string,
    readable: readonly string[],
    fields: readonly string[] = [FIELD],
  ): Promise<string> {
    if (!readable.includes(record)) return (await ask({})).token;
    const { asks } = await ask({ record });
    const records = asks?.records.filter((id) => readable.includes(id));
    return (await ask({ record, rights: { records, fields } })).token;
  }
  const decide = async (token: string, record: string): Promise<string> =>
    (await post('/v1/decide', `Bearer ${token}`, { record: `crm:${record}` })).text;
  const shown = async (token: string, record: string): Promise<number> =>
    (JSON.parse(await decide(token, record)) as { shown: unknown[] }).shown.length;

  it('asks Apex about the record, its account and who and what is in it, and about the fields of the settings, before there is a token', async () => {
    const asked = await ask({ record: CONTACT.slice(0, 15) });
    assert.deepEqual(asked, { asks: { records: [CONTACT, SEEN], fields: [FIELD] } });
    assert.deepEqual((await ask({ record: SEEN })).asks?.records, [SEEN, CONTACT]);
    assert.deepEqual((await ask({ record: NOT_THERE })).asks?.records[0], NOT_THERE);
    const given = await ask({ record: SEEN, rights: { records: [SEEN], fields: [] } });
    assert.equal(given.perRecord, true);
  });

  it('shows what Salesforce lets this user read', async () => {
    assert.equal(await shown(await tokenFor(SEEN, [SEEN]), `account:${SEEN}`), 1);
    const token = await tokenFor(CONTACT, [CONTACT, SEEN]);
    assert.notEqual(
      (JSON.parse(await decide(token, `contact:${CONTACT}`)) as { nothing?: { because: string } })
        .nothing?.because,
      'no-access',
    );
  });

  it('gives the same bytes for a record that this user may not read as for one that does not exist', async () => {
    const all = [SEEN, CONTACT, HIDDEN_CONTACT];
    for (const [record, none] of [
      [`account:${HIDDEN}`, `account:${NOT_THERE}`],
      // The contact may be read, and its account may not.
      [`contact:${HIDDEN_CONTACT}`, `contact:${idOf('0035000000Gv7qL')}`],
    ] as const) {
      const [id = '', noId = ''] = [record, none].map((one) => one.split(':')[1]);
      const token = await tokenFor(id, all);
      const noToken = await tokenFor(noId, all);
      assert.equal(
        (await decide(token, record)).replaceAll(id, 'ID'),
        (await decide(noToken, none)).replaceAll(noId, 'ID'),
      );
      assert.match(await decide(token, record), /no-access/);
      const history = await gateway.call('', 'GET', `/v1/history?record=crm:${record}`, undefined, {
        authorization: `Bearer ${token}`,
      });
      assert.equal(history.text, '[]');
    }
  });

  it('keeps in the token what this user may read, and no id of anything else', async () => {
    const token = await tokenFor(HIDDEN_CONTACT, [HIDDEN_CONTACT]);
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    assert.ok(payload.includes(HIDDEN_CONTACT));
    assert.ok(!payload.includes(HIDDEN) && !payload.includes('Account.'));
  });

  it('hides what is known of a field that this user may not read', async () => {
    assert.equal(await shown(await tokenFor(SEEN, [SEEN], []), `account:${SEEN}`), 0);
    assert.equal(await shown(await tokenFor(SEEN, [SEEN]), `account:${SEEN}`), 1);
  });

  it('believes nobody but the CRM’s own server, and it of no other user', async () => {
    const rep = await tokenFor(HIDDEN, []);
    const rights = { user: USER, record: HIDDEN, rights: { records: [HIDDEN], fields: [FIELD] } };
    assert.equal((await post('/v1/token/rep', `Bearer ${rep}`, rights)).status, 403);
    await post('/v1/token', `Bearer ${rep}`, rights);
    const [head, payload = '', signature] = rep.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = JSON.stringify({ ...claims, rights: { records: [HIDDEN], fields: [], of: '' } });
    const token = `${head}.${Buffer.from(forged).toString('base64url')}.${signature}`;
    assert.equal((await post('/v1/decide', `Bearer ${token}`, { record: 'crm:x:1' })).status, 401);
    assert.equal(await shown(rep, `account:${HIDDEN}`), 0);
    const other = (await ask({ user: idOf('005B0000003DgVx'), record: SEEN })).asks;
    assert.ok(other);
  });

  it('takes an answer that comes late, under the token of another record, after asking Salesforce again', async () => {
    const token = await tokenFor(OTHER, [OTHER]);
    const [card] = (
      JSON.parse(await decide(token, `account:${OTHER}`)) as {
        shown: readonly { opening: string; play: string; record: string }[];
      }
    ).shown;
    assert.ok(card);
    // Longer than any token or memory holds.
    gateway.clock.set(gateway.clock.now() + 40 * MINUTE);
    const answer = {
      ...card,
      id: 'late',
      account: card.record,
      occurredAt: new Date(gateway.clock.now()).toISOString(),
      response: { kind: 'snooze', until: '2026-12-01' },
    };
    const { opening, play, record, id, account, occurredAt, response } = answer;
    const body = { opening, play, record, id, account, occurredAt, response };
    const respond = async (token: string): Promise<unknown> =>
      (await post('/v1/responses', `Bearer ${token}`, body)).json();
    // Salesforce says now that it may not be read.
    assert.deepEqual(await respond(await tokenFor(SEEN, [SEEN])), { status: 'unknown-card' });
    assert.deepEqual(await respond(await tokenFor(SEEN, [SEEN, OTHER])), { status: 'recorded' });
  });

  it('forgets what it was told, a quarter of an hour after the last word of it', async () => {
    const token = await tokenFor(SEEN, [SEEN]);
    assert.equal(await shown(token, `account:${SEEN}`), 1);
    gateway.clock.set(gateway.clock.now() + 16 * MINUTE);
    assert.equal(await shown((await ask({})).token, `account:${SEEN}`), 0);
  });
});
