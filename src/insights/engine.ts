import { OpportuneError } from '../core/errors.js';
import { push } from '../core/push.js';
import type { LinearSolver } from '../day/linear-program.js';
import type { Fact } from '../domain/fact.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from '../domain/value.js';
import { compilePlaybook } from '../plan/compile-playbook.js';
import type { SourceFile } from '../plan/problem.js';
import { findNews, withNews } from '../replay-news.js';
import { answer } from './answer.js';
import { isWithheld } from './cut-words.js';
import type { Answered, Ground } from './ground.js';
import { familyOf, isSearch, type Level, type Look, levelOf, withLook } from './looks.js';
import { createMenu, type Menu } from './menu.js';
import type { Question } from './question.js';

/** What was found, and how often somebody has looked. */
export interface Insight extends Answered {
  /** Of a search. */
  readonly level?: Level;
  readonly looks: readonly Look[];
}

export interface OpenedInsights extends Menu {
  /** Whose looks share a bound on what may be false: `2026-Q4`. */
  readonly family: string;
  readonly looks: readonly Look[];
  /** Of a rep who looks at the own figures. */
  readonly sharing?: Sharing;
}

/** Who may see a rep's own figures. */
export interface Sharing {
  readonly critic?: Colleague;
  /** Who may be chosen. */
  readonly colleagues: readonly Colleague[];
}

export interface Colleague {
  readonly rep: RecordId;
  readonly name: string;
}

/** What answers questions, beside the page. */
export interface InsightsEngine {
  /**
   * Over the files of a playbook, and with what was looked at before.
   *
   * @throws OpportuneError `opportune/playbook`: it has an error
   */
  open(files: readonly SourceFile[], looks: readonly Look[]): Promise<OpenedInsights>;
  /**
   * Each new search is one more look of the family. `progress` is told the share done. Rejects when it is stopped; what
   * was stopped has shown nothing, and is no look.
   */
  ask(
    question: Question,
    progress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<Insight>;
}

export interface InsightsOptions {
  /** In order of time. */
  readonly facts: readonly Fact[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Settles when the next slice of long work may begin. */
  readonly pause: () => Promise<void>;
  /** Called once something is asked that takes one: `loadHighsSolver`. Absent: that is not offered. */
  readonly solver?: () => Promise<LinearSolver>;
}

/** Accounts that are read before others may do something. */
const BETWEEN_PAUSES = 20;

export function createInsightsEngine({
  facts,
  now,
  today,
  pause,
  solver,
}: InsightsOptions): InsightsEngine {
  const family = familyOf(today);
  let accounts: readonly (readonly [SubjectKey, readonly Fact[]])[] | undefined;
  let opened: Pick<Ground, 'playbook' | 'files'> | undefined;
  let looks: readonly Look[] = [];
  /** One question at a time: a look is counted before the next one asks for its level. */
  let last: Promise<unknown> = Promise.resolve();

  async function eachAccount(
    take: Parameters<Ground['eachAccount']>[0],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    accounts ??= groupByAccount(facts.filter(({ occurredAt }) => occurredAt <= now));
    for (const [i, [account, own]] of accounts.entries()) {
      take(account, own);
      if (i % BETWEEN_PAUSES !== 0) continue;
      await pause();
      signal?.throwIfAborted();
    }
  }

  async function ask(
    question: Question,
    progress: ((share: number) => void) | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Insight> {
    signal?.throwIfAborted();
    if (!opened) throw new Error('open comes before ask');
    const level = isSearch(question) ? levelOf(question, family, looks) : undefined;
    const answered = await answer(
      question,
      {
        ...opened,
        now,
        pause,
        eachAccount: (take) => eachAccount(take, signal),
        ...(solver && { solver }),
        ...(signal && { signal }),
        ...(progress && { progress }),
      },
      {
        ...(level && { level }),
        shown: looks.flatMap(({ question: { cut } }) => cut ?? []),
      },
    );
    if (!isWithheld(answered)) looks = withLook(question, family, looks);
    return { ...answered, ...(level && { level }), looks };
  }

  return {
    async open(files, kept) {
      const { playbook, problems } = compilePlaybook(files, { today });
      if (!playbook) {
        const first = problems.find(({ severity }) => severity === 'error');
        throw new OpportuneError('opportune/playbook', first?.message ?? 'it does not compile', {
          where: first ? `${first.file}:${first.line}` : 'the playbook',
          remedy: first?.remedy ?? 'See opportune check',
        });
      }
      opened = { playbook, files };
      looks = kept;
      return { ...createMenu(playbook, today, { solves: solver !== undefined }), family, looks };
    },
    ask(question, progress, signal) {
      const asked = last.then(() => ask(question, progress, signal));
      last = asked.catch(() => undefined);
      return asked;
    },
  };
}

function groupByAccount(
  facts: readonly Fact[],
): readonly (readonly [SubjectKey, readonly Fact[]])[] {
  const byAccount = new Map<SubjectKey, Fact[]>();
  const company: Fact[] = [];
  for (const fact of facts)
    for (const subject of fact.subjects) {
      if (subject === COMPANY) company.push(fact);
      else if (kindOf(subject) === 'account') push(byAccount, subject, fact);
    }
  const news = findNews(company, { has: () => false });
  return Array.from(byAccount, ([account, own]) => [account, withNews(account, own, news)]);
}
