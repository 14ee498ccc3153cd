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
import { type CommitRows, commitQuery, toCommitRows } from './commit-query.js';
import type { Database, Row, Sql, SqlValue } from './open-database.js';
import { together } from './together.js';

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

  const readAll = together<readonly string[], readonly (Stored | undefined)[]>(async (asked) => {
    const rows = await ask(READ, [[...new Set(asked.flat())].map(toBytes)]);
    const found = new Map(
      rows.map((row): [string, Stored] => [
        fromBytes(row.key as Buffer),
        { version: Number(row.version), subject: bodyOf<Subject>(row) },
      ]),
    );
    return asked.map((keys) => keys.map((key) => found.get(key)));
  });

  const commit = together<CommitRows, boolean>(async (asked) => {
    const done = new Set<CommitRows>();
    // Of one subject one at a time.
    for (let left = asked; left.length > 0; ) {
      const first = new Map<string, CommitRows>();
      for (const rows of left) if (!first.has(rows.key)) first.set(rows.key, rows);
      const { text, values } = commitQuery([...first.values()]);
      for (const row of await ask(text, values)) {
        const rows = first.get(fromBytes(row.key as Buffer));
        if (rows) done.add(rows);
      }
      left = left.filter((rows) => first.get(rows.key) !== rows);
    }
    if (done.size > 0) database.wake(tenant, 'changes');
    return asked.map((rows) => done.has(rows));
  });

  const known = together<readonly [string, readonly string[]], ReadonlySet<string>>(
    async (asked) => {
      const parts = asked.flatMap(([key, ids]) => ids.map((id) => [key, id] as const));
      const rows = await ask(KNOWN, [
        parts.map(([key]) => toBytes(key)),
        parts.map(([, id]) => toBytes(id)),
      ]);
      const found = new Map<string, Set<string>>(asked.map(([key]) => [key, new Set()]));
      for (const row of rows)
        found.get(fromBytes(row.key as Buffer))?.add(fromBytes(row.id as Buffer));
      return asked.map(
        ([key, ids]) => new Set(ids.filter((id) => found.get(key)?.has(id) === true)),
      );
    },
  );

  const get = together<string, unknown>(async (names) => {
    const rows = await ask(GET, [[...new Set(names)].map(toBytes)]);
    const found = new Map(rows.map((row) => [fromBytes(row.name as Buffer), String(row.body)]));
    return names.map((name) => {
      const body = found.get(name);
      return body === undefined ? undefined : JSON.parse(body);
    });
  });

  return {
    read: async (key) => (await readAll([key]))[0],
    readAll,
    commit: async (key, expectedVersion, given) =>
      commit(toCommitRows(key, expectedVersion, given)),
    async rewrite(key, expectedVersion, rewrite) {
      const done = await within(async (sql) => {
        const [row] = await sql.rows(LOCK, [toBytes(key)]);
        if (Number(row?.version ?? 0) !== expectedVersion) return false;
        const id = [Number(row?.id ?? -1)];
        await sql.rows('delete from opportune.facts where subject = $1::bigint', id);
        await sql.rows('delete from opportune.snapshots where subject = $1::bigint', id);
        if (rewrite) {
          const rows = toCommitRows(key, expectedVersion, { ...rewrite, outbox: [] });
          const { text, values } = commitQuery([rows]);
          return (await sql.rows(text, values)).length === 1;
        }
        await sql.rows('delete from opportune.subjects where id = $1::bigint', id);
        await sql.rows('insert into opportune.changes (key) values ($1)', [toBytes(key)]);
        return true;
      });
      if (done) database.wake(tenant, 'changes');
      return done;
    },
    known: (key, ids) => known([key, ids]),
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
    get,
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
// The first fact from an id on is looked for: only the index by subject and id gives it, whatever statistics there are.
const KNOWN = `select part.key, part.id from unnest($1::bytea[], $2::bytea[]) as part (key, id)
  where part.id = (select facts.id from opportune.facts
    where facts.subject = (select subjects.id from opportune.subjects where subjects.key = part.key) and facts.id >= part.id
    order by facts.id limit 1)`;
const GET = 'select name, body from opportune.named where name = any($1::bytea[])';
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
