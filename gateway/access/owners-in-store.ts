import { COMPANY, type RecordId, type Store, type Subject, type SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { followMerges } from '../follow-merges.js';
import type { Owned, Owners } from './rule-access.js';

/** Who owns what, read from the state that the agent keeps of its facts. */
export function ownersInStore(
  store: Pick<Store, 'get' | 'read' | 'readAll'>,
): Owners & { nameOf(rep: RecordId): Promise<string | undefined> } {
  /** Of a record that is not there a subject is read as well, and none is found. */
  async function parentOf(record: RecordId): Promise<SubjectKey> {
    return ((await store.get(`parent/${record}`)) as SubjectKey | undefined) ?? record;
  }

  /** What the CRM and the identity provider have last said of a rep. */
  async function lastWord(rep: RecordId, bare: string): Promise<readonly unknown[]> {
    const held = (await store.readAll([COMPANY, rep])).flatMap(
      (stored) => stored?.subject.records[rep]?.values[bare] ?? [],
    );
    // Where only one of the two was told of a change, the older word is none.
    const last = Math.max(...held.map(({ at }) => at.occurredAt));
    return held.filter(({ at }) => at.occurredAt === last).flatMap(({ value }) => value);
  }

  return {
    async ownersOf(records) {
      const parents = new Map(
        await Promise.all(records.map(async (one) => [one, await parentOf(one)] as const)),
      );
      const accounts = new Map(
        await Promise.all(
          [...new Set(parents.values())].map(
            async (key) => [key, await followMerges(key, store.read)] as const,
          ),
        ),
      );
      return new Map(
        [...parents].map(([record, parent]) => [
          record,
          toOwned(record, parent, accounts.get(parent)),
        ]),
      );
    },
    async teamsOf(rep) {
      const teams = await lastWord(rep, 'team');
      return [...new Set(teams.filter((team) => typeof team === 'string'))];
    },
    async nameOf(rep) {
      const [name] = await lastWord(rep, 'name');
      return typeof name === 'string' ? name : undefined;
    },
  };
}

function toOwned(record: RecordId, parent: SubjectKey, account: Subject | undefined): Owned {
  const own = account?.records[record];
  // A merged account is gone, and its survivor answers for it.
  const isThere = own ? !own.deleted : account !== undefined && kindOf(record) === 'account';
  const owner = own?.values.owner?.value ?? account?.records[account.key]?.values.owner?.value;
  return {
    isThere,
    ...(isThere && typeof owner === 'string' && { owner }),
    madeOf: [...new Set([record, parent, account?.key ?? parent])],
  };
}
