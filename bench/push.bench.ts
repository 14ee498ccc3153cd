/**
 * Facts in to push out: 500 panels, each on an account of its own and one that many share, and 200 facts a second for a
 * minute, from the moment before a fact is posted to the moment at which the panel's socket has its event. Then 5,000 panels
 * connected: memory each, and how long news of the company takes to reach all. The gateway, on an embedded store, is a process
 * of its own; panels and facts are this one. Shorter: `npm run bench -- push 10`, seconds.
 */
import { availableParallelism, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { holdTo, measureMachine, printBars } from './match-timing.js';
import { type BenchPanel, openBenchPanel } from './push-panel.js';
import { startBenchGateway } from './push-world.js';
import { timeRules } from './time-rules.js';

const SECONDS = Number(process.argv[3] ?? 60);
const PANELS = 500;
const SHARED = 5;
const RATE = 200;
/** Facts a second about accounts that a hundred panels share. */
const SHARED_RATE = 4;
const CONNECTED = Number(process.argv[4] ?? 5_000);
const DAY = 86_400_000;
const TOGETHER = 100;

const account = (i: number | string): string => `crm:account:${i}`;
const contact = (i: number | string): string => `crm:contact:${i}`;
const sent = (id: string, type: string, i: number | string, more: object = {}): object => ({
  id,
  type,
  subjects: [account(i)],
  about: [account(i)],
  occurredAt: new Date(Date.now()).toISOString(),
  grade: 'observed',
  ...more,
});

/** How many times as long as the machine of the bars this one takes, by time of the processor. */
const slower = measureMachine(await timeRules());
const gateway = await startBenchGateway();
try {
  const ids = [
    ...Array.from({ length: PANELS }, (_, i) => String(i)),
    ...Array.from({ length: SHARED }, (_, i) => `shared-${i}`),
  ];
  const facts = ids.flatMap((i) => [
    sent(`made/${i}`, 'record-changed', i, { data: { values: { name: `Company ${i}` } } }),
    sent(`buyer/${i}`, 'record-changed', i, {
      subjects: [account(i), contact(i)],
      about: [contact(i)],
      data: { values: { name: 'Dana', role: ['buyer'] } },
    }),
    sent(`wrote/${i}`, 'email-received', i, {
      by: contact(i),
      occurredAt: new Date(Date.now() - 20 * DAY).toISOString(),
    }),
  ]);
  for (let i = 0; i < facts.length; i += 500) await gateway.post(facts.slice(i, i + 500));
  await gateway.settled();
  await measurePush();
  await measureConnected();
} finally {
  await gateway.remove();
}
printBars();
console.log(
  '  (milliseconds are as measured: they wait for their turn on the processors, which others use too, and for the disk, so that dividing them by the above says little)',
);

async function measurePush(): Promise<void> {
  /** When the last fact about an account was posted that no event was seen for; by panel and account. */
  const posted = new Map<string, number>();
  const latencies: number[] = [];
  const late: number[] = [];
  let events = 0;
  let expected = 0;
  const panels = await openPanels(PANELS, 1, (panel, record, at) => {
    events++;
    const from = posted.get(`${panel} ${record}`);
    if (from === undefined) return;
    posted.delete(`${panel} ${record}`);
    latencies.push(at - from);
  });
  const post = (i: number | string, number: number): void => {
    const from = performance.now();
    const concerned =
      typeof i === 'number'
        ? [i]
        : Array.from({ length: PANELS }, (_, p) => p).filter((p) => `shared-${p % SHARED}` === i);
    for (const panel of concerned) {
      const key = `${panel} ${account(i)}`;
      // The one before has not come yet: it counts as late as it is by now.
      const before = posted.get(key);
      if (before !== undefined) late.push(from - before);
      posted.set(key, from);
      expected++;
    }
    const fact = sent(`n${number}`, 'email-received', i, {
      subjects: [account(i), contact(i)],
      about: [account(i), contact(i)],
      by: contact(i),
    });
    gateway.post([fact]).catch((error: unknown) => console.error(String(error)));
  };
  const transactions = await gateway.transactions();
  const before = gateway.cpu();
  const own = process.cpuUsage();
  const start = performance.now();
  for (let n = 0; n < SECONDS * RATE; n++) {
    await pause(Math.max(0, start + (n * 1000) / RATE - performance.now()));
    post(n % (RATE / SHARED_RATE) === 0 ? `shared-${n % SHARED}` : (n * 7) % PANELS, n);
  }
  for (let tries = 0; posted.size > 0 && tries < 300; tries++) await pause(100);
  const seconds = (performance.now() - start) / 1000;
  const after = gateway.cpu();
  const { user, system } = process.cpuUsage(own);
  latencies.push(...late);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN;
  const ms = (share: number): string => `${at(share).toFixed(0)} ms`;
  console.log(`\nFacts in to push out: ${PANELS} panels, ${RATE} facts a second, ${SECONDS} s`);
  console.log(`  median ${ms(0.5)}   p90 ${ms(0.9)}   p99 ${ms(0.99)}   longest ${ms(1)}`);
  console.log(
    `  ${events} events for ${expected} changes of a panel's records: ${Math.max(0, events - expected)} more than needed; ${posted.size} never came`,
  );
  const facts = SECONDS * RATE;
  const used = {
    gateway: after.gateway - before.gateway,
    PostgreSQL: after.postgres - before.postgres,
    'panels and facts': (user + system) / 1e6,
  };
  const all = Object.values(used).reduce((sum, one) => sum + one, 0);
  const each = Object.entries(used).map(
    ([name, one]) => `${name} ${((1000 * one) / facts).toFixed(2)} ms`,
  );
  const share = (one: number): string => `${((100 * one) / seconds).toFixed(0)} %`;
  console.log(
    `  a fact takes of a CPU: ${each.join(', ')}; ${(((await gateway.transactions()) - transactions) / facts).toFixed(1)} transactions`,
  );
  console.log(
    `  of ${availableParallelism()} CPUs (100 % each): ${share(all)} this, ${share(after.machine - before.machine - all)} others; there ${((100 * RATE * all) / facts / slower).toFixed(0)} % would do; load ${loadavg()[0]?.toFixed(1)}`,
  );
  holdTo('facts in to push out, median, ms', at(0.5), '<=', 100);
  holdTo('facts in to push out, p99, ms', at(0.99), '<=', 500);
  for (const panel of panels) panel.close();
}

async function measureConnected(): Promise<void> {
  const before = gateway.memory();
  let told = new Set<number>();
  let all = (): void => undefined;
  let last = 0;
  let first = 0;
  const from = performance.now();
  const panels = await openPanels(CONNECTED, 2, (panel, _, at) => {
    if (told.size === 0) first = at;
    told.add(panel);
    last = at;
    if (told.size === CONNECTED) all();
  });
  const connecting = performance.now() - from;
  await pause(2_000);
  const memory = gateway.memory();
  told = new Set();
  const everybody = new Promise<void>((resolve) => {
    all = resolve;
  });
  const start = performance.now();
  await gateway.post([
    {
      ...sent('news', 'record-changed', 0),
      subjects: ['opportune:company:self'],
      about: [],
    },
  ]);
  await Promise.race([everybody, pause(60_000)]);
  console.log(`\n${CONNECTED} panels connected`);
  console.log(
    `  ${(connecting / 1000).toFixed(1)} s to connect all; ${((memory - before) / CONNECTED / 1024).toFixed(1)} KiB each, ${(memory / 2 ** 20).toFixed(0)} MiB in all`,
  );
  console.log(
    `  news of the company: ${told.size} told, the first after ${(first - start).toFixed(0)} ms, the last after ${(last - start).toFixed(0)} ms`,
  );
  const stop = performance.now();
  gateway.process.kill('SIGTERM');
  const how = await gateway.process.ended;
  console.log(
    `  told to stop: ended with ${how} after ${((performance.now() - stop) / 1000).toFixed(1)} s; load ${loadavg()[0]?.toFixed(1)}`,
  );
  for (const panel of panels) panel.close();
}

async function openPanels(
  count: number,
  round: number,
  changed: (panel: number, record: string, at: number) => void,
): Promise<readonly BenchPanel[]> {
  const panels: BenchPanel[] = [];
  for (let i = 0; i < count; i += TOGETHER) {
    const some = Array.from({ length: Math.min(TOGETHER, count - i) }, (_, k) => {
      const panel = i + k;
      return openBenchPanel(
        gateway.url,
        `crm:rep:${round}-${panel}`,
        [account(panel % PANELS), account(`shared-${panel % SHARED}`)],
        (record, at) => changed(panel, record, at),
      );
    });
    panels.push(...some);
    await Promise.all(some.map(({ open }) => open));
  }
  return panels;
}
