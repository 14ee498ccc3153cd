import type { Answered } from '../../src/insights/ground.js';
import type { Level, Look } from '../../src/insights/looks.js';
import type { Question } from '../../src/insights/question.js';
import type { Database, Row, SqlValue } from './open-database.js';

/** A question that was asked, and how far it is. */
export interface AnalysisJob {
  readonly id: string;
  readonly question: Question;
  /** The quarter in which it was asked: `2026-Q4`. */
  readonly family: string;
  readonly askedAt: number;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  /** How often it was begun: a process that was killed in its midst leaves it to be begun anew. */
  readonly tries: number;
  readonly share: number;
  /** Of a done one; absent: it is too old, or somebody of whom it may tell was erased. */
  readonly answer?: Answered & { readonly level?: Level };
  readonly problem?: string;
}

export interface AnalysisLog {
  /** The same question that is still to be answered is the same job. Undefined: too many wait. */
  ask(
    job: Pick<AnalysisJob, 'id' | 'question' | 'family' | 'askedAt'>,
  ): Promise<string | undefined>;
  find(id: string): Promise<AnalysisJob | undefined>;
  /** The oldest that waits or was left in its midst, begun once more. */
  begin(): Promise<AnalysisJob | undefined>;
  /** False when somebody stopped it, or another process has begun it. */
  tell(job: AnalysisJob, share: number): Promise<boolean>;
  settle(
    job: AnalysisJob,
    outcome:
      | { readonly answer: AnalysisJob['answer']; readonly isLook: boolean }
      | { readonly problem: string },
  ): Promise<void>;
  stop(id: string): Promise<void>;
  /** Those whose answers somebody may have seen, in the order in which they were answered. */
  looks(): Promise<readonly Look[]>;
  /** Answers of questions asked before, and after 400 days the questions. */
  tidy(now: number): Promise<void>;
}

const MOST_WAITING = 20;
const DAY = 86_400_000;
const KEPT_ANSWERS_MS = 30 * DAY;
const KEPT_LOOKS_MS = 400 * DAY;

const COLUMNS = 'id, question, family, asked_at, state, tries, share, answer, problem';
const SAME = `select id from opportune.analyses where state in ('waiting', 'running') and question = $1`;
const ASK = `insert into opportune.analyses (id, question, family, asked_at)
  select $1, $2, $3, $4::float8
  where (select count(*) from opportune.analyses where state in ('waiting', 'running')) < $5
  returning id`;
const BEGIN = `update opportune.analyses set state = 'running', tries = tries + 1, share = 0
  where id = (select id from opportune.analyses where state in ('waiting', 'running') order by place limit 1)
  returning ${COLUMNS}`;
const OWN = `where id = $1 and state = 'running' and tries = $2`;

export function openAnalysisLog(database: Database, tenant: string): AnalysisLog {
  const ask = (text: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> =>
    database.ask(tenant, text, values);
  return {
    ask: ({ id, question, family, askedAt }) =>
      database.inTenant(tenant, async (sql) => {
        const text = JSON.stringify(question);
        const [same] = await sql.rows(SAME, [text]);
        if (same) return String(same.id);
        const [made] = await sql.rows(ASK, [id, text, family, askedAt, MOST_WAITING]);
        return made && String(made.id);
      }),
    async find(id) {
      const [row] = await ask(`select ${COLUMNS} from opportune.analyses where id = $1`, [id]);
      return row && toJob(row);
    },
    async begin() {
      const [row] = await ask(BEGIN);
      return row && toJob(row);
    },
    async tell({ id, tries }, share) {
      const told = await ask(
        `update opportune.analyses set share = $3::float8 ${OWN} returning id`,
        [id, tries, share],
      );
      return told.length > 0;
    },
    async settle({ id, tries }, outcome) {
      if ('problem' in outcome)
        await ask(`update opportune.analyses set state = 'failed', problem = $3 ${OWN}`, [
          id,
          tries,
          outcome.problem,
        ]);
      else
        await ask(
          `update opportune.analyses set state = 'done', share = 1, answer = $3, is_look = $4, done = (
             select coalesce(max(done), 0) + 1 from opportune.analyses
           ) ${OWN}`,
          [id, tries, JSON.stringify(outcome.answer), outcome.isLook],
        );
    },
    async stop(id) {
      await ask(
        `update opportune.analyses set state = 'stopped' where id = $1 and state in ('waiting', 'running')`,
        [id],
      );
    },
    async looks() {
      const rows = await ask(
        'select family, question from opportune.analyses where is_look order by done',
      );
      return rows.map(({ family, question }) => ({
        family: String(family),
        question: JSON.parse(String(question)) as Question,
      }));
    },
    async tidy(now) {
      await ask(
        'update opportune.analyses set answer = null where answer is not null and asked_at < $1::float8',
        [now - KEPT_ANSWERS_MS],
      );
      await ask('delete from opportune.analyses where asked_at < $1::float8', [
        now - KEPT_LOOKS_MS,
      ]);
    },
  };
}

/** Somebody is erased of whom any answer may tell. The questions stay: what was looked at was looked at. */
export async function forgetAnswers(database: Database, tenant: string): Promise<void> {
  await database.ask(
    tenant,
    'update opportune.analyses set answer = null where answer is not null',
    [],
  );
}

function toJob(row: Row): AnalysisJob {
  return {
    id: String(row.id),
    question: JSON.parse(String(row.question)) as Question,
    family: String(row.family),
    askedAt: Number(row.asked_at),
    state: row.state as AnalysisJob['state'],
    tries: Number(row.tries),
    share: Number(row.share),
    ...(row.answer !== null && {
      answer: JSON.parse(String(row.answer)) as NonNullable<AnalysisJob['answer']>,
    }),
    ...(row.problem !== null && { problem: String(row.problem) }),
  };
}
