import assert from 'node:assert/strict';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { salesforceId } from '@opportune/connector-salesforce';
import { type AgentAccess, createAccess } from './create-access.js';
import { salesforceAccess } from './salesforce-access.js';

const MAYA = 'sf:rep:005B0000003DgVwIAK';
const SEEN = 'sf:account:0015000000Gv7qJAAR';
const HIDDEN = 'sf:account:0015000000Gv7qKAAR';
const NOBODY = 'sf:account:0015000000Gv7qLAAR';
const MINUTE = 60_000;
const NOT_KNOWN = { code: 'opportune/access-unavailable' };

/** A server that speaks Salesforce's REST, as far as it is asked here. */
async function start(
  answer: (path: string, response: ServerResponse, url: URL) => boolean = () => false,
): Promise<{
  readonly access: AgentAccess;
  readonly clock: { at: number; now(): number };
  readonly requests: string[];
  readonly tokens: boolean[];
  readonly visible: Set<string>;
  readonly fields: Set<string>;
}> {
  const requests: string[] = [];
  const tokens: boolean[] = [];
  const visible = new Set([SEEN.slice(11)]);
  const fields = new Set(['Industry', 'Name']);
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '', 'http://here');
    requests.push(`${url.pathname} ${url.searchParams.get('q') ?? ''}`.trim());
    if (answer(url.pathname, response, url)) return;
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== 'Bearer good')
      send(401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
    else if (url.pathname.endsWith('/query')) {
      const asked = [...(url.searchParams.get('q') ?? '').matchAll(/'(001\w{15})'/g)];
      const records = asked.flatMap(([, id]) =>
        id !== undefined && visible.has(id) ? [{ RecordId: id, HasReadAccess: true }] : [],
      );
      send(200, { done: true, totalSize: records.length, records });
    } else send(200, { name: 'Account', fields: [...fields].map((name) => ({ name })) });
  };
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const clock = { at: 1_700_000_000_000, now: () => clock.at };
  const source = salesforceAccess({
    connection: 'sf',
    instance: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    attributes: new Map([
      ['account.industry', 'Account.Industry'],
      ['account.margin', 'Account.Margin__c'],
    ]),
    fetch,
    tokenFor: async (_, { refresh }) => {
      tokens.push(refresh);
      return tokens.length > 1 || refresh ? 'good' : 'old';
    },
    timeoutMs: 300,
  });
  const access = createAccess({ sources: new Map([['sf', source]]), clock });
  return { access, clock, requests, tokens, visible, fields };
}

