import { createHash } from 'node:crypto';
import { fromBytes, toBytes } from './code-units.js';
import type { Database, Sql } from './open-database.js';

export interface Change {
  /** The subject that was committed. */
  readonly key: string;
  /** Where a reader goes on that has seen this one and all before it. */
  readonly position: string;
}

export interface Changes {
  /** In an order in which a reader that goes on from a position misses nothing; a key may come more than once. */
  readonly changes: readonly Change[];
  /** Where to go on: at the last of them, or at the end of what is there now. */
  readonly position: string;
  /** There are more already. */
  readonly more: boolean;
}

const LIMIT = 1000;

/**
 * What was committed since a position; without one, the position of this moment alone. Undefined: the position is unknown
 * here, is from before a restore, or reaches back to what was pruned, and whoever has it asks everything anew.
 *
 * A position is a snapshot of PostgreSQL: exactly those transactions that were seen. So a transaction that commits late comes
 * late and is not missed, and one of somebody else that runs for hours holds nothing up. In the midst of a page it has both
 * ends and the last place.
 */
export async function readChanges(
  database: Database,
  tenant: string,
  after?: string,
  limit: number = LIMIT,
): Promise<Changes | undefined> {
  return database.inTenant(
    tenant,
    async (sql) => {
      const { epoch, snapshot } = await here(sql);
      const write = (place: Place): string => [epoch, ...Object.values(place)].join('/');
      if (after === undefined)
        return { changes: [], position: write({ from: snapshot }), more: false };
      const start = parse(after, epoch);
      if (!start || !(await isKnown(sql, start, snapshot))) return undefined;
      const until = start.until ?? snapshot;
      const rows = await sql.rows(READ, [
        start.from,
        until,
        start.xid ?? '0',
        start.place ?? '0',
        limit + 1,
      ]);
      const changes = rows.slice(0, limit).map((row) => ({
        key: fromBytes(row.key as Buffer),
        position: write({
          from: start.from,
          until,
          xid: String(row.xid),
          place: String(row.place),
        }),
      }));
      const more = rows.length > limit;
      const position =
        more && changes.length > 0 ? changes.at(-1)?.position : write({ from: until });
      return { changes, position: position ?? after, more: more || until !== snapshot };
    },
    { oneMoment: true },
  );
}

/** Drops changes from before that moment, epoch milliseconds; positions that need them are unknown from then on. */
export async function pruneChanges(
  database: Database,
  tenant: string,
  before: number,
): Promise<number> {
  return database.inTenant(tenant, async (sql) => {
    const [row] = await sql.rows(PRUNE, [new Date(before).toISOString()]);
    return Number(row?.pruned ?? 0);
  });
}

/** Notes changes of what is no subject, for those who follow the feed. */
export async function noteChanges(
  database: Database,
  tenant: string,
  keys: readonly string[],
): Promise<void> {
  await database.inTenant(tenant, (sql) =>
    sql.rows('insert into opportune.changes (key) select unnest($1::bytea[])', [keys.map(toBytes)]),
  );
  database.wake(tenant);
}

interface Place {
  /** Everything of this snapshot was seen. */
  readonly from: string;
  /** In the midst of a page: it ends with what this snapshot shows, and was read to that place. */
  readonly until?: string;
  readonly xid?: string;
  readonly place?: string;
}

const READ = `select key, xid::text, place from opportune.changes
  where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
    and xid < pg_snapshot_xmax($2::pg_snapshot) and pg_visible_in_snapshot(xid, $2::pg_snapshot)
    and (xid, place) > ($3::xid8, $4::bigint)
  order by xid, place limit $5`;

// The transaction ids of a promoted or restored server begin again somewhere in its past, on a timeline of their own.
const HERE = `select id::text || ' ' || (select system_identifier from pg_control_system())
    || ' ' || (select timeline_id from pg_control_checkpoint()) as epoch,
  pg_current_snapshot()::text as snapshot from opportune.epoch`;

const KNOWN = `select pg_snapshot_xmax($1::pg_snapshot) <= pg_snapshot_xmax($2::pg_snapshot)
  and not exists (select from opportune.changes_pruned where xid >= pg_snapshot_xmin($1::pg_snapshot)) as known`;

const PRUNE = `with gone as (delete from opportune.changes where at < $1::timestamptz returning xid),
  noted as (
    insert into opportune.changes_pruned (xid) select xid from gone order by xid desc limit 1
    on conflict (tenant) do update set xid = greatest(changes_pruned.xid, excluded.xid)
  )
  select count(*) as pruned from gone`;

async function here(sql: Sql): Promise<{ readonly epoch: string; readonly snapshot: string }> {
  const [row] = await sql.rows(HERE);
  const epoch = createHash('sha256').update(String(row?.epoch)).digest('base64url').slice(0, 10);
  return { epoch, snapshot: String(row?.snapshot) };
}

async function isKnown(sql: Sql, { from, until }: Place, snapshot: string): Promise<boolean> {
  for (const one of [from, until ?? from]) {
    const [row] = await sql.rows(KNOWN, [one, snapshot]);
    if (row?.known !== true) return false;
  }
  return true;
}

const SNAPSHOT = /^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/;
const NUMBER = /^\d{1,18}$/;

/** Positions come back from panels, and may be anything. */
function parse(position: string, epoch: string): Place | undefined {
  const [itsEpoch, from = '', until, xid, place, ...rest] = position.split('/');
  if (itsEpoch !== epoch || rest.length > 0 || position.length > 10_000) return undefined;
  if (!isSnapshot(from)) return undefined;
  if (until === undefined) return { from };
  if (!isSnapshot(until) || !NUMBER.test(xid ?? '') || !NUMBER.test(place ?? '')) return undefined;
  return { from, until, xid: xid ?? '', place: place ?? '' };
}

/** As PostgreSQL takes it: bounds in order, and what runs in between, in order. */
function isSnapshot(text: string): boolean {
  if (!SNAPSHOT.test(text)) return false;
  const [min = 0n, max = 0n, ...running] = text.split(/[:,]/).filter(Boolean).map(BigInt);
  const ordered = running.every(
    (xid, i) => xid >= min && xid < max && (i === 0 || xid > (running[i - 1] ?? 0n)),
  );
  return min > 0n && max >= min && max < 2n ** 62n && ordered;
}
