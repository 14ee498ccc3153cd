import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPObjectStore,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import { OpportuneError } from '../core/errors.js';
import { comparePositions, type Fact } from '../domain/fact.js';
import type { Outgoing, Store, Stored } from '../domain/store.js';
import type { Subject } from '../domain/subject.js';
import type { SubjectKey } from '../domain/value.js';
import { closedError } from './closed-error.js';
import { explain, explainOpening } from './indexed-db-errors.js';

interface Schema extends DBSchema {
  /** Small, so that a commit compares versions without reading the subject. */
  heads: {
    key: SubjectKey;
    value: { readonly version: number; readonly wakeAt: number | undefined };
    indexes: { wakeAt: number };
  };
  subjects: { key: SubjectKey; value: Stored };
  facts: {
    key: [SubjectKey, number, string];
    value: { readonly subject: SubjectKey; readonly fact: Fact };
    indexes: { id: [SubjectKey, string] };
  };
  snapshots: { key: [SubjectKey, number, string]; value: Subject };
  /** Numbered, so that what was sent first is delivered first. */
  outbox: { key: number; value: Outgoing; indexes: { id: string } };
  values: { key: string; value: unknown };
}

/** The nth brings a database from version n to n + 1. Never edit one that was released: add one. */
const upgrades: readonly ((database: IDBPDatabase<Schema>) => void)[] = [
  (database) => {
    database.createObjectStore('heads').createIndex('wakeAt', 'wakeAt');
    database.createObjectStore('subjects');
    database
      .createObjectStore('facts', { keyPath: ['subject', 'fact.occurredAt', 'fact.id'] })
      .createIndex('id', ['subject', 'fact.id'], { unique: true });
    database.createObjectStore('snapshots');
    database
      .createObjectStore('outbox', { autoIncrement: true })
      .createIndex('id', 'id', { unique: true });
    database.createObjectStore('values');
  },
];
const STORES = ['heads', 'subjects', 'facts', 'snapshots', 'outbox', 'values'] as const;

/** Sorts after every key that begins with this subject: in IndexedDB an array comes after text and numbers. */
const end = (key: SubjectKey): [SubjectKey, never[]] => [key, []];
/** IndexedDB takes no larger count, and 0 for "all". */
const MOST = 0xffff_ffff;

export interface IndexedDbOptions {
  /**
   * Told what the user should know while nothing here has failed yet: `opportune/store-blocked` (opening waits until
   * another tab lets go of the older version) and `opportune/store-closed` (a newer version in another tab, a
   * deletion or the browser took the store away; every later use rejects with the same).
   */
  readonly onTrouble?: (error: OpportuneError) => void;
}

/**
 * Opens a store that this browser keeps, and makes or upgrades it first. What a commit acknowledged has been handed
 * to the disk ("strict" durability). Rejects with `opportune/store-unavailable` where the page may not keep anything,
 * `-newer` when a newer version of the library has written it, `-unusable` when it cannot be read. A write rejects
 * with `opportune/store-full` when the browser gives no more room; nothing of it was kept then.
 */
