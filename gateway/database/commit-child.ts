/**
 * Child process of kill tests: `tsx commit-child.ts FOLDER TENANT FIRST` commits one fact after the other into an embedded
 * store, from that number on, and prints each number once it is acknowledged.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';

const [folder = '', tenant = '', first = '0'] = process.argv.slice(2);
const database = await openDatabase({ folder });
const store = await openPostgresStore(database, tenant);
writeSync(1, 'open\n');
await Promise.all(['a', 'b', 'c', 'd'].map(commitFrom));

async function commitFrom(key: string): Promise<void> {
  for (let number = Number(first); ; number++) {
    const id = `${key}-${number}`;
    const fact = {
      id,
      type: 'note',
      subjects: [key],
      about: [],
      occurredAt: number,
      learnedAt: number,
      grade: 'observed' as const,
      data: {},
    };
    const version = (await store.read(key))?.version ?? 0;
    const subject = { key, at: { occurredAt: number, id } } as never;
    const outbox = [{ id, to: key, fact }];
    if (await store.commit(key, version, { facts: [fact], subject, wakeAt: number, outbox }))
      writeSync(1, `${id}\n`);
  }
}
