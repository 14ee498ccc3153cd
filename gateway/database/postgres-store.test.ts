import { describe, it } from 'node:test';
import type { Store } from 'opportune';
import { rewriteContract, storeContract } from 'opportune/stores/contract';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestDatabase } from './test-database.js';

describe('the PostgreSQL store keeps the contract of stores', async () => {
  const url = await createTestDatabase();
  let tenants = 0;
  for (const { name, run } of [...storeContract, ...rewriteContract])
    it(name, async () => {
      const tenant = `tenant-${tenants++}`;
      const opened: Database[] = [];
      const open = async (beforeChange?: () => void): Promise<Store> => {
        const database = await openDatabase({
          url,
          connections: 4,
          ...(beforeChange && { beforeChange }),
        });
        opened.push(database);
        return openPostgresStore(database, tenant);
      };
      try {
        await run({
          open: () => open(),
          openBreaking: async (writes) => {
            let left = writes;
            let armed = false;
            const store = await open(() => {
              if (armed && left-- <= 0) throw new Error('the connection broke');
            });
            armed = true;
            return store;
          },
        });
      } finally {
        for (const database of opened) await database.close();
      }
    });
});
