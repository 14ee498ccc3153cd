import { randomUUID } from 'node:crypto';
import { isOpportuneError, OpportuneError, type Playbook, type Store } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import { dateOfDay, dayNumber } from '../../src/core/zone.js';
import { isWithheld } from '../../src/insights/cut-words.js';
import { familyOf, isSearch, type Look, levelOf } from '../../src/insights/looks.js';
import { createMenu, type Menu } from '../../src/insights/menu.js';
import type { Question } from '../../src/insights/question.js';
import { runAnalysis } from '../analysis/run-analysis.js';
import type { AnalysisJob, AnalysisLog } from '../database/analysis-log.js';
import { createBell } from './bell.js';
import { checkQuestion } from './check-question.js';
import { readAccounts } from './read-accounts.js';

export interface Analyses {
  /** What can be asked, and what was looked at. */
  menu(): Promise<Menu & { readonly family: string; readonly looks: readonly Look[] }>;
  /**
   * Resolves when the question is durable, with its id.
   *
   * @throws OpportuneError `opportune/request`: it names what the playbook does not have; `opportune/too-many-requests`:
   * too many wait
   */
  ask(question: Question): Promise<string>;
  find(id: string): Promise<AnalysisJob | undefined>;
  stop(id: string): Promise<void>;
  tidy(): Promise<void>;
  /** Answers one after the other, until it is told to stop. */
  run(signal: AbortSignal): Promise<void>;
}

export interface AnalysesOptions {
  readonly log: AnalysisLog;
  readonly store: Pick<Store, 'keys' | 'facts' | 'get'>;
  playbook(): Promise<Playbook | undefined>;
  readonly clock: { now(): number };
  leads(): Promise<boolean>;
  failed(error: unknown): void;
}

const IDLE_MS = 1_000;
/** How often it is looked whether somebody stopped what runs. */
const ASK_MS = 1_000;
/** What ended the process so often is not begun again. */
const MOST_TRIES = 3;

export function createAnalyses(options: AnalysesOptions): Analyses {
  const { log, store, clock, leads, failed } = options;
  const bell = createBell(IDLE_MS);

  async function playbookNow(): Promise<Playbook> {
    const playbook = await options.playbook();
    if (playbook) return playbook;
    throw new OpportuneError('opportune/not-found', 'no playbook is in force', {
      remedy: 'Publish one with PUT /v1/playbook',
    });
  }
  const todayIn = ({ zone }: Playbook): string => dateOfDay(dayNumber(clock.now(), zone));

  async function carryOut(job: AnalysisJob, signal: AbortSignal): Promise<void> {
    const { question, family } = job;
    const playbook = await playbookNow();
    const files = ((await store.get(`source/${playbook.version}`)) ?? []) as readonly SourceFile[];
    const looks = await log.looks();
    const level = isSearch(question) ? levelOf(question, family, looks) : undefined;
    const stop = new AbortController();
    let share = 0;
    const watch = setInterval(() => {
      log
        .tell(job, share)
        .then((isOurs) => !isOurs && stop.abort(new Error('stopped')))
        .catch(failed);
    }, ASK_MS);
    try {
      const answered = await runAnalysis(
        {
          ...{ question, playbook, files, now: clock.now() },
          options: {
            ...(level && { level }),
            shown: looks.flatMap(({ question: { cut } }) => cut ?? []),
          },
        },
        {
          accounts: () => readAccounts(store),
          progress: (done) => {
            share = done;
          },
          signal: AbortSignal.any([signal, stop.signal]),
        },
      );
      await log.settle(job, {
        answer: { ...answered, ...(level && { level }) },
        isLook: !isWithheld(answered),
      });
    } catch (error) {
      // Told to stop: the process ends, and the next one begins it anew; or somebody stopped it, and it is settled.
      if (signal.aborted || stop.signal.aborted) return;
      failed(error);
      await log.settle(job, {
        problem: isOpportuneError(error) ? error.message : 'it failed, and the log tells why',
      });
    } finally {
      clearInterval(watch);
    }
  }

  return {
    async menu() {
      const playbook = await playbookNow();
      const today = todayIn(playbook);
      return {
        ...createMenu(playbook, today, { solves: true }),
        family: familyOf(today),
        looks: await log.looks(),
      };
    },
    async ask(question) {
      const playbook = await playbookNow();
      checkQuestion(question, playbook);
      const family = familyOf(todayIn(playbook));
      const id = await log.ask({ id: randomUUID(), question, family, askedAt: clock.now() });
      if (id === undefined)
        throw new OpportuneError('opportune/too-many-requests', 'too many questions wait', {
          remedy: 'Ask again when some of them are answered',
        });
      bell.ring();
      return id;
    },
    find: log.find,
    stop: log.stop,
    tidy: () => log.tidy(clock.now()),
    async run(signal) {
      while (!signal.aborted) {
        const job = await leads()
          .then((leading) => (leading ? log.begin() : undefined))
          .catch((error: unknown) => {
            failed(error);
            return undefined;
          });
        if (job && job.tries > MOST_TRIES)
          await log
            .settle(job, { problem: `it ended the process ${MOST_TRIES} times` })
            .catch(failed);
        else if (job) await carryOut(job, signal).catch(failed);
        else await bell.wait(signal);
      }
    },
  };
}
