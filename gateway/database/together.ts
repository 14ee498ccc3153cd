import { isOpportuneError } from 'opportune';

/** What one of many may be at fault for. */
const OF_ONE = 'opportune/database-failed';

/**
 * Calls that come while others are under way are carried out together as soon as those are done, at most so many: one way to
 * the database for all who ask at a moment, and the more of them the busier it is. Where one of them is at fault each is
 * carried out alone, so that the others go well.
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most = 500 }: { readonly most?: number } = {},
): (item: Item) => Promise<Result> {
  let waiting: Call<Item, Result>[] = [];
  let running = false;

  async function carryOut(calls: readonly Call<Item, Result>[]): Promise<void> {
    try {
      const results = await work(calls.map(({ item }) => item));
      calls.forEach(({ resolve }, i) => {
        resolve(results[i] as Result);
      });
    } catch (error) {
      if (calls.length > 1 && isOpportuneError(error, OF_ONE))
        for (const call of calls) await carryOut([call]);
      else for (const { reject } of calls) reject(error);
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const calls = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await carryOut(calls);
    }
    running = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      // What is asked for in the same turn goes along.
      setImmediate(() => void run());
    });
}

interface Call<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}
