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

/**
 * Keys of one tenant's persons, in its rows: whoever has the database and no master key reads nothing. A row is named by a
 * keyed hash of the person's id, for the mark of a destroyed key stays.
 */
export function openPersonKeys(
  database: Database,
  tenant: string,
  { master, hashOf }: { readonly master: MasterKey; readonly hashOf: (id: string) => string },
): PersonKeys {
  const toKey = ({ id, wrapped }: Row): readonly [string, PersonKey] => [
    String(id),
    wrapped === null ? 'destroyed' : master.unwrap(new Uint8Array(wrapped as Buffer), String(id)),
  ];
  const get: PersonKeys['get'] = async (ids) => {
    const names = new Map(ids.map((id) => [hashOf(id), id]));
    const rows = await database.ask(tenant, GET, [[...names.keys()]]);
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
      const wrapped = missing.map((name) => Buffer.from(master.wrap(newKey(), name)));
      await database.ask(tenant, CREATE, [missing, wrapped]);
      return get(ids);
    },
    async destroy(ids) {
      await database.ask(tenant, DESTROY, [ids.map(hashOf)]);
    },
    /** Hashes of ids: whose they are is not known here. */
    async list(after, limit) {
      const rows = await database.ask(tenant, LIST, [after ?? null, limit]);
      return rows.map(({ id }) => String(id));
    },
  };
}

const WRAPPED = `select id, wrapped from opportune.person_keys where wrapped is not null and ($1::text is null or id > $1)
  order by id limit $2`;
// A key that was destroyed meanwhile stays destroyed.
const REWRAP = `update opportune.person_keys as kept set wrapped = given.next
  from unnest($1::text[], $2::bytea[], $3::bytea[]) as given (id, wrapped, next)
  where kept.id = given.id and kept.wrapped = given.wrapped`;

/**
 * Wraps the keys of one tenant by another master key, some at a time, and gives how many there were to wrap: those that it
 * wraps already are left as they are, so that it goes on wherever it was stopped. Keys are made and destroyed meanwhile as ever.
 */
export async function rewrapKeys(
  database: Database,
  tenant: string,
  {
    from,
    to,
    signal,
  }: { readonly from: MasterKey; readonly to: MasterKey; readonly signal: AbortSignal },
): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    signal.throwIfAborted();
    const rows: readonly Row[] = await database.ask(tenant, WRAPPED, [after, PAGE]);
    const last = rows.at(-1);
    if (!last) return count;
    const anew = rows.flatMap(({ id, wrapped }) => {
      const name = String(id);
      const held = new Uint8Array(wrapped as Buffer);
      return opens(to, held, name)
        ? []
        : [
            {
              name,
              wrapped: wrapped as Buffer,
              next: Buffer.from(to.wrap(from.unwrap(held, name), name)),
            },
          ];
    });
    if (anew.length > 0)
      await database.ask(tenant, REWRAP, [
        anew.map(({ name }) => name),
        anew.map(({ wrapped }) => wrapped),
        anew.map(({ next }) => next),
      ]);
    count += anew.length;
    after = String(last.id);
  }
}

function opens(master: MasterKey, wrapped: Uint8Array, id: string): boolean {
  try {
    return master.unwrap(wrapped, id).length > 0;
  } catch {
    return false;
  }
}
