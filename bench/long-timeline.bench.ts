/**
 * One account with 200,000 facts: how long it takes a new one, and a late one, in memory, in the store of the command
 * line and, in Chromium, in IndexedDB; beside an account with 2,000.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../gateway/file-store.js';
import { createAgent } from '../src/agent.js';
import type { Fact } from '../src/domain/fact.js';
import type { Store } from '../src/domain/store.js';
import { createMemoryStore } from '../src/stores/memory.js';
import { measure, report } from './harness.js';
import { ACCOUNT, createBenchPlaybook, START } from './open-record-world.js';

const FACTS = Number(process.argv[3] ?? 200_000);
const HOUR = 3_600_000;
const playbook = createBenchPlaybook(100);
const TYPES = ['call-made', 'email-received', 'note-added', 'page-visited'];

/** The n-th thing that happens, 20 an hour. */
const happening = (n: number, occurredAt: number): Fact => ({
  id: `happening-${String(n).padStart(9, '0')}`,
  type: TYPES[n % TYPES.length] ?? 'note-added',
  subjects: [ACCOUNT],
  about: [ACCOUNT],
  occurredAt,
  learnedAt: occurredAt,
  grade: 'observed',
  data: {},
});

async function fill(store: Store, facts: number): Promise<() => Promise<unknown>> {
  const clock = { at: START };
  const agent = await createAgent({ store, clock: { now: () => clock.at } });
  const step = HOUR / 20;
  const all = Array.from({ length: facts }, (_, n) => happening(n, START + n * step));
  clock.at = START + facts * step;
  await agent.record(all, { history: true });
  await agent.publish(playbook);
  let n = facts;
  return async () => {
    clock.at += step;
    const { added } = await agent.record([happening(n++, clock.at)]);
    if (added !== 1) throw new Error('it was not taken');
  };
}

const folder = mkdtempSync(join(tmpdir(), 'opportune-bench-'));
try {
  const file = openFileStore(join(folder, 'store'));
  await measureAll('a new fact', {
    'in memory, after 2,000': await fill(createMemoryStore(), 2000),
    [`in memory, after ${FACTS.toLocaleString('en')}`]: await fill(createMemoryStore(), FACTS),
    [`on disk, after ${FACTS.toLocaleString('en')}`]: await fill(file, FACTS),
  });
  await file.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll(title: string, runs: Record<string, () => unknown>): Promise<void> {
  report(title, await measure(runs, { rounds: 31 }));
}
