import { createAccountBook } from './account-book.js';
import type { TrialCandidate } from './assign-trial.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { AttributeValue, SubjectKey } from './domain/value.js';

export interface Candidate extends TrialCandidate {
  /** Of a qualified attribute of the account, as it stands now. */
  held(attribute: string): AttributeValue | undefined;
}

/** Nothing is asked of purchases here. */
const PURCHASES = { purchase: 'purchase', product: 'product', amount: 'amount' };

/** Gathers accounts that may be in a trial. Each combination of values of `strata`, qualified attributes, is one stratum. */
export function createCandidateBook(
  playbook: Playbook,
  strata: readonly string[],
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): readonly Candidate[];
} {
  const book = createAccountBook(playbook, PURCHASES);
  const kept = new Map<SubjectKey, readonly Fact[]>();
  return {
    add(account, facts) {
      book.add(account, facts);
      kept.set(
        account,
        facts.filter(
          ({ id, type, about }) =>
            id.startsWith('trial') ||
            type === 'holdout-assigned' ||
            (type === 'record-changed' && about[0] === account),
        ),
      );
    },
    finish() {
      const { accounts, attributes } = book.finish();
      return accounts.map(({ account, values }) => {
        const held = (id: string): AttributeValue | undefined =>
          values[attributes.findIndex((one) => one.id === id)] as AttributeValue | undefined;
        return {
          account,
          facts: kept.get(account) ?? [],
          stratum: strata.map((id) => String(held(id) ?? '')).join(' / '),
          held,
        };
      });
    },
  };
}
