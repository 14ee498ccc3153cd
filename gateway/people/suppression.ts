import type { Fact, RecordId, Store, SubjectKey } from 'opportune';
import { isErased } from '../../src/domain/value.js';
import { readClearNames } from './clear-names.js';
import { createEraser } from './eraser.js';
import type { Wanted } from './find-person.js';
import { isContact } from './personal-text.js';
import { isAddress, type Pseudonyms } from './pseudonyms.js';
import { someText } from './walk.js';

/** What tells a person who was erased when it comes again. */
export interface Telling {
  readonly ids: readonly RecordId[];
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** Accounts in which the names mean this person. */
  readonly accounts: readonly SubjectKey[];
}

/** Erased persons as facts tell of them. */
export interface Recognised {
  readonly ids: readonly RecordId[];
  /** Of these, contacts who came under a new id with an erased address. */
  readonly anew: readonly RecordId[];
  /** Names and addresses, as they are written. */
  readonly names: readonly string[];
}

/** Persons who were erased, known only by keyed hashes: whoever comes again is recognised. */
export interface Suppression {
  add(person: Telling): Promise<void>;
  /** Every hash, to be kept apart from backups and given to `restore`. */
  list(): Promise<readonly string[]>;
  /** Hashes that another copy of the store knows. */
  restore(hashes: readonly string[]): Promise<void>;
  recognise(facts: readonly Fact[]): Promise<Recognised>;
  /** Whether a person who was erased had this id or address. */
  knows(wanted: Wanted): Promise<boolean>;
  /**
   * Facts on their way in, without erased persons: the skeleton counts under the pseudonym, texts are gone. What the store has
   * already of those who came anew is to be erased as well.
   */
  suppress(facts: readonly Fact[]): Promise<{
    readonly facts: readonly Fact[];
    readonly anew: readonly RecordId[];
  }>;
}

/** Values of the store under this name, followed by a hash. */
export const SUPPRESSED = 'suppressed/';
const ADDRESSES = /[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']+/g;
const LONGEST_NAME = 5;

export interface SuppressionOptions {
  /** Milliseconds for which the list is remembered. What is added here is known at once; 0. */
  readonly rememberMs?: number;
}

export function createSuppression(
  store: Store,
  pseudonyms: Pseudonyms,
  { rememberMs = 0 }: SuppressionOptions = {},
): Suppression {
  let remembered:
    | { readonly hashes: Promise<ReadonlySet<string>>; readonly at: number }
    | undefined;

  async function readAnew(): Promise<ReadonlySet<string>> {
    return new Set((await store.names(SUPPRESSED)).map((name) => name.slice(SUPPRESSED.length)));
  }
  function read(): Promise<ReadonlySet<string>> {
    const now = performance.now();
    if (remembered && now - remembered.at < rememberMs) return remembered.hashes;
    const hashes = readAnew();
    remembered = { hashes, at: now };
    hashes.catch(() => {
      remembered = undefined;
    });
    return hashes;
  }

  async function restore(hashes: readonly string[]): Promise<void> {
    for (const hash of new Set(hashes)) await store.put(SUPPRESSED + hash, true);
    // A list that was asked for meanwhile may be without them.
    remembered = undefined;
  }

  async function recognise(facts: readonly Fact[]): Promise<Recognised> {
    const hashes = await read();
    if (hashes.size === 0) return { ids: [], anew: [], names: [] };
    const asked = new Map<string, boolean>();
    /** Whether something is on the list; the same is hashed once. */
    const has = (kind: string, text: string, hash: () => string): boolean => {
      const key = `${kind}${text}`;
      let known = asked.get(key);
      if (known === undefined) {
        known = hashes.has(hash());
        asked.set(key, known);
      }
      return known;
    };
    const ids = new Set<RecordId>();
    const anew = new Set<RecordId>();
    const names = new Set<string>();
    for (const fact of facts) {
      for (const id of idsIn(fact)) if (has('id', id, () => pseudonyms.hashId(id))) ids.add(id);
      const [first = ''] = fact.about;
      const own = fact.type === 'record-changed' && isContact(first) ? first : undefined;
      const accounts = [...new Set([...fact.about, ...fact.subjects])].filter(
        (id) => isAccount(id) && has('account', id, () => pseudonyms.hashAccount(id)),
      );
      someText(fact.data, (text) => {
        for (const [address] of text.includes('@') ? text.matchAll(ADDRESSES) : []) {
          if (!has('address', address, () => pseudonyms.hashAddress(address))) continue;
          names.add(address);
          if (own !== undefined && isAddress(text) && !ids.has(own)) anew.add(own);
        }
        for (const account of accounts)
          for (const name of namesIn(text))
            if (has(account, name, () => pseudonyms.hashName(name, account))) names.add(name);
        return false;
      });
    }
    return { ids: [...new Set([...ids, ...anew])], anew: [...anew], names: [...names] };
  }

  return {
    add: ({ ids, addresses, names, accounts }) =>
      restore([
        ...ids.map(pseudonyms.hashId),
        ...addresses.map(pseudonyms.hashAddress),
        ...accounts.map(pseudonyms.hashAccount),
        ...accounts.flatMap((account) => names.map((name) => pseudonyms.hashName(name, account))),
      ]),
    list: async () => [...(await read())],
    restore,
    recognise,
    knows: async (wanted) =>
      (await read()).has(
        'id' in wanted ? pseudonyms.hashId(wanted.id) : pseudonyms.hashAddress(wanted.address),
      ),
    async suppress(facts) {
      const { ids, anew, names } = await recognise(facts);
      if (ids.length + names.length === 0) return { facts, anew };
      // Facts that come later know the new id alone.
      await restore(anew.map(pseudonyms.hashId));
      const clear = await readClearNames(store);
      const eraser = createEraser({ ids, names, pseudonyms, clear });
      return { facts: eraser.eraseFacts(facts), anew };
    },
  };
}

const isAccount = (id: string): boolean => /^[^:]+:account:/.test(id);

/** Every few words in a row, without the marks around them. */
function namesIn(text: string): readonly string[] {
  const words = text.split(/\s+/);
  const found: string[] = [];
  for (let i = 0; i < words.length; i++)
    for (let size = 1; size <= LONGEST_NAME && i + size <= words.length; size++)
      found.push(
        words
          .slice(i, i + size)
          .join(' ')
          .replace(/^[^\p{L}\p{N}+(]+|[^\p{L}\p{N}]+$/gu, ''),
      );
  return found;
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
