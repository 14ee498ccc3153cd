import type { Commit } from 'opportune';
import { toJson } from '../plain-json.js';
import { toBytes } from './code-units.js';
import type { SqlValue } from './open-database.js';

export interface Query {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/**
 * A commit as one statement, which is one round trip, and all of it happens or nothing: where `moved` is empty, so is the
 * rest. It gives a row when it was done. Parts that have nothing to write are left out, as each costs time; there are few
 * enough of such texts for all to be prepared.
 */
export function commitQuery(key: string, expectedVersion: number, commit: Commit): Query {
  const values: SqlValue[] = [];
  const given = (value: SqlValue, type: string): string => `$${values.push(value)}::${type}`;
  const list = (items: readonly SqlValue[], type: string): string => given(items, `${type}[]`);

  const bytes = given(toBytes(key), 'bytea');
  const version = given(expectedVersion, 'bigint');
  const wakeAt = given(commit.wakeAt ?? null, 'float8');
  const body = given(toJson(commit.subject), 'text');
  const parts = [
    `moved as (${
      expectedVersion === 0
        ? `insert into opportune.subjects (key, version, wake_at, body) values (${bytes}, ${version} + 1, ${wakeAt}, ${body})
           on conflict (tenant, key) do nothing`
        : `update opportune.subjects set version = version + 1, wake_at = ${wakeAt}, body = ${body}
           where key = ${bytes} and version = ${version}`
    } returning id)`,
    `told as (insert into opportune.changes (key) select ${bytes} from moved)`,
  ];
  const facts = commit.facts.map(
    (fact) => [toBytes(fact.id), fact.occurredAt, toJson(fact)] as const,
  );
  if (facts.length > 0)
    parts.push(
      `fresh as (
        insert into opportune.facts (subject, id, at, body)
        select moved.id, one.id, one.at, one.body
        from moved, unnest(${list(
          facts.map(([id]) => id),
          'bytea',
        )}, ${list(
          facts.map(([, at]) => at),
          'float8',
        )}, ${list(
          facts.map(([, , json]) => json),
          'text',
        )}) with ordinality as one (id, at, body, place)
        order by place
        on conflict (tenant, subject, id) do nothing
        returning at, id)`,
      `stale as (
        delete from opportune.snapshots using moved, (select at, id from fresh order by at, id limit 1) as first
        where snapshots.subject = moved.id and (snapshots.at, snapshots.id) > (first.at, first.id))`,
    );
  if (commit.snapshot === true) {
    const { occurredAt, id } = commit.subject.at;
    parts.push(`kept as (
      insert into opportune.snapshots (subject, at, id, body)
      select moved.id, ${given(occurredAt, 'float8')}, ${given(toBytes(id), 'bytea')}, ${body} from moved)`);
  }
  const outbox = commit.outbox.map((outgoing) => [toBytes(outgoing.id), toJson(outgoing)] as const);
  if (outbox.length > 0)
    parts.push(`sent as (
      insert into opportune.outbox (id, body)
      select one.id, one.body from moved, unnest(${list(
        outbox.map(([id]) => id),
        'bytea',
      )}, ${list(
        outbox.map(([, json]) => json),
        'text',
      )}) with ordinality as one (id, body, place)
      order by place
      on conflict (tenant, id) do nothing)`);
  const named = Object.entries(commit.values ?? {}).map(
    ([name, value]) => [toBytes(name), toJson(value)] as const,
  );
  if (named.length > 0)
    parts.push(`put as (
      insert into opportune.named (name, body)
      select one.name, one.body from moved, unnest(${list(
        named.map(([name]) => name),
        'bytea',
      )}, ${list(
        named.map(([, json]) => json),
        'text',
      )}) as one (name, body)
      on conflict (tenant, name) do update set body = excluded.body)`);
  return { text: `with ${parts.join(',\n')}\nselect id from moved`, values };
}
