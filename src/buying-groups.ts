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

/** Buying groups that are in one arm, and share no contact with another: what one sees, the other hears. */
export function buyingGroups<Account extends InGroup>(
  accounts: readonly Account[],
  armOf: (account: Account) => string,
): {
  readonly groups: readonly BuyingGroup<Account>[];
  /** By arm, those that share contacts included. */
  readonly counts: ReadonlyMap<string, number>;
  /** Left out: they share a contact with a group of another arm, or their accounts are in several. */
  readonly sharing: number;
  readonly split: number;
} {
  const byGroup = new Map<string, Account[]>();
  for (const account of accounts) push(byGroup, account.group, account);
  const whole = [...byGroup.values()].flatMap((own): readonly BuyingGroup<Account>[] => {
    const [arm, other] = new Set(own.map(armOf));
    return arm === undefined || other !== undefined ? [] : [{ arm, accounts: own }];
  });
  const armsAt = new Map<RecordId, Set<string>>();
  const counts = new Map<string, number>();
  for (const { arm, accounts: own } of whole) {
    counts.set(arm, (counts.get(arm) ?? 0) + 1);
    for (const { contacts } of own)
      for (const contact of contacts)
        armsAt.set(contact, (armsAt.get(contact) ?? new Set()).add(arm));
  }
  const groups = whole.filter(({ accounts: own }) =>
    own.every(({ contacts }) => contacts.every((contact) => armsAt.get(contact)?.size === 1)),
  );
  return {
    groups,
    counts,
    sharing: whole.length - groups.length,
    split: byGroup.size - whole.length,
  };
}
