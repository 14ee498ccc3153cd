import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpportuneError } from 'opportune';
import pg from 'pg';
import { toBytes } from './code-units.js';
import { migrate } from './migrate.js';
import { MIGRATIONS, TENANT_ROLE } from './migrations.js';
import { openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestDatabase } from './test-database.js';

/** Rows as the version of that step wrote them, before the next one comes. */
const ROWS: readonly string[] = [
  `insert into opportune.subjects (key, version, wake_at, body) values ($1, 1, 5, '{"key":"k"}');
   insert into opportune.facts (subject, id, at, body) select id, 'f', 1, '{"id":"f"}' from opportune.subjects;
   insert into opportune.snapshots (subject, at, id, body) select id, 1, 'f', '{"key":"k"}' from opportune.subjects;
   insert into opportune.outbox (id, body) values ('o', '{"id":"o"}');
   insert into opportune.named (name, body) values ('n', '1')`,
  `insert into opportune.inbox (id, body) values ('waiting', '{"id":"waiting"}');
   insert into opportune.changes (key) values ('k');
   insert into opportune.changes_pruned (xid) values ('3')`,
  `insert into opportune.audit (actor, roles, action) values ('a', '{}', 'published')`,
  `insert into opportune.person_keys (id, wrapped) values ('p', '\\x01');
   insert into opportune.digests (rep, date, attempt, state) values ('r', '2026-11-20', 1, 'sent');
   insert into opportune.digests_stopped (rep) values ('r');
   insert into opportune.replays (key, until) values ('k', 1);
   insert into opportune.leases (name, holder, until) values ('work', 'a', now())`,
  `insert into opportune.facts (subject, id, at, body) values (1, $1, 1, '{"type":"seen"}') on conflict do nothing`,
  `insert into opportune.analyses (id, question, family, asked_at) values ('a', '{"topic":"ramp"}', '2026-Q4', 1)`,
  `insert into opportune.actions (rep, teams, counted_at, body) values ('r', '[]', 1, '{}');
   insert into opportune.critics (rep, critic, since) values ('r', 's', 1)`,
  `insert into opportune.playbook_files (hash, body) values ('h', '[]');
   insert into opportune.playbook_versions (number, files, version, author, at) values (1, 'h', 'v', 'a', 1);
   insert into opportune.playbook_proposals (files, version, author, at, base) values ('h', 'v', 'a', 1, 1);
   insert into opportune.playbook_drafts (author, revision, at, body) values ('a', 1, 1, '{}')`,
];

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function fill(client: pg.Client, step: number): Promise<void> {
  await client.query(`begin; set local role ${TENANT_ROLE}; set local opportune.tenant = 'acme'`);
  await client.query((ROWS[step] ?? '').replaceAll('$1', `'\\x${toBytes('k').toString('hex')}'`));
  await client.query('commit');
}

async function everything(client: pg.Client): Promise<Record<string, unknown>> {
  await client.query(`begin; set local role ${TENANT_ROLE}; set local opportune.tenant = 'acme'`);
  const { rows: tables } = await client.query(
    `select table_name as name from information_schema.columns
     where table_schema = 'opportune' and column_name = 'tenant' and table_name <> 'tenants' order by 1`,
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables) all[name] = (await client.query(`table opportune.${name}`)).rows;
  await client.query('commit');
  return all;
}

describe('migrations', () => {
  it('each has rows in this test, so that the next one meets some', () => {
    assert.equal(ROWS.length, MIGRATIONS.length);
  });

  for (const [from, { name }] of MIGRATIONS.entries())
    it(`from version ${from + 1} (${name}) to the newest: every row is as it was, and the store opens`, async () => {
      const url = await createTestDatabase();
      const client = await connect(url);
      try {
        for (let step = 0; step <= from; step++) {
          await migrate(client, MIGRATIONS.slice(0, step + 1));
          await fill(client, step);
        }
        const before = await everything(client);
        const database = await openDatabase({ url });
        try {
          const after = await everything(client);
          for (const [table, rows] of Object.entries(before)) {
            assert.ok(Array.isArray(rows) && rows.length > 0, `${table} had rows`);
            assert.deepEqual(after[table], rows, table);
          }
          const store = await openPostgresStore(database, 'acme');
          assert.deepEqual(await store.read('k'), { version: 1, subject: { key: 'k' } });
          assert.deepEqual(await store.due(9, 9), [{ key: 'k', wakeAt: 5 }]);
          assert.equal(await store.get('n'), 1);
        } finally {
          await database.close();
        }
      } finally {
        await client.end();
      }
    });

  it('processes that start at once take turns, and each step is made once', async () => {
    const url = await createTestDatabase();
    const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase({ url })));
    const [first] = opened;
    const steps = await first?.asOwner((sql) =>
      sql.rows('select step from opportune.migrations order by step'),
    );
    assert.deepEqual(
      steps?.map(({ step }) => step),
      MIGRATIONS.map((_, i) => i + 1),
    );
    for (const database of opened) await database.close();
  });

  it('a step that fails leaves nothing, and those before it', async () => {
    const client = await connect(await createTestDatabase());
    const broken = { name: 'broken', sql: 'create table opportune.half (a int); select 1 / 0' };
    await assert.rejects(migrate(client, [...MIGRATIONS, broken]), /division by zero/);
    const { rows } = await client.query(
      `select count(*)::int as steps, to_regclass('opportune.half') as half from opportune.migrations`,
    );
    assert.deepEqual(rows, [{ steps: MIGRATIONS.length, half: null }]);
    await client.end();
  });

  it('a database that is newer than the program is refused and left alone', async () => {
    const url = await createTestDatabase();
    const client = await connect(url);
    await migrate(client, [...MIGRATIONS, { name: 'of tomorrow', sql: 'select 1' }]);
    await assert.rejects(
      openDatabase({ url }),
      (error) =>
        isOpportuneError(error, 'opportune/store-newer') && /Update Opportune/.test(error.message),
    );
    await client.end();
  });

  it('an owner who is no administrator will do, and one who may make no role is told what to ask for', async () => {
    const url = await createTestDatabase();
    const admin = await connect(url);
    const name = new URL(url).pathname.slice(1);
    const users = [`${name}_owner`, `${name}_poor`] as const;
    const [owner, poor] = users;
    try {
      await admin.query(`
        create role ${owner} login createrole password 'x'; create role ${poor} login password 'x';
        alter database ${name} owner to ${owner}; grant create on database ${name} to ${poor}`);
      const as = (user: string): string => {
        const own = new URL(url);
        own.username = user;
        own.password = 'x';
        return own.href;
      };
      await assert.rejects(
        openDatabase({ url: as(poor) }),
        (error) =>
          isOpportuneError(error, 'opportune/database-refused') &&
          /grant opportune_tenant to/.test(error.message),
      );
      const database = await openDatabase({ url: as(owner) });
      const store = await openPostgresStore(database, 'acme');
      await store.put('a', 1);
      assert.equal(await store.get('a'), 1);
      // The owner too sees a tenant's rows only as that tenant.
      assert.deepEqual(await database.asOwner((sql) => sql.rows('table opportune.named')), []);
      await database.close();
    } finally {
      await admin.query(
        `reassign owned by ${owner} to current_user; drop owned by ${owner}, ${poor}`,
      );
      await admin.query(`drop role ${owner}, ${poor}`);
      await admin.end();
    }
  });
});
