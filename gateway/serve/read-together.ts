import { setImmediate as turnEnds } from 'node:timers/promises';
import type { Store, Stored, SubjectKey } from 'opportune';

const MOST = 200;

/** Reads that are asked for in one turn, in few transactions: when a change concerns many panels, each asks for one subject. */
export function readTogether(
  store: Pick<Store, 'readAll'>,
): (key: SubjectKey) => Promise<Stored | undefined> {
  let keys = new Set<SubjectKey>();
  let next: Promise<ReadonlyMap<SubjectKey, Stored>> | undefined;

  async function readAll(): Promise<ReadonlyMap<SubjectKey, Stored>> {
    await turnEnds();
    const all = [...keys];
    keys = new Set();
    next = undefined;
    const found = new Map<SubjectKey, Stored>();
    for (let from = 0; from < all.length; from += MOST)
      for (const stored of await store.readAll(all.slice(from, from + MOST)))
        if (stored) found.set(stored.subject.key, stored);
    return found;
  }

  return async (key) => {
    keys.add(key);
    next ??= readAll();
    return (await next).get(key);
  };
}
