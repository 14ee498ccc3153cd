import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPObjectStore,
  openDB,
  type StoreNames,
} from 'idb';
import type { OpportuneError } from '../core/errors.js';
import { comparePositions, type Fact } from '../domain/fact.js';
import type { Outgoing, Store, Stored } from '../domain/store.js';
import type { Subject } from '../domain/subject.js';
import type { SubjectKey } from '../domain/value.js';
import { closedError } from './closed-error.js';

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
const STORES: StoreNames<Schema>[] = [
  'heads',
  'subjects',
  'facts',
  'snapshots',
  'outbox',
  'values',
];

/** Sorts after every key that begins with this subject: in IndexedDB an array comes after text and numbers. */
const end = (key: SubjectKey): [SubjectKey, never[]] => [key, []];
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

  /** One transaction: all of it or, whatever goes wrong, nothing. Tells failure in our words. */
  const run = async <Mode extends 'readonly' | 'readwrite', Result>(
    mode: Mode,
    work: (
      store: <Name extends StoreNames<Schema>>(
        storeName: Name,
      ) => IDBPObjectStore<Schema, StoreNames<Schema>[], Name, Mode>,
      fail: (error: unknown) => void,
    ) => Promise<Result>,
  ): Promise<Result> => {
    if (gone) throw gone;
    let abort = ignore;
    // Which request failed; the transaction itself only tells that it was aborted.
    let failure: unknown;
    try {
      const transaction = database.transaction(STORES, mode, { durability: 'strict' });
      transaction.done.catch(ignore);
      abort = () => transaction.abort();
      const result = await work(
        (storeName) => transaction.objectStore(storeName),
        (error) => {
          failure ??= error;
        },
      );
      if (mode === 'readwrite') await transaction.done;
      return result;
    } catch (error) {
      try {
        abort();
      } catch {
        // It has ended by itself.
      }
      throw await inWords('explain', failure ?? error);
    }
  };

  return {
    read: (key) => run('readonly', (store) => store('subjects').get(key)),
    readAll: (keys) =>
      run('readonly', (store) => {
        const subjects = store('subjects');
        return Promise.all(keys.map((key) => subjects.get(key)));
      }),
    commit: (key, expectedVersion, { facts, subject, wakeAt, outbox, snapshot, values }) =>
      run('readwrite', async (store, fail) => {
        const heads = store('heads');
        if (((await heads.get(key))?.version ?? 0) !== expectedVersion) return false;
        const kept = store('facts');
        const snapshots = store('snapshots');
        const waiting = store('outbox');
        const [newFacts, newOutgoing] = await Promise.all([
          unknownOf(facts, (id) => expectedVersion && kept.index('id').getKey([key, id])),
          unknownOf(outbox, (id) => waiting.index('id').getKey(id)),
        ]);
        const version = expectedVersion + 1;
        heads.put({ version, wakeAt }, key).catch(fail);
        store('subjects').put({ version, subject }, key).catch(fail);
        for (const fact of newFacts) kept.add({ subject: key, fact }).catch(fail);
        const [first] = newFacts.toSorted(comparePositions);
        if (first) {
          const stale = IDBKeyRange.bound([key, first.occurredAt, first.id], end(key));
          snapshots.delete(stale).catch(fail);
        }
        if (snapshot) {
          const { occurredAt, id } = subject.at;
          snapshots.put(subject, [key, occurredAt, id]).catch(fail);
        }
        for (const outgoing of newOutgoing) waiting.add(outgoing).catch(fail);
        for (const valueName in values)
          store('values').put(values[valueName], valueName).catch(fail);
        return true;
      }),
    known: (key, ids) =>
      run('readonly', async (store) => {
        const index = store('facts').index('id');
        const found = await Promise.all(ids.map((id) => index.getKey([key, id])));
        return new Set(ids.filter((_, i) => found[i]));
      }),
    facts: (key, after, limit = MOST) =>
      run('readonly', async (store) => {
        const from = after ? [key, after.occurredAt, after.id] : [key];
        const range = IDBKeyRange.bound(from, end(key), true);
        const rows = await store('facts').getAll(range, countOf(limit));
        return rows.slice(0, limit).map(({ fact }) => fact);
      }),
    snapshot: (key, { occurredAt, id }) =>
      run('readonly', async (store) => {
        const range = IDBKeyRange.bound([key], [key, occurredAt, id]);
        return (await store('snapshots').openCursor(range, 'prev'))?.value;
      }),
    due: (now, limit) =>
      run('readonly', async (store) => {
        const due: { readonly key: SubjectKey; readonly wakeAt: number }[] = [];
        const index = store('heads').index('wakeAt');
        let cursor = await index.openKeyCursor(IDBKeyRange.upperBound(now));
        while (cursor && due.length < limit) {
          due.push({ key: cursor.primaryKey, wakeAt: cursor.key });
          cursor = await cursor.continue();
        }
        return due;
      }),
    outbox: (limit) =>
      run('readonly', async (store) =>
        (await store('outbox').getAll(null, countOf(limit))).slice(0, limit),
      ),
    settle: (ids) =>
      run('readwrite', async (store, fail) => {
        const waiting = store('outbox');
        const keys = await Promise.all(ids.map((id) => waiting.index('id').getKey(id)));
        for (const key of keys) if (key !== undefined) waiting.delete(key).catch(fail);
      }),
    keys: (prefix, after, limit) =>
      run('readonly', async (store) => {
        const passed = after !== undefined && after >= prefix;
        const range = IDBKeyRange.lowerBound(passed ? after : prefix, passed);
        const keys = await store('heads').getAllKeys(range, countOf(limit));
        return keys.slice(0, limit).filter((key) => key.startsWith(prefix));
      }),
    get: (valueName) => run('readonly', (store) => store('values').get(valueName)),
    put: (valueName, value) =>
      run('readwrite', async (store) => {
        await store('values').put(value, valueName);
      }),
    names: (prefix) =>
      run('readonly', async (store) => {
        const names = await store('values').getAllKeys(IDBKeyRange.lowerBound(prefix));
        return names.filter((valueName) => valueName.startsWith(prefix));
      }),
    drop: (valueName) => run('readwrite', (store) => store('values').delete(valueName)),
    async close() {
      gone ??= closedError('closed here');
      database.close();
    },
  };
}

