import type { Fact, Store } from 'opportune';
import { toJson } from '../plain-json.js';
import { toBytes } from './code-units.js';
import { IS_ANSWER } from './migrations.js';
import type { Database, Row } from './open-database.js';

const PAGE = 5_000;
// The condition is that of the index, to the letter.
const READ = `select at, subject, id, body from opportune.facts where ${IS_ANSWER}
  and (at, subject, id) > ($1::float8, $2::bigint, $3::bytea) and at < $4::float8
  order by at, subject, id limit ${PAGE}`;
const PUT_ONCE = `insert into opportune.named (name, body) values ($1, $2)
  on conflict (tenant, name) do nothing`;

/** What reps saw and answered from one moment to before another, over all timelines; one that lies in two comes twice. */
export async function* readAnswers(
  database: Database,
  tenant: string,
  from: number,
  until: number,
): AsyncGenerator<Fact> {
  // Nothing has a subject below zero, so that whatever happened at the first moment comes after it.
  let after: Row = { at: from, subject: -1, id: toBytes('') };
  for (;;) {
    const place = [Number(after.at), Number(after.subject), after.id as Buffer, until];
    const rows = await database.ask(tenant, READ, place);
    for (const { body } of rows) yield JSON.parse(String(body)) as Fact;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}

/** Values of the tenant's store that are written once: whoever comes second changes nothing. */
export function openOnce(
  database: Database,
  tenant: string,
  store: Pick<Store, 'get' | 'names' | 'drop'>,
  prefix: string,
): {
  get(name: string): Promise<unknown>;
  putOnce(name: string, value: unknown): Promise<void>;
  list(): Promise<readonly string[]>;
  drop(name: string): Promise<void>;
} {
  return {
    get: (name) => store.get(prefix + name),
    async putOnce(name, value) {
      await database.ask(tenant, PUT_ONCE, [toBytes(prefix + name), toJson(value)]);
    },
    list: async () => (await store.names(prefix)).map((name) => name.slice(prefix.length)),
    drop: (name) => store.drop(prefix + name),
  };
}
