import { createMatcher } from '../src/core/matcher/create-matcher.js';
import { openAll, playChanges } from './match-changes.js';
import { harsherWorkload, type Shape } from './match-harsher-workload.js';
import { compare, each } from './match-sizes.js';
import { formatMicros, holdTo, timeInterleaved } from './match-timing.js';
import { plainWorkload, TODAY } from './match-workload.js';

/** What missing values, dates, lists, texts and deep nesting cost, and what they cost the plays without them. */
export async function benchHarsher(seed: number, shape: Shape): Promise<void> {
  const size = 10_000;
  const plain = plainWorkload(size, seed);
  const harsher = harsherWorkload(plain, seed, shape);
  const full = harsherWorkload(plain, seed, { ...shape, missing: 0 });
  // The same plays over the same complete accounts, but for every tenth, which is a harsher one.
  const alone = { ...plain, attributes: full.attributes, records: full.records };
  const among = {
    ...alone,
    entries: plain.entries.map((entry, i) => (i % 10 ? entry : (full.entries[i] ?? entry))),
  };
  const [given, same, mixed, all] = await Promise.all(
    [plain, alone, among, harsher].map(async (workload) => {
      const matcher = createMatcher(workload.entries, workload.attributes);
      await compare('the index', workload, (record) => matcher.match(record, TODAY), 60);
      return each(workload.records, (record) => matcher.match(record, TODAY));
    }),
  );
  if (!given || !same || !mixed || !all) return;
  const times = await timeInterleaved({ given, same, mixed, all }, { rounds: 15, sliceMs: 80 });
  const changes = await timeInterleaved(
    {
      alone: playChanges(plain, openAll(plain, 10)),
      all: playChanges(harsher, openAll(harsher, 60)),
    },
    { rounds: 9, sliceMs: 100 },
  );
  const p50 = (name: string): number => times[name]?.p50 ?? 0;
  const mean = (name: string): number => changes[name]?.mean ?? 0;
  console.log(
    `\nMissing values (${shape.missing}), dates, days since, lists and texts (${shape.special} of plays), nesting (${shape.nested} of plays)`,
  );
  for (const [label, name] of [
    ['the given workload', 'given'],
    ['on accounts with six attributes more', 'same'],
    ['and every tenth play harsher', 'mixed'],
    ['the harsher workload', 'all'],
  ] as const) {
    const ratio = (p50(name) / p50('given')).toPrecision(3);
    console.log(`  ${label.padEnd(36)} p50 ${formatMicros(p50(name)).padStart(8)}   x ${ratio}`);
  }
  console.log(
    `  one change: given mean ${formatMicros(mean('alone'))}, harsher mean ${formatMicros(mean('all'))}`,
  );
  holdTo('every tenth play harsher, x none', p50('mixed') / p50('same'), '<=', 1.25);
  holdTo('the harsher workload, x the given one', p50('all') / p50('given'), '<=', 1.25);
}
