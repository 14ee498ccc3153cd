import type { OpportuneError } from '../core/errors.js';
import type { Store } from '../domain/store.js';
import { deleteIndexedDbStore, openIndexedDbStore } from './indexed-db.js';
import { storeContract } from './store-contract.js';
import {
  everythingOf,
  mustCommit,
  rejectsAs,
  same,
  sampleCommit,
  sampleFact,
} from './store-contract-samples.js';

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

describe('an IndexedDB store among tabs and browsers', () => {
  const name = 'among tabs';
  const restore: (() => void)[] = [];
  beforeEach(() => deleteIndexedDbStore(name));
  afterEach(async () => {
    for (const undo of restore.splice(0)) undo();
    await deleteIndexedDbStore(name);
  });
  const openRaw = (version?: number): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const replaceOpen = (open: IDBFactory['open']): void => {
    const { prototype } = IDBFactory;
    const before = prototype.open;
    restore.push(() => Object.assign(prototype, { open: before }));
    Object.assign(prototype, { open });
  };
  /** Tells what it was told, in order. */
  const createListener = (): { told: string[]; onTrouble: (error: OpportuneError) => void } => {
    const told: string[] = [];
    return { told, onTrouble: (error) => told.push(`${error.code}: ${error.message}`) };
  };

  it('gives way when another tab brings a newer version, says so, and cannot be opened by this one again', async () => {
    const { told, onTrouble } = createListener();
    const store = await openIndexedDbStore(name, { onTrouble });
    await mustCommit(store, 'a', 0, sampleCommit('a', [sampleFact('x', 1)]));
    const newer = await openRaw(1000);
    same(told.length, 1, 'told once');
    same(told[0]?.includes('another tab brought a newer version'), true, `told ${told[0]}`);
    await rejectsAs('opportune/store-closed', store.read('a'), 'read');
    await rejectsAs('opportune/store-newer', openIndexedDbStore(name), 'open');
    same(newer.objectStoreNames.contains('facts'), true, 'the data stay');
    newer.close();
  });

  it('waits for a tab that holds an older version open, tells so, and keeps its data', async () => {
    const store = await openIndexedDbStore(name);
    await mustCommit(store, 'a', 0, sampleCommit('a', [sampleFact('x', 1)]));
    await store.close();
    const older = await openRaw();
    const { open } = IDBFactory.prototype;
    replaceOpen(function (this: IDBFactory, database, version) {
      return open.call(this, database, (version ?? 0) + 1);
    });
    const { told, onTrouble } = createListener();
    const opening = openIndexedDbStore(name, { onTrouble });
    while (!told.length) await new Promise((resolve) => setTimeout(resolve, 1));
    same(told[0]?.startsWith('opportune/store-blocked'), true, `told ${told[0]}`);
    older.close();
    const upgraded = await opening;
    same((await upgraded.read('a'))?.version, 1, 'version');
    await upgraded.close();
  });

  it('says so when it is deleted in another tab, and opens empty afterwards', async () => {
    const { told, onTrouble } = createListener();
    const store = await openIndexedDbStore(name, { onTrouble });
    await mustCommit(store, 'a', 0, sampleCommit('a', [sampleFact('x', 1)]));
    await deleteIndexedDbStore(name);
    same(told[0]?.includes('it was deleted'), true, `told ${told[0]}`);
    await rejectsAs('opportune/store-closed', store.facts('a'), 'facts');
    const again = await openIndexedDbStore(name);
    same(await again.keys('', undefined, 9), [], 'keys');
    await again.close();
  });

  it('tells nothing when its user closes it', async () => {
    const { told, onTrouble } = createListener();
    const store = await openIndexedDbStore(name, { onTrouble });
    await store.close();
    await deleteIndexedDbStore(name);
    same(told, [], 'told');
  });

  it('refuses a database of the same name that is none of its own, which deleting remedies', async () => {
    (await openRaw(1)).close();
    await rejectsAs('opportune/store-unusable', openIndexedDbStore(name), 'open');
    await deleteIndexedDbStore(name);
    await (await openIndexedDbStore(name)).close();
  });

  for (const [thrown, code] of [
    ['SecurityError', 'opportune/store-unavailable'],
    ['InvalidStateError', 'opportune/store-unavailable'],
    ['UnknownError', 'opportune/store-unusable'],
    ['QuotaExceededError', 'opportune/store-full'],
  ] as const) {
    it(`opening rejects with ${code} where the browser throws ${thrown}`, async () => {
      replaceOpen(() => {
        throw new DOMException('of the browser', thrown);
      });
      await rejectsAs(code, openIndexedDbStore(name), 'open');
    });
  }

  it('says that there is no more room, keeps nothing of that write, and works on', async () => {
    const store = await openIndexedDbStore(name);
    await mustCommit(store, 'a', 0, sampleCommit('a', [sampleFact('x', 1)]));
    const before = await everythingOf(store, 'a');
    const undo = onWrites(() => {
      throw new DOMException('of the browser', 'QuotaExceededError');
    });
    restore.push(undo);
    const next = sampleCommit('a', [sampleFact('y', 2)]);
    await rejectsAs('opportune/store-full', store.commit('a', 1, next), 'commit');
    await rejectsAs('opportune/store-full', store.put('value', 1), 'put');
    undo();
    same(await everythingOf(store, 'a'), before, 'the store');
    same(await store.names(''), [], 'names');
    await mustCommit(store, 'a', 1, next);
    await store.close();
  });
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
