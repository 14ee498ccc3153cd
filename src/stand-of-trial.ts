import { analyzeTrial, type Trial } from './analyze-trial.js';
import type { Fact } from './domain/fact.js';
import type { Playbook, TrialSettings } from './domain/playbook.js';
import { armsOf, playsOfTrial } from './domain/trial.js';
import type { SubjectKey } from './domain/value.js';
import { createTrialBook, toEndedFact } from './trial-book.js';

export interface TrialStand {
  readonly trial: Trial;
  /** Of a trial that must end, or has ended: puts every account that still has an arm back into the first one. */
  readonly ends: readonly Fact[];
}

/** Gathers all accounts, and tells how a trial stands. */
export function createTrialStand(
  playbook: Playbook,
  settings: TrialSettings,
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(now: number): TrialStand;
} {
  const { arm, days: windowDays } = settings;
  const arms = armsOf(playbook, arm);
  const plays = playsOfTrial(arm, playbook);
  const book = createTrialBook({ ...settings, plays, windowDays });
  return {
    add: book.add,
    finish(now) {
      const { accounts } = book.finish();
      const trial = analyzeTrial(accounts, { ...settings, arms, windowDays, now });
      const [first = ''] = arms;
      const left =
        trial.stop.length > 0 || trial.ended
          ? accounts.filter(({ endedAt }) => endedAt === undefined)
          : [];
      return { trial, ends: left.map(({ account }) => toEndedFact(arm, account, first, now)) };
    },
  };
}
