import { OpportuneError } from 'opportune';
import { MIGRATIONS } from './migrations.js';
import type { Database, Sql } from './open-database.js';

/** The first line of a backup. */
export interface BackupHeader {
  readonly format: typeof FORMAT;
  /** The migrations that made the tables whose rows follow. */
  readonly steps: number;
  readonly tenants: readonly string[];
}

export const FORMAT = 'opportune-backup-1';
const PAGE = 500;

/** Rows of these mean nothing in another database: whoever follows its changes begins anew there. */
const LEFT_OUT = ['changes', 'changes_pruned'];

/**
 * All that a database holds as lines of JSON: a header, then for each tenant and table the rows, as `["tenant","table",row]`,
 * and a last line with their number, by which a backup that was cut short is known. Each tenant's rows are of one moment.
 */
export async function* backupLines(database: Database): AsyncGenerator<string> {
  const tenants = await database.tenants();
  const [made] = await database.asOwner((sql) =>
    sql.rows('select count(*)::int as steps from opportune.migrations'),
  );
  const steps = Number(made?.steps);
  if (steps > MIGRATIONS.length)
    throw new OpportuneError(
      'opportune/store-newer',
      'the database was written by a newer version of Opportune',
      { remedy: 'Make the backup with that version' },
    );
  yield JSON.stringify({ format: FORMAT, steps, tenants } satisfies BackupHeader);
  let rows = 0;
  for (const tenant of tenants)
    for await (const line of tenantLines(database, tenant)) {
      rows++;
      yield line;
    }
  yield JSON.stringify({ rows });
}

/** Lines go out while the transaction that reads them waits for the next page to be asked for. */
async function* tenantLines(database: Database, tenant: string): AsyncGenerator<string> {
  const pages = createHandover<readonly string[]>();
  const reading = database
    .inTenant(
      tenant,
      async (sql) => {
        for (const table of await tenantTables(sql)) {
          if (LEFT_OUT.includes(table)) continue;
          await sql.rows(
            `declare lines no scroll cursor for select row_to_json(one)::text as line from opportune.${table} as one`,
          );
          for (;;) {
            const rows = await sql.rows(`fetch ${PAGE} from lines`);
            if (rows.length === 0) break;
            await pages.give(rows.map(({ line }) => `["${tenant}","${table}",${line}]`));
          }
          await sql.rows('close lines');
        }
      },
      { oneMoment: true },
    )
    .then(
      () => pages.end(),
      (error: unknown) => pages.end(error),
    );
  try {
    for await (const page of pages.taken) yield* page;
  } finally {
    pages.end();
    await reading;
  }
}

/** Those with a column for the tenant, of whom the service may read rows. */
export async function tenantTables(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.rows(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'opportune'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`,
  );
  return rows.map(({ name }) => String(name));
}

interface Handover<Item> {
  /** Resolves once the item was taken, so that no more than one waits. */
  give(item: Item): Promise<void>;
  end(error?: unknown): void;
  readonly taken: AsyncIterable<Item>;
}

function createHandover<Item>(): Handover<Item> {
  let offered: { readonly item: Item; readonly gone: () => void } | undefined;
  let ended: { readonly error?: unknown } | undefined;
  let wake = (): void => {};
  return {
    give: (item) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Error('nobody takes it'));
        offered = { item, gone: resolve };
        wake();
      }),
    end(error) {
      ended ??= error === undefined ? {} : { error };
      offered?.gone();
      wake();
    },
    taken: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          if (offered) {
            const { item, gone } = offered;
            offered = undefined;
            yield item;
            gone();
          } else if (ended) {
            if ('error' in ended) throw ended.error;
            return;
          } else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      },
    },
  };
}
