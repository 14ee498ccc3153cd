import {
  type Fact,
  OpportuneError,
  type Outgoing,
  type Store,
  type Stored,
  type Subject,
} from 'opportune';
import { toJson } from '../plain-json.js';
import { fromBytes, toBytes } from './code-units.js';
import { commitQuery } from './commit-query.js';
import type { Database, Row, Sql, SqlValue } from './open-database.js';

/**
 * The store of one tenant. Closing it leaves the database open. Each commit is noted in the tenant's changes
 * (change-feed.ts) in the same transaction, and wakes those who listen.
 */
export async function openPostgresStore(database: Database, tenant: string): Promise<Store> {
  await database.inTenant(tenant, async () => {});
  await database.asOwner((sql) =>
    sql.rows('insert into opportune.tenants (tenant) values ($1) on conflict do nothing', [tenant]),
  );
  let closed = false;

  function checkOpen(): void {
    if (closed)
      throw new OpportuneError('opportune/store-closed', 'the store is closed', {
        remedy: 'Open it again',
      });
  }
  async function within<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    checkOpen();
    return database.inTenant(tenant, work);
  }
  async function ask(text: string, values: readonly SqlValue[]): Promise<readonly Row[]> {
    checkOpen();
    return database.ask(tenant, text, values);
  }

  async function readAll(keys: readonly string[]): Promise<(Stored | undefined)[]> {
    const rows = await ask(READ, [keys.map(toBytes)]);
    const found = new Map(rows.map((row) => [fromBytes(row.key as Buffer), row]));
    return keys.map((key) => {
      const row = found.get(key);
      return row && { version: Number(row.version), subject: bodyOf<Subject>(row) };
    });
  }

  return {
    read: async (key) => (await readAll([key]))[0],
    readAll,
    async commit(key, expectedVersion, commit) {
      const { text, values } = commitQuery(key, expectedVersion, commit);
      const done = (await ask(text, values)).length === 1;
      if (done) database.wake(tenant);
      return done;
    },
    async rewrite(key, expectedVersion, rewrite) {
      const done = await within(async (sql) => {
        const [row] = await sql.rows(LOCK, [toBytes(key)]);
        if (Number(row?.version ?? 0) !== expectedVersion) return false;
        const id = [Number(row?.id ?? -1)];
        await sql.rows('delete from opportune.facts where subject = $1::bigint', id);
        await sql.rows('delete from opportune.snapshots where subject = $1::bigint', id);
        if (rewrite) {
          const { text, values } = commitQuery(key, expectedVersion, { ...rewrite, outbox: [] });
          return (await sql.rows(text, values)).length === 1;
        }
        await sql.rows('delete from opportune.subjects where id = $1::bigint', id);
        await sql.rows('insert into opportune.changes (key) values ($1)', [toBytes(key)]);
        return true;
      });
      if (done) database.wake(tenant);
      return done;
    },
    async known(key, ids) {
      const rows = await ask(KNOWN, [toBytes(key), ids.map(toBytes)]);
      return new Set(rows.map((row) => fromBytes(row.id as Buffer)));
    },
    async facts(key, after, limit) {
      const rows = after
        ? await ask(FACTS_AFTER, [
            toBytes(key),
            toLimit(limit),
            after.occurredAt,
            toBytes(after.id),
          ])
        : await ask(FACTS, [toBytes(key), toLimit(limit)]);
      return rows.map((row) => bodyOf<Fact>(row));
    },
    async snapshot(key, before) {
      const [row] = await ask(SNAPSHOT, [toBytes(key), before.occurredAt, toBytes(before.id)]);
      return row && bodyOf<Subject>(row);
    },
    async due(now, limit) {
      const rows = await ask(DUE, [now, toLimit(limit)]);
      return rows.map((row) => ({
        key: fromBytes(row.key as Buffer),
        wakeAt: Number(row.wake_at),
      }));
    },
    async outbox(limit) {
      return (await ask(OUTBOX, [toLimit(limit)])).map((row) => bodyOf<Outgoing>(row));
    },
    async settle(ids) {
      await ask('delete from opportune.outbox where id = any($1::bytea[])', [ids.map(toBytes)]);
    },
    async keys(prefix, after, limit) {
      const later = after === undefined || after < prefix ? prefix : after;
      const rows = await ask(KEYS, [
        toBytes(later),
        later === after,
        toBytes(prefix),
        toLimit(limit),
      ]);
      return rows.map((row) => fromBytes(row.key as Buffer));
    },
    async get(name) {
      const [row] = await ask('select body from opportune.named where name = $1', [toBytes(name)]);
      return row && bodyOf<unknown>(row);
    },
    async put(name, value) {
      await ask(PUT, [toBytes(name), toJson(value)]);
    },
    async names(prefix) {
      const rows = await ask(NAMES, [toBytes(prefix)]);
      return rows.map((row) => fromBytes(row.name as Buffer));
    },
    async drop(name) {
      await ask('delete from opportune.named where name = $1', [toBytes(name)]);
    },
    async close() {
      closed = true;
    },
  };
}

const SUBJECT = '(select id from opportune.subjects where key = $1)';
const READ = 'select key, version, body from opportune.subjects where key = any($1::bytea[])';
const LOCK = 'select id, version from opportune.subjects where key = $1 for update';
const KNOWN = `select id from opportune.facts where subject = ${SUBJECT} and id = any($2::bytea[])`;
const FACTS = `select body from opportune.facts where subject = ${SUBJECT} order by at, id limit $2`;
const FACTS_AFTER = `select body from opportune.facts where subject = ${SUBJECT} and (at, id) > ($3::float8, $4::bytea)
  order by at, id limit $2`;
const SNAPSHOT = `select body from opportune.snapshots where subject = ${SUBJECT} and (at, id) <= ($2::float8, $3::bytea)
  order by at desc, id desc, place desc limit 1`;
const DUE = `select key, wake_at from opportune.subjects where wake_at <= $1::float8 order by wake_at, key limit $2`;
const OUTBOX = 'select body from opportune.outbox order by place limit $1';
// What begins with the prefix stands together, and the first bytes of a key are those of its prefix.
const KEYS = `select key from opportune.subjects where key >= $1::bytea and (key <> $1::bytea or not $2::bool)
  and substring(key from 1 for length($3::bytea)) = $3::bytea order by key limit $4`;
const NAMES = `select name from opportune.named where name >= $1::bytea
  and substring(name from 1 for length($1::bytea)) = $1::bytea order by name`;
const PUT = `insert into opportune.named (name, body) values ($1, $2)
  on conflict (tenant, name) do update set body = excluded.body`;

function bodyOf<Body>(row: Row): Body {
  return JSON.parse(String(row.body));
}

function toLimit(limit: number | undefined): number | null {
  return limit !== undefined && Number.isFinite(limit) ? limit : null;
}
