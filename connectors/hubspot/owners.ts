import { afterOf, resultsOf, type Wire } from './wire.js';

export interface Owner {
  readonly id: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly userId?: number | null;
  /** Also of those who left. */
  readonly userIdIncludingInactive?: number | null;
  readonly updatedAt: string;
  readonly archived: boolean;
}

/** Records name their owner by an id of its own; who signs in, and who is meant, is the user. */
export interface Owners {
  readonly all: readonly Owner[];
  /** The user behind an owner; an owner without one stands for itself. */
  userOf(owner: string): string;
  ownerOf(user: string): string | undefined;
}

const PATH = '/crm/v3/owners/';

export async function readOwners(wire: Wire, signal: AbortSignal | undefined): Promise<Owners> {
  const all: Owner[] = [];
  for (const archived of ['false', 'true'])
    for (let after: string | undefined = ''; after !== undefined; ) {
      const reply = await wire.ask({
        path: PATH,
        query: [
          ['limit', '100'],
          ['archived', archived],
          ...(after === '' ? [] : [['after', after] as const]),
        ],
        signal,
      });
      all.push(...resultsOf<Owner>(reply, PATH));
      after = afterOf(reply.value);
    }
  const users = new Map(all.map((owner) => [owner.id, userIdOf(owner)]));
  const owners = new Map(all.map((owner) => [userIdOf(owner), owner.id]));
  // Of a user who came back, the owner of today counts.
  for (const owner of all) if (!owner.archived) owners.set(userIdOf(owner), owner.id);
  return {
    all,
    userOf: (owner) => users.get(owner) ?? `owner-${owner}`,
    ownerOf: (user) => owners.get(user),
  };
}

export function userIdOf({ id, userId, userIdIncludingInactive }: Owner): string {
  const user = userId ?? userIdIncludingInactive;
  return user === undefined || user === null ? `owner-${id}` : String(user);
}
