import { COMPANY, type RecordId, type Store, type Subject } from 'opportune';
import { followMerges } from '../follow-merges.js';
import type { Owners } from './rule-access.js';

/** Who owns what, read from the state that the agent keeps of its facts. */
export function ownersInStore(
  store: Pick<Store, 'get' | 'read' | 'readAll'>,
): Owners & { nameOf(rep: RecordId): Promise<string | undefined> } {
  /** The account of a record; of one that is not there a subject is read as well, and none is found. */
  async function findAccount(record: RecordId): Promise<Subject | undefined> {
    const parent = (await store.get(`parent/${record}`)) as RecordId | undefined;
    return followMerges(parent ?? record, store.read);
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
    async ownerOf(record) {
      const account = await findAccount(record);
      if (!account) return undefined;
      const own = account.records[record];
      // A merged account is gone, and its survivor answers for it.
      if (own ? own.deleted : record.split(':')[1] !== 'account') return undefined;
      const owner = own?.values.owner?.value ?? account.records[account.key]?.values.owner?.value;
      return typeof owner === 'string' ? { owner } : {};
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
