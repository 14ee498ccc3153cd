import { createHash } from 'node:crypto';
import { OpportuneError, type Playbook } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import type { Proposal, VersionLog } from '../../src/studio/versions.js';
import { toJson } from '../plain-json.js';
import { toBytes } from './code-units.js';
import type { Database, Row, Sql } from './open-database.js';

/** Files as they were handed over, by a hash over their bytes: what is the same again is kept once. */
export interface Source {
  readonly hash: string;
  readonly files: readonly SourceFile[];
}

/** Files as the log names them, and what they compiled to when they were handed over, by its own name. */
export interface StoredFiles {
  readonly hash: string;
  readonly version: string;
}

/** Everything that was ever in force or is on its way there. */
export type StoredLog = VersionLog<StoredFiles>;

/** What a change of the log may bring in. */
export interface Given {
  /** The version that a log which is still empty begins with. */
  readonly first?: { readonly source: Source; readonly version: string; readonly at: number };
  /** Files that the change may name. */
  readonly source?: Source;
  /** What a version that the change adds compiles to, and the value of the store by which it goes live. */
  readonly queued?: { readonly playbook: Playbook; name(at: number): string };
}

export interface PlaybookLog {
  /**
   * Changes the log as a whole, with nobody in between, in one transaction with the queue of what goes live; what `change`
   * throws leaves all as it was.
   */
  update(change: (log: StoredLog) => StoredLog, given?: Given): Promise<StoredLog>;
  filesOf(hash: string): Promise<readonly SourceFile[]>;
}

export function toSource(files: readonly SourceFile[]): Source {
  return { hash: createHash('sha256').update(toJson(files)).digest('hex'), files };
}

/** Held until the transaction ends; what is read after it is what the one before has written. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('playbook ' || current_setting('opportune.tenant'), 0))`;
const VERSIONS =
  'select number, files, version, author, at, approved_by, back_to from opportune.playbook_versions order by number';
const PROPOSAL = 'select files, version, author, at, base from opportune.playbook_proposals';
const KEEP =
  'insert into opportune.playbook_files (hash, body) values ($1, $2) on conflict (tenant, hash) do nothing';
const APPEND = `insert into opportune.playbook_versions (number, files, version, author, at, approved_by, back_to)
  values ($1::int, $2, $3, $4, $5::float8, $6, $7::int)`;
const PROPOSE = `insert into opportune.playbook_proposals (files, version, author, at, base)
  values ($1, $2, $3, $4::float8, $5::int)
  on conflict (tenant) do update set files = excluded.files, version = excluded.version, author = excluded.author, at = excluded.at, base = excluded.base`;
const QUEUE = 'insert into opportune.named (name, body) values ($1, $2)';
/** Of proposals that were taken back. */
const TIDY = `delete from opportune.playbook_files where hash not in (
  select files from opportune.playbook_versions union all select files from opportune.playbook_proposals)`;

export function openPlaybookLog(database: Database, tenant: string): PlaybookLog {
  return {
    async update(change, { first, source, queued } = {}) {
      return database.inTenant(tenant, async (sql) => {
        await sql.rows(LOCK);
        const held = await begin(sql, first);
        const next = change(held);
        if (next === held) return held;
        if (source) await keep(sql, source);
        let last = held.published.at(-1)?.at ?? 0;
        for (const added of next.published.slice(held.published.length)) {
          if (!queued) throw unqueued();
          const { number, files, by, approvedBy, backTo } = added;
          // What goes live last is what the list ends with, whatever the clocks of other processes say.
          const at = Math.max(added.at, last + 1);
          last = at;
          const { version } = queued.playbook;
          await sql.rows(APPEND, [
            ...[number, files.hash, version, by, at],
            ...[approvedBy ?? null, backTo ?? null],
          ]);
          await sql.rows(QUEUE, [toBytes(queued.name(at)), toJson(queued.playbook)]);
        }
        const { proposal } = next;
        if (proposal && proposal !== held.proposal) {
          const { files, by, at, base } = proposal;
          await sql.rows(PROPOSE, [files.hash, files.version, by, at, base]);
        }
        if (!proposal && held.proposal) await sql.rows('delete from opportune.playbook_proposals');
        if (proposal !== held.proposal) await sql.rows(TIDY);
        return readLog(sql);
      });
    },
    async filesOf(hash) {
      const [row] = await database.ask(
        tenant,
        'select body from opportune.playbook_files where hash = $1',
        [hash],
      );
      return row ? (JSON.parse(String(row.body)) as readonly SourceFile[]) : [];
    },
  };
}

async function readLog(sql: Sql): Promise<StoredLog> {
  const published = (await sql.rows(VERSIONS)).map((row) => ({
    ...{ number: Number(row.number), files: toFiles(row) },
    ...{ by: String(row.author), at: Number(row.at) },
    ...(row.approved_by !== null && { approvedBy: String(row.approved_by) }),
    ...(row.back_to !== null && { backTo: Number(row.back_to) }),
  }));
  const [waiting] = await sql.rows(PROPOSAL);
  return { published, ...(waiting && { proposal: toProposal(waiting) }) };
}

/** The log as it is; one that is still empty is begun. */
async function begin(sql: Sql, first: Given['first']): Promise<StoredLog> {
  const held = await readLog(sql);
  if (held.published.length > 0 || !first) return held;
  const { source, version, at } = first;
  await keep(sql, source);
  await sql.rows(APPEND, [1, source.hash, version, 'system', at, null, null]);
  return readLog(sql);
}

async function keep(sql: Sql, { hash, files }: Source): Promise<void> {
  await sql.rows(KEEP, [hash, toJson(files)]);
}

const toFiles = (row: Row): StoredFiles => ({
  hash: String(row.files),
  version: String(row.version),
});

const toProposal = (row: Row): Proposal<StoredFiles> => ({
  files: toFiles(row),
  by: String(row.author),
  at: Number(row.at),
  base: Number(row.base),
});

/** Whoever adds a version compiles it before; another one was added meanwhile. */
const unqueued = (): OpportuneError =>
  new OpportuneError('opportune/no-proposal', 'it does not wait any more', {
    where: 'versions',
    remedy: 'Look at the versions again',
  });
