import { join } from 'node:path';
import type { NamedRow, RowMemory } from '@opportune/connector-csv';
import { openSqlite } from './sqlite.js';

/** What imports remember, on disk: an export of any size needs the same memory. */
export interface FileRowMemory extends RowMemory {
  /** Makes what was noted so far last. Call it before the facts of those rows are stored: what is noted twice does no harm. */
  save(): void;
  close(): void;
}

const SCHEMA = `
  create table if not exists runs (id integer primary key autoincrement);
  create table if not exists noted (
    part text not null, slot text not null, content text not null, version integer not null,
    run integer not null, line integer not null, primary key (part, slot)) without rowid;
  create table if not exists named (part text not null, name text not null, key text not null, cells text not null);
  create index if not exists named_name on named (part, name);
`;

/** One file a store and source: two sources of one store do not see each other's rows. */
export function openRowMemory(folder: string, connection: string): FileRowMemory {
  const sql = openSqlite({
    path: join(folder, `import-${connection}.sqlite`),
    schema: SCHEMA,
    format: 1,
    durability: 'normal',
  });
  let run = 0;
  let open = false;
  const begin = (): void => {
    if (!open) sql.run('begin immediate');
    open = true;
  };
  const save = (): void => {
    if (open) sql.run('commit');
    open = false;
  };
  return {
    begin() {
      begin();
      sql.run('insert into runs default values');
      run = Number(sql.first('select max(id) from runs')?.[0]);
      sql.run('delete from named');
    },
    note(part, slot, content, line) {
      begin();
      const known = sql.first(
        'select content, version, run, line from noted where part = ? and slot = ?',
        [part, slot],
      );
      if (!known) {
        sql.run(
          'insert into noted (part, slot, content, version, run, line) values (?, ?, ?, 1, ?, ?)',
          [part, slot, content, run, line],
        );
        return { version: 1, before: 'none' };
      }
      const same = known[0] === content;
      const before = Number(known[1]);
      if (known[2] === run)
        return { version: before, before: 'none', repeats: { line: Number(known[3]), same } };
      const version = same ? before : before + 1;
      sql.run(
        'update noted set content = ?, version = ?, run = ?, line = ? where part = ? and slot = ?',
        [content, version, run, line, part, slot],
      );
      return { version, before: same ? 'same' : 'other' };
    },
    *gone(part) {
      let after = '';
      for (;;) {
        const page = sql.all(
          'select slot from noted where part = ? and run < ? and slot > ? order by slot limit 500',
          [part, run, after],
        );
        for (const [slot] of page) yield String(slot);
        if (page.length < 500) return;
        after = String(page.at(-1)?.[0]);
      }
    },
    put(part, name, { key, cells }) {
      begin();
      const found = sql.all('select key from named where part = ? and name = ? limit 2', [
        part,
        name,
      ]);
      if (found.length < 2 && found[0]?.[0] !== key)
        sql.run('insert into named (part, name, key, cells) values (?, ?, ?, ?)', [
          part,
          name,
          key,
          JSON.stringify(cells),
        ]);
    },
    find: (part, name): readonly NamedRow[] =>
      sql
        .all('select key, cells from named where part = ? and name = ? order by rowid limit 2', [
          part,
          name,
        ])
        .map(([key, cells]) => ({ key: String(key), cells: JSON.parse(String(cells)) })),
    save,
    close() {
      save();
      sql.close();
    },
  };
}
