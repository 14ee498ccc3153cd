import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Fact,
  OpportuneError,
  type Outgoing,
  type Position,
  type Store,
  type Stored,
  type Subject,
} from 'opportune';
import { toJson } from './plain-json.js';
import { fromBytes, openSqlite, type Sqlite, type SqlValue, toBytes } from './sqlite.js';

/** A store in a folder on disk. */
export interface FileStore extends Store {
  /**
   * One transaction over all that is committed and put while `work` runs, for imports: faster, and after a crash all of it
   * is there or nothing. Others who write wait so long.
   */
  together<T>(work: () => Promise<T>): Promise<T>;
  rewrite: NonNullable<Store['rewrite']>;
  /** What was replaced or removed is gone from the disk as well. Takes as long as writing the whole store anew. */
  scrub(): Promise<void>;
}

export const STORE_FILE = 'opportune.sqlite';

const SCHEMA = `
  create table if not exists subjects (
    id integer primary key, key blob not null unique, version integer not null, wake_at real, body text not null);
  create index if not exists subjects_wake on subjects (wake_at, key) where wake_at is not null;
  create table if not exists facts (
    subject integer not null, id blob not null, at real not null, body text not null, primary key (subject, id)) without rowid;
  create index if not exists facts_order on facts (subject, at, id);
  create table if not exists snapshots (subject integer not null, at real not null, id blob not null, body text not null);
  create index if not exists snapshots_order on snapshots (subject, at, id);
  create table if not exists outbox (
    place integer primary key autoincrement, id blob not null unique, body text not null);
  create table if not exists named (name blob primary key, body text not null) without rowid;
`;

const ADD_FACT =
  'insert into facts (subject, id, at, body) values (?, ?, ?, ?) on conflict (subject, id) do nothing';
const PUT =
  'insert into named (name, body) values (?, ?) on conflict (name) do update set body = excluded.body';

