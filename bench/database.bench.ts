/**
 * The gateway's own PostgreSQL beside the file store: the first start, later ones, durable commits alone and 16 at once, with
 * the notice to other processes after them or within them, and memory. Interleaved, so that a loaded machine is fair to all.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Store } from 'opportune';
import { type Database, openDatabase } from '../gateway/database/open-database.js';
import { workingIn } from '../gateway/database/orphans.js';
import { openPostgresStore } from '../gateway/database/postgres-store.js';
import { openFileStore } from '../gateway/file-store.js';

const ROUNDS = 10;
const ALONE = 40;
const AT_ONCE = 16;

const folder = mkdtempSync(join(tmpdir(), 'opportune-'));
// PostgreSQL runs as another user, where this one is root.
chmodSync(folder, 0o755);
const home = join(folder, 'gateway');

async function timed<T>(work: () => Promise<T>): Promise<readonly [result: T, ms: number]> {
  const from = performance.now();
  const result = await work();
  return [result, performance.now() - from];
}

let commits = 0;
async function commit(store: Store): Promise<void> {
  const id = `f${commits++}`;
  const key = `bench:account:${id}`;
  const fact = {
    id,
    type: 'email-received',
    subjects: [key],
    about: [key],
    occurredAt: commits,
    learnedAt: commits,
    grade: 'observed' as const,
    data: { text: 'x'.repeat(200) },
  };
  const subject = { key, at: fact, text: 'x'.repeat(2000) } as never;
  if (!(await store.commit(key, 0, { facts: [fact], subject, wakeAt: commits, outbox: [] })))
    throw new Error('a commit was refused');
}

/** Milliseconds for each of them, one after the other and side by side. */
async function measure(
  one: () => Promise<void>,
): Promise<readonly [alone: number, atOnce: number]> {
  const [, alone] = await timed(async () => {
    for (let i = 0; i < ALONE; i++) await one();
  });
  const [, atOnce] = await timed(() =>
    Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let i = 0; i < ALONE / 4; i++) await one();
      }),
    ),
  );
  return [alone / ALONE, atOnce / ((AT_ONCE * ALONE) / 4)];
}

/** With the notice inside of the transaction, as it would be the simplest. */
function noticed(database: Database): () => Promise<void> {
  return () =>
    database.inTenant('bench', async (sql) => {
      await sql.rows('insert into opportune.changes (key) values ($1)', [Buffer.from('k')]);
      await sql.rows("select pg_notify('bench', 'bench')");
    });
}
function unnoticed(database: Database): () => Promise<void> {
  return () =>
    database.inTenant('bench', async (sql) => {
      await sql.rows('insert into opportune.changes (key) values ($1)', [Buffer.from('k')]);
      await sql.rows('select 1');
    });
}

/** Memory of the server that no other process shares, and each shared page once, in MB. */
function memory(): number {
  const kilobytes = workingIn(join(home, 'data')).map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]),
  );
  return Math.round(kilobytes.reduce((sum, one) => sum + one, 0) / 1024);
}

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;

const [first, cold] = await timed(() => openDatabase({ folder: home }));
await first.close();
const warm: number[] = [];
for (let i = 0; i < 3; i++) {
  const [again, ms] = await timed(() => openDatabase({ folder: home }));
  warm.push(ms);
  await again.close();
}
const database = await openDatabase({ folder: home, connections: AT_ONCE });
const idle = memory();
const stores = {
  'PostgreSQL, a commit': await openPostgresStore(database, 'bench'),
  'file store, a commit': openFileStore(join(folder, 'file')),
};
const runs: { readonly [name: string]: () => Promise<void> } = {
  ...Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, () => commit(store)])),
  'PostgreSQL, a row': unnoticed(database),
  'PostgreSQL, a row and a notice within': noticed(database),
};
const alone = new Map<string, number[]>();
const atOnce = new Map<string, number[]>();
for (let round = 0; round < ROUNDS; round++)
  for (const [name, one] of Object.entries(runs)) {
    const [a, b] = await measure(one);
    alone.set(name, [...(alone.get(name) ?? []), a]);
    atOnce.set(name, [...(atOnce.get(name) ?? []), b]);
  }
console.log(`  start, first time ${Math.round(cold)} ms, later ${Math.round(median(warm))} ms`);
console.log(
  `  memory of the server: idle ${idle} MB, with ${AT_ONCE} connections at work ${memory()} MB`,
);
for (const name of Object.keys(runs))
  console.log(
    `  ${name.padEnd(40)} alone ${median(alone.get(name) ?? []).toFixed(2)} ms, ${AT_ONCE} at once ${median(atOnce.get(name) ?? []).toFixed(2)} ms each`,
  );
for (const store of Object.values(stores)) await store.close();
await database.close();
rmSync(folder, { recursive: true });
