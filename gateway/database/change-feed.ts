import { createHash } from 'node:crypto';
import { fromBytes, toBytes } from './code-units.js';
import type { Database } from './open-database.js';

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
  const start = after === undefined ? undefined : parse(after);
  if (after !== undefined && !start) return undefined;
  const [first, ...others] = await database.ask(tenant, READ, [
    start?.from ?? null,
    start?.until ?? null,
    start?.xid ?? start?.from.split(':')[0] ?? NO_XID,
    start?.place ?? '0',
    limit + 1,
  ]);
  const epoch = createHash('sha256').update(String(first?.epoch)).digest('base64url').slice(0, 10);
  const snapshot = String(first?.snapshot);
  const write = (place: Place): string => [epoch, ...Object.values(place)].join('/');
  if (!start) return { changes: [], position: write({ from: snapshot }), more: false };
  if (start.epoch !== epoch || first?.known !== true) return undefined;
  const { from, until = snapshot } = start;
  const rows = first.key === null ? [] : [first, ...others];
  const changes = rows.slice(0, limit).map((row) => ({
    key: fromBytes(row.key as Buffer),
    position: write({ from, until, xid: String(row.xid), place: String(row.place) }),
  }));
  const more = rows.length > limit;
  const last = more ? changes.at(-1) : undefined;
  return {
    changes,
    position: last?.position ?? write({ from: until }),
    more: more || until !== snapshot,
  };
}

/** Drops changes from before that moment, epoch milliseconds; positions that need them are unknown from then on. */
export async function pruneChanges(
  database: Database,
  tenant: string,
  before: number,
): Promise<number> {
  const [row] = await database.ask(tenant, PRUNE, [new Date(before).toISOString()]);
  return Number(row?.pruned ?? 0);
}

/** Notes changes of what is no subject, for those who follow the feed. */
export async function noteChanges(
  database: Database,
  tenant: string,
  keys: readonly string[],
): Promise<void> {
  await database.ask(tenant, 'insert into opportune.changes (key) select unnest($1::bytea[])', [
    keys.map(toBytes),
  ]);
  database.wake(tenant, 'changes');
}

interface Place {
  /** Everything of this snapshot was seen. */
  readonly from: string;
  /** In the midst of a page: it ends with what this snapshot shows, and was read to that place. */
  readonly until?: string;
  readonly xid?: string;
  readonly place?: string;
}

/** Later than all there will be. */
const NO_XID = String(2n ** 62n);

/**
 * One statement sees one moment: where we are, whether the place is known here, and what came after it. The index finds the
 * first one by what is given, so it is given also where it follows from the snapshot.
 */
// The transaction ids of a promoted or restored server begin again somewhere in its past, on a timeline of their own.
const READ = `
  with here as (
    select id::text || ' ' || (select system_identifier from pg_control_system())
        || ' ' || (select timeline_id from pg_control_checkpoint()) as epoch,
      pg_current_snapshot() as snapshot,
      $1::pg_snapshot as since, coalesce($2::pg_snapshot, pg_current_snapshot()) as until
    from opportune.epoch),
  read as (
    select key, xid, place from opportune.changes, here
    where (xid, place) > ($3::xid8, $4::bigint) and not pg_visible_in_snapshot(xid, since)
      and xid < pg_snapshot_xmax(until) and pg_visible_in_snapshot(xid, until)
    order by xid, place limit $5)
  select epoch, snapshot::text, key, xid::text, place,
    pg_snapshot_xmax(since) <= pg_snapshot_xmax(snapshot) and pg_snapshot_xmax(until) <= pg_snapshot_xmax(snapshot)
      and not exists (select from opportune.changes_pruned
        where xid >= least(pg_snapshot_xmin(since), pg_snapshot_xmin(until))) as known
  from here left join read on true order by read.xid, read.place`;

const PRUNE = `with gone as (delete from opportune.changes where at < $1::timestamptz returning xid),
  noted as (
    insert into opportune.changes_pruned (xid) select xid from gone order by xid desc limit 1
    on conflict (tenant) do update set xid = greatest(changes_pruned.xid, excluded.xid)
  )
  select count(*) as pruned from gone`;

const SNAPSHOT = /^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/;
const NUMBER = /^\d{1,18}$/;

/** Positions come back from panels, and may be anything. */
function parse(position: string): (Place & { readonly epoch: string }) | undefined {
  const [epoch = '', from = '', until, xid, place, ...rest] = position.split('/');
  if (rest.length > 0 || position.length > 10_000) return undefined;
  if (!isSnapshot(from)) return undefined;
  if (until === undefined) return { epoch, from };
  if (!isSnapshot(until) || !NUMBER.test(xid ?? '') || !NUMBER.test(place ?? '')) return undefined;
  return { epoch, from, until, xid: xid ?? '', place: place ?? '' };
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