/** Opens the store in a folder, which is made where there is none. Several processes may have it open. */
export function openFileStore(
  folder: string,
  options: { readonly beforeChange?: () => void } = {},
): FileStore {
  mkdirSync(folder, { recursive: true });
  const sql = openSqlite({
    path: join(folder, STORE_FILE),
    schema: SCHEMA,
    format: 1,
    durability: 'full',
    ...options,
  });
  let closed = false;
  let depth = 0;

  const use = (): Sqlite => {
    if (!closed) return sql;
    throw new OpportuneError('opportune/store-closed', 'the store is closed', {
      remedy: 'Open it again',
    });
  };

  /** All of it or nothing, also inside a longer transaction. */
  function atomic<T>(work: () => T): T {
    const [begin, done, undo] =
      depth === 0
        ? ['begin immediate', 'commit', 'rollback']
        : ['savepoint one', 'release one', 'rollback to one'];
    sql.run(begin);
    try {
      const result = work();
      sql.run(done);
      return result;
    } catch (error) {
      sql.run(undo);
      throw error;
    }
  }

  const rowOf = (key: string): readonly SqlValue[] | undefined =>
    sql.first('select id, version, body from subjects where key = ?', [toBytes(key)]);
  const idOf = (key: string): SqlValue => rowOf(key)?.[0] ?? -1;

  function readOne(key: string): Stored | undefined {
    const row = rowOf(key);
    return row && { version: Number(row[1]), subject: JSON.parse(String(row[2])) };
  }

  return {
    async read(key) {
      use();
      return readOne(key);
    },
    async readAll(keys) {
      use();
      // Nobody else's commit comes in between: the statements run without a pause.
      return atomicRead(sql, depth, () => keys.map(readOne));
    },
    async commit(key, expectedVersion, commit) {
      use();
      const subject = toJson(commit.subject);
      const facts = commit.facts.map((fact) => ({
        id: fact.id,
        at: fact.occurredAt,
        body: toJson(fact),
      }));
      const named = Object.entries(commit.values ?? {}).map(
        ([name, value]) => [toBytes(name), toJson(value)] as const,
      );
      const outbox = commit.outbox.map((outgoing) => ({ id: outgoing.id, body: toJson(outgoing) }));
      const { at, id } = { at: commit.subject.at.occurredAt, id: commit.subject.at.id };
      const { wakeAt, snapshot } = commit;
      return atomic(() => {
        const row = sql.first('select id, version from subjects where key = ?', [toBytes(key)]);
        if (Number(row?.[1] ?? 0) !== expectedVersion) return false;
        sql.run(
          row
            ? 'update subjects set version = ?, wake_at = ?, body = ? where key = ?'
            : 'insert into subjects (version, wake_at, body, key) values (?, ?, ?, ?)',
          [expectedVersion + 1, wakeAt ?? null, subject, toBytes(key)],
        );
        const place = row?.[0] ?? idOf(key);
        let first: Position | undefined;
        for (const fact of facts) {
          const added = sql.run(ADD_FACT, [place, toBytes(fact.id), fact.at, fact.body]);
          if (added === 0) continue;
          if (
            !first ||
            fact.at < first.occurredAt ||
            (fact.at === first.occurredAt && fact.id < first.id)
          )
            first = { occurredAt: fact.at, id: fact.id };
        }
        if (first)
          sql.run('delete from snapshots where subject = ? and (at, id) > (?, ?)', [
            place,
            first.occurredAt,
            toBytes(first.id),
          ]);
        if (snapshot)
          sql.run('insert into snapshots (subject, at, id, body) values (?, ?, ?, ?)', [
            place,
            at,
            toBytes(id),
            subject,
          ]);
        for (const { id: name, body } of outbox)
          sql.run('insert into outbox (id, body) values (?, ?) on conflict (id) do nothing', [
            toBytes(name),
            body,
          ]);
        for (const one of named) sql.run(PUT, one);
        return true;
      });
    },
    async rewrite(key, expectedVersion, rewrite) {
      use();
      const body = rewrite && toJson(rewrite.subject);
      const facts = (rewrite?.facts ?? []).map((fact) => ({ ...fact, body: toJson(fact) }));
      return atomic(() => {
        const row = sql.first('select id, version from subjects where key = ?', [toBytes(key)]);
        if (Number(row?.[1] ?? 0) !== expectedVersion) return false;
        const old = row?.[0] ?? -1;
        sql.run('delete from facts where subject = ?', [old]);
        sql.run('delete from snapshots where subject = ?', [old]);
        if (!rewrite || body === undefined) {
          sql.run('delete from subjects where id = ?', [old]);
          return true;
        }
        sql.run(
          row
            ? 'update subjects set version = ?, wake_at = ?, body = ? where key = ?'
            : 'insert into subjects (version, wake_at, body, key) values (?, ?, ?, ?)',
          [expectedVersion + 1, rewrite.wakeAt ?? null, body, toBytes(key)],
        );
        const place = row?.[0] ?? idOf(key);
        for (const { id, occurredAt, body } of facts)
          sql.run('insert into facts (subject, id, at, body) values (?, ?, ?, ?)', [
            place,
            toBytes(id),
            occurredAt,
            body,
          ]);
        return true;
      });
    },
    async scrub() {
      use();
      sql.run('vacuum');
      sql.all('pragma wal_checkpoint(truncate)');
    },
    async known(key, ids) {
      use();
      const subject = idOf(key);
      return new Set(
        ids.filter((id) =>
          sql.first('select 1 from facts where subject = ? and id = ?', [subject, toBytes(id)]),
        ),
      );
    },
    async facts(key, after, limit = Number.POSITIVE_INFINITY) {
      use();
      const rows = after
        ? sql.all(
            'select body from facts where subject = ? and (at, id) > (?, ?) order by at, id limit ?',
            [idOf(key), after.occurredAt, toBytes(after.id), toLimit(limit)],
          )
        : sql.all('select body from facts where subject = ? order by at, id limit ?', [
            idOf(key),
            toLimit(limit),
          ]);
      return rows.map(([body]) => JSON.parse(String(body)) as Fact);
    },
    async snapshot(key, before) {
      use();
      const row = sql.first(
        'select body from snapshots where subject = ? and (at, id) <= (?, ?) order by at desc, id desc, rowid desc limit 1',
        [idOf(key), before.occurredAt, toBytes(before.id)],
      );
      return row && (JSON.parse(String(row[0])) as Subject);
    },
    async due(now, limit) {
      use();
      return sql
        .all('select key, wake_at from subjects where wake_at <= ? order by wake_at, key limit ?', [
          now,
          toLimit(limit),
        ])
        .map(([key, wakeAt]) => ({ key: fromBytes(key), wakeAt: Number(wakeAt) }));
    },
    async outbox(limit) {
      use();
      return sql
        .all('select body from outbox order by place limit ?', [toLimit(limit)])
        .map(([body]) => JSON.parse(String(body)) as Outgoing);
    },
    async settle(ids) {
      use();
      if (ids.length > 0)
        atomic(() => {
          for (const id of ids) sql.run('delete from outbox where id = ?', [toBytes(id)]);
        });
    },
    async keys(prefix, after, limit) {
      use();
      const [from, sign] = after === undefined || after < prefix ? [prefix, '>='] : [after, '>'];
      // Keys with one prefix stand together, so the others are at the end of the page.
      return sql
        .all(`select key from subjects where key ${sign} ? order by key limit ?`, [
          toBytes(from),
          toLimit(limit),
        ])
        .map(([key]) => fromBytes(key))
        .filter((key) => key.startsWith(prefix));
    },
    async get(name) {
      use();
      const row = sql.first('select body from named where name = ?', [toBytes(name)]);
      return row && JSON.parse(String(row[0]));
    },
    async put(name, value) {
      use();
      sql.run(PUT, [toBytes(name), toJson(value)]);
    },
    async names(prefix) {
      use();
      const names: string[] = [];
      for (const [found] of sql.all('select name from named where name >= ? order by name', [
        toBytes(prefix),
      ])) {
        const name = fromBytes(found);
        if (!name.startsWith(prefix)) break;
        names.push(name);
      }
      return names;
    },
    async drop(name) {
      use();
      sql.run('delete from named where name = ?', [toBytes(name)]);
    },
    async together(work) {
      use();
      if (depth > 0) return work();
      sql.run('begin immediate');
      depth++;
      try {
        const result = await work();
        sql.run('commit');
        return result;
      } catch (error) {
        sql.run('rollback');
        throw error;
      } finally {
        depth--;
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      sql.close();
    },
  };
}

function atomicRead<T>(sql: Sqlite, depth: number, work: () => T): T {
  if (depth > 0) return work();
  sql.run('begin');
  try {
    return work();
  } finally {
    sql.run('rollback');
  }
}

function toLimit(limit: number): number {
  return Number.isFinite(limit) ? limit : -1;
}
