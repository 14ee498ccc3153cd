import type { Database } from './open-database.js';

/** Who did what to what. No names, addresses or texts of people: they could not be erased. */
export interface AuditEntry {
  /** The identity that acted, or `system`. */
  readonly actor: string;
  readonly roles: readonly string[];
  /** A kebab-case verb: `published`, `answered`, `read-audit`. */
  readonly action: string;
  /** The record, playbook version or other thing that it was done to. */
  readonly target?: string;
  readonly detail?: { readonly [name: string]: string | number | boolean };
}

export interface AuditRecord extends AuditEntry {
  /** Counts up, with gaps. */
  readonly place: number;
  /** Epoch milliseconds, by the database's clock. */
  readonly at: number;
}

export interface AuditQuery {
  readonly actor?: string;
  readonly target?: string;
  /** At or after, epoch milliseconds. */
  readonly from?: number;
  /** Before, epoch milliseconds. */
  readonly until?: number;
  /** Earlier than this place: the next page. */
  readonly before?: number;
  readonly limit?: number;
}

const LIMIT = 100;
/** NUL and halves of surrogate pairs, which PostgreSQL's text does not have. */
const UNWRITABLE = /[\0\ud800-\udfff]/gu;

/** Appends; nobody whom the service runs as can change or remove an entry. */
export async function writeAudit(
  database: Database,
  tenant: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = entries.map(({ actor, roles, action, target, detail }) => ({
    actor,
    roles,
    action,
    target: target ?? null,
    detail: detail ?? {},
  }));
  const json = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(UNWRITABLE, '\ufffd') : value,
  );
  await database.ask(tenant, WRITE, [json]);
}

/** The newest first. */
export async function readAudit(
  database: Database,
  tenant: string,
  query: AuditQuery = {},
): Promise<readonly AuditRecord[]> {
  const { actor, target, from, until, before, limit = LIMIT } = query;
  const toTime = (moment: number | undefined): string | null =>
    moment === undefined ? null : new Date(moment).toISOString();
  const rows = await database.ask(tenant, READ, [
    actor ?? null,
    target ?? null,
    toTime(from),
    toTime(until),
    before ?? null,
    limit,
  ]);
  return rows.map((row) => ({
    place: Number(row.place),
    at: Number(row.at),
    actor: String(row.actor),
    roles: row.roles as string[],
    action: String(row.action),
    ...(row.target !== null && { target: String(row.target) }),
    detail: row.detail as NonNullable<AuditEntry['detail']>,
  }));
}

const WRITE = `insert into opportune.audit (actor, roles, action, target, detail)
  select entry->>'actor', array(select jsonb_array_elements_text(entry->'roles')), entry->>'action', entry->>'target', entry->'detail'
  from jsonb_array_elements($1::jsonb) with ordinality as given (entry, place) order by place`;

const READ = `select place, floor(extract(epoch from at) * 1000) as at, actor, roles, action, target, detail from opportune.audit
  where ($1::text is null or actor = $1) and ($2::text is null or target = $2)
    and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
    and ($5::bigint is null or place < $5)
  order by place desc limit $6`;
