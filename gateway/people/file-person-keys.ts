import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, type SqlValue } from '../sqlite.js';
import type { MasterKey } from './master-key.js';
import { newKey, type PersonKey, type PersonKeys } from './person-keys.js';

export const KEYS_FILE = 'people.sqlite';

const SCHEMA = `
  create table if not exists person_keys (id text primary key, wrapped blob) without rowid;
`;

export interface FilePersonKeys extends PersonKeys {
  /** Wraps every key by another master key, in one transaction; from then on only that one opens them. Gives how many. */
  rewrap(next: MasterKey): Promise<number>;
  close(): void;
}

/** Keys in a file of a folder, beside or apart from the store: whoever has both files and no master key reads nothing. */
export function openFilePersonKeys(folder: string, master: MasterKey): FilePersonKeys {
  mkdirSync(folder, { recursive: true });
  const sql = openSqlite({
    path: join(folder, KEYS_FILE),
    schema: SCHEMA,
    format: 1,
    durability: 'full',
  });
  // A key that was destroyed must not be found in a free page of the file.
  sql.all('pragma secure_delete = on');
  let current = master;

  const toKey = (id: string, wrapped: SqlValue | undefined): PersonKey =>
    wrapped instanceof Uint8Array ? current.unwrap(wrapped, id) : 'destroyed';
  const rowOf = (id: string): readonly SqlValue[] | undefined =>
    sql.first('select wrapped from person_keys where id = ?', [id]);

  const get: PersonKeys['get'] = async (ids) => {
    const found = new Map<string, PersonKey>();
    for (const id of ids) {
      const row = rowOf(id);
      if (row) found.set(id, toKey(id, row[0]));
    }
    return found;
  };

  function atomic(work: () => void): void {
    sql.run('begin immediate');
    try {
      work();
      sql.run('commit');
    } catch (error) {
      sql.run('rollback');
      throw error;
    }
  }

  return {
    get,
    async create(ids) {
      const missing = ids.filter((id) => !rowOf(id));
      if (missing.length > 0)
        atomic(() => {
          for (const id of missing)
            sql.run(
              'insert into person_keys (id, wrapped) values (?, ?) on conflict (id) do nothing',
              [id, current.wrap(newKey(), id)],
            );
        });
      return get(ids);
    },
    async destroy(ids) {
      atomic(() => {
        for (const id of ids)
          sql.run(
            'insert into person_keys (id, wrapped) values (?, null) on conflict (id) do update set wrapped = null',
            [id],
          );
      });
      sql.all('pragma wal_checkpoint(truncate)');
    },
    async list(after, limit) {
      return sql
        .all(
          'select id from person_keys where wrapped is not null and id > ? order by id limit ?',
          [after ?? '', limit],
        )
        .map(([id]) => String(id));
    },
    async rewrap(next) {
      let count = 0;
      atomic(() => {
        const rows = sql.all('select id, wrapped from person_keys where wrapped is not null');
        count = rows.length;
        for (const [id, wrapped] of rows) {
          const key = current.unwrap(wrapped as Uint8Array, String(id));
          sql.run('update person_keys set wrapped = ? where id = ?', [
            next.wrap(key, String(id)),
            String(id),
          ]);
        }
      });
      current = next;
      return count;
    },
    close: () => sql.close(),
  };
}
