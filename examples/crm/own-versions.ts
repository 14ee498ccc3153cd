import type { PlaybookFiles, VersionLog } from 'opportune/studio';

/** What a visitor published in this browser, by all its tabs: one log in its database. */
const DATABASE = 'opportune-demo-versions';
const STORE = 'logs';
const KEY = 'log';

/**
 * Changes the log as a whole, with no other tab in between, and gives what is there afterwards; `first` is the version that
 * it begins with. Rejects with what `change` throws, and then nothing is kept.
 */
export async function updateVersions(
  first: () => Promise<{ readonly files: PlaybookFiles; readonly by: string; readonly at: number }>,
  change: (log: VersionLog) => VersionLog,
): Promise<VersionLog> {
  const database = await openDatabase();
  try {
    // A transaction of a database of the browser ends while anything else is waited for.
    const known = await isKept(database);
    const begun = known ? undefined : await first();
    let thrown: unknown;
    return await new Promise<VersionLog>((resolve, reject) => {
      const transaction = database.transaction(STORE, 'readwrite');
      const store = transaction.objectStore(STORE);
      let next: VersionLog | undefined;
      store.get(KEY).onsuccess = (event) => {
        const held = (event.target as IDBRequest<VersionLog | undefined>).result;
        const log = held ?? { published: begun ? [{ number: 1, ...begun }] : [] };
        try {
          next = change(log);
          if (next !== held) store.put(next, KEY);
        } catch (error) {
          thrown = error;
          transaction.abort();
        }
      };
      transaction.oncomplete = () => resolve(next ?? { published: [] });
      transaction.onabort = () => reject(thrown ?? transaction.error);
    });
  } finally {
    database.close();
  }
}

/** The demo begins anew. */
export function forgetVersions(): void {
  indexedDB.deleteDatabase(DATABASE);
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function isKept(database: IDBDatabase): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).count(KEY);
    request.onsuccess = () => resolve(request.result > 0);
    request.onerror = () => reject(request.error);
  });
}
