import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isOpportuneError } from 'opportune';
import pg from 'pg';
import { writeAudit } from './audit.js';
import { createInbox } from './inbox.js';
import { TENANT_ROLE } from './migrations.js';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestDatabase } from './test-database.js';

let database: Database;
let raw: pg.Client;
/** Every table that holds tenants' rows, with the columns that must be given. */
let tables: readonly { readonly name: string; readonly needed: readonly string[] }[];

before(async () => {
  const url = await createTestDatabase();
  database = await openDatabase({ url });
  raw = new pg.Client(url);
  raw.on('error', () => {});
  await raw.connect();
  const { rows } = await raw.query(`
    select c.relname as name, array(
      select column_name::text from information_schema.columns
      where table_schema = 'opportune' and table_name = c.relname
    ) as columns
    from pg_class c where c.relnamespace = 'opportune'::regnamespace and c.relkind in ('r', 'p')`);
  tables = rows
    .filter(({ name, columns }) => columns.includes('tenant') && name !== 'tenants')
    .map(({ name, columns }) => ({ name, needed: columns }));
  for (const tenant of ['a', 'b']) {
    const store = await openPostgresStore(database, tenant);
    const fact = {
      id: 'f',
      type: 'note',
      subjects: ['k'],
      about: [],
      occurredAt: 1,
      learnedAt: 1,
      grade: 'observed' as const,
      data: {},
    };
    const subject = { key: 'k', at: { occurredAt: 1, id: 'f' }, whose: tenant } as never;
    const outbox = [{ id: 'o', to: 'k', fact }];
    await store.commit('k', 0, {
      facts: [fact],
      subject,
      outbox,
      snapshot: true,
      values: { n: tenant },
    });
    await createInbox(database, tenant).enqueue([{ ...fact, id: 'waiting' }]);
    await writeAudit(database, tenant, [{ actor: tenant, roles: [], action: 'published' }]);
    await database.inTenant(tenant, async (sql) => {
      await sql.rows(`insert into opportune.person_keys (id, wrapped) values ('p', '\\x01')`);
      await sql.rows(
        `insert into opportune.digests (rep, date, attempt, state) values ('r', '2026-11-20', 1, 'sent')`,
      );
      await sql.rows(`insert into opportune.digests_stopped (rep) values ('r')`);
      await sql.rows(`insert into opportune.replays (key, until) values ('k', 1)`);
      await sql.rows(
        `insert into opportune.leases (name, holder, until) values ('work', 'a', now())`,
      );
      await sql.rows(
        `insert into opportune.analyses (id, question, family, asked_at) values ('a', '{}', '2026-Q4', 1)`,
      );
      await sql.rows(
        `insert into opportune.actions (rep, teams, counted_at, body) values ('r', '[]', 1, '{}')`,
      );
      await sql.rows(`insert into opportune.critics (rep, critic, since) values ('r', 's', 1)`);
      await sql.rows(`insert into opportune.playbook_files (hash, body) values ('h', '[]')`);
      await sql.rows(
        `insert into opportune.playbook_versions (number, files, version, author, at) values (1, 'h', 'v', 'a', 1)`,
      );
      await sql.rows(
        `insert into opportune.playbook_proposals (files, version, author, at, base) values ('h', 'v', 'a', 1, 1)`,
      );
      await sql.rows(
        `insert into opportune.playbook_drafts (author, revision, at, body) values ('a', 1, 1, '{}')`,
      );
      await sql.rows(`insert into opportune.changes_pruned (xid) values ('3')`);
    });
  }
});
after(async () => {
  await raw.end();
  await database.close();
});

/** As the service's role with a tenant set or none, in a transaction that leaves nothing. */
async function asRole<T>(tenant: string | undefined, work: () => Promise<T>): Promise<T> {
  await raw.query(`begin; set local role ${TENANT_ROLE}`);
  try {
    if (tenant !== undefined)
      await raw.query("select set_config('opportune.tenant', $1, true)", [tenant]);
    return await work();
  } finally {
    await raw.query('rollback');
  }
}

