import { openIndexedDbStore } from 'opportune/stores/indexed-db';
import type { Fact } from '../../src/domain/fact.js';
import { kindOf } from '../../src/domain/value.js';
import { STORE_NAME } from './store-name.js';

const MOST_ACCOUNTS = 5_000;
const TOLD: ReadonlySet<string> = new Set(['seen', 'response']);

/** What the panels of this browser told of cards; nothing where it keeps nothing. */
export async function readToldFacts(): Promise<readonly Fact[]> {
  try {
    const store = await openIndexedDbStore(STORE_NAME);
    const told: Fact[] = [];
    for (const key of await store.keys('', undefined, MOST_ACCOUNTS))
      if (kindOf(key) === 'account')
        told.push(...(await store.facts(key)).filter(({ type }) => TOLD.has(type)));
    await store.close();
    return told;
  } catch {
    return [];
  }
}
