import { createAccountBook } from './account-book.js';
import type { TooLittleData } from './analyze/too-little-data.js';
import { fingerprint } from './core/hash.js';
import type { Fact } from './domain/fact.js';
import { type Parameters, propensityIn } from './domain/parameters.js';
import type { LearningSettings, Playbook } from './domain/playbook.js';
import type { JsonObject, RecordId, SubjectKey } from './domain/value.js';
import { type JudgedPropensity, judgePropensity } from './judge-propensity.js';
import { countExposures } from './learn/exposure.js';
import { compareWithTeam, type OwnOutcomes } from './learn/left-to-learn.js';
import { learnParameters } from './learn-parameters.js';
import { createOutcomeBook, type Outcomes } from './outcome-book.js';

const DAY = 86_400_000;

export interface Learned {
  readonly parameters: Parameters;
  readonly outcomes: Outcomes;
  /** How far to trust it; for who asks. */
  judge(): JudgedPropensity | TooLittleData;
  /** Who looks after an account or acted on a card, each beside the team; none where the settings do not ask. */
  readonly reps: ReadonlyMap<RecordId, OwnOutcomes>;
}

/**
 * Gathers accounts, each with its facts in order, and tells what follows from what buyers did. `now` in epoch milliseconds:
 * what is later is not known.
 */
export function createLearnBook(
  playbook: Playbook,
  settings: LearningSettings,
  now: number,
): { add(account: SubjectKey, facts: readonly Fact[]): void; finish(): Learned } {
  const { days, halfLife, ...rest } = settings;
  const lesson = { ...rest, now, windowMs: days * DAY, halfLifeMs: halfLife * DAY };
  const outcomes = createOutcomeBook(playbook, lesson);
  const accounts = createAccountBook(playbook, {
    until: now,
    purchase: 'purchase',
    product: 'product',
    amount: 'amount',
  });
  const owners = new Map<string, string>();
  const heldOut = new Set<string>();
  return {
    add(account, facts) {
      const known = facts.filter(({ occurredAt }) => occurredAt <= now);
      accounts.add(account, known);
      for (const fact of known) {
        outcomes.add(account, fact);
        const owner = ownerIn(account, fact);
        if (owner !== undefined) owners.set(account, owner);
        if (fact.type === 'holdout-assigned' && fact.data.arm === 'holdout') heldOut.add(account);
      }
    },
    finish() {
      const found = outcomes.finish();
      const reps = new Set(owners.values());
      for (const account of heldOut) owners.delete(account);
      const counted = countExposures(found.exposures, lesson);
      const book = { ...accounts.finish(), owners };
      const learned = learnParameters(playbook, { ...found, counted }, book, lesson);
      return {
        parameters: { version: fingerprint(learned), ...learned },
        outcomes: found,
        judge: () => judgePropensity(playbook, found.exposures, lesson),
        reps: settings.newReps
          ? compareWithTeam(
              reps,
              counted,
              ({ play, situation }) => propensityIn(learned.propensity, play, situation)?.rate,
            )
          : new Map(),
      };
    },
  };
}

/** The fact by which cards go by it from then on. */
export function toLearnedFact(parameters: Parameters, now: number, company: SubjectKey): Fact {
  return {
    id: `learned/${new Date(now).toISOString()}/${parameters.version}`,
    type: 'learned',
    subjects: [company],
    about: [],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    data: { parameters: parameters as unknown as JsonObject },
  };
}

/** Who looks after the account from this fact on. */
function ownerIn(account: string, { type, about, data }: Fact): string | undefined {
  const owner =
    type === 'record-changed' && about[0] === account
      ? (data.values as JsonObject | undefined)?.owner
      : undefined;
  return typeof owner === 'string' ? owner : undefined;
}