const count = async (name: string, where = 'true'): Promise<number> =>
  (await raw.query(`select count(*)::int as rows from opportune.${name} where ${where}`)).rows[0]
    .rows;

describe('tenants', () => {
  it('every table of the schema has rows of both tenants in this test, or none that are a tenant’s', async () => {
    assert.ok(tables.length >= 9, `${tables.length} tables`);
    for (const { name } of tables)
      for (const tenant of ['a', 'b'])
        await asRole(tenant, async () =>
          assert.ok((await count(name)) > 0, `${name} of ${tenant}`),
        );
    const { rows } = await raw.query(`
      select c.relname as name from pg_class c where c.relnamespace = 'opportune'::regnamespace
      and c.relkind in ('r', 'p', 'v', 'm') and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`);
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['epoch', 'migrations', 'tenants'],
    );
  });

  it('without a tenant nothing is seen', async () => {
    for (const { name } of tables)
      for (const tenant of [undefined, ''])
        await asRole(tenant, async () => assert.equal(await count(name), 0, name));
  });

  it('a tenant sees nothing of another, and changes and removes nothing of it', async () => {
    for (const { name } of tables)
      await asRole('a', async () => {
        assert.equal(await count(name, "tenant <> 'a'"), 0, name);
        for (const change of [
          `update opportune.${name} set tenant = 'a' where tenant = 'b'`,
          `delete from opportune.${name} where tenant = 'b'`,
        ]) {
          await raw.query('savepoint one');
          try {
            assert.equal((await raw.query(change)).rowCount, 0, change);
          } catch (error) {
            // A table without the right at all.
            assert.match(String(error), /permission denied/);
          }
          await raw.query('rollback to one');
        }
      });
  });

  it('a tenant cannot write a row for another, nor give it one of its own', async () => {
    for (const { name, needed } of tables) {
      const columns = needed.filter((column) => column !== 'tenant');
      await asRole('a', async () => {
        const given = `select 'b', ${columns.join(', ')} from opportune.${name} limit 1`;
        await assert.rejects(
          raw.query(
            `insert into opportune.${name} (tenant, ${columns.join(', ')}) overriding system value ${given}`,
          ),
          /row-level security/,
          name,
        );
      });
      await asRole('a', async () => {
        await assert.rejects(
          raw.query(`update opportune.${name} set tenant = 'b'`),
          /row-level security|permission denied/,
          name,
        );
      });
    }
  });

  it('which tenants there are, and what was done to the tables, is not the service’s to see', async () => {
    for (const name of ['tenants', 'migrations'])
      await asRole('a', () => assert.rejects(count(name), /permission denied/));
    assert.deepEqual(await database.tenants(), ['a', 'b']);
  });

  it('the audit log grows, and can be neither changed nor shortened', async () => {
    for (const change of [
      "update opportune.audit set actor = 'x'",
      'delete from opportune.audit',
      'truncate opportune.audit',
    ])
      await asRole('a', () => assert.rejects(raw.query(change), /permission denied/, change));
  });

  it('the role may neither log in nor pass the policies by, and keeps no tenant after its transaction', async () => {
    const { rows } = await raw.query(
      'select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = $1',
      [TENANT_ROLE],
    );
    assert.deepEqual(Object.values(rows[0]), [false, false, false, false]);
    const one = await openDatabase({ url: await createTestDatabase(), connections: 1 });
    try {
      await one.inTenant('a', async () => {});
      const [after] = await one.asOwner((sql) =>
        sql.rows(
          "select current_setting('opportune.tenant', true) as tenant, current_user::text as who",
        ),
      );
      assert.equal(after?.tenant, '');
      assert.notEqual(after?.who, TENANT_ROLE);
    } finally {
      await one.close();
    }
  });

  it('a name that is more than a name is refused before it reaches the database', async () => {
    for (const tenant of ['', "a'; set role postgres; --", 'ä', 'a b', 'x'.repeat(64), '-a'])
      await assert.rejects(
        database.inTenant(tenant, async () => {}),
        (error) => isOpportuneError(error, 'opportune/usage'),
      );
  });
});
