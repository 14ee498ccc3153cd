import { isOpportuneError, OpportuneError } from 'opportune';
import { type BackupHeader, FORMAT, tenantTables } from './backup.js';
import { toBytes } from './code-units.js';
import { MIGRATIONS, TENANT_ROLE } from './migrations.js';
import { type DatabaseOptions, openDatabase, type Sql } from './open-database.js';

/** Values that are set in what comes back, by tenant and name: who was erased since, so that the gateway erases them again. */
export type Marks = ReadonlyMap<string, readonly string[]>;

export interface Restored {
  readonly tenants: readonly string[];
  readonly rows: number;
}

const BATCH = 500;

/**
 * Puts a backup's lines into a database that holds nothing yet, all in one transaction. `lines` gives them from the start each time
 * it is called. A backup of an earlier version gets that version's tables, and then their migrations.
 */
export async function restoreLines(
  lines: () => AsyncIterable<string>,
  target: DatabaseOptions,
  marks: Marks = new Map(),
): Promise<Restored> {
  const { steps } = await readHeader(lines());
  const database = await openDatabase({ ...target, tables: steps }).catch((error: unknown) => {
    throw isOpportuneError(error, 'opportune/store-newer') ? inUse() : error;
  });
  let restored: Restored;
  try {
    restored = await database.asOwner((sql) => insertAll(sql, lines(), marks));
  } finally {
    await database.close();
  }
  await (await openDatabase(target)).close();
  return restored;
}

async function readHeader(lines: AsyncIterable<string>): Promise<BackupHeader> {
  for await (const line of lines) return parseHeader(line);
  throw noBackup('it is empty');
}

function parseHeader(line: string): BackupHeader {
  let header: Partial<BackupHeader> | null;
  try {
    header = JSON.parse(line);
  } catch {
    throw noBackup('its first line is none of a backup');
  }
  const { format, steps, tenants } = header ?? {};
  if (format !== FORMAT || !Number.isInteger(steps) || !Array.isArray(tenants))
    throw noBackup('its first line is none of a backup');
  if (Number(steps) < 1 || Number(steps) > MIGRATIONS.length)
    throw new OpportuneError(
      'opportune/store-newer',
      'the backup was made by a newer version of Opportune',
      { remedy: 'Update Opportune' },
    );
  return { format, steps: Number(steps), tenants: tenants.map(String) };
}

function noBackup(what: string): OpportuneError {
  return new OpportuneError('opportune/no-backup', what, {
    remedy: 'Name a file that opportune backup made',
  });
}

function inUse(): OpportuneError {
  return new OpportuneError('opportune/store-in-use', 'the target was used already', {
    remedy: 'Restore into a new folder or an empty database',
  });
}

async function insertAll(sql: Sql, lines: AsyncIterable<string>, marks: Marks): Promise<Restored> {
  const [found] = await sql.rows('select count(*)::int as tenants from opportune.tenants');
  if (found?.tenants !== 0) throw inUse();
  const tables = new Set(await tenantTables(sql));
  let header: BackupHeader | undefined;
  let last: number | undefined;
  let rows = 0;
  let group:
    | { readonly tenant: string; readonly table: string; readonly rows: string[] }
    | undefined;
  const flush = async (): Promise<void> => {
    if (group) await insert(sql, group.tenant, group.table, group.rows);
    group = undefined;
  };
  for await (const line of lines) {
    if (!header) {
      header = parseHeader(line);
      for (const tenant of header.tenants)
        await sql.rows('insert into opportune.tenants (tenant) values ($1)', [tenant]);
      await sql.rows(`set local role ${TENANT_ROLE}`);
      continue;
    }
    if (last !== undefined) throw noBackup('something follows its last line');
    const { tenant, table, row, count } = parseRow(line);
    if (count !== undefined) {
      last = count;
      continue;
    }
    if (!tables.has(table) || !header.tenants.includes(tenant))
      throw noBackup(`line ${rows + 2} is for a tenant or table that there is not`);
    if (group?.tenant !== tenant || group.table !== table || group.rows.length === BATCH)
      await flush();
    group ??= { tenant, table, rows: [] };
    group.rows.push(row);
    rows++;
  }
  await flush();
  if (!header || last !== rows)
    throw noBackup(`it was cut short: ${rows} rows of ${last ?? 'an unknown number'}`);
  for (const [tenant, names] of marks)
    if (header.tenants.includes(tenant)) await mark(sql, tenant, names);
  await sql.rows('set local role none');
  for (const table of tables) await countOn(sql, table, header.tenants);
  return { tenants: header.tenants, rows };
}

const ROW = /^\["([^"\\]*)","([a-z_]+)",(\{.*\})\]$/s;

/** The row stays as it is written: numbers of PostgreSQL may have more digits than ours. */
function parseRow(line: string): {
  readonly tenant: string;
  readonly table: string;
  readonly row: string;
  readonly count?: number;
} {
  const [, tenant = '', table = '', row = ''] = ROW.exec(line) ?? [];
  const count = Number(/^\{"rows":(\d+)\}$/.exec(line)?.[1] ?? Number.NaN);
  return { tenant, table, row, ...(Number.isNaN(count) ? {} : { count }) };
}

async function insert(
  sql: Sql,
  tenant: string,
  table: string,
  rows: readonly string[],
): Promise<void> {
  await become(sql, tenant);
  await sql.rows(
    `insert into opportune.${table} overriding system value
     select one.* from json_populate_recordset(null::opportune.${table}, $1::json) as one`,
    [`[${rows.join(',')}]`],
  );
}

async function mark(sql: Sql, tenant: string, names: readonly string[]): Promise<void> {
  await become(sql, tenant);
  await sql.rows(
    "insert into opportune.named (name, body) select unnest($1::bytea[]), 'true' on conflict do nothing",
    [names.map(toBytes)],
  );
}

async function become(sql: Sql, tenant: string): Promise<void> {
  await sql.rows("select set_config('opportune.tenant', $1, true)", [tenant]);
}

/** Numbers given from now on come after those that were restored. */
async function countOn(sql: Sql, table: string, tenants: readonly string[]): Promise<void> {
  const columns = await sql.rows(
    `select column_name::text as name from information_schema.columns
     where table_schema = 'opportune' and table_name = $1 and is_identity = 'YES'`,
    [table],
  );
  for (const { name } of columns) {
    let most = 0;
    for (const tenant of tenants) {
      await become(sql, tenant);
      const [row] = await sql.rows(`select max(${name}) as most from opportune.${table}`);
      most = Math.max(most, Number(row?.most ?? 0));
    }
    if (most > 0)
      await sql.rows('select setval(pg_get_serial_sequence($1, $2), $3)', [
        `opportune.${table}`,
        String(name),
        most,
      ]);
  }
}
