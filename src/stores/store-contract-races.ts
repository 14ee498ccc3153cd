import { createRandom } from '../core/random.js';
import type { Store } from '../domain/store.js';
import type { StoreCase } from './store-contract.js';
import { factIds, mustCommit, same, sampleCommit, sampleFact } from './store-contract-samples.js';

const KEY = 'demo:account:1';

/** Lets others go first, a few times. */
async function stepAside(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await Promise.resolve();
}

async function countOf(store: Store): Promise<number> {
  const subject = (await store.read(KEY))?.subject as { readonly note?: number } | undefined;
  return subject?.note ?? 0;
}

export const raceCases: readonly StoreCase[] = [
  {
    name: 'two writers race for 60 versions: one wins each, and of the loser nothing is written',
    async run(bench) {
      const writers = await Promise.all([bench.open(), bench.open()]);
      const random = createRandom('race');
      const won: string[] = [];
      for (let version = 0; version < 60; version++) {
        const race = (writer: number): readonly [string, Promise<boolean>] => {
          const id = `${String(version).padStart(2, '0')}-${writer}`;
          const outbox = [{ id, to: 'demo:contact:7', fact: sampleFact(`told-${id}`, version) }];
          const commit = sampleCommit(KEY, [sampleFact(id, version)], {
            note: id,
            wakeAt: version,
            outbox,
            snapshot: true,
          });
          const going = stepAside(Math.floor(random() * 3)).then(() =>
            (writers[writer] as Store).commit(KEY, version, commit),
          );
          return [id, going];
        };
        const order = random() < 0.5 ? [0, 1] : [1, 0];
        const wins: string[] = [];
        for (const [id, going] of order.map(race)) if (await going) wins.push(id);
        same(wins.length, 1, `winners of version ${version + 1}`);
        won.push(...wins);
      }
      const [store] = writers;
      same((await store.read(KEY))?.version, 60, 'version');
      same(await factIds(store, KEY), won, 'facts');
      same(
        (await store.outbox(1000)).map(({ id }) => id),
        won,
        'outbox',
      );
      same(await store.due(1000, 10), [{ key: KEY, wakeAt: 59 }], 'timer');
    },
  },
  {
    name: 'four writers that read, count and try again until they win lose no count and no fact',
    async run(bench) {
      const stores = await Promise.all([bench.open(), bench.open()]);
      const random = createRandom('count');
      let refused = 0;
      const write = async (writer: number): Promise<void> => {
        const store = stores[writer % 2] as Store;
        for (let i = 0; i < 15; ) {
          const version = (await store.read(KEY))?.version ?? 0;
          const note = (await countOf(store)) + 1;
          await stepAside(Math.floor(random() * 5));
          const facts = [sampleFact(`${writer}-${i}`, i)];
          if (await store.commit(KEY, version, sampleCommit(KEY, facts, { note }))) i++;
          else refused++;
        }
      };
      await Promise.all([0, 1, 2, 3].map(write));
      const [store] = stores;
      same((await store.read(KEY))?.version, 60, 'version');
      same(await countOf(store), 60, 'count');
      same((await factIds(store, KEY)).length, 60, 'facts');
      same(refused > 0, true, 'some were refused, or it was no race');
    },
  },
  {
    name: 'of ten first commits one wins',
    async run(bench) {
      const stores = await Promise.all([bench.open(), bench.open()]);
      const tries = Array.from({ length: 10 }, (_, i) =>
        (stores[i % 2] as Store).commit(KEY, 0, sampleCommit(KEY, [sampleFact(`f${i}`, i)])),
      );
      const wins = (await Promise.all(tries)).flatMap((win, i) => (win ? [`f${i}`] : []));
      same(wins.length, 1, 'winners');
      same(await factIds(stores[0], KEY), wins, 'facts');
    },
  },
  {
    name: 'writers of different subjects do not disturb each other',
    async run(bench) {
      const stores = await Promise.all([bench.open(), bench.open()]);
      const keys = ['a', 'b', 'c', 'd'];
      await Promise.all(
        keys.map(async (key, i) => {
          for (let version = 0; version < 15; version++) {
            const commit = sampleCommit(key, [sampleFact(`f${version}`, version)]);
            await mustCommit(stores[i % 2] as Store, key, version, commit);
          }
        }),
      );
      const versions = (await stores[0].readAll(keys)).map((stored) => stored?.version);
      same(versions, [15, 15, 15, 15], 'versions');
    },
  },
  {
    name: 'readAll is one view: of two subjects written in turn it never sees the second ahead or the first two ahead',
    async run(bench) {
      const [writer, reader] = await Promise.all([bench.open(), bench.open()]);
      let writing = true;
      const write = async (): Promise<void> => {
        for (let version = 0; version < 40; version++) {
          await mustCommit(writer, 'a', version, sampleCommit('a', []));
          await mustCommit(writer, 'b', version, sampleCommit('b', []));
        }
        writing = false;
      };
      const written = write();
      let looks = 0;
      while (writing) {
        const keys = looks++ % 2 ? ['a', 'b'] : ['b', 'a'];
        const versions = (await reader.readAll(keys)).map((stored) => stored?.version ?? 0);
        const [a = 0, b = 0] = looks % 2 ? versions.reverse() : versions;
        same(a === b || a === b + 1, true, `a at ${a} and b at ${b}`);
      }
      await written;
      same(looks > 10, true, 'it was looked at meanwhile');
    },
  },
];
