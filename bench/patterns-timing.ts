import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findPatterns } from '../src/analyze/find-patterns.js';
import { findClosed, findFrequent, findMaximal, type Itemset } from '../src/analyze/itemsets.js';
import { type Item, makeItems } from '../src/analyze/make-items.js';
import { searchSubgroups } from '../src/analyze/search-subgroups.js';
import type { Column, Table } from '../src/analyze/table.js';
import { binaryTarget, type Target } from '../src/analyze/target.js';
import { createBitmap, setRow } from '../src/core/bitmap.js';
import { createRandom } from '../src/core/random.js';
import { runThrough, type Sliced } from '../src/core/run-sliced.js';
import { measure, report } from './harness.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;

const timings: { readonly [name: string]: () => unknown } = {
  chess: timeChess,
  million: timeMillion,
  findings: timeFindings,
  plain: comparePlain,
};

export const TIMINGS: readonly string[] = Object.keys(timings).filter(
  (name) => name !== 'chess' || DATA !== undefined,
);

export async function runTiming(name: string): Promise<void> {
  await timings[name]?.();
  console.log(`  peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

/** Runs it slice by slice; tells the time on the processor, and the longest slice. */
function time<Result>(
  what: string,
  work: Sliced<Result>,
  count: (result: Result) => string,
): Result {
  const cpu = process.cpuUsage();
  const from = performance.now();
  let longest = 0;
  for (let last = from; ; ) {
    const slice = work.next();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!slice.done) continue;
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `  ${what.padEnd(44)} ${((user + system) / 1e6).toFixed(2).padStart(7)} s CPU, ${((now - from) / 1000).toFixed(2)} s, ` +
        `longest slice ${Math.round(longest)} ms: ${count(slice.value)}`,
    );
    return slice.value;
  }
}

function readChess(): readonly (readonly string[])[] {
  return readFileSync(join(DATA ?? '', 'itemsets/chess.dat'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));
}

function bitmapsOf(baskets: readonly (readonly string[])[]): readonly Uint32Array[] {
  const bitmaps = new Map<string, Uint32Array>();
  for (const [row, basket] of baskets.entries())
    for (const one of basket) {
      const bitmap = bitmaps.get(one) ?? createBitmap(baskets.length);
      bitmaps.set(one, bitmap);
      setRow(bitmap, row);
    }
  return [...bitmaps.values()];
}

function timeChess(): void {
  const baskets = readChess();
  console.log(`\nchess.dat, ${baskets.length} rows`);
  const items = bitmapsOf(baskets);
  const sets = (found: readonly Itemset[]): string => `${found.length} sets`;
  for (const share of [0.8, 0.7]) {
    const minCount = Math.ceil(share * baskets.length);
    time(`frequent at ${share * 100} %`, findFrequent(items, { minCount }), sets);
    time(`closed at ${share * 100} %`, findClosed(items, { minCount }), sets);
    time(`maximal at ${share * 100} %`, findMaximal(items, { minCount }), sets);
  }
}

/** Deals with 100 attributes of 2 to 6 values each; two of them together raise the rate of winning. */
function generate(rows: number, attributes: number): Table {
  const random = createRandom('deals');
  const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
  const columns = Array.from({ length: attributes }, (_, i): Column => {
    const values = Array<string>(rows);
    for (let row = 0; row < rows; row++)
      values[row] = texts[Math.floor(random() ** 1.3 * (2 + (i % 5)))] as string;
    return { id: `attribute.${i}`, type: 'choice', values };
  });
  const outcome = Uint8Array.from({ length: rows }, (_, row) => {
    const both = columns[3]?.values[row] === 'a' && columns[4]?.values[row] === 'b';
    return Number(random() < (both ? 0.45 : 0.3));
  });
  const sellers = Array.from({ length: rows }, (_, row) => `s${row % 200}`);
  return { columns, outcome, sellers };
}

function timeMillion(): void {
  const rows = 1_000_000;
  const { columns, outcome } = generate(rows, 100);
  console.log(`\n${rows.toLocaleString('en')} generated deals with ${columns.length} attributes`);
  const options = { minRows: rows / 100 };
  const target = binaryTarget(outcome, options);
  const items = time(
    'items from values',
    itemsOf(columns, target),
    (made) => `${made.length} items`,
  );
  const names = (set: readonly number[]): string =>
    set.map((i) => JSON.stringify(items[i]?.test)).join(' ');
  for (const depth of [1, 2])
    time(
      `best 20 subgroups of up to ${depth}`,
      searchSubgroups(items, target, { most: 20, depth, ...options }),
      ([best]) => names(best?.items ?? []),
    );
  time(
    'pairs in a quarter of the deals',
    findFrequent(
      items.map((one) => one.rows),
      { minCount: rows / 4, mostItems: 2 },
    ),
    (sets) => `${sets.length} sets`,
  );
}

function* itemsOf(columns: readonly Column[], target: Target): Sliced<readonly Item[]> {
  const items: Item[] = [];
  for (const [i, column] of columns.entries()) {
    items.push(...makeItems(column, target));
    yield i / columns.length;
  }
  return items;
}

function timeFindings(): void {
  for (const [rows, attributes] of [
    [2_000, 30],
    [100_000, 60],
  ] as const) {
    const table = generate(rows, attributes);
    console.log(
      `\nfindPatterns, ${rows.toLocaleString('en')} generated deals with ${attributes} attributes`,
    );
    time(
      'what wins, up to 2 conditions',
      findPatterns(table, { adjustFor: ['attribute.0'], seed: 1 }),
      (found) =>
        found.findings
          .filter((one) => one.confirmed)
          .map(({ pattern }) => JSON.stringify(pattern))
          .join(' '),
    );
  }
}

/** The same question put to objects and closures, on a table that this can do. */
async function comparePlain(): Promise<void> {
  const rows = 20_000;
  const { columns, outcome: won } = generate(rows, 12);
  const outcome = Uint8Array.from(won);
  const records = Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(({ id, values }) => [id, values[row]])),
  );
  const options = { minRows: rows / 100 };
  const engine = (): number => {
    const target = binaryTarget(outcome, options);
    const items = columns.flatMap((column) => makeItems(column, target));
    const search = searchSubgroups(items, target, {
      most: 20,
      depth: 2,
      ...options,
    });
    return runThrough(search)[0]?.quality ?? 0;
  };
  const plain = (): number => {
    const tests = columns.flatMap(({ id, values }) =>
      [...new Set(Array.from(values))].map((value) => ({
        id,
        is: (record: (typeof records)[number]) => record[id] === value,
      })),
    );
    const rate = outcome.reduce((sum: number, one) => sum + one, 0) / rows;
    const found: number[] = [];
    for (const [i, one] of tests.entries())
      for (const other of tests.slice(i)) {
        if (one !== other && one.id === other.id) continue;
        let [count, hits] = [0, 0];
        for (let row = 0; row < rows; row++) {
          const record = records[row] as (typeof records)[number];
          if (!one.is(record) || !other.is(record)) continue;
          count++;
          hits += outcome[row] as number;
        }
        if (count >= options.minRows) found.push(Math.sqrt(count / rows) * (hits / count - rate));
      }
    return found.sort((a, b) => b - a)[0] ?? 0;
  };
  if (Math.abs(engine() - plain()) > 1e-12)
    throw new Error('The engine and the plain search differ');
  report(
    `\nBest 20 subgroups of up to 2, ${rows.toLocaleString('en')} deals with ${columns.length} attributes`,
    await measure(
      { 'bitmaps, made and searched': engine, 'objects and closures': plain },
      { rounds: 5 },
    ),
  );
}
