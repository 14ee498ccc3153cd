import type { DigestEntry, DigestLog } from '../digest/digest-log.js';
import type { Database, Row, SqlValue } from './open-database.js';

const CLAIM = `insert into opportune.digests (rep, date, attempt, state, until)
  select $1, $2, 1, 'claimed', $4::float8 where not exists (select from opportune.digests_stopped where rep = $1)
  on conflict (tenant, date, rep) do update
    set attempt = digests.attempt + 1, state = 'claimed', until = excluded.until, reason = null
    where digests.until <= $3::float8
  returning attempt`;
const SETTLE = `update opportune.digests set state = $4, until = $5::float8, reason = $6
  where rep = $1 and date = $2 and attempt = $3 and state = 'claimed' returning rep`;
const SENT = `select date from opportune.digests where rep = $1 and date >= $2 and state = 'sent'`;
const ENTRIES =
  'select rep, date, attempt, state, until, reason from opportune.digests where date = $1 order by rep';

/** Who got which morning's mail, for every process of the gateway. */
export function openDigestLog(database: Database, tenant: string): DigestLog {
  const ask = (text: string, values: readonly SqlValue[]): Promise<readonly Row[]> =>
    database.ask(tenant, text, values);
  return {
    async claim(rep, date, now, until) {
      const [row] = await ask(CLAIM, [rep, date, now, until]);
      return row && Number(row.attempt);
    },
    async settle(rep, date, attempt, outcome) {
      const until = 'until' in outcome ? outcome.until : null;
      const reason = 'reason' in outcome ? outcome.reason : null;
      const rows = await ask(SETTLE, [rep, date, attempt, outcome.state, until, reason]);
      return rows.length > 0;
    },
    sent: async (rep, from) => (await ask(SENT, [rep, from])).map(({ date }) => String(date)),
    entries: async (date) => (await ask(ENTRIES, [date])).map(toEntry),
    async stop(rep) {
      await ask(
        'insert into opportune.digests_stopped (rep) values ($1) on conflict (tenant, rep) do nothing',
        [rep],
      );
    },
    async resume(rep) {
      await ask('delete from opportune.digests_stopped where rep = $1', [rep]);
    },
    hasStopped: async (rep) =>
      (await ask('select from opportune.digests_stopped where rep = $1', [rep])).length > 0,
    async forget(rep) {
      await database.inTenant(tenant, async (sql) => {
        await sql.rows('delete from opportune.digests_stopped where rep = $1', [rep]);
        await sql.rows('delete from opportune.digests where rep = $1', [rep]);
      });
    },
  };
}

function toEntry({ rep, date, attempt, state, until, reason }: Row): DigestEntry {
  return {
    rep,
    date,
    attempt,
    state,
    ...(until !== null && { until }),
    ...(reason !== null && { reason }),
  } as DigestEntry;
}
