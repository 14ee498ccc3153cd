/**
 * A million subjects, each with the moment at which it wakes: what it costs to set one, to move one, and to wake those that
 * are due, in order, each once, after the process was down. In the memory store, in the file store, and bare: the index
 * against a timing wheel. Another number: `npm run bench -- timers 100000`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Store, Subject } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { openFileStore } from '../gateway/file-store.js';
import { createTimers } from '../src/stores/timers.js';
import { createTimingWheel } from './timing-wheel.js';

const COUNT = Number(process.argv[3] ?? 1_000_000);
/** A tenth of them are moved, and a fifth come due while the process is down. */
const MOVED = COUNT / 10;
const DUE = COUNT / 5;
const START = Date.UTC(2027, 0, 1);
const SPREAD_MS = 90 * 86_400_000;
const PAGE = 1000;
/** Commits in one transaction of the file store, as an import makes them. */
const BATCH = 10_000;

const keyOf = (i: number): string => `bench:account:${i}`;
/** Spread without order over three months, the same on every run; a second round moves it elsewhere. */
const wakeOf = (i: number, round: number): number =>
  START +
  Math.floor(((i * 2_654_435_761 + round * 97_003) % 4_294_967_296) * (SPREAD_MS / 2 ** 32));
const DOWN_UNTIL = START + SPREAD_MS / 5;

function tell(what: string, ms: number, times: number, more = ''): void {
  const each = (ms * 1000) / times;
  console.log(
    `  ${what.padEnd(44)} ${each.toPrecision(3).padStart(8)} µs each  ${(ms / 1000).toFixed(2).padStart(8)} s for ${times}${more}`,
  );
}

async function timed(what: string, times: number, work: () => unknown): Promise<void> {
  const from = performance.now();
  await work();
  tell(what, performance.now() - from, times);
}

function subjectOf(key: string): Subject {
  return {
    key,
    at: { occurredAt: START, id: 'f' },
    judgedAt: START,
    clock: START,
    playbook: 'v1',
    records: {},
    openings: {},
    standing: {},
    answers: {},
    ledger: { touches: [], bids: [] },
    placed: {},
    rates: {},
    tooLate: 0,
    sinceSnapshot: 1,
  };
}

/** Those whose last wake is in the past, by plain looking. */
function countDue(): number {
  let due = 0;
  for (let i = 0; i < COUNT; i++) if (wakeOf(i, i < MOVED ? 1 : 0) <= DOWN_UNTIL) due++;
  return due;
}

async function run(
  name: string,
  store: Store,
  together: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  console.log(`\n${name}`);
  const shared = subjectOf(keyOf(0));
  const versions = new Uint32Array(COUNT);
  const put = async (i: number, wakeAt: number | undefined): Promise<void> => {
    const version = versions[i] ?? 0;
    const subject = version === 0 && i === 0 ? shared : ((await kept) ?? shared);
    const commit = { facts: [], subject, outbox: [], ...(wakeAt !== undefined && { wakeAt }) };
    if (!(await store.commit(keyOf(i), version, commit))) throw new Error(`lost ${keyOf(i)}`);
    versions[i] = version + 1;
  };
  // The memory store knows its own frozen copy again: what is measured is the timer, not the copying.
  let kept: Promise<Subject | undefined> = Promise.resolve(undefined);
  await put(0, wakeOf(0, 0));
  kept = store.read(keyOf(0)).then((stored) => stored?.subject);
  const inBatches = async (
    from: number,
    to: number,
    one: (i: number) => Promise<void>,
  ): Promise<void> => {
    for (let i = from; i < to; i += BATCH)
      await together(async () => {
        for (let k = i; k < Math.min(to, i + BATCH); k++) await one(k);
      });
  };
  await timed('set: one commit', COUNT - 1, () => inBatches(1, COUNT, (i) => put(i, wakeOf(i, 0))));
  await timed('move: one commit', MOVED, () => inBatches(0, MOVED, (i) => put(i, wakeOf(i, 1))));
  await timed('ask when nothing is due', 100, async () => {
    for (let i = 0; i < 100; i++) await store.due(START - 1, PAGE);
  });
  const due = countDue();
  let woken = 0;
  let before = Number.NEGATIVE_INFINITY;
  await timed('wake after downtime: ask, and one commit', due, async () => {
    for (;;) {
      const page = await store.due(DOWN_UNTIL, PAGE);
      if (page.length === 0) break;
      await together(async () => {
        for (const { key, wakeAt } of page) {
          if (wakeAt < before) throw new Error('out of order');
          before = wakeAt;
          woken++;
          await put(Number(key.slice(key.lastIndexOf(':') + 1)), undefined);
        }
      });
    }
  });
  if (woken !== due) throw new Error(`${woken} were woken, and ${due} are due`);
}

async function bare(): Promise<void> {
  console.log('\nNothing but the timers');
  const timers = createTimers();
  await timed('index: set', COUNT, () => {
    for (let i = 0; i < COUNT; i++) timers.set(keyOf(i), wakeOf(i, 0));
  });
  await timed('index: move', MOVED, () => {
    for (let i = 0; i < MOVED; i++) timers.set(keyOf(i), wakeOf(i, 1));
  });
  await timed('index: wake after downtime', DUE, () => {
    for (
      let page = timers.due(DOWN_UNTIL, PAGE);
      page.length > 0;
      page = timers.due(DOWN_UNTIL, PAGE)
    )
      for (const { key } of page) timers.set(key, undefined);
  });
  const wheel = createTimingWheel(7 * 24 * 60, START);
  await timed('wheel of a week: set', COUNT, () => {
    for (let i = 0; i < COUNT; i++) wheel.set(keyOf(i), wakeOf(i, 0));
  });
  await timed('wheel of a week: move', MOVED, () => {
    for (let i = 0; i < MOVED; i++) wheel.set(keyOf(i), wakeOf(i, 1));
  });
  await timed('wheel of a week: wake after downtime', DUE, () => wheel.advance(DOWN_UNTIL));
  const all = new Map(Array.from({ length: COUNT }, (_, i) => [keyOf(i), wakeOf(i, 0)]));
  await timed('all of them scanned and sorted, for one page', 5, () => {
    for (let i = 0; i < 5; i++)
      [...all]
        .filter(([, wakeAt]) => wakeAt <= DOWN_UNTIL)
        .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, PAGE);
  });
}

console.log(`${COUNT} timers`);
await bare();
const memory = createMemoryStore();
await run('Memory store', memory, (work) => work());
await memory.close();
const folder = mkdtempSync(join(tmpdir(), 'opportune-bench-'));
try {
  const file = openFileStore(folder);
  await run(`File store, ${BATCH} or ${PAGE} commits in a transaction`, file, (work) =>
    file.together(work),
  );
  await file.close();
} finally {
  rmSync(folder, { recursive: true });
}
