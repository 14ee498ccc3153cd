import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CONNECTOR, NOW, openTestGateway, sent, type TestGateway, until } from './test-gateway.js';

const SETTINGS = `
publicUrl: http://localhost:8474
people: { masterKey: env:MASTER }
tenants:
  acme: { connections: { crm: { rules: { records: { account: everyone, contact: everyone } } } } }
`;
const ADMIN = 'acme - admin';
const ANA = 'acme crm:rep:ana rep';
const DANA = 'crm:contact:003dana';

describe('people in the gateway', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({
      settings: SETTINGS,
      secrets: () => Buffer.alloc(32, 7).toString('base64'),
    });
    await tell();
  });
  after(() => gateway.close());

  /** Dana works at the account 1, wrote a mail, and a fact of hers was refused. */
  async function tell(prefix = ''): Promise<void> {
    const of = (id: string, rest: object): object => ({
      ...sent(`${prefix}${id}`, {
        type: 'email-received',
        at: NOW - 20 * 86_400_000,
        account: '1',
      }),
      ...rest,
    });
    const dana = { name: 'Dana Ruiz', email: 'dana@kestrel.example', title: 'Head of Everything' };
    const { status } = await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [
        sent(`${prefix}a`, {
          type: 'record-changed',
          at: NOW - 50 * 86_400_000,
          account: '1',
          data: { values: { name: 'Kestrel', owner: 'crm:rep:ana' } },
        }),
        of('c', {
          type: 'record-changed',
          about: [DANA],
          subjects: ['crm:account:1', DANA],
          data: { values: dana },
        }),
        of('m', {
          by: DANA,
          about: ['crm:account:1', DANA],
          subjects: ['crm:account:1', DANA],
          data: { text: 'Dana Ruiz here, call me on 555-0199' },
        }),
      ],
    });
    assert.equal(status, 202);
    await gateway.settled();
  }
  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const tables = [
      'subjects',
      'facts',
      'snapshots',
      'outbox',
      'inbox',
      'named',
      'audit',
      'person_keys',
    ];
    const texts = await gateway.database.inTenant('acme', (sql) =>
      Promise.all(
        tables.map((table) =>
          sql.rows(
            `select t::text as row, encode(convert_to(t::text, 'UTF8'), 'escape') as raw from opportune.${table} t`,
          ),
        ),
      ),
    );
    return texts
      .flat()
      .map(({ row }) => String(row))
      .join('\n');
  }
  const erased = async (): Promise<string> => {
    const { status, json } = await gateway.call(ADMIN, 'POST', `/v1/people/${DANA}/erase`);
    assert.equal(status, 202);
    const { request } = json() as { request: string };
    const report = async () =>
      (
        (await gateway.call(ADMIN, 'GET', '/v1/people/erasures')).json() as {
          request: string;
          state: string;
          report?: object;
        }[]
      ).find((one) => one.request === request);
    await until(async () => (await report())?.state !== 'waiting');
    return JSON.stringify(await report());
  };

  it('keeps no text of a person readable in the database, and shows it to those who may see it', async () => {
    assert.doesNotMatch(await everything(), /Dana|dana@|Everything|555-0199/);
    const { text } = await gateway.call(ADMIN, 'GET', `/v1/people/${DANA}/export`);
    assert.match(text, /Dana Ruiz.*dana@kestrel\.example|dana@kestrel\.example.*Dana Ruiz/s);
    assert.match(text, /555-0199/);
  });

  it('erases one person: nothing of them is left, and what is counted stays as it was', async () => {
    const why = async () =>
      (
        await gateway.call(ANA, 'POST', '/v1/why', {
          play: 'silent-buyer',
          record: 'crm:account:1',
        })
      ).json() as { stage: string };
    const before = (await why()).stage;
    const { hub } = gateway.tenants.get('acme') ?? assert.fail();
    const panel = await hub.open({ records: ['crm:account:1'], rep: 'crm:rep:ana' });
    const report = await erased();
    assert.match(report, /"state":"done"/);
    assert.match(report, /"kind":"crm"/);
    assert.doesNotMatch(report, /003dana|Dana/);
    assert.equal((await why()).stage, before);
    await hub.wake();
    assert.ok(panel.take().some(({ event, data }) => event === 'purge' && data.person === DANA));
    const { status } = await gateway.call(ADMIN, 'GET', `/v1/people/${DANA}/export`);
    assert.equal(status, 404);
    const answer = await gateway.call(ANA, 'POST', '/v1/decide', { record: 'crm:account:1' });
    assert.doesNotMatch(answer.text, /Dana|003dana/);
  });

  it('does not bring an erased person back with the next import', async () => {
    await tell('again/');
    assert.doesNotMatch(await everything(), /Dana Ruiz|dana@kestrel|555-0199|003dana/);
    const { status } = await gateway.call(ADMIN, 'GET', `/v1/people/${DANA}/export`);
    assert.equal(status, 404);
  });

  it('lets nobody but an admin erase or export', async () => {
    for (const who of [ANA, CONNECTOR, 'acme - marketer,manager,auditor']) {
      assert.equal((await gateway.call(who, 'POST', `/v1/people/${DANA}/erase`)).status, 403);
      assert.equal((await gateway.call(who, 'GET', `/v1/people/${DANA}/export`)).status, 403);
    }
  });
});
