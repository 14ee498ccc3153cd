import { analyzeTrial, type Trial } from './analyze-trial.js';
import { assignTrial } from './assign-trial.js';
import type { Fact } from './domain/fact.js';
import type { Playbook, TrialSettings } from './domain/playbook.js';
import { armsOf, playsOfTrial } from './domain/trial.js';
import type { SubjectKey } from './domain/value.js';
import { createTrialBook, toEndedFact } from './trial-book.js';
import { createCandidateBook } from './trial-candidates.js';

export interface KeptTrial {
  readonly trial: Trial;
  /** To be recorded: arms of accounts that have none, or the end of a trial that must end. */
  readonly facts: readonly Fact[];
}

/**
 * Gathers all accounts, and tells how a trial stands and what keeps it going: an arm for each account that has none. Once a
 * guardrail breaks, or the arms are not as they were dealt out, every account is back in the first arm instead. As often as
 * one likes: what was recorded once is not told again.
 */
export function createTrialKeeper(
  playbook: Playbook,
  settings: TrialSettings,
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(now: number): KeptTrial;
} {
  const { arm, strata } = settings;
  const arms = armsOf(playbook, arm);
  const candidates = createCandidateBook(playbook, strata);
  const book = createTrialBook({
    ...settings,
    plays: playsOfTrial(arm, playbook.plays),
    windowDays: settings.days,
  });
  return {
    add(account, facts) {
      candidates.add(account, facts);
      book.add(account, facts);
    },
    finish(now) {
      const { accounts } = book.finish();
      const trial = analyzeTrial(accounts, { ...settings, arms, windowDays: settings.days, now });
      const [first = ''] = arms;
      if (trial.stop.length > 0 || trial.ended)
        return {
          trial,
          facts: accounts
            .filter(({ endedAt }) => endedAt === undefined)
            .map(({ account }) => toEndedFact(arm, account, first, now)),
        };
      return { trial, facts: assignTrial(candidates.finish(), { arm, arms, now }).facts };
    },
  };
}
