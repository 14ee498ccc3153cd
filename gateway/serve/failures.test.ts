import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { installedPostgres } from '../database/installed-postgres.js';
import { startPostgres } from '../database/start-postgres.js';
import { createTestFolder } from '../database/test-database.js';
import {
  ANA,
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
  type TestOptions,
  until,
} from './test-gateway.js';

const HOUR = 3_600_000;
const waiting: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const end of waiting.reverse()) await end();
});

async function open(options: TestOptions = {}): Promise<TestGateway> {
  const gateway = await openTestGateway(options);
  let closed = false;
  waiting.push(async () => closed || gateway.close());
  return {
    ...gateway,
    async close() {
      closed = true;
      await gateway.close();
    },
  };
}

/** A panel on a bare socket, with what it has read. */
async function panelOf(url: string, record: string): Promise<{ socket: Socket; text(): string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(
    `GET /v1/events?record=${encodeURIComponent(record)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Development ${ANA}\r\n\r\n`,
  );
  await until(() => text.includes('id: '));
  return { socket, text: () => text };
}

const happen = (gateway: TestGateway, id: string, at = NOW): ReturnType<TestGateway['call']> =>
  gateway.call(CONNECTOR, 'POST', '/v1/facts', sent(id, { type: 'email-sent', at, account: '1' }));
const changed = 'event: changed\ndata: {"record":"crm:account:1"}';
const learnedOf = async (gateway: TestGateway, id: string): Promise<number | undefined> =>
  Number(
    (await gateway.database.ask('acme', 'select body from opportune.facts', []))
      .map(({ body }) => JSON.parse(String(body)) as { id: string; learnedAt: number })
      .find((fact) => fact.id === id)?.learnedAt,
  );

describe('when something goes wrong', () => {
  it('a database that is away: facts are to be sent again later, streams stay, and all goes on by itself', async () => {
    const folder = createTestFolder();
    let server = await startPostgres(folder, installedPostgres());
    waiting.push(async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    });
    const url = new URL('postgres://localhost/postgres');
    url.username = server.user;
    url.password = server.password;
    url.searchParams.set('host', server.host);
    const gateway = await open({ url: url.href });
    gateway.clock.follow();
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await gateway.settled();
    const panel = await panelOf(await gateway.listen(), 'crm:account:1');
    assert.equal((await happen(gateway, 'before')).status, 202);
    await server.stop();
    const refused = await gateway.app.inject({
      method: 'POST',
      url: '/v1/facts',
      headers: { authorization: `Development ${CONNECTOR}` },
      payload: sent('meanwhile', { type: 'email-sent', at: NOW, account: '1' }),
    });
    assert.equal(refused.statusCode, 503);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    assert.equal((await gateway.call('', 'GET', '/readyz')).status, 503);
    assert.equal((await gateway.call('', 'GET', '/healthz')).status, 200);
    server = await startPostgres(folder, installedPostgres());
    await until(async () => (await happen(gateway, 'meanwhile')).status === 202);
    await gateway.settled();
    assert.ok((await learnedOf(gateway, 'before')) && (await learnedOf(gateway, 'meanwhile')));
    await until(() => panel.text().includes(changed));
    panel.socket.destroy();
    await gateway.close();
  });

  it('a full disk: 507 with when to try again, the worker waits, and nothing taken is lost or set aside', async () => {
    let full = false;
    const gateway = await open({
      beforeChange: () => {
        if (full) throw Object.assign(new Error('could not extend file'), { code: '53100' });
      },
    });
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await gateway.settled();
    const taken = happen(gateway, 'taken');
    assert.equal((await taken).status, 202);
    full = true;
    const refused = await happen(gateway, 'later');
    assert.deepEqual(
      [refused.status, (refused.json() as { code: string }).code],
      [507, 'opportune/store-full'],
    );
    full = false;
    assert.equal((await happen(gateway, 'later')).status, 202);
    await gateway.settled();
    const status = (await gateway.call(CONNECTOR, 'GET', '/v1/import-status')).json();
    assert.equal((status as { refused: number }).refused, 0);
    assert.ok((await learnedOf(gateway, 'taken')) && (await learnedOf(gateway, 'later')));
    await gateway.close();
  });

  it('a clock set back an hour: what is learned later is stamped later, and nothing opens a second time', async () => {
    const gateway = await open();
    gateway.clock.set(NOW + HOUR);
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await happen(gateway, 'first', NOW + HOUR);
    await gateway.settled();
    const openings = async (): Promise<readonly string[]> => {
      const history = await gateway.call(ANA, 'GET', '/v1/history?record=crm:account:1');
      return (history.json() as { type: string; opening: string }[])
        .filter(({ type }) => type === 'opened')
        .map(({ opening }) => opening);
    };
    const before = await openings();
    assert.equal(before.length, 1);
    gateway.clock.set(NOW);
    assert.equal((await happen(gateway, 'second', NOW)).status, 202);
    await gateway.settled();
    const [first = 0, second = 0] = await Promise.all(
      ['first', 'second'].map((id) => learnedOf(gateway, id)),
    );
    assert.ok(second >= first && first >= NOW + HOUR, `${first}, then ${second}`);
    gateway.clock.set(NOW + 3 * HOUR);
    await happen(gateway, 'third', NOW + 3 * HOUR);
    await gateway.settled();
    assert.deepEqual(await openings(), before);
    // A stream goes by the clock that tokens go by.
    const panel = await panelOf(await gateway.listen(), 'crm:account:1');
    await until(() => panel.text().includes('\n:\n'));
    panel.socket.destroy();
    await gateway.close();
  });

  it('a connection that is cut without a word is forgotten', async () => {
    const gateway = await open();
    const url = await gateway.listen();
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await gateway.settled();
    const panel = await panelOf(url, 'crm:account:1');
    const { hub } = gateway.tenants.get('acme') ?? assert.fail();
    assert.equal(hub.panels, 1);
    panel.socket.resetAndDestroy();
    await until(() => hub.panels === 0);
    await gateway.close();
  });

  it('a body that trickles in is cut off', async () => {
    const gateway = await open({ limits: { requestMs: 200 } });
    const { hostname, port } = new URL(await gateway.listen());
    const socket = connect(Number(port), hostname);
    let text = '';
    let ended = false;
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket
      .on('error', () => undefined)
      .on('close', () => {
        ended = true;
      });
    socket.write(
      `POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Development ${CONNECTOR}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n`,
    );
    const trickle = setInterval(() => socket.write(' '), 20);
    await until(() => ended);
    clearInterval(trickle);
    assert.match(text, /^HTTP\/1\.1 408 /);
    await gateway.close();
  });

  it('told to stop, it answers what was asked, ends its streams and is done', async () => {
    const gateway = await open();
    const url = await gateway.listen();
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await gateway.settled();
    const panel = await panelOf(url, 'crm:account:1');
    const asked = fetch(`${url}/v1/facts`, {
      method: 'POST',
      headers: {
        authorization: `Development ${CONNECTOR}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(sent('last', { type: 'email-sent', at: NOW, account: '1' })),
    });
    const ended = new Promise((resolve) => panel.socket.once('end', resolve));
    await until(() => gateway.logged.length > 0);
    const answer = await asked;
    await gateway.close();
    assert.equal(answer.status, 202);
    await ended;
  });
});
