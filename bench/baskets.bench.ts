/**
 * What goes with what they have: whether associations tell a missing item better than popularity does. One item of each
 * basket is hidden, and looked for among the first ones. OPPORTUNE_TEST_DATA names the folder with the groceries; the
 * demo's own customers need nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { type BasketTrial, tryBaskets } from '../src/analyze/basket-trial.js';
import { createRandom } from '../src/core/random.js';
import { runThrough } from '../src/core/run-sliced.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;

interface Baskets {
  readonly items: readonly (readonly string[])[];
  /** Epoch milliseconds, where they are told. */
  readonly times?: readonly number[];
}

function readGroceries(folder: string): Baskets {
  const lines = readFileSync(join(folder, 'groceries/groceries.csv'), 'utf8').trim().split('\n');
  return { items: lines.map((line) => line.split(',').map((item) => item.trim())) };
}

function readBakery(folder: string): Baskets {
  const lines = readFileSync(join(folder, 'groceries/BreadBasket_DMS.csv'), 'utf8')
    .trim()
    .split('\n');
  const byBasket = new Map<string, { at: number; items: string[] }>();
  for (const line of lines.slice(1)) {
    const [day, time, number = '', item = ''] = line.trim().split(',');
    if (item === 'NONE') continue;
    const basket = byBasket.get(number) ?? { at: Date.parse(`${day}T${time}Z`), items: [] };
    basket.items.push(item);
    byBasket.set(number, basket);
  }
  const all = [...byBasket.values()];
  return { items: all.map(({ items }) => items), times: all.map(({ at }) => at) };
}

/** What each customer of the demo has ever bought. */
function readDemo(): Baskets {
  const byAccount = new Map<string, string[]>();
  for (const { type, subjects, data } of createDemoWorld(7).facts) {
    if (type !== 'purchase') continue;
    const [account = ''] = subjects;
    byAccount.set(account, [...(byAccount.get(account) ?? []), String(data.product)]);
  }
  return { items: [...byAccount.values()] };
}

const FIRST = 10;

function report(title: string, { items, times }: Baskets): void {
  const numbers = new Map<string, number>();
  const baskets = items.map((basket) =>
    [...new Set(basket)].map((item) => {
      const number = numbers.get(item) ?? numbers.size;
      numbers.set(item, number);
      return number;
    }),
  );
  const say = (how: string, trial: BasketTrial): void => {
    const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
    const { hits, precision, gain, interval } = trial;
    console.log(`  ${how}, ${trial.baskets} baskets`);
    console.log(
      `    hit@${FIRST}        ${percent(hits.together)}, popularity ${percent(hits.popular)}`,
    );
    console.log(
      `    precision@${FIRST}  ${percent(precision.together)}, popularity ${percent(precision.popular)}`,
    );
    console.log(
      `    gain         ${(100 * gain).toFixed(1)} points, 95 % by pairs ${(100 * interval[0]).toFixed(1)} to ${(100 * interval[1]).toFixed(1)}`,
    );
  };
  console.log(`\n${title}: ${numbers.size} items`);
  const random = createRandom(1);
  say(
    'one left out, told by the other baskets',
    runThrough(tryBaskets(baskets, numbers.size, { first: FIRST, random })),
  );
  if (times)
    say(
      'one left out of the last third, told by what came before',
      runThrough(tryBaskets(baskets, numbers.size, { first: FIRST, random, times })),
    );
}

if (DATA !== undefined && existsSync(join(DATA, 'groceries'))) {
  report('Groceries', readGroceries(DATA));
  report('A bakery', readBakery(DATA));
}
report('The demo', readDemo());
