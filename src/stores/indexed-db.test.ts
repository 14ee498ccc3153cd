import type { Store } from '../domain/store.js';
import { deleteIndexedDbStore, openIndexedDbStore } from './indexed-db.js';
import { storeContract } from './store-contract.js';

describe('the IndexedDB store', () => {
  for (const { name, run } of storeContract) {
    it(name, async () => {
      const database = `contract: ${name}`;
      await deleteIndexedDbStore(database);
      try {
        await run({
          open: () => openIndexedDbStore(database),
          openBreaking: (writes) => openBreaking(database, writes),
        });
      } finally {
        await deleteIndexedDbStore(database);
      }
    });
  }
});

/** Its transaction is aborted right after so many writes and one more were asked for; then its handle is closed. */
async function openBreaking(name: string, writes: number): Promise<Store> {
  const store = await openIndexedDbStore(name);
  return {
    ...store,
    async commit(...given) {
      let left = writes;
      const restore = onWrites((transaction) => {
        if (left-- === 0) transaction.abort();
      });
      try {
        return await store.commit(...given);
      } catch (error) {
        await store.close();
        throw error;
      } finally {
        restore();
      }
    },
  };
}

function onWrites(after: (transaction: IDBTransaction) => void): () => void {
  const { prototype } = IDBObjectStore;
  const { add, put, delete: remove } = prototype;
  const watch = <Given extends unknown[], Result>(
    write: (this: IDBObjectStore, ...given: Given) => Result,
  ) =>
    function (this: IDBObjectStore, ...given: Given): Result {
      const result = write.apply(this, given);
      after(this.transaction);
      return result;
    };
  Object.assign(prototype, { add: watch(add), put: watch(put), delete: watch(remove) });
  return () => Object.assign(prototype, { add, put, delete: remove });
}
