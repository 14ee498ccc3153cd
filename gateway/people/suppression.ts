import type { Fact, RecordId, Store } from 'opportune';
import { readClearNames } from './clear-names.js';
import { createEraser } from './eraser.js';
import { isContact, isErased } from './personal-text.js';
import { isAddress, type Pseudonyms } from './pseudonyms.js';
import { someText } from './walk.js';

/** Persons who were erased, known only by keyed hashes of their ids and addresses: whoever comes again is recognised. */
export interface Suppression {
  add(ids: readonly RecordId[], addresses: readonly string[]): Promise<void>;
  /** Every hash, to be kept apart from backups and given to `restore`. */
  list(): Promise<readonly string[]>;
  /** Hashes that another copy of the store knows. */
  restore(hashes: readonly string[]): Promise<void>;
  has(ids: readonly RecordId[]): Promise<readonly RecordId[]>;
  /**
   * Facts on their way in, without erased persons: the skeleton counts under the pseudonym, texts are gone. `recognised` are
   * contacts who came under a new id with an erased address; what the store has of them already is to be erased too.
   */
  suppress(facts: readonly Fact[]): Promise<{
    readonly facts: readonly Fact[];
    readonly recognised: readonly RecordId[];
  }>;
}

const PREFIX = 'suppressed/';
const ADDRESSES = /[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']+/g;

export function createSuppression(store: Store, pseudonyms: Pseudonyms): Suppression {
  const read = async (): Promise<ReadonlySet<string>> =>
    new Set((await store.names(PREFIX)).map((name) => name.slice(PREFIX.length)));

  async function restore(hashes: readonly string[]): Promise<void> {
    for (const hash of hashes) await store.put(PREFIX + hash, true);
  }

  return {
    add: (ids, addresses) =>
      restore([...ids.map(pseudonyms.hashId), ...addresses.map(pseudonyms.hashAddress)]),
    list: async () => [...(await read())],
    restore,
    async has(ids) {
      const hashes = await read();
      return ids.filter((id) => hashes.has(pseudonyms.hashId(id)));
    },
    async suppress(facts) {
      const hashes = await read();
      if (hashes.size === 0) return { facts, recognised: [] };
      const hasAddress = (address: string): boolean =>
        hashes.has(pseudonyms.hashAddress(address));
      const erased = new Set<RecordId>();
      const recognised = new Set<RecordId>();
      const addresses = new Set<string>();
      const seen = new Map<RecordId, boolean>();
      for (const fact of facts) {
        for (const id of idsIn(fact)) {
          if (!seen.has(id)) seen.set(id, hashes.has(pseudonyms.hashId(id)));
          if (seen.get(id)) erased.add(id);
        }
        const [first = ''] = fact.about;
        const own = fact.type === 'record-changed' && isContact(first) ? first : undefined;
        someText(fact.data, (text) => {
          for (const [address] of text.includes('@') ? text.matchAll(ADDRESSES) : [])
            if (hasAddress(address)) addresses.add(address);
          if (own !== undefined && isAddress(text) && hasAddress(text) && !erased.has(own))
            recognised.add(own);
          return false;
        });
      }
      if (erased.size + recognised.size + addresses.size === 0) return { facts, recognised: [] };
      const ids = [...new Set([...erased, ...recognised])];
      // Facts that come later know the new id alone.
      await restore([...recognised].map(pseudonyms.hashId));
      const clear = await readClearNames(store);
      const eraser = createEraser({ ids, names: [...addresses], pseudonyms, clear });
      return { facts: eraser.eraseFacts(facts), recognised: [...recognised] };
    },
  };
}

const ID = /[^\s:|/"]+:contact:[^\s|/"]+/g;

/** Contacts that a fact names, wherever. */
function idsIn(fact: Fact): ReadonlySet<RecordId> {
  const found = new Set<RecordId>();
  for (const id of [...fact.about, ...fact.subjects, fact.by ?? '', fact.source?.record ?? ''])
    if (isContact(id) && !isErased(id)) found.add(id);
  someText([fact.id, fact.data], (text) => {
    if (isContact(text)) found.add(text);
    else if (text.includes(':contact:')) for (const [id] of text.matchAll(ID)) found.add(id);
    return false;
  });
  return found;
}
