import { assignTrial } from './assign-trial.js';
import type { Fact } from './domain/fact.js';
import type { Playbook, TrialSettings } from './domain/playbook.js';
import { armsOf } from './domain/trial.js';
import type { SubjectKey } from './domain/value.js';
import { createTrialStand } from './stand-of-trial.js';
import { createCandidateBook } from './trial-candidates.js';

/**
 * Gathers all accounts, and tells what has to be recorded to keep a trial going: an arm for each account that has none. Once a
 * guardrail breaks, or the arms are not as they were dealt out, every account is back in the first arm instead. As often as
 * one likes: what was recorded once is not told again.
 */
export function createTrialKeeper(
  playbook: Playbook,
  settings: TrialSettings,
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(now: number): readonly Fact[];
} {
  const { arm, strata } = settings;
  const candidates = createCandidateBook(playbook, strata);
  const stand = createTrialStand(playbook, settings);
  return {
    add(account, facts) {
      candidates.add(account, facts);
      stand.add(account, facts);
    },
    finish(now) {
      const { trial, ends } = stand.finish(now);
      if (trial.stop.length > 0 || trial.ended) return ends;
      return assignTrial(candidates.finish(), { arm, arms: armsOf(playbook, arm), now }).facts;
    },
  };
}
