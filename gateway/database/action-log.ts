import type { RecordId } from 'opportune';
import type { ActionsOfRep } from '../../src/analyze-actions.js';
import type { Database, Row, SqlValue } from './open-database.js';

/** What was counted of one rep, for that rep. */
export interface CountedActions {
  readonly rep: RecordId;
  /** At the moment of counting. */
  readonly teams: readonly string[];
  readonly actions: ActionsOfRep;
}

export interface ActionLog {
  /** In place of all that was counted before. */
  replace(counted: readonly CountedActions[], at: number): Promise<void>;
  find(
    rep: RecordId,
  ): Promise<{ readonly actions: ActionsOfRep; readonly countedAt: number } | undefined>;
  /** When it was counted last, epoch milliseconds. */
  countedAt(): Promise<number | undefined>;
  /** Of all who did anything: whom a rep may choose from. */
  reps(): Promise<readonly Pick<CountedActions, 'rep' | 'teams'>[]>;
  /** The one whom the rep chose. */
  critic(rep: RecordId): Promise<RecordId | undefined>;
  /** Those who chose this one. */
  sharing(critic: RecordId): Promise<readonly RecordId[]>;
  share(rep: RecordId, critic: RecordId, now: number): Promise<void>;
  unshare(rep: RecordId): Promise<void>;
}

const PUT = `insert into opportune.actions (rep, teams, counted_at, body) values ($1, $2, $3::float8, $4)`;
const SHARE = `insert into opportune.critics (rep, critic, since) values ($1, $2, $3::float8)
  on conflict (tenant, rep) do update set critic = excluded.critic, since = excluded.since
  where critics.critic <> excluded.critic`;

export function openActionLog(database: Database, tenant: string): ActionLog {
  const ask = (text: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> =>
    database.ask(tenant, text, values);
  return {
    replace: (counted, at) =>
      database.inTenant(tenant, async (sql) => {
        await sql.rows('delete from opportune.actions');
        for (const { rep, teams, actions } of counted)
          await sql.rows(PUT, [rep, JSON.stringify(teams), at, JSON.stringify(actions)]);
      }),
    async find(rep) {
      const [row] = await ask('select counted_at, body from opportune.actions where rep = $1', [
        rep,
      ]);
      return (
        row && {
          actions: JSON.parse(String(row.body)) as ActionsOfRep,
          countedAt: Number(row.counted_at),
        }
      );
    },
    async countedAt() {
      const [row] = await ask('select max(counted_at) as at from opportune.actions');
      return typeof row?.at === 'number' ? row.at : undefined;
    },
    async reps() {
      const rows = await ask('select rep, teams from opportune.actions order by rep');
      return rows.map(({ rep, teams }) => ({
        rep: String(rep),
        teams: JSON.parse(String(teams)) as string[],
      }));
    },
    async critic(rep) {
      const [row] = await ask('select critic from opportune.critics where rep = $1', [rep]);
      return row && String(row.critic);
    },
    async sharing(critic) {
      const rows = await ask('select rep from opportune.critics where critic = $1 order by rep', [
        critic,
      ]);
      return rows.map(({ rep }) => String(rep));
    },
    async share(rep, critic, now) {
      await ask(SHARE, [rep, critic, now]);
    },
    async unshare(rep) {
      await ask('delete from opportune.critics where rep = $1', [rep]);
    },
  };
}
