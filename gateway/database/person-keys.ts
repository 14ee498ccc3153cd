import type { MasterKey } from '../people/master-key.js';
import { newKey, type PersonKey, type PersonKeys } from '../people/person-keys.js';
import type { Database, Row } from './open-database.js';

const GET = 'select id, wrapped from opportune.person_keys where id = any($1::text[])';
const CREATE = `insert into opportune.person_keys (id, wrapped)
  select * from unnest($1::text[], $2::bytea[]) on conflict (tenant, id) do nothing`;
const DESTROY = `insert into opportune.person_keys (id) select unnest($1::text[])
  on conflict (tenant, id) do update set wrapped = null`;
const LIST = `select id from opportune.person_keys where wrapped is not null and ($1::text is null or id > $1)
  order by id limit $2`;
const PAGE = 1_000;

export interface DatabasePersonKeys extends PersonKeys {
  /** Wraps every key by another master key, in one transaction; from then on only that one opens them. */
  rewrap(next: MasterKey): Promise<void>;
}

/**
 * Keys of one tenant's persons, in its rows: whoever has the database and no master key reads nothing. A row is named by a
 * keyed hash of the person's id, for the mark of a destroyed key stays.
 */
export function openPersonKeys(
  database: Database,
  tenant: string,
  { master, hashOf }: { readonly master: MasterKey; readonly hashOf: (id: string) => string },
): DatabasePersonKeys {
  let current = master;
  const toKey = ({ id, wrapped }: Row): readonly [string, PersonKey] => [
    String(id),
    wrapped === null ? 'destroyed' : current.unwrap(new Uint8Array(wrapped as Buffer), String(id)),
  ];
  const get: PersonKeys['get'] = async (ids) => {
    const names = new Map(ids.map((id) => [hashOf(id), id]));
    const rows = await database.inTenant(tenant, (sql) => sql.rows(GET, [[...names.keys()]]));
    return new Map(
      rows.map(toKey).map(([name, key]): [string, PersonKey] => [names.get(name) ?? name, key]),
    );
  };

  return {
    get,
    async create(ids) {
      const known = await get(ids);
      const missing = ids.filter((id) => !known.has(id)).map(hashOf);
      if (missing.length === 0) return known;
      const wrapped = missing.map((name) => Buffer.from(current.wrap(newKey(), name)));
      await database.inTenant(tenant, (sql) => sql.rows(CREATE, [missing, wrapped]));
      return get(ids);
    },
    async destroy(ids) {
      await database.inTenant(tenant, (sql) => sql.rows(DESTROY, [ids.map(hashOf)]));
    },
    /** Hashes of ids: whose they are is not known here. */
    async list(after, limit) {
      const rows = await database.inTenant(tenant, (sql) => sql.rows(LIST, [after ?? null, limit]));
      return rows.map(({ id }) => String(id));
    },
    async rewrap(next) {
      await database.inTenant(tenant, async (sql) => {
        for (let after: string | null = null; ; ) {
          const ids: readonly string[] = (await sql.rows(LIST, [after, PAGE])).map(({ id }) =>
            String(id),
          );
          if (ids.length === 0) break;
          const keys = (await sql.rows(GET, [ids])).map(toKey);
          for (const [id, key] of keys)
            if (key !== 'destroyed')
              await sql.rows('update opportune.person_keys set wrapped = $2 where id = $1', [
                id,
                Buffer.from(next.wrap(key, id)),
              ]);
          after = ids.at(-1) ?? null;
        }
      });
      current = next;
    },
  };
}
