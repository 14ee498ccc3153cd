import { OpportuneError } from 'opportune';
import type { ClientBase } from 'pg';
import { codeOf } from './database-errors.js';
import { MIGRATIONS, type Migration, TENANT_ROLE } from './migrations.js';

/** Any number that is ours: who holds this lock of the database changes its tables. */
const LOCK = 6_704_301_337;

// From PostgreSQL 16 on, whoever makes a role is a member that may not take it on.
const ROLE = `
  do $$
  declare
    needed text := case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end;
  begin
    if not exists (select from pg_roles where rolname = '${TENANT_ROLE}') then
      create role ${TENANT_ROLE} nologin nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
    end if;
    if not pg_has_role(current_user, '${TENANT_ROLE}', needed) then
      execute format('grant ${TENANT_ROLE} to %I', current_user);
    end if;
  end $$`;

/**
 * Brings a database to where this version needs it, from wherever it is. Processes that start at once take turns. Each
 * step is one transaction: what stops in the middle goes on from there.
 */
export async function migrate(
  client: ClientBase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await makeRole(client);
  for (let made = false; !made; ) {
    await client.query('begin');
    try {
      made = await takeStep(client, migrations);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }
}

/** True when there is nothing left to do. */
async function takeStep(client: ClientBase, migrations: readonly Migration[]): Promise<boolean> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
  const { rows } = await client.query(
    `select to_regclass('opportune.migrations') is not null as there, current_setting('server_encoding') as encoding,
       current_setting('server_version_num')::int as version`,
  );
  const [{ there, encoding, version }] = rows;
  if (encoding !== 'UTF8')
    throw new OpportuneError('opportune/database-unfit', `the database's encoding is ${encoding}`, {
      remedy: "Make it anew with: create database NAME encoding 'UTF8' template template0",
    });
  if (version < 150_000)
    throw new OpportuneError('opportune/database-unfit', 'PostgreSQL 15 or newer is needed', {
      remedy: 'Upgrade it, or use another server',
    });
  if (!there) {
    await client.query(`
      create schema if not exists opportune;
      grant usage on schema opportune to ${TENANT_ROLE};
      create table opportune.migrations (
        step int primary key, name text not null, at timestamptz not null default now());`);
  }
  const done = await client.query('select count(*)::int as steps from opportune.migrations');
  const steps: number = done.rows[0].steps;
  if (steps > migrations.length)
    throw new OpportuneError(
      'opportune/store-newer',
      'the database was written by a newer version of Opportune',
      { remedy: 'Update Opportune, or restore a backup from before into another database' },
    );
  const next = migrations[steps];
  if (!next) return true;
  await client.query(next.sql);
  await client.query('insert into opportune.migrations (step, name) values ($1, $2)', [
    steps + 1,
    next.name,
  ]);
  return false;
}

/** Roles belong to the whole server, so that another database of it may make or grant the same one meanwhile. */
async function makeRole(client: ClientBase): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(ROLE);
      break;
    } catch (error) {
      if (['42710', '23505', 'XX000'].includes(codeOf(error)) && attempt < 5) continue;
      if (codeOf(error) !== '42501') throw error;
      throw new OpportuneError(
        'opportune/database-refused',
        `the user of the database may not make the role ${TENANT_ROLE}, nor take it on`,
        {
          remedy: `Let an administrator run: create role ${TENANT_ROLE} nologin; grant ${TENANT_ROLE} to that user`,
        },
      );
    }
  }
  const { rows } = await client.query(
    'select rolsuper or rolbypassrls as free from pg_roles where rolname = $1',
    [TENANT_ROLE],
  );
  if (rows[0]?.free)
    throw new OpportuneError(
      'opportune/database-unfit',
      `the role ${TENANT_ROLE} may pass row-level security by`,
      { remedy: `Let an administrator run: alter role ${TENANT_ROLE} nosuperuser nobypassrls` },
    );
}
