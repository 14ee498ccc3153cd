import { createBook } from '../src/core/matcher/create-book.js';
import { bytesOf, holdTo, quantile, timed } from './match-timing.js';
import { judgeAll, plainWorkload } from './match-workload.js';
import { makeWorkload } from './workload.mjs';

const SIZE = 1_000_000;

/** Which of a million accounts meet one condition. */
export function benchBook(seed: number): void {
  const { entries, attributes } = plainWorkload(1000, seed);
  const { accounts } = makeWorkload({ plays: 1, accounts: 50_000, seed });
  const account = (row: number): (typeof accounts)[number] =>
    accounts[row % accounts.length] as (typeof accounts)[number];
  const chosen = entries.slice(0, 20);
  const small = createBook(attributes);
  for (let row = 0; row < 1000; row++) small.add(`a${row}`, account(row));
  for (const entry of chosen) {
    const found = [...small.find(entry.when)].flat();
    const expected = Array.from({ length: 1000 }, (_, row) => row)
      .filter((row) => judgeAll([entry], account(row)).length > 0)
      .map((row) => `a${row}`);
    if (found.join() !== expected.join()) throw new Error(`find is wrong for ${entry.id}`);
  }

  const ids = Array.from({ length: SIZE }, (_, row) => `a${row}`);
  const book = createBook(attributes);
  let filledMs = 0;
  const bytes = bytesOf(() => {
    filledMs = timed(() => {
      for (let row = 0; row < SIZE; row++) book.add(ids[row] as string, account(row));
    });
    return book;
  });
  const slices: number[] = [];
  const finds = chosen.map(({ when }) =>
    timed(() => {
      const found = book.find(when);
      for (let done = false; !done; ) slices.push(timed(() => (done = found.next().done === true)));
    }),
  );
  const ms = (times: readonly number[], share: number): string =>
    `${quantile(times, share).toPrecision(3)} ms`;
  console.log(`\nWhich of ${SIZE} accounts of 60 attributes meet one condition`);
  console.log(
    `  put in      ${((filledMs / SIZE) * 1000).toPrecision(3)} µs and ${Math.round(bytes / SIZE)} bytes an account, values included, ids not`,
  );
  console.log(
    `  found       median ${ms(finds, 0.5)}, longest ${ms(finds, 1)} of ${finds.length} conditions`,
  );
  console.log(`  in slices   median ${ms(slices, 0.5)}, longest ${ms(slices, 1)}`);
  holdTo('find over 1,000,000 accounts, ms (longest)', quantile(finds, 1), '<=', 1000, {
    time: true,
  });
  holdTo('one account in the book, bytes with its values', bytes / SIZE, '<=', 200);
}