export async function openIndexedDbStore(
  name: string,
  options: IndexedDbOptions = {},
): Promise<Store> {
  let gone: OpportuneError | undefined;
  const leave = (because: string): void => {
    database.close();
    if (gone) return;
    gone = closedError(because);
    options.onTrouble?.(gone);
  };
  const database = await open(name, leave, options);

  /** Runs an operation, and tells its failure in our words. */
  const run = async <Result>(operate: () => Promise<Result>): Promise<Result> => {
    if (gone) throw gone;
    try {
      return await operate();
    } catch (error) {
      throw gone ?? explain(error);
    }
  };

  const look = <Name extends StoreNames<Schema>>(
    storeName: Name,
  ): IDBPObjectStore<Schema, [Name], Name> => {
    const transaction = database.transaction(storeName);
    transaction.done.catch(ignore);
    return transaction.objectStore(storeName);
  };

  /** One transaction: all of it or, whatever goes wrong, nothing. */
  const write = <const Names extends StoreNames<Schema>[], Result>(
    names: Names,
    work: (
      transaction: IDBPTransaction<Schema, Names, 'readwrite'>,
      fail: (error: unknown) => void,
    ) => Promise<Result>,
  ): Promise<Result> =>
    run(async () => {
      // The transaction itself only tells that it was aborted, not by which request.
      let failure: unknown;
      const fail = (error: unknown): void => {
        failure ??= error;
      };
      const transaction = database.transaction(names, 'readwrite', { durability: 'strict' });
      transaction.done.catch(ignore);
      try {
        const result = await work(transaction, fail);
        await transaction.done;
        return result;
      } catch (error) {
        try {
          transaction.abort();
        } catch {
          // It has ended by itself.
        }
        throw failure ?? error;
      }
    });

  return {
    read: (key) => run(() => look('subjects').get(key)),
    readAll: (keys) =>
      run(() => {
        const store = look('subjects');
        return Promise.all(keys.map((key) => store.get(key)));
      }),
    commit: (key, expectedVersion, { facts, subject, wakeAt, outbox, snapshot }) =>
      write(['heads', 'subjects', 'facts', 'snapshots', 'outbox'], async (transaction, fail) => {
        const heads = transaction.objectStore('heads');
        if (((await heads.get(key))?.version ?? 0) !== expectedVersion) return false;
        const factStore = transaction.objectStore('facts');
        const snapshots = transaction.objectStore('snapshots');
        const outboxStore = transaction.objectStore('outbox');
        const factIds = factStore.index('id');
        const outboxIds = outboxStore.index('id');
        const [newFacts, newOutgoing] = await Promise.all([
          unknownOf(facts, (id) => (expectedVersion ? factIds.getKey([key, id]) : undefined)),
          unknownOf(outbox, (id) => outboxIds.getKey(id)),
        ]);
        const version = expectedVersion + 1;
        heads.put({ version, wakeAt }, key).catch(fail);
        transaction.objectStore('subjects').put({ version, subject }, key).catch(fail);
        for (const fact of newFacts) factStore.add({ subject: key, fact }).catch(fail);
        const [first] = newFacts.toSorted(comparePositions);
        if (first) {
          const stale = IDBKeyRange.bound([key, first.occurredAt, first.id], end(key));
          snapshots.delete(stale).catch(fail);
        }
        if (snapshot) {
          const { occurredAt, id } = subject.at;
          snapshots.put(subject, [key, occurredAt, id]).catch(fail);
        }
        for (const outgoing of newOutgoing) outboxStore.add(outgoing).catch(fail);
        return true;
      }),
    known: (key, ids) =>
      run(async () => {
        const index = look('facts').index('id');
        const found = await Promise.all(ids.map((id) => index.getKey([key, id])));
        return new Set(ids.filter((_, i) => found[i]));
      }),
    facts: (key, after, limit = MOST) =>
      run(async () => {
        if (!limit) return [];
        const from = after ? [key, after.occurredAt, after.id] : [key];
        const range = IDBKeyRange.bound(from, end(key), true);
        const rows = await look('facts').getAll(range, Math.min(limit, MOST));
        return rows.map(({ fact }) => fact);
      }),
    snapshot: (key, { occurredAt, id }) =>
      run(async () => {
        const range = IDBKeyRange.bound([key], [key, occurredAt, id]);
        return (await look('snapshots').openCursor(range, 'prev'))?.value;
      }),
    due: (now, limit) =>
      run(async () => {
        const due: { readonly key: SubjectKey; readonly wakeAt: number }[] = [];
        const index = look('heads').index('wakeAt');
        let cursor = await index.openKeyCursor(IDBKeyRange.upperBound(now));
        while (cursor && due.length < limit) {
          due.push({ key: cursor.primaryKey, wakeAt: cursor.key });
          cursor = await cursor.continue();
        }
        return due;
      }),
    outbox: (limit) =>
      run(async () => (limit ? await look('outbox').getAll(null, Math.min(limit, MOST)) : [])),
    settle: (ids) =>
      write(['outbox'], async ({ store }, fail) => {
        const index = store.index('id');
        const keys = await Promise.all(ids.map((id) => index.getKey(id)));
        for (const key of keys) if (key !== undefined) store.delete(key).catch(fail);
      }),
    keys: (prefix, after, limit) =>
      run(async () => {
        if (!limit) return [];
        const range =
          after === undefined || after < prefix
            ? IDBKeyRange.lowerBound(prefix)
            : IDBKeyRange.lowerBound(after, true);
        const keys = await look('heads').getAllKeys(range, Math.min(limit, MOST));
        return keys.filter((key) => key.startsWith(prefix));
      }),
    get: (valueName) => run(() => look('values').get(valueName)),
    put: (valueName, value) =>
      write(['values'], async ({ store }) => {
        await store.put(value, valueName);
      }),
    names: (prefix) =>
      run(async () => {
        const names = await look('values').getAllKeys(IDBKeyRange.lowerBound(prefix));
        return names.filter((valueName) => valueName.startsWith(prefix));
      }),
    drop: (valueName) => write(['values'], ({ store }) => store.delete(valueName)),
    async close() {
      gone ??= closedError('closed here');
      database.close();
    },
  };
}

/** Deletes it with all its data, for a log-out, another user, or a store that cannot be used. Open stores close. */
export async function deleteIndexedDbStore(name: string): Promise<void> {
  try {
    await deleteDB(name);
  } catch (error) {
    throw explain(error);
  }
}

async function open(
  name: string,
  leave: (because: string) => void,
  { onTrouble }: IndexedDbOptions,
): Promise<IDBPDatabase<Schema>> {
  try {
    const database = await openDB<Schema>(name, upgrades.length, {
      upgrade(upgrading, oldVersion) {
        for (const upgrade of upgrades.slice(oldVersion)) upgrade(upgrading);
      },
      blocked: () =>
        onTrouble?.(
          new OpportuneError('opportune/store-blocked', 'Another tab holds an older version open', {
            remedy: 'Close it, or reload it',
          }),
        ),
      blocking: (_, newVersion) =>
        leave(newVersion === null ? 'it was deleted' : 'another tab brought a newer version'),
      terminated: () => leave('the browser took it away'),
    });
    if (STORES.every((store) => database.objectStoreNames.contains(store))) return database;
    database.close();
    throw new Error(`no ${STORES.join(', ')}`);
  } catch (cause) {
    throw explainOpening(name, cause);
  }
}

/** Those whose id is not found, each id once, in the order given. */
async function unknownOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  find: (id: string) => unknown,
): Promise<readonly Item[]> {
  const byId = new Map<string, Item>();
  for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item);
  const found = await Promise.all([...byId.keys()].map(find));
  return [...byId.values()].filter((_, i) => found[i] === undefined);
}

/** For what is told otherwise. */
function ignore(): void {}
