import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isOpportuneError } from 'opportune';
import { Client } from 'pg';
import { type Database, openDatabase } from './open-database.js';
import { workingIn } from './orphans.js';
import { findPostgres } from './postgres-binaries.js';
import { openPostgresStore } from './postgres-store.js';
import { userFor } from './postgres-user.js';
import { startPostgres } from './start-postgres.js';
import { createTestFolder } from './test-database.js';

const folders: string[] = [];
const nextFolder = (): string => {
  const next = createTestFolder();
  folders.push(next);
  return next;
};
/** Made once, as making data takes longest; each test starts a server over it. */
const folder = nextFolder();
after(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const root = process.getuid?.() === 0;
const onLinux = platform() === 'linux' ? {} : { skip: 'processes are looked at in /proc' };

async function until(what: string, met: () => unknown): Promise<void> {
  for (const end = Date.now() + 60_000; !(await met()); await pause(20))
    assert.ok(Date.now() < end, `${what} within a minute`);
}

async function readValue(name: string): Promise<unknown> {
  const database = await openDatabase({ folder });
  try {
    return await (await openPostgresStore(database, 'acme')).get(name);
  } finally {
    await database.close();
  }
}

async function keep(database: Database, name: string, value: unknown): Promise<void> {
  await (await openPostgresStore(database, 'acme')).put(name, value);
}

/** Commits until it is killed; resolves once some are acknowledged. */
async function startChild(tenant: string, first: number): Promise<Child> {
  const script = new URL('./commit-child.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, folder, tenant, String(first)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const acknowledged = (): string[] => output.split('\n').slice(1, -1);
  await until('a commit of the child', () => acknowledged().length > 3 || child.exitCode !== null);
  return { child, acknowledged };
}

interface Child {
  readonly child: ChildProcess;
  acknowledged(): string[];
}

async function kill(child: ChildProcess): Promise<void> {
  assert.equal(child.exitCode, null, 'the child runs');
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

describe('PostgreSQL of our own in a folder', () => {
  it('is made, stopped, and found again with what was written; its data and password are nobody else’s to read', async () => {
    const database = await openDatabase({ folder });
    await keep(database, 'a', 'kept');
    await database.close();
    assert.deepEqual(workingIn(join(folder, 'data')), []);
    assert.equal(await readValue('a'), 'kept');
    for (const [name, mode] of [
      ['data', 0o700],
      ['socket', 0o700],
      ['password', 0o600],
      ['log', 0o600],
    ] as const)
      assert.equal(statSync(join(folder, name)).mode & 0o777, mode, name);
    assert.ok(!readFileSync(join(folder, 'log'), 'utf8').includes('kept'));
  });

  it('is for one process at a time, and says which one has it', async () => {
    const database = await openDatabase({ folder });
    await assert.rejects(
      openDatabase({ folder }),
      (error) =>
        isOpportuneError(error, 'opportune/store-busy') &&
        error.message.includes(`process ${process.pid} has this store open`),
    );
    await keep(database, 'b', 1);
    await database.close();
    assert.equal(await readValue('b'), 1);
  });

  it('after SIGKILL at any moment opens again with every commit that was acknowledged', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      const one = await startChild('killed', round * 100_000);
      await pause(Math.random() * 300);
      await kill(one.child);
      assert.ok(one.acknowledged().length > 3, 'it did something');
      acknowledged.push(...one.acknowledged());
    }
    const database = await openDatabase({ folder });
    try {
      const store = await openPostgresStore(database, 'killed');
      const waiting = new Set((await store.outbox(1e6)).map(({ id }) => id));
      for (const key of ['a', 'b', 'c', 'd']) {
        const ids = (await store.facts(key)).map(({ id }) => id);
        const mine = acknowledged.filter((id) => id.startsWith(key));
        assert.deepEqual(
          mine.filter((id) => !ids.includes(id)),
          [],
        );
        // What was committed and not acknowledged is there as a whole.
        assert.equal((await store.read(key))?.version, ids.length);
        assert.deepEqual(
          ids.filter((id) => !waiting.has(id)),
          [],
        );
        const last = Number(ids.at(-1)?.split('-')[1]);
        const due = await store.due(9e15, 9);
        assert.equal(due.find((one) => one.key === key)?.wakeAt, last);
      }
    } finally {
      await database.close();
    }
  });

  it('ends with the process that started it, however that ends', onLinux, async () => {
    const { child } = await startChild('ended', 0);
    assert.ok(workingIn(join(folder, 'data')).length > 0);
    await kill(child);
    await until('its end', () => workingIn(join(folder, 'data')).length === 0);
  });

  it('takes the data from a server that was left behind', onLinux, async () => {
    const { child, acknowledged } = await startChild('left', 0);
    const server = Number(
      readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    // Without its guard the server outlives us.
    const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8');
    const guard = children
      .trim()
      .split(' ')
      .find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'sh');
    process.kill(Number(guard), 'SIGKILL');
    await kill(child);
    assert.ok(workingIn(join(folder, 'data')).includes(server), 'it was left behind');
    const database = await openDatabase({ folder });
    try {
      const store = await openPostgresStore(database, 'left');
      const ids = (await store.facts('a')).map(({ id }) => id);
      assert.deepEqual(
        acknowledged().filter((id) => id.startsWith('a') && !ids.includes(id)),
        [],
      );
      assert.ok(!workingIn(join(folder, 'data')).includes(server));
    } finally {
      await database.close();
    }
  });

  it('is not held up by the id of a server that is another process by now', onLinux, async () => {
    await (await openDatabase({ folder })).close();
    const other = spawn('sleep', ['600'], { stdio: 'ignore', ...userFor(join(folder, 'data')) });
    try {
      writeFileSync(
        join(folder, 'data', 'postmaster.pid'),
        `${other.pid}\n${join(folder, 'data')}\n1\n5432\n\n\n\nready\n`,
      );
      assert.equal(await readValue('none'), undefined);
      assert.equal(other.exitCode, null, 'the other lives');
    } finally {
      other.kill();
    }
  });

  it(
    'is started again when it ends of itself, and nobody has to open it anew',
    onLinux,
    async () => {
      const database = await openDatabase({ folder });
      try {
        await keep(database, 'a', 'kept');
        const store = await openPostgresStore(database, 'acme');
        const server = Number(
          readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
        );
        process.kill(server, 'SIGKILL');
        await until('an answer', () =>
          store.get('a').then(
            (value) => value === 'kept' && !workingIn(join(folder, 'data')).includes(server),
            (error) => {
              assert.ok(isOpportuneError(error, 'opportune/database-unavailable'), String(error));
              return false;
            },
          ),
        );
      } finally {
        await database.close();
      }
      assert.deepEqual(workingIn(join(folder, 'data')), []);
    },
  );

  it('leaves nobody behind when it is killed while it is stopped', onLinux, async () => {
    const data = join(folder, 'data');
    const server = await startPostgres(folder);
    // A session that computes does not notice that its server is gone.
    const client = new Client({ ...server, database: 'postgres' });
    client.on('error', () => {});
    await client.connect();
    const answer = client.query('select count(*) from generate_series(1, 1e12)').catch(() => {});
    const running =
      "select 1 from pg_stat_activity where query like '%1e12%' and pid <> pg_backend_pid()";
    const other = new Client({ ...server, database: 'postgres' });
    other.on('error', () => {});
    await other.connect();
    await until('the session computes', async () => (await other.query(running)).rows.length > 0);
    await other.end();
    process.kill(
      Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    );
    await server.stop();
    assert.deepEqual(workingIn(data), []);
    await answer;
  });

  it('of another major version is refused, with the way to bring it over', async () => {
    const folder = nextFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '9\n');
    await assert.rejects(
      startPostgres(folder),
      (error) =>
        isOpportuneError(error, 'opportune/store-version') &&
        /written by PostgreSQL 9.*Make a backup/.test(error.message),
    );
  });

  it('has a socket elsewhere when the folder’s name is too long for one', async () => {
    const folder = join(nextFolder(), 'x'.repeat(100));
    mkdirSync(folder);
    const server = await startPostgres(folder);
    assert.ok(server.host.length < 100);
    await server.stop();
    assert.throws(() => statSync(server.host));
  });

  const asRoot = root ? {} : { skip: 'for root, who must not run PostgreSQL' };

  it('in a folder that only root may enter says where else it may be', asRoot, async () => {
    const folder = nextFolder();
    chmodSync(folder, 0o700);
    await assert.rejects(
      openDatabase({ folder: join(folder, 'store') }),
      (error) =>
        isOpportuneError(error, 'opportune/store-unreadable') && /\/var\/lib\//.test(error.message),
    );
  });

  it(
    'runs from a copy when its programs are in a place that only root may enter',
    asRoot,
    async () => {
      const [folder, hidden] = [nextFolder(), nextFolder()];
      execFileSync('cp', ['-a', findPostgres(), join(hidden, 'native')]);
      chmodSync(hidden, 0o700);
      const server = await startPostgres(folder, join(hidden, 'native'));
      await server.stop();
      assert.ok(statSync(join(folder, 'programs-18.4', 'bin', 'postgres')));
    },
  );
});
