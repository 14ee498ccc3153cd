import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isOpportuneError, type Store } from 'opportune';
import { rewriteContract, storeContract } from 'opportune/stores/contract';
import { openFileStore, STORE_FILE } from './file-store.js';

const root = mkdtempSync(join(tmpdir(), 'opportune-store-'));
let folders = 0;
const nextFolder = (): string => join(root, String(folders++));
after(() => rmSync(root, { recursive: true }));

describe('the file store keeps the contract of stores', () => {
  for (const { name, run } of [...storeContract, ...rewriteContract])
    it(name, async () => {
      const folder = nextFolder();
      const opened: Store[] = [];
      const keep = (store: Store): Store => {
        opened.push(store);
        return store;
      };
      await run({
        open: async () => keep(openFileStore(folder)),
        openBreaking: async (writes) => {
          let left = writes;
          let armed = false;
          const store = keep(
            openFileStore(folder, {
              beforeChange: () => {
                if (armed && left-- <= 0) throw new Error('the disk broke');
              },
            }),
          );
          armed = true;
          return store;
        },
      });
      for (const store of opened) await store.close();
    });
});

describe('the file store', () => {
  it('keeps all that was written together, or nothing', async () => {
    const folder = nextFolder();
    const store = openFileStore(folder);
    await store.together(async () => {
      await store.put('a', 1);
      await store.put('b', 2);
    });
    await assert.rejects(
      store.together(async () => {
        await store.put('a', 3);
        throw new Error('stop');
      }),
      /stop/,
    );
    assert.equal(await store.get('a'), 1);
    await store.close();
    const again = openFileStore(folder);
    assert.deepEqual(await again.names(''), ['a', 'b']);
    await again.close();
  });

  it('says that a file is no store', () => {
    const folder = mkdtempSync(join(root, 'no-store-'));
    writeFileSync(
      join(folder, STORE_FILE),
      'something else, long enough to be looked at as a header of a database'.repeat(20),
    );
    assert.throws(
      () => openFileStore(folder),
      (error) =>
        isOpportuneError(error, 'opportune/store-damaged') &&
        /the file is no store\. Name another folder/.test(error.message),
    );
  });
});
