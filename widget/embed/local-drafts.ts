import type { DraftPlaces, LocalDraft } from '../../src/studio/keep-draft.js';

const DATABASE = 'opportune-studio';
const STORE = 'drafts';

/** One author's drafts in a database of this browser, by the tab that wrote each. */
export function openLocalDrafts(author: string): DraftPlaces['local'] {
  let opened: Promise<IDBDatabase> | undefined;
  const whole = IDBKeyRange.bound([author], [author, []]);

  function database(): Promise<IDBDatabase> {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  }
  /** Settles with what was asked for once all of it is written. */
  async function within<Result>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> {
    const transaction = (await database()).transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
  return {
    async all() {
      const [keys, drafts] = await Promise.all([
        within('readonly', (store) => store.getAllKeys(whole)),
        within('readonly', (store) => store.getAll(whole) as IDBRequest<LocalDraft[]>),
      ]);
      return keys.flatMap((key, i) => {
        const draft = drafts[i];
        return draft ? [[String((key as readonly string[])[1]), draft] as const] : [];
      });
    },
    async put(tab, draft) {
      await within('readwrite', (store) => store.put(draft, [author, tab]));
    },
    async drop(tab) {
      await within('readwrite', (store) => store.delete([author, tab]));
    },
  };
}
