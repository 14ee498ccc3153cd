import { createMatcher } from '../src/core/matcher/create-matcher.js';
import {
  closures,
  jsonLogicEngine,
  jsonRulesEngine,
  mingo,
  type Peer,
  siftPeer,
} from './match-peers.js';
import {
  formatMicros,
  holdTo,
  measureMachine,
  quantile,
  type Timing,
  timeInterleaved,
} from './match-timing.js';
import { judgeAll, type MatchWorkload, plainWorkload, type Values } from './match-workload.js';
import { zenEngine } from './match-zen.js';

const INDEX = 'opportune/matcher';
const CLOSURES = 'closures, written by hand';
const RULES = 'json-rules-engine 7.3.1';
const ZEN = '@gorules/zen-engine 0.54.0';

/** One account after the other, over and over. */
export function each(
  records: readonly Values[],
  peer: (record: Values) => unknown,
): (turn: number) => unknown {
  return (turn) => peer(records[turn % records.length] as Values);
}

/** Throws unless the sets are those of the interpreter. */
export async function compare(
  name: string,
  { entries, records }: MatchWorkload,
  peer: Peer,
  count: number,
): Promise<void> {
  for (const record of records.slice(0, count)) {
    const found = await peer(record);
    const expected = judgeAll(entries, record);
    if (found.join() !== expected.join()) {
      throw new Error(
        `${name} finds ${found.length} plays where the interpreter finds ${expected.length}`,
      );
    }
  }
}

function printTimings(title: string, timings: { readonly [name: string]: Timing }): void {
  console.log(`\n${title}`);
  const first = Object.values(timings)[0]?.p50 ?? Number.NaN;
  for (const [name, { p50 }] of Object.entries(timings).sort(([, a], [, b]) => a.p50 - b.p50)) {
    const ratio = p50 / first;
    const shown = ratio < 100 ? ratio.toPrecision(3) : Math.round(ratio);
    console.log(`  ${name.padEnd(34)} p50 ${formatMicros(p50).padStart(9)}   x ${shown}`);
  }
}

/** Which plays match an account, by every library. */
export async function benchPeers(size: number, seed: number, long: boolean): Promise<void> {
  const workload = plainWorkload(size, seed);
  const matcher = createMatcher(workload.entries, workload.attributes);
  const zen = zenEngine(workload);
  const peers: { readonly [name: string]: Peer } = {
    [INDEX]: (record) => matcher.match(record),
    [CLOSURES]: closures(workload),
    'json-logic-engine 5.0.7': jsonLogicEngine(workload),
    ...(zen ? { [ZEN]: zen } : {}),
    'mingo 7.2.7': mingo(workload),
    'sift 17.1.4': siftPeer(workload),
    [RULES]: jsonRulesEngine(workload),
  };
  const slow = size > 1000;
  for (const [name, peer] of Object.entries(peers)) {
    const few = name === RULES ? 5 : 20;
    await compare(name, workload, peer, name === INDEX ? 200 : size > 10_000 ? 3 : slow ? few : 40);
  }
  const runs = Object.entries(peers).map(
    ([name, peer]) => [name, each(workload.records, peer)] as const,
  );
  const timings = await timeInterleaved(Object.fromEntries(runs), {
    rounds: (long ? 3 : 1) * (size > 10_000 ? 3 : 7),
  });
  const matches = quantile(
    workload.records.slice(0, 100).map((record) => matcher.match(record).length),
    0.5,
  );
  printTimings(
    `Which of ${size} plays match one account, from the raw object (${matches} do, by median); x the index`,
    timings,
  );
  if (size !== 10_000) return;
  const [own, byHand, rules] = [INDEX, CLOSURES, RULES].map((name) => timings[name]?.p50 ?? 0) as [
    number,
    number,
    number,
  ];
  holdTo('10,000 plays, x json-rules-engine', rules / own, '>=', 10_000);
  if (zen) holdTo('10,000 plays, x zen-engine', (timings[ZEN]?.p50 ?? 0) / own, '>=', 150);
  holdTo('10,000 plays, x closures', byHand / own, '>=', 25);
  holdTo('10,000 plays, µs (goal)', own, '<=', 15, { time: true });
  measureMachine(rules);
}

/** The index and closures by the number of plays, in one run. */
export async function benchSizes(seed: number, long: boolean): Promise<void> {
  const sizes = [100, 1000, 10_000, 100_000];
  const runs: { [name: string]: (turn: number) => unknown } = {};
  for (const size of sizes) {
    const workload = plainWorkload(size, seed);
    const matcher = createMatcher(workload.entries, workload.attributes);
    const count = size > 10_000 ? 10 : 50;
    await compare('the index', workload, (record) => matcher.match(record), count);
    runs[`${size} plays, index`] = each(workload.records, (record) => matcher.match(record));
    runs[`${size} plays, closures`] = each(workload.records, closures(workload));
  }
  const timings = await timeInterleaved(runs, { rounds: long ? 25 : 9, sliceMs: 80 });
  console.log('\nBy number of plays, p50');
  const p50 = (size: number, what: string): number => timings[`${size} plays, ${what}`]?.p50 ?? 0;
  for (const size of sizes) {
    const own = p50(size, 'index');
    const byHand = p50(size, 'closures');
    console.log(
      `  ${String(size).padStart(6)}   index ${formatMicros(own).padStart(8)}   closures ${formatMicros(byHand).padStart(8)}   x ${(byHand / own).toPrecision(3)}`,
    );
  }
  holdTo('10,000 plays, x the time of 1,000', p50(10_000, 'index') / p50(1000, 'index'), '<=', 8);
  holdTo('100,000 plays, µs', p50(100_000, 'index'), '<=', 270, { time: true });
  holdTo('100,000 plays, µs (goal)', p50(100_000, 'index'), '<=', 100, { time: true });
}
