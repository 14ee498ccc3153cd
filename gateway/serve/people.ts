import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Fact, RecordId, Store } from 'opportune';
import type { Inbox } from '../database/inbox.js';
import {
  type Erasing,
  type ErasureReport,
  erasePerson,
  eraseSuppressed,
  resumeErasures,
} from '../people/erase-person.js';
import { exportPerson } from '../people/export-person.js';
import type { PersonKeys } from '../people/person-keys.js';
import { isContact } from '../people/personal-text.js';
import { createPseudonyms } from '../people/pseudonyms.js';
import { sealStore } from '../people/seal-store.js';
import { createSuppression } from '../people/suppression.js';
import { createVault } from '../people/vault.js';

/** What the gateway does for people whom the facts are about. */
export interface People {
  /** The store as the agent uses it; texts of persons are sealed in it where there is a master key. */
  readonly store: Store;
  /** For a contact what stands for it where it can never be erased, always the same; anything else as it is. */
  standInFor(target: string): string;
  /** Facts on their way into timelines, without persons who were erased. */
  suppress(facts: readonly Fact[]): Promise<readonly Fact[]>;
  /** Queues it; `work` carries it out, also after a restart. Resolves with the number of the request. */
  erase(contact: RecordId): Promise<string>;
  reports(): Promise<readonly StoredReport[]>;
  /** Everything held on one person, in pieces; undefined where nobody is known. */
  export(contact: RecordId): Promise<AsyncGenerator<string> | undefined>;
  /** Carries out the oldest request; false where there is none. */
  work(): Promise<boolean>;
  /** Keyed hashes of who was erased, for a restore to honour. */
  suppressed(): Promise<readonly string[]>;
  /** Goes on with what was stopped halfway, and erases again whom a restored backup brought back. */
  resume(): Promise<void>;
}

export interface StoredReport {
  readonly request: string;
  /** Absent while it waits, and where nobody was known. */
  readonly report?: ErasureReport;
  readonly state: 'waiting' | 'done' | 'nobody-known';
}

export interface PeopleOptions {
  readonly store: Store;
  readonly inbox: Pick<Inbox, 'refused' | 'drop'>;
  readonly clock: Clock;
  /** Absent: texts are not sealed. */
  readonly openKeys?: (hashOf: (id: string) => string) => PersonKeys;
  /** A named value that is written once: whoever comes second changes nothing. */
  putOnce(name: string, value: unknown): Promise<void>;
  /** Tells every panel, also those that come back within a day, to forget these persons. */
  purge(persons: readonly RecordId[]): Promise<void>;
  wake(): void;
}

/** Set where a backup was restored: it may know persons who were erased since. */
export const ERASE_AGAIN = 'erase-again';
const SECRET = 'people-secret';
const QUEUE = 'erase/';
const DONE = 'erased/';
const ALL = 1_000_000;
const SUPPRESSION_MS = 1_000;

export async function createPeople(options: PeopleOptions): Promise<People> {
  const { store: inner, inbox, clock, openKeys, purge, wake } = options;
  const pseudonyms = createPseudonyms(await secretOf(options));
  const keys = openKeys?.((id) => pseudonyms.hashId(id));
  const vault = keys && createVault({ keys, clock });
  const store = vault ? sealStore(inner, vault) : inner;
  // Only the process that has the lease erases and folds, so that no other adds to the list meanwhile.
  const suppression = createSuppression(store, pseudonyms, { rememberMs: SUPPRESSION_MS });
  const erasing: Erasing = {
    store,
    clock,
    pseudonyms,
    suppression,
    ...(keys && vault && { sealed: { keys, vault } }),
    purge,
  };

  /** Facts that were set aside lie in no timeline. */
  async function dropRefused(): Promise<void> {
    const refused = (await inbox.refused(ALL)).map(({ fact }) => fact);
    for (const fact of refused) {
      const { ids, names } = await suppression.recognise([fact]);
      if (ids.length + names.length > 0) await inbox.drop([fact.id]);
    }
  }

  return {
    store,
    standInFor: (target) => (isContact(target) ? pseudonyms.of(target) : target),
    async suppress(facts) {
      const found = await suppression.suppress(facts);
      for (const id of found.anew) await erasePerson(erasing, { id });
      return found.facts;
    },
    async erase(contact) {
      const request = `${String(clock.now()).padStart(15, '0')}-${randomUUID()}`;
      await inner.put(QUEUE + request, contact);
      wake();
      return request;
    },
    async reports() {
      const waiting = (await inner.names(QUEUE)).map(
        (name): StoredReport => ({
          request: name.slice(QUEUE.length),
          state: 'waiting',
        }),
      );
      const done: StoredReport[] = [];
      for (const name of await inner.names(DONE))
        done.push((await inner.get(name)) as StoredReport);
      return [...waiting, ...done].sort((a, b) => (a.request < b.request ? 1 : -1));
    },
    export: (contact) => exportPerson(store, { id: contact }, { pseudonyms, now: clock.now() }),
    async work() {
      const [name] = [...(await inner.names(QUEUE))].sort();
      if (name === undefined) return false;
      const request = name.slice(QUEUE.length);
      const report = await erasePerson(erasing, { id: (await inner.get(name)) as RecordId });
      await dropRefused();
      const stored: StoredReport = report
        ? { request, report, state: 'done' }
        : { request, state: 'nobody-known' };
      await inner.put(DONE + request, stored);
      await inner.drop(name);
      return true;
    },
    suppressed: () => suppression.list(),
    async resume() {
      await resumeErasures(erasing);
      if ((await inner.get(ERASE_AGAIN)) === undefined) return;
      await eraseSuppressed(erasing);
      await inner.drop(ERASE_AGAIN);
    },
  };
}

/** By it erased persons are recognised. It goes with the rows wherever these go; of two processes one makes it. */
async function secretOf({ store, putOnce }: PeopleOptions): Promise<Uint8Array> {
  if ((await store.get(SECRET)) === undefined)
    await putOnce(SECRET, randomBytes(32).toString('base64'));
  return new Uint8Array(Buffer.from(String(await store.get(SECRET)), 'base64'));
}
