export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The role that every query of the service runs as: it owns nothing, may not log in, and sees one tenant's rows. */
export const TENANT_ROLE = 'opportune_tenant';

/** Facts of which reps' numbers are made; a type stands in no text, whose quotes JSON escapes. */
export const IS_ANSWER = `(body like '%"type":"seen"%' or body like '%"type":"response"%')`;

/**
 * A table of one tenant's rows: the column says whose, and fills itself. The policy holds for reading and writing, and for
 * the owner too.
 */
function tenantTable(
  name: string,
  columns: string,
  grants = 'select, insert, update, delete',
): string {
  return `
    create table opportune.${name} (
      tenant text collate "C" not null default current_setting('opportune.tenant') check (tenant <> ''),
      ${columns}
    );
    alter table opportune.${name} enable row level security;
    alter table opportune.${name} force row level security;
    create policy one_tenant on opportune.${name}
      using (tenant = current_setting('opportune.tenant', true))
      with check (tenant = current_setting('opportune.tenant', true));
    grant ${grants} on opportune.${name} to ${TENANT_ROLE};`;
}

/**
 * What made the database what it is, in order; one that was published is never changed. Keys, ids and names are bytes in the
 * order of code units (code-units.ts), moments of facts are epoch milliseconds, and bodies are JSON as text: `jsonb` has
 * neither NUL nor half a surrogate pair.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'a store of subjects and their facts',
    sql: `
      create table opportune.tenants (
        tenant text collate "C" primary key, since timestamptz not null default now());
      ${tenantTable(
        'subjects',
        `id bigint generated always as identity, key bytea not null, version bigint not null,
         wake_at double precision, body text not null,
         primary key (tenant, key), unique (tenant, id)`,
      )}
      create index subjects_wake on opportune.subjects (tenant, wake_at, key) where wake_at is not null;
      ${tenantTable(
        'facts',
        `subject bigint not null, id bytea not null, at double precision not null, body text not null,
         primary key (tenant, subject, id)`,
      )}
      create index facts_order on opportune.facts (tenant, subject, at, id);
      ${tenantTable(
        'snapshots',
        `subject bigint not null, at double precision not null, id bytea not null,
         place bigint generated always as identity, body text not null,
         primary key (tenant, subject, at, id, place)`,
      )}
      ${tenantTable(
        'outbox',
        `place bigint generated always as identity, id bytea not null, body text not null,
         primary key (tenant, id)`,
      )}
      create index outbox_order on opportune.outbox (tenant, place);
      ${tenantTable('named', `name bytea not null, body text not null, primary key (tenant, name)`)}`,
  },
  {
    name: 'facts that wait to be folded, and what changed',
    sql: `
      create table opportune.epoch (id uuid primary key default gen_random_uuid());
      insert into opportune.epoch default values;
      grant select on opportune.epoch to ${TENANT_ROLE};
      ${tenantTable(
        'inbox',
        `place bigint generated always as identity, id bytea not null, body text not null,
         received timestamptz not null default now(), refused timestamptz, reason text,
         primary key (tenant, id)`,
      )}
      create index inbox_order on opportune.inbox (tenant, place) where refused is null;
      ${tenantTable(
        'changes',
        `xid xid8 not null default pg_current_xact_id(), place bigint generated always as identity,
         key bytea not null, at timestamptz not null default now(),
         primary key (tenant, xid, place)`,
      )}
      create index changes_at on opportune.changes (tenant, at);
      ${tenantTable('changes_pruned', `xid xid8 not null, primary key (tenant)`)}`,
  },
  {
    name: 'who did what',
    sql: `
      ${tenantTable(
        'audit',
        `place bigint generated always as identity, at timestamptz not null default now(),
         actor text not null, roles text[] not null, action text not null, target text,
         detail jsonb not null default '{}', primary key (tenant, place)`,
        'select, insert',
      )}
      create index audit_at on opportune.audit (tenant, at, place);
      create index audit_actor on opportune.audit (tenant, actor, place);
      create index audit_target on opportune.audit (tenant, target, place);`,
  },
  {
    name: 'keys of persons, morning mails, signed requests that were seen, and who does the work',
    sql: `
      ${tenantTable('person_keys', 'id text collate "C" not null, wrapped bytea, primary key (tenant, id)')}
      ${tenantTable(
        'digests',
        `rep text collate "C" not null, date text not null, attempt int not null, state text not null,
         until double precision, reason text, primary key (tenant, date, rep)`,
      )}
      ${tenantTable('digests_stopped', 'rep text collate "C" not null, primary key (tenant, rep)')}
      ${tenantTable(
        'replays',
        'key text collate "C" not null, until double precision not null, primary key (tenant, key)',
      )}
      create index replays_until on opportune.replays (tenant, until);
      ${tenantTable(
        'leases',
        'name text collate "C" not null, holder text not null, until timestamptz not null, primary key (tenant, name)',
      )}`,
  },
  {
    name: 'what reps saw and answered, by time',
    sql: `create index facts_answers on opportune.facts (tenant, at, subject, id) where ${IS_ANSWER};`,
  },
  {
    name: 'questions about what facts add up to, and their answers',
    sql: `
      ${tenantTable(
        'analyses',
        `id text collate "C" not null, place bigint generated always as identity, question text not null,
         family text not null, asked_at double precision not null, state text not null default 'waiting',
         tries int not null default 0, share double precision not null default 0, answer text, problem text,
         is_look boolean not null default false, done bigint, primary key (tenant, id)`,
      )}
      create index analyses_open on opportune.analyses (tenant, place) where state in ('waiting', 'running');
      create index analyses_looks on opportune.analyses (tenant, done) where is_look;`,
  },
  {
    name: 'what reps achieve, and with whom they share it',
    sql: `
      ${tenantTable(
        'actions',
        `rep text collate "C" not null, teams text not null, counted_at double precision not null, body text not null,
         primary key (tenant, rep)`,
      )}
      ${tenantTable(
        'critics',
        `rep text collate "C" not null, critic text collate "C" not null, since double precision not null,
         primary key (tenant, rep)`,
      )}
      create index critics_of on opportune.critics (tenant, critic, rep);`,
  },
  {
    name: 'versions of the playbook, what waits for a second person, and drafts',
    sql: `
      ${tenantTable('playbook_files', 'hash text collate "C" not null, body text not null, primary key (tenant, hash)')}
      ${tenantTable(
        'playbook_versions',
        `number int not null, files text collate "C" not null, version text not null, author text not null,
         at double precision not null, approved_by text, back_to int, primary key (tenant, number)`,
        'select, insert',
      )}
      ${tenantTable(
        'playbook_proposals',
        `files text collate "C" not null, version text not null, author text not null,
         at double precision not null, base int not null, primary key (tenant)`,
      )}
      ${tenantTable(
        'playbook_drafts',
        `author text collate "C" not null, revision bigint not null, at double precision not null, base int,
         body text not null, primary key (tenant, author)`,
      )}`,
  },
];
