import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isOpportuneError } from 'opportune';
import pg from 'pg';
import { installedPostgres } from './installed-postgres.js';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { type RunningPostgres, startPostgres } from './start-postgres.js';
import { createTestDatabase, createTestFolder } from './test-database.js';

const isUnavailable = (error: unknown): boolean =>
  isOpportuneError(error, 'opportune/database-unavailable');

async function until(what: string, met: () => unknown): Promise<void> {
  for (const end = Date.now() + 60_000; !(await met()); await pause(20))
    assert.ok(Date.now() < end, `${what} within a minute`);
}

function toUrl({ host, port, user, password }: RunningPostgres, name: string): string {
  const url = new URL(`postgres://${user}@localhost/${name}`);
  url.password = password;
  url.searchParams.set('host', host);
  url.searchParams.set('port', String(port));
  return url.href;
}

describe('when the database is gone', () => {
  const folder = createTestFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('everything says so with one code, and goes on when it is back, without a restart of ours', async () => {
    let server = await startPostgres(folder, installedPostgres());
    const { password } = server;
    const database = await openDatabase({ url: toUrl(server, 'postgres'), connections: 3 });
    try {
      const store = await openPostgresStore(database, 'acme');
      let woken = 0;
      database.listen('acme', () => {
        woken++;
      });
      await until('the first call of the listener', () => woken > 0);
      await Promise.all([store.put('a', 1), store.put('b', 1), store.put('c', 1)]);
      await server.stop();
      for (let i = 0; i < 5; i++)
        await assert.rejects(store.put('a', 2), (error) => {
          assert.ok(isUnavailable(error), String(error));
          assert.ok(!String(error).includes(password));
          return true;
        });
      const before = woken;
      server = await startPostgres(folder, installedPostgres());
      await until('an answer', () =>
        store.put('a', 3).then(
          () => true,
          (error) => {
            assert.ok(isUnavailable(error), String(error));
            return false;
          },
        ),
      );
      assert.equal(await store.get('a'), 3);
      await until('a call of the listener', () => woken > before);
      const other = await openDatabase({ url: toUrl(server, 'postgres') });
      const now = woken;
      (await openPostgresStore(other, 'acme')).put('d', 1).then(
        () => other.wake('acme', 'changes'),
        () => {},
      );
      await until('a call for another process', () => woken > now);
      await other.close();
    } finally {
      await database.close();
      await server.stop();
    }
  });

  it('a server that is not there, a wrong password and a wrong name are told apart, without the password', async () => {
    const server = await startPostgres(folder, installedPostgres());
    try {
      const good = new URL(toUrl(server, 'postgres'));
      const missing = new URL(good);
      missing.pathname = '/nothing';
      const wrong = new URL(good);
      wrong.password = 'hunter2';
      for (const [url, code] of [
        ['postgres://u:hunter2@127.0.0.1:1/x', 'opportune/database-unavailable'],
        [wrong.href, 'opportune/database-refused'],
        [missing.href, 'opportune/database-missing'],
        ['mysql://u:hunter2@localhost/x', 'opportune/usage'],
        ['hunter2', 'opportune/usage'],
      ] as const)
        await assert.rejects(openDatabase({ url }), (error) => {
          assert.ok(isOpportuneError(error, code), `${code}: ${String(error)}`);
          assert.doesNotMatch(`${String(error)} ${JSON.stringify(error)}`, /hunter2/);
          return true;
        });
    } finally {
      await server.stop();
    }
  });
});

describe('transactions', () => {
  let url: string;
  let database: Database;
  before(async () => {
    url = await createTestDatabase();
    database = await openDatabase({ url, connections: 2, statementMs: 1000 });
  });
  after(() => database.close());

  it('one that another came in between of is run again, and its work is done once', async () => {
    const store = await openPostgresStore(database, 'counts');
    await store.put('n', 0);
    const add = (): Promise<void> =>
      database.inTenant(
        'counts',
        async (sql) => {
          const [row] = await sql.rows("select body from opportune.named where name = 'n'");
          await sql.rows("update opportune.named set body = $1 where name = 'n'", [
            String(Number(row?.body) + 1),
          ]);
        },
        { oneMoment: true },
      );
    for (let i = 0; i < 10; i++) await Promise.all([add(), add()]);
    assert.equal(await store.get('n'), 20);
  });

  it('a statement that takes too long is stopped and told, and the connection serves on', async () => {
    await assert.rejects(
      database.inTenant('acme', (sql) => sql.rows('select pg_sleep(30)')),
      (error) => isOpportuneError(error, 'opportune/database-slow'),
    );
    assert.deepEqual(await database.inTenant('acme', (sql) => sql.rows('select 1 as one')), [
      { one: 1 },
    ]);
  });

  it('more asked at once than there are connections wait their turn', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        database.inTenant('acme', (sql) => sql.rows('select $1::int as one', [i])),
      ),
    );
    assert.deepEqual(
      answers.map(([row]) => row?.one),
      Array.from({ length: 50 }, (_, i) => i),
    );
  });

  it('connections that an administrator ends while idle or at work are replaced', async () => {
    const admin = new pg.Client(url);
    admin.on('error', () => {});
    await admin.connect();
    const end = () =>
      admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    await end();
    assert.equal((await database.inTenant('acme', (sql) => sql.rows('select 1'))).length, 1);
    await assert.rejects(
      database.inTenant('acme', async (sql) => {
        await sql.rows('select 1');
        await end();
        await sql.rows('select 1');
      }),
      isUnavailable,
    );
    assert.equal((await database.inTenant('acme', (sql) => sql.rows('select 1'))).length, 1);
    await admin.end();
  });

  it('a full disk is told as one', async () => {
    await assert.rejects(
      database.inTenant('acme', (sql) =>
        sql.rows(
          "do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$",
        ),
      ),
      (error) => isOpportuneError(error, 'opportune/store-full') && /Make room/.test(error.message),
    );
  });
});
