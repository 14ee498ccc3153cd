/**
 * How fast many conditions are matched, changed, edited and asked the other way round. Every answer is compared with the
 * plain interpreter's before anything is timed.
 *
 *     npm run bench -- match [--seed N] [--sizes 100,1000,10000] [--long]
 *                            [--missing 0.17] [--special 0.33] [--nested 0.1]
 *
 * `--seed` makes other plays, accounts and vocabularies. `--missing`, `--special` and `--nested` shape the harsher
 * workload: shares of missing values, of plays that ask for dates, lists, texts or days since, and of deeply nested ones.
 * `--long` takes every library to 100,000 plays as well, and more rounds.
 */
import { parseArgs } from 'node:util';
import { benchBook } from './match-book.js';
import { benchChanges, benchEdits } from './match-changes.js';
import { benchHarsher } from './match-harsher.js';
import { benchPeers, benchSizes } from './match-sizes.js';
import { printBars } from './match-timing.js';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    seed: { type: 'string', default: '1' },
    sizes: { type: 'string' },
    long: { type: 'boolean', default: false },
    missing: { type: 'string', default: '0.17' },
    special: { type: 'string', default: '0.33' },
    nested: { type: 'string', default: '0.1' },
  },
});
const seed = Number(values.seed);
const sizes = (values.sizes ?? (values.long ? '100,1000,10000,100000' : '100,1000,10000'))
  .split(',')
  .map(Number);
console.log(`seed ${seed}`);
for (const size of sizes) await benchPeers(size, seed, values.long);
await benchSizes(seed, values.long);
await benchChanges(seed);
await benchHarsher(seed, {
  missing: Number(values.missing),
  special: Number(values.special),
  nested: Number(values.nested),
});
benchEdits(seed);
benchBook(seed);
printBars();
