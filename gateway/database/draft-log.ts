import { OpportuneError } from 'opportune';
import type { JsonObject } from '../../src/domain/value.js';
import { toJson } from '../plain-json.js';
import type { Database } from './open-database.js';

/** What one author has written and not published. */
export interface Draft {
  /** Counts up with each writing; 0 where there is none. */
  readonly revision: number;
  /** The number of the version that it changes. */
  readonly base?: number;
  /** Items by id; null for one that was taken away. */
  readonly changes: JsonObject;
}

export interface DraftLog {
  read(author: string): Promise<Draft>;
  /**
   * In place of that revision and no other; resolves with the next one.
   *
   * @throws OpportuneError `opportune/conflict`
   */
  write(author: string, draft: Draft, at: number): Promise<number>;
}

const WRITE = `insert into opportune.playbook_drafts (author, revision, at, base, body)
  select $1, 1, $3::float8, $4::int, $5
  where $2::bigint = 0 or exists (select from opportune.playbook_drafts where author = $1)
  on conflict (tenant, author) do update
    set revision = playbook_drafts.revision + 1, at = excluded.at, base = excluded.base, body = excluded.body
    where playbook_drafts.revision = $2::bigint
  returning revision`;

export function openDraftLog(database: Database, tenant: string): DraftLog {
  return {
    async read(author) {
      const [row] = await database.ask(
        tenant,
        'select revision, base, body from opportune.playbook_drafts where author = $1',
        [author],
      );
      if (!row) return { revision: 0, changes: {} };
      return {
        revision: Number(row.revision),
        ...(row.base !== null && { base: Number(row.base) }),
        changes: JSON.parse(String(row.body)) as JsonObject,
      };
    },
    async write(author, { revision, base, changes }, at) {
      const [row] = await database.ask(tenant, WRITE, [
        ...[author, revision, at, base ?? null],
        toJson(changes),
      ]);
      if (row) return Number(row.revision);
      throw new OpportuneError(
        'opportune/conflict',
        'the draft was changed meanwhile, in another tab or on another device',
        { remedy: 'Read it again, and bring both together' },
      );
    },
  };
}
