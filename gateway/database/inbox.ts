import type { Fact } from 'opportune';
import { toJson } from '../plain-json.js';
import { fromBytes, toBytes } from './code-units.js';
import type { Database, SqlValue } from './open-database.js';
import { together } from './together.js';

export interface Enqueued {
  /** Ids of facts that wait from now on. */
  readonly accepted: readonly string[];
  /** Ids that wait already, were refused, or are in the timelines of all their subjects. */
  readonly repeated: readonly string[];
}

export interface RefusedFact {
  readonly fact: Fact;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly refusedAt: number;
}

export interface Waiting {
  /** Where it stands among those that wait; later ones are mostly further. */
  readonly place: number;
  readonly fact: Fact;
}

/**
 * Facts that were told and are not folded yet. What is enqueued is on the disk when the promise resolves.
 *
 * A fact of several subjects is folded into each in a transaction of its own, and only then done. After a crash in between it
 * comes again; subjects that have its id leave it out. So the mark of what was folded stands where the state is,
 * and the inbox may forget late but never early.
 */
export interface Inbox {
  /** Of two with one id the first counts, also within one call. */
  enqueue(facts: readonly Fact[]): Promise<Enqueued>;
  /** The oldest first; only those after a place: one that was being written meanwhile may come before it. */
  pending(limit: number, after?: number): Promise<readonly Waiting[]>;
  done(ids: readonly string[]): Promise<void>;
  /** Takes a fact out of those that wait, and keeps it with the reason. */
  refuse(id: string, reason: string): Promise<void>;
  /** The newest first. */
  refused(limit: number): Promise<readonly RefusedFact[]>;
  /** Lets refused ones wait again. */
  retry(ids: readonly string[]): Promise<void>;
  /** Forgets refused ones. */
  drop(ids: readonly string[]): Promise<void>;
  count(): Promise<{
    readonly pending: number;
    readonly refused: number;
    /** When the one that has waited longest came, epoch milliseconds. */
    readonly oldest?: number;
  }>;
}

export function createInbox(database: Database, tenant: string): Inbox {
  const ask = (text: string, values: readonly SqlValue[], durable = true) =>
    database.ask(tenant, text, values, { durable });

  const enqueue = together<readonly Given[], Enqueued>(async (asked) => {
    const first = new Map<string, Given>();
    for (const one of asked.flat()) if (!first.has(one.id)) first.set(one.id, one);
    const given = [...first.values()];
    const subjects = given.flatMap(({ id, subjects }) => subjects.map((key) => [id, key] as const));
    const rows = await ask(ENQUEUE, [
      given.map(({ id }) => toBytes(id)),
      given.map(({ json }) => json).join('\n'),
      subjects.map(([id]) => toBytes(id)),
      subjects.map(([, key]) => toBytes(key)),
    ]);
    const fresh = new Set(rows.map((row) => fromBytes(row.id as Buffer)));
    if (fresh.size > 0) database.wake(tenant, 'facts');
    return asked.map((facts) => {
      const ids = facts.map(({ id }) => id);
      const accepted = ids.filter((id) => fresh.delete(id));
      const left = new Set(accepted);
      return { accepted, repeated: ids.filter((id) => !left.delete(id)) };
    });
  });
  const done = together<readonly string[], void>(async (asked) => {
    await ask(DONE, [asked.flat().map(toBytes)], false);
    return [];
  });

  return {
    enqueue: async (facts) =>
      enqueue(facts.map((fact) => ({ id: fact.id, subjects: fact.subjects, json: toJson(fact) }))),
    async pending(limit, after = 0) {
      const rows = await ask(PENDING, [limit, after]);
      return rows.map(({ place, body }) => ({
        place: Number(place),
        fact: JSON.parse(String(body)) as Fact,
      }));
    },
    done,
    async refuse(id, reason) {
      await ask(REFUSE, [toBytes(id), reason]);
    },
    async refused(limit) {
      const rows = await ask(REFUSED, [limit]);
      return rows.map(({ body, reason, at }) => ({
        fact: JSON.parse(String(body)) as Fact,
        reason: String(reason),
        refusedAt: Number(at),
      }));
    },
    async drop(ids) {
      await ask(DROP, [ids.map(toBytes)]);
    },
    async retry(ids) {
      await ask(RETRY, [ids.map(toBytes)]);
      database.wake(tenant, 'facts');
    },
    async count() {
      const [row] = await ask(COUNT, []);
      return {
        pending: Number(row?.pending),
        refused: Number(row?.refused),
        ...(row?.oldest != null && { oldest: Number(row.oldest) }),
      };
    },
  };
}

interface Given {
  readonly id: string;
  readonly subjects: readonly string[];
  readonly json: string;
}

/**
 * Left out: what waits or was refused (by its id), and what every one of its subjects has. The first fact from an id on is
 * looked for: only the index by subject and id gives it, whatever statistics there are.
 */
const ENQUEUE = `insert into opportune.inbox (id, body)
  select given.id, given.body
  from unnest($1::bytea[], string_to_array($2::text, e'\\n')) with ordinality as given (id, body, place)
  where exists (
    select from unnest($3::bytea[], $4::bytea[]) as part (id, key)
    where part.id = given.id and part.id is distinct from (
      select facts.id from opportune.facts
      where facts.subject = (select subjects.id from opportune.subjects where subjects.key = part.key)
        and facts.id >= part.id
      order by facts.id limit 1))
  order by place
  on conflict (tenant, id) do nothing
  returning id`;
const PENDING = `select place, body from opportune.inbox where refused is null and place > $2::bigint
  order by place limit $1`;
const DONE = 'delete from opportune.inbox where id = any($1::bytea[]) and refused is null';
const REFUSE = 'update opportune.inbox set refused = now(), reason = $2 where id = $1';
const DROP = 'delete from opportune.inbox where id = any($1::bytea[]) and refused is not null';
const REFUSED = `select body, reason, floor(extract(epoch from refused) * 1000) as at from opportune.inbox
  where refused is not null order by refused desc, place desc limit $1`;
const RETRY =
  'update opportune.inbox set refused = null, reason = null where id = any($1::bytea[])';
const COUNT = `select count(*) filter (where refused is null) as pending, count(*) filter (where refused is not null) as refused,
  floor(extract(epoch from min(received) filter (where refused is null)) * 1000) as oldest from opportune.inbox`;