/** A count that IndexedDB takes: it has none larger, and takes 0 for "all". */
function countOf(limit: number): number {
  return Math.min(limit, MOST) || 1;
}

/** Deletes it with all its data, for a log-out or another user. Wherever it is open it closes, and says so. */
export async function deleteIndexedDbStore(name: string): Promise<void> {
  try {
    await deleteDB(name);
  } catch (error) {
    throw await inWords('explain', error);
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
      blocked: async () => onTrouble?.(await inWords('explainBlocked')),
      blocking: (_, newVersion) =>
        leave(newVersion === null ? 'it was deleted' : 'another tab brought a newer version'),
      terminated: () => leave('the browser took it away'),
    });
    if (STORES.some((store) => !database.objectStoreNames.contains(store))) {
      database.close();
      throw new Error('It lacks some of its parts');
    }
    return database;
  } catch (cause) {
    throw await inWords('explainOpening', cause);
  }
}

/** What went wrong, in our words, which are loaded when it has; where they cannot be, what the browser said must do. */
async function inWords(
  how: keyof typeof import('./indexed-db-errors.js'),
  cause?: unknown,
): Promise<OpportuneError> {
  try {
    return (await import('./indexed-db-errors.js'))[how](cause);
  } catch {
    return cause as OpportuneError;
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
  return [...byId.values()].filter((_, i) => !found[i]);
}

/** For what is told otherwise. */
function ignore(): void {}
