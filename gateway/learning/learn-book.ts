import type { Fact, JsonObject, Parameters, Playbook, SubjectKey } from 'opportune';
import { createAccountBook } from '../../src/account-book.js';
import { learnParameters } from '../../src/learn-parameters.js';
import { createOutcomeBook, type Outcomes } from '../../src/outcome-book.js';
import { shortHash } from '../short-hash.js';

export interface Lesson {
  /** Types of facts that are a success where the buyer did it, verified. */
  readonly success: readonly string[];
  /** Qualified choice attribute of the account. */
  readonly situation?: string;
  /** Epoch milliseconds: what is later is not known. */
  readonly now: number;
  readonly windowMs: number;
  readonly halfLifeMs: number;
  /** So many accounts of each rep may see a card that is not the best. */
  readonly explore: number;
}

export interface Learned {
  readonly parameters: Parameters;
  readonly outcomes: Outcomes;
}

/** Gathers accounts, each with its facts in order, and tells what follows from what buyers did. */
export function createLearnBook(
  playbook: Playbook,
  lesson: Lesson,
): { add(account: SubjectKey, facts: readonly Fact[]): void; finish(): Learned } {
  const { now } = lesson;
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
      for (const account of heldOut) owners.delete(account);
      const learned = learnParameters(playbook, found, { ...accounts.finish(), owners }, lesson);
      return {
        parameters: { version: shortHash(JSON.stringify(learned)), ...learned },
        outcomes: found,
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
