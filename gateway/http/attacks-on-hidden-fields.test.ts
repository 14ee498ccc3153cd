import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { COMPANY, type Decision } from 'opportune';
import { readPlaybookFolder } from '../playbook-folder.js';
import {
  ANA,
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
} from '../serve/test-gateway.js';

const SETTINGS = `
publicUrl: http://localhost:8474
tenants:
  acme: { connections: { crm: { rules: { records: { account: everyone }, attributes: { account.sales: [finance] } } } } }
`;
const RICH = `id: rich-account
about: account
title: Sell more to {account.name}
why: They spent {sales}.
trigger:
  becomes: { sales: { gte: 1 } }
action: { kind: email, minutes: 5 }
for: owner
serves: { revenue: { value: 9000 } }
expires: 90 days
owner: ana@example.com
`;
const FAY = 'acme crm:rep:fay rep';
const RECORD = 'crm:account:7';
/** Of the play and of the field that it reads. */
const TELLING = /rich-account|Sell more|They spent|424242|account\.sales|"sales"|Sales this year/;

describe('a rep from whom a field is hidden', () => {
  let gateway: TestGateway;
  let opening: string;
  before(async () => {
    const playbook = [
      ...readPlaybookFolder('examples/hello/playbook'),
      { path: 'plays/rich-account.yaml', text: RICH },
    ];
    gateway = await openTestGateway({ settings: SETTINGS, playbook });
    const at = NOW - 1000;
    const team = sent('team', {
      type: 'record-changed',
      at,
      account: '-',
      data: { values: { team: 'finance' } },
    });
    const sales = { values: { sales: 424242, owner: 'crm:rep:fay' } };
    const facts = [
      { ...team, subjects: ['crm:rep:fay', COMPANY], about: ['crm:rep:fay'] },
      ...silent('7', 20),
      sent('sales', { type: 'record-changed', at, account: '7', data: sales }),
    ];
    const taken = await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
    assert.equal(taken.status, 202, taken.text);
    await gateway.settled();
    const { json } = await gateway.call(FAY, 'POST', '/v1/decide', { record: RECORD });
    const card = (json() as Decision).shown.find(({ play }) => play === 'rich-account');
    assert.ok(card, 'who may see the field sees its play');
    ({ opening } = card);
  });
  after(() => gateway.close());

  it('finds neither it nor a play that reads it in any answer', async () => {
    const asks = [
      ['POST', '/v1/decide', { record: RECORD }],
      ['POST', '/v1/decide', { record: RECORD, verdicts: 'all' }],
      ['GET', '/v1/playbook'],
      ['GET', `/v1/history?record=${RECORD}`],
      ['GET', '/v1/tips'],
      ['GET', '/v1/tips/candidates'],
      ['GET', '/v1/playbook/versions'],
      ['GET', '/v1/playbook/diff?from=a&to=b'],
      ['GET', '/v1/audit'],
    ] as const;
    for (const [method, path, body] of asks) {
      const { text } = await gateway.call(ANA, method, path, body);
      assert.doesNotMatch(text, TELLING, `${method} ${path}`);
    }
    const { text } = await gateway.call(FAY, 'GET', '/v1/playbook');
    assert.match(text, TELLING);
  });

  it('is told of that play what is told of one that there is not', async () => {
    for (const [path, body] of [
      ['/v1/why', { record: RECORD }],
      [
        '/v1/responses',
        {
          record: RECORD,
          account: RECORD,
          opening,
          occurredAt: new Date(NOW).toISOString(),
          response: { kind: 'done' },
        },
      ],
    ] as const) {
      const told = async (play: string): Promise<string> => {
        const id = path === '/v1/responses' ? { id: `about ${play}` } : {};
        const { status, text } = await gateway.call(ANA, 'POST', path, { ...body, ...id, play });
        return `${status} ${text.replaceAll(play, 'PLAY')}`;
      };
      assert.equal(await told('rich-account'), await told('no-such-play'), path);
    }
    const { json } = await gateway.call(FAY, 'POST', '/v1/decide', { record: RECORD });
    assert.ok((json() as Decision).shown.some(({ play }) => play === 'rich-account'));
  });
});
