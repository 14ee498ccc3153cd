import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import type { Decision } from 'opportune';
import { canvasForm } from '../identity/test-canvas.js';
import { CONNECTOR, NOW, openTestGateway, silent } from '../serve/test-gateway.js';

const SECRET = 'a-secret-of-an-app-in-a-crm-of-enough-bytes';
const ORGANIZATION = '00DB0000000ToZ3MAK';
const USER = '005B0000003DgVwIAK';
const REP = `sf:rep:${USER}`;
const [SEEN, OTHER] = ['0015000000Gv7qJAAR', '0015000000Gv7qKAAR'] as const;
const LIGHTNING = 'https://acme.lightning.force.com';
const MINUTE = 60_000;

it('an hour after Salesforce fell silent nothing is told any more, nothing is said to be hidden, and no answer is lost', async () => {
  let down = false;
  const salesforce = createServer(({ url = '' }, response) => {
    response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' });
    const ids = [...decodeURIComponent(url).matchAll(/'(001\w{15})'/g)].map(([, id]) => id);
    const records = ids.map((RecordId) => ({ RecordId, HasReadAccess: true }));
    response.end(JSON.stringify({ done: true, totalSize: records.length, records, fields: [] }));
  });
  await new Promise<void>((done) => salesforce.listen(0, '127.0.0.1', done));
  const instance = `http://127.0.0.1:${(salesforce.address() as AddressInfo).port}`;
  const gateway = await openTestGateway({
    settings: `
publicUrl: http://localhost:8474
pages: [${LIGHTNING}]
tenants:
  acme:
    connections: { sf: { salesforce: { instance: ${instance} } } }
    signIn: [{ canvas: { connection: sf, organization: ${ORGANIZATION}, secret: env:APP, roles: [rep] } }]
`,
    secrets: () => SECRET,
  });
  /** With it Salesforce hands over a token of the rep, with which it is asked. */
  const openCanvas = async (): Promise<void> => {
    const { statusCode } = await gateway.app.inject({
      method: 'POST',
      url: '/embed/canvas',
      headers: { origin: LIGHTNING, 'content-type': 'application/x-www-form-urlencoded' },
      payload: canvasForm({
        ...{ secret: SECRET, issuedAt: gateway.clock.now(), user: USER },
        ...{ organization: ORGANIZATION, record: { attributes: { type: 'Account' }, Id: SEEN } },
      }),
    });
    assert.equal(statusCode, 303);
  };
  const ask = (path: string, body: object) => gateway.call(`acme ${REP} rep`, 'POST', path, body);
  const decide = (id: string = SEEN) => ask('/v1/decide', { record: `sf:account:${id}` });
  try {
    const facts = JSON.stringify(silent(SEEN, 20))
      .replaceAll('crm:rep:ana', REP)
      .replaceAll('"crm:', '"sf:');
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: JSON.parse(facts) });
    await gateway.settled();
    await openCanvas();
    const before = (await decide()).json() as Decision;
    const [card] = before.shown;
    assert.equal(card?.play, 'silent-buyer');

    down = true;
    gateway.clock.set(NOW + 30 * MINUTE);
    assert.equal(((await decide()).json() as Decision).shown.length, 1, 'what it said stands');
    gateway.clock.set(NOW + 61 * MINUTE);
    const answer = {
      ...{ id: 'answer-1', play: card?.play, record: card?.record, account: before.account },
      ...{ opening: card?.opening, response: { kind: 'done' } },
      occurredAt: new Date(NOW + 61 * MINUTE).toISOString(),
    };
    for (const got of [await decide(), await decide(OTHER), await ask('/v1/responses', answer)]) {
      assert.equal(got.status, 503);
      assert.equal((got.json() as { code: string }).code, 'opportune/access-unavailable');
    }
    const events = await gateway.call(
      `acme ${REP} rep`,
      'GET',
      `/v1/events?record=sf:account:${SEEN}`,
    );
    assert.equal(events.status, 503, 'a panel that listens comes back, and asks anew then');

    down = false;
    gateway.clock.set(NOW + 67 * MINUTE);
    await openCanvas();
    assert.equal(((await decide()).json() as Decision).shown.length, 1);
    const sent = await ask('/v1/responses', answer);
    assert.equal((sent.json() as { status: string }).status, 'recorded');
  } finally {
    await gateway.close();
    salesforce.closeAllConnections();
    salesforce.close();
  }
});
