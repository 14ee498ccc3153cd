import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isOpportuneError } from 'opportune';
import { openSilentProxy, type SilentProxy } from '../silent-proxy.js';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestDatabase } from './test-database.js';

describe('when the way to the database is gone without a word', () => {
  let proxy: SilentProxy;
  let database: Database;
  before(async () => {
    const url = new URL(await createTestDatabase());
    const [host, port] = ['host', 'port'].map((name) => url.searchParams.get(name) ?? '');
    proxy = await openSilentProxy(
      host?.startsWith('/')
        ? { path: `${host}/.s.PGSQL.${port}` }
        : { host: host ?? '', port: Number(port) },
    );
    url.searchParams.set('host', '127.0.0.1');
    url.searchParams.set('port', String(proxy.port));
    database = await openDatabase({ url: url.href, silenceMs: 400, statementMs: 2_000 });
  });
  after(async () => {
    await database.close();
    await proxy.close();
  });

  it('who asks is told within the time for a sign of life, and all goes on over new connections', async () => {
    const store = await openPostgresStore(database, 'acme');
    // Every connection has been in use.
    await Promise.all(Array.from({ length: 30 }, (_, n) => store.put(`before/${n}`, n)));
    proxy.fallSilent();
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        store.put(`silent/${n}`, n).then(
          () => 'written',
          (error: unknown) => (isOpportuneError(error) ? error.code : String(error)),
        ),
      ),
    );
    assert.deepEqual([...new Set(codes)], ['opportune/database-unavailable']);
    proxy.heal();
    // Two connections that nobody has tried since lead nowhere either, and nobody waits for them.
    await Promise.all(Array.from({ length: 30 }, (_, n) => store.put(`after/${n}`, n)));
    assert.equal((await store.names('before/')).length, 30);
    assert.equal((await store.names('after/')).length, 30);
  });

  it('a transaction in its midst is given up too, and nothing of it stands', async () => {
    const store = await openPostgresStore(database, 'acme');
    await assert.rejects(
      database.inTenant('acme', async (sql) => {
        await sql.rows("insert into opportune.named (name, body) values ('half', '1')");
        proxy.fallSilent();
        await sql.rows("insert into opportune.named (name, body) values ('whole', '1')");
      }),
      (error) => isOpportuneError(error, 'opportune/database-unavailable'),
    );
    proxy.heal();
    await store.put('later', 1);
    assert.deepEqual(await store.names('half'), []);
  });

  it('who listens hears by notices again, after a look that finds nobody at the other end', async () => {
    let heard = 0;
    const unlisten = database.listen('acme', () => heard++);
    const hears = async (): Promise<boolean> => {
      const before = heard;
      await database
        .asOwner((sql) => sql.rows("select pg_notify('opportune', 'another acme')"))
        .catch(() => undefined);
      for (let tries = 0; tries < 20 && heard === before; tries++) await pause(10);
      return heard > before;
    };
    // Five in a row are no look, which comes every five seconds.
    const hearsAll = async (): Promise<boolean> => {
      for (let n = 0; n < 5; n++) if (!(await hears())) return false;
      return true;
    };
    while (!(await hearsAll()));
    proxy.fallSilent();
    proxy.heal();
    assert.equal(await hearsAll(), false);
    while (!(await hearsAll()));
    unlisten();
  });
});
