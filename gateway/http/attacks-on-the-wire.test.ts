import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  ANA,
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
  until,
} from '../serve/test-gateway.js';
import { readAnswer, sendBytes } from './fuzz/send-request.js';

const PATIENCE_MS = 30_000;
const AS_ANA = `host: localhost\r\nauthorization: Development ${ANA}\r\n`;
const JSON_TYPE = 'content-type: application/json\r\n';

/** Ways to write an address so that somebody else than who looks at it takes it for the audit trail's. */
const PATHS = [
  '/v1/kinds/../audit',
  '/v1/kinds/%2e%2e/audit',
  '/v1/kinds/..%2faudit',
  '/v1/kinds/..;/audit',
  '//v1/audit',
  '/v1//audit',
  '/v1/audit;x=1',
  '/v1%2faudit',
  '/v1/audit/',
  '/v1/audit.',
  '/v1/audit%20',
  '/v1/audit%00',
  '/v1/audit%0d%0a',
  '/v1/%61udit',
  '/V1/AUDIT',
  '/v1/Audit',
  '\\v1\\audit',
  '/v1/audit?x=/healthz',
  '/healthz/../v1/audit',
  '/healthz%2f..%2fv1%2faudit',
  '/docs/%2e%2e/v1/audit',
  'http://localhost/v1/audit',
  'http://evil.example/v1/audit',
  '*',
  'localhost:443',
];

/** Requests of which a proxy in front and the gateway could see different ends, with another hidden in each. */
const HIDDEN = `GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n`;
const SMUGGLED: readonly (readonly [string, string])[] = [
  [
    'two lengths',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}content-length: 0\r\ncontent-length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
  ],
  [
    'a length and chunks',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ],
  [
    'chunks that are not the last encoding',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ],
  [
    'an encoding that is nearly chunked',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ],
  [
    'a space before the colon',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}content-length : 5\r\n\r\n${HIDDEN}`,
  ],
  [
    'a length with a sign',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}content-length: +${HIDDEN.length}\r\n\r\n${HIDDEN}`,
  ],
  [
    'a length that is negative',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}content-length: -1\r\n\r\n${HIDDEN}`,
  ],
  [
    'a chunk of a size that overflows',
    `POST /v1/token HTTP/1.1\r\n${AS_ANA}transfer-encoding: chunked\r\n\r\nfffffffffffffffff1\r\n${HIDDEN}`,
  ],
  [
    'a line end without its half',
    `POST /v1/token HTTP/1.1\n${AS_ANA}content-length: 0\n\n${HIDDEN}`,
  ],
  ['two hosts', `GET /healthz HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n`],
  ['no host', `GET /healthz HTTP/1.1\r\n\r\n`],
  ['NUL in a header', `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n`],
];

describe('an attacker on the wire of the gateway', () => {
  let gateway: TestGateway;
  let port: number;
  let url: string;
  before(async () => {
    gateway = await openTestGateway();
    url = await gateway.listen();
    ({ port } = gateway.app.server.address() as AddressInfo);
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('7', 20) });
    await gateway.settled();
  });
  after(() => gateway.close());

  const send = (text: string) => sendBytes(port, Buffer.from(text, 'latin1'), PATIENCE_MS);
  const get = async (target: string, more = '') =>
    readAnswer(await send(`GET ${target} HTTP/1.1\r\n${AS_ANA}${more}connection: close\r\n\r\n`));

  for (const path of PATHS)
    it(`does not come to the audit trail by ${JSON.stringify(path)}`, async () => {
      const answer = await get(path);
      assert.ok(answer && [400, 403, 404].includes(answer.status), JSON.stringify(answer));
      assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/);
      assert.doesNotMatch(answer.body, /"place"/);
    });

  it('changes the method of a request by no header and no field', async () => {
    const body = '{"on":false}';
    for (const name of [
      'x-http-method-override',
      'x-http-method',
      'x-method-override',
      '_method',
    ]) {
      const answer = readAnswer(
        await send(
          `POST /v1/kinds/call?_method=PUT HTTP/1.1\r\n${AS_ANA}${JSON_TYPE}${name}: PUT\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
        ),
      );
      assert.equal(answer?.status, 404);
    }
    assert.deepEqual((await gateway.call(ANA, 'GET', '/v1/kinds')).json(), []);
  });

  it('tells the gateway no other name and no other place to come from', async () => {
    const lies =
      'x-forwarded-host: evil.example\r\nx-forwarded-for: 127.0.0.1\r\nx-forwarded-proto: https\r\nforwarded: host=evil.example\r\nx-original-url: /v1/audit\r\nx-rewrite-url: /v1/audit\r\n';
    const told = await get('/openapi.json', lies);
    assert.equal(told?.status, 200);
    assert.doesNotMatch(JSON.stringify(told), /evil/);
    assert.deepEqual((await get('/v1/kinds', lies))?.body, '[]');
    const asEvil = AS_ANA.replace('localhost', 'evil.example');
    const other = await send(`GET /v1/kinds HTTP/1.1\r\n${asEvil}connection: close\r\n\r\n`);
    assert.equal(readAnswer(other)?.status, 401, 'a development login under another name');
  });

  it('is told that a body is too large before it has sent it', async () => {
    const head = `POST /v1/decide HTTP/1.1\r\n${AS_ANA}${JSON_TYPE}`;
    const byLength = readAnswer(await send(`${head}content-length: 900000000\r\n\r\n{"record":`));
    assert.equal(byLength?.status, 413);
    const chunk = `${(1_000_000).toString(16)}\r\n${' '.repeat(1_000_000)}\r\n`;
    const byChunks = await send(`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(6)}`);
    assert.equal(readAnswer(byChunks)?.status, 413);
  });

  for (const [title, text] of SMUGGLED)
    it(`hides no second request behind ${title}`, async () => {
      const answers = await send(text);
      assert.equal(readAnswer(answers)?.status, 400, answers);
      assert.equal(answers.split('HTTP/1.1 ').length, 2, answers);
      assert.match(answers, /application\/problem\+json/);
    });

  it('holds up nobody else with connections that never say all', async () => {
    const { server } = gateway.app;
    assert.ok(server.requestTimeout > 0 && server.requestTimeout <= 60_000);
    assert.ok(server.headersTimeout > 0 && server.headersTimeout <= 60_000);
    const slow: Socket[] = [];
    for (let i = 0; i < 300; i++) {
      const socket = connect({ host: '127.0.0.1', port }).on('error', () => {});
      socket.write(
        i % 2
          ? `GET /v1/kinds HTTP/1.1\r\nhost: l`
          : `POST /v1/decide HTTP/1.1\r\n${AS_ANA}${JSON_TYPE}content-length: 30\r\n\r\n{`,
      );
      slow.push(socket);
    }
    assert.equal((await get('/v1/kinds'))?.status, 200);
    for (const socket of slow) socket.destroy();
    const connections = () =>
      new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    await until(async () => (await connections()) === 0);
  });

  it('writes no event by the id of a record, a name or a place to go on from', async () => {
    const record = 'crm:account:x\n\nevent: reset\ndata: {}\n\n';
    const account = record.slice('crm:account:'.length);
    const at = NOW - 1000;
    const data = { values: { name: 'A\n\nevent: reset\ndata: {}', owner: 'crm:rep:ana' } };
    const made = sent('made-x', { type: 'record-changed', at, account, data });
    assert.equal((await gateway.call(CONNECTOR, 'POST', '/v1/facts', made)).status, 202);
    await gateway.settled();
    const stop = new AbortController();
    const response = await fetch(`${url}/v1/events?record=${encodeURIComponent(record)}`, {
      headers: { authorization: `Development ${ANA}` },
      signal: stop.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
    })().catch(() => undefined);
    await until(() => text.includes('id: '));
    const wrote = sent('wrote-x', { type: 'email-sent', at, account });
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', wrote);
    await until(() => text.includes('event: changed'));
    stop.abort();
    await reading;
    assert.doesNotMatch(text, /^event: reset/m);
    assert.ok(text.includes(`data: ${JSON.stringify({ record })}\n`), text);
    for (const line of text.split('\n'))
      assert.match(line, /^(|:|retry: \d+|(id|event|data): .*)$/);
  });
});