describe('access by Salesforce', () => {
  it('asks as the rep, with a new token when the old one has ended, and once for questions that are alike', async () => {
    const { access, requests, tokens } = await start();
    const answers = await Promise.all([
      access.maySee(MAYA, SEEN),
      access.maySee(MAYA, SEEN),
      access.maySee(MAYA, HIDDEN),
    ]);
    assert.deepEqual(answers, [true, true, false]);
    assert.deepEqual(tokens, [false, true]);
    assert.equal(requests.length, 2, 'refused with the old token, answered with the new one');
    assert.match(
      requests[1] ?? '',
      /WHERE UserId = '005B0000003DgVwIAK' AND RecordId IN \('0015000000Gv7qJAAR','0015000000Gv7qKAAR'\)$/,
    );
  });

  it('asks about what is hidden and what is not there in the same way', async () => {
    const { access, requests } = await start();
    assert.equal(await access.maySee(MAYA, HIDDEN), false);
    const hidden = requests.splice(0).map((one) => one.replace('qKAAR', '*'));
    access.forget(MAYA);
    assert.equal(await access.maySee(MAYA, NOBODY), false);
    assert.deepEqual(
      requests.map((one) => one.replace('qLAAR', '*')),
      hidden.slice(1),
    );
  });

  it('asks about 450 records in three questions, and again after ten minutes', async () => {
    const { access, clock, requests, visible } = await start();
    await access.maySee(MAYA, SEEN);
    requests.length = 0;
    const id = (i: number): string => salesforceId(`0015000000${String(i).padStart(5, 'A')}`) ?? '';
    const records = Array.from({ length: 450 }, (_, i) => `sf:account:${id(i)}`);
    for (const i of [3, 449]) visible.add(id(i));
    assert.deepEqual([...(await access.maySeeAll(MAYA, records))], [records[3], records[449]]);
    assert.equal(requests.length, 3);
    clock.at += 10 * MINUTE - 1;
    await access.maySeeAll(MAYA, records);
    assert.equal(requests.length, 3);
    clock.at += 1;
    await access.maySeeAll(MAYA, records);
    assert.equal(requests.length, 6);
  });

  it('hides what describe does not show this rep', async () => {
    const { access, fields, clock } = await start();
    assert.deepEqual([...(await access.hiddenFrom(MAYA))], ['account.margin']);
    const before = await access.versionFor(MAYA);
    fields.delete('Industry');
    assert.equal(await access.versionFor(MAYA), before);
    clock.at += 10 * MINUTE;
    assert.notEqual(await access.versionFor(MAYA), before);
    assert.deepEqual([...(await access.hiddenFrom(MAYA))], ['account.industry', 'account.margin']);
  });

  it('keeps its version while answers stay as they were, and changes it when sharing does', async () => {
    const { access, clock, visible } = await start();
    await access.maySee(MAYA, SEEN);
    const before = await access.versionFor(MAYA);
    await access.maySee(MAYA, HIDDEN);
    clock.at += 10 * MINUTE;
    await access.maySee(MAYA, SEEN);
    assert.equal(await access.versionFor(MAYA), before);
    visible.clear();
    clock.at += 10 * MINUTE;
    assert.equal(await access.maySee(MAYA, SEEN), false);
    assert.notEqual(await access.versionFor(MAYA), before);
  });

  const json = (response: ServerResponse, status: number, body: unknown, headers = {}): boolean => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
    return true;
  };
  const OUTAGES: { readonly [what: string]: (response: ServerResponse) => boolean } = {
    'an error of its own': (response) => json(response, 503, [{ errorCode: 'SERVER_UNAVAILABLE' }]),
    'too many requests': (response) => json(response, 429, {}, { 'retry-after': '60' }),
    "the day's requests used up": (response) =>
      json(response, 403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }]),
    'a page instead of JSON': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>We are down for maintenance</html>');
      return true;
    },
    'half an answer': (response) =>
      json(response, 200, { done: false, totalSize: 2, records: [], fields: null }),
    'a connection that breaks': (response) => {
      response.destroy();
      return true;
    },
    'a redirect to somewhere else': (response) => {
      response.writeHead(302, { location: 'https://evil.example.com/' });
      response.end();
      return true;
    },
    'nothing in time': () => true,
  };
  for (const [what, answer] of Object.entries(OUTAGES))
    it(`is unavailable, and no "no", after ${what}: known answers stand for an hour, others are not known`, async () => {
      let down = false;
      const { access, clock, requests } = await start((_, response) => down && answer(response));
      assert.equal(await access.maySee(MAYA, SEEN), true);
      down = true;
      clock.at += 10 * MINUTE;
      assert.equal(await access.maySee(MAYA, SEEN), true);
      await assert.rejects(access.maySee(MAYA, HIDDEN), NOT_KNOWN);
      await assert.rejects(access.hiddenFrom(MAYA), NOT_KNOWN);
      const before = requests.length;
      await assert.rejects(access.maySee(MAYA, NOBODY), NOT_KNOWN);
      assert.equal(requests.length, before, 'left alone for a while');
      assert.equal(
        await access.maySee('hs:rep:7', SEEN),
        false,
        'it would say no to others anyway',
      );
      clock.at += 50 * MINUTE;
      await assert.rejects(access.maySee(MAYA, SEEN), NOT_KNOWN);
      down = false;
      clock.at += 5 * MINUTE;
      assert.equal(await access.maySee(MAYA, SEEN), true);
      assert.equal(await access.maySee(MAYA, HIDDEN), false);
    });

  it('denies at once, and serves nothing from before, when Salesforce will not have the rep any more', async () => {
    let gone = false;
    const { access, clock } = await start(
      (_, response) => gone && json(response, 401, [{ errorCode: 'INVALID_SESSION_ID' }]),
    );
    assert.equal(await access.maySee(MAYA, SEEN), true);
    gone = true;
    clock.at += 10 * MINUTE;
    assert.equal(await access.maySee(MAYA, SEEN), false);
  });

  it('asks nothing about ids that are none, in other letters, or of another connection', async () => {
    const { access, requests } = await start();
    for (const record of [
      "sf:account:001' OR RecordId != '",
      SEEN.toLowerCase(),
      'sf:account:0015000000Gv7qJ',
      'hs:account:0015000000Gv7qJAAR',
      'nothing',
    ])
      assert.equal(await access.maySee(MAYA, record), false);
    assert.equal(await access.maySee("sf:rep:005' OR UserId != '", SEEN), false);
    assert.equal(await access.maySee('hs:rep:005B0000003DgVwIAK', SEEN), false);
    assert.deepEqual(requests, []);
  });
});
