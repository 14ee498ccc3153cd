import type { Commit } from 'opportune';
import { toJson } from '../plain-json.js';
import { toBytes } from './code-units.js';
import type { SqlValue } from './open-database.js';

export interface Query {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

type Cells = readonly SqlValue[];

/** A commit as rows of cells; what is stored later is what it was at that moment. */
export interface CommitRows {
  readonly key: string;
  readonly isNew: boolean;
  /** key, expected version, wake, body */
  readonly subject: Cells;
  /** key; none where nobody is told of it */
  readonly told: readonly Cells[];
  /** key, id, moment, body */
  readonly facts: readonly Cells[];
  /** key, moment, id, body */
  readonly snapshots: readonly Cells[];
  /** key, id, body */
  readonly outbox: readonly Cells[];
  /** key, name, body */
  readonly named: readonly Cells[];
}

export function toCommitRows(key: string, expectedVersion: number, commit: Commit): CommitRows {
  const bytes = toBytes(key);
  const body = toJson(commit.subject);
  const { occurredAt, id } = commit.subject.at;
  return {
    key,
    isNew: expectedVersion === 0,
    subject: [bytes, expectedVersion, commit.wakeAt ?? null, body],
    told: commit.quiet === true ? [] : [[bytes]],
    facts: commit.facts.map((fact) => [bytes, toBytes(fact.id), fact.occurredAt, toJson(fact)]),
    snapshots: commit.snapshot === true ? [[bytes, occurredAt, toBytes(id), body]] : [],
    outbox: commit.outbox.map((outgoing) => [bytes, toBytes(outgoing.id), toJson(outgoing)]),
    named: Object.entries(commit.values ?? {}).map(([name, value]) => [
      bytes,
      toBytes(name),
      toJson(value),
    ]),
  };
}

/**
 * Commits of several subjects, each once, as one statement, which is one round trip. Of each subject all of it happens or
 * nothing: what is not in `moved` has nothing written. It gives a row with the key for each that was done. Parts that have
 * nothing to write are left out, as each costs time; there are few enough of such texts for all to be prepared.
 */
export function commitQuery(commits: readonly CommitRows[]): Query {
  // Always in one order, so that two who commit several at once do not wait for each other.
  const inOrder = [...commits].sort((a, b) => (a.key < b.key ? -1 : 1));
  const values: SqlValue[] = [];
  const column = (cells: SqlValue[], type: string): string =>
    // JSON has no line breaks of its own: so joined, nothing in it has to be escaped and read again.
    type === 'json'
      ? `string_to_array($${values.push(cells.join('\n'))}::text, e'\\n')`
      : `$${values.push(cells)}::${type}[]`;
  const rows = (cells: readonly Cells[], types: readonly string[], columns: string): string =>
    `unnest(${types
      .map((type, i) =>
        column(
          cells.map((row) => row[i] ?? null),
          type,
        ),
      )
      .join(', ')}) with ordinality as one (${columns}, place)`;

  const subjects = inOrder.map(({ subject }) => subject);
  const parts = [
    `given as (select * from ${rows(
      subjects,
      ['bytea', 'bigint', 'float8', 'json'],
      'key, version, wake_at, body',
    )})`,
  ];
  const moved: string[] = [];
  if (inOrder.some(({ isNew }) => isNew)) {
    moved.push('inserted');
    parts.push(`inserted as (
      insert into opportune.subjects (key, version, wake_at, body)
      select key, 1, wake_at, body from given where version = 0 order by place
      on conflict (tenant, key) do nothing
      returning id, key)`);
  }
  if (inOrder.some(({ isNew }) => !isNew)) {
    moved.push('updated');
    parts.push(`updated as (
      update opportune.subjects set version = subjects.version + 1, wake_at = given.wake_at, body = given.body
      from given
      where given.version > 0 and subjects.key = given.key and subjects.version = given.version
      returning subjects.id, subjects.key)`);
  }
  parts.push(
    `moved as (${moved.map((name) => `select id, key from ${name}`).join(' union all ')})`,
  );
  const told = inOrder.flatMap((commit) => commit.told);
  if (told.length > 0)
    parts.push(`told as (
      insert into opportune.changes (key)
      select key from ${rows(told, ['bytea'], 'key')} join moved using (key) order by place)`);
  const facts = inOrder.flatMap((commit) => commit.facts);
  if (facts.length > 0)
    parts.push(
      `fresh as (
        insert into opportune.facts (subject, id, at, body)
        select moved.id, one.id, one.at, one.body
        from ${rows(facts, ['bytea', 'bytea', 'float8', 'json'], 'key, id, at, body')} join moved using (key)
        order by place
        on conflict (tenant, subject, id) do nothing
        returning subject, at, id)`,
      `stale as (
        delete from opportune.snapshots
        using (select distinct on (subject) subject, at, id from fresh order by subject, at, id) as first
        where snapshots.subject = first.subject and (snapshots.at, snapshots.id) > (first.at, first.id))`,
    );
  const snapshots = inOrder.flatMap((commit) => commit.snapshots);
  if (snapshots.length > 0)
    parts.push(`kept as (
      insert into opportune.snapshots (subject, at, id, body)
      select moved.id, one.at, one.id, one.body
      from ${rows(snapshots, ['bytea', 'float8', 'bytea', 'json'], 'key, at, id, body')} join moved using (key))`);
  const outbox = inOrder.flatMap((commit) => commit.outbox);
  if (outbox.length > 0)
    parts.push(`sent as (
      insert into opportune.outbox (id, body)
      select one.id, one.body
      from ${rows(outbox, ['bytea', 'bytea', 'json'], 'key, id, body')} join moved using (key)
      order by place
      on conflict (tenant, id) do nothing)`);
  const named = inOrder.flatMap((commit) => commit.named);
  if (named.length > 0)
    parts.push(`put as (
      insert into opportune.named (name, body)
      select distinct on (one.name) one.name, one.body
      from ${rows(named, ['bytea', 'bytea', 'json'], 'key, name, body')} join moved using (key)
      order by one.name, place desc
      on conflict (tenant, name) do update set body = excluded.body)`);
  return { text: `with ${parts.join(',\n')}\nselect key from moved`, values };
}