describe('a flood of requests', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({ limits: { perMinute: 5 } });
  });
  after(() => gateway.close());

  const kinds = (who: string, headers = {}) =>
    gateway.app.inject({
      url: '/v1/kinds',
      headers: { authorization: `Development ${who}`, ...headers },
    });

  it('ends for who sends it, who is told when to come again, and for nobody else', async () => {
    const { token } = (await gateway.call(ANA, 'POST', '/v1/token')).json() as { token: string };
    // Broken ones count as well.
    for (const _ of [1, 2])
      assert.equal((await gateway.call(ANA, 'POST', '/v1/decide', {})).status, 400);
    for (const _ of [1, 2]) assert.equal((await kinds(ANA)).statusCode, 200);
    const refused = await kinds(ANA);
    assert.equal(refused.statusCode, 429);
    assert.match(String(refused.headers['retry-after']), /^[1-9]\d?$/);
    assert.equal((refused.json() as { code: string }).code, 'opportune/too-many-requests');
    const byToken = await kinds('', { authorization: `Bearer ${token}` });
    assert.equal(byToken.statusCode, 429, 'another credential of the same person');
    const lies = await kinds(ANA, { 'x-forwarded-for': '10.0.0.9' });
    assert.equal(lies.statusCode, 429);
    for (const other of ['acme crm:rep:ben rep', 'other crm:rep:ana rep'])
      assert.equal((await kinds(other)).statusCode, 200, other);
  });

  it('of callers whom nobody knows locks nobody out who is known', async () => {
    for (let i = 0; i < 20; i++)
      assert.equal((await kinds('nowhere crm:rep:x rep')).statusCode, 401);
    assert.equal((await kinds('acme crm:rep:kim rep')).statusCode, 200);
  });
});
