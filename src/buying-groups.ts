import { push } from './core/push.js';
import type { RecordId, SubjectKey } from './domain/value.js';

interface InGroup {
  readonly account: SubjectKey;
  readonly group: string;
  readonly contacts: readonly RecordId[];
}

export interface BuyingGroup<Account> {
  readonly arm: string;
  readonly accounts: readonly Account[];
}

/**
 * Buying groups that are in one arm, and share no contact with another group: what one sees, the other hears. Whoever shares
 * is left out whatever the arm of the other is: else those that share would stay in the larger arm and go from the smaller.
 */
export function buyingGroups<Account extends InGroup>(
  accounts: readonly Account[],
  armOf: (account: Account) => string,
): {
  readonly groups: readonly BuyingGroup<Account>[];
  /** By arm, those that share contacts included. */
  readonly counts: ReadonlyMap<string, number>;
  /** Left out: they share a contact with another group, or their accounts are in several arms. */
  readonly sharing: number;
  readonly split: number;
} {
  const byGroup = new Map<string, Account[]>();
  for (const account of accounts) push(byGroup, account.group, account);
  const groupsAt = new Map<RecordId, Set<string>>();
  for (const { group, contacts } of accounts)
    for (const contact of contacts)
      groupsAt.set(contact, (groupsAt.get(contact) ?? new Set()).add(group));
  const whole = [...byGroup.values()].flatMap((own): readonly BuyingGroup<Account>[] => {
    const [arm, other] = new Set(own.map(armOf));
    return arm === undefined || other !== undefined ? [] : [{ arm, accounts: own }];
  });
  const counts = new Map<string, number>();
  for (const { arm } of whole) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  const groups = whole.filter(({ accounts: own }) =>
    own.every(({ contacts }) => contacts.every((contact) => groupsAt.get(contact)?.size === 1)),
  );
  return {
    groups,
    counts,
    sharing: whole.length - groups.length,
    split: byGroup.size - whole.length,
  };
}
