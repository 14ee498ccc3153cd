import type { Commit, Store } from '../domain/store.js';
import type { StoreCase } from './store-contract.js';
import {
  everythingOf,
  LAST,
  mustCommit,
  rejects,
  same,
  sampleCommit,
  sampleFact,
} from './store-contract-samples.js';

const KEY = 'demo:account:1';

/** Two commits that write in every place there is: the first to stand on, the second to fail. */
const first = sampleCommit(KEY, [sampleFact('a', 10), sampleFact('b', 30)], {
  note: 'first',
  wakeAt: 100,
  outbox: [{ id: 'o1', to: 'demo:contact:7', fact: sampleFact('t1', 10) }],
  snapshot: true,
});
const second: Commit = {
  ...sampleCommit(KEY, [sampleFact('b', 30), sampleFact('late', 20), sampleFact('c', 40)], {
    note: 'second',
    wakeAt: 200,
    snapshot: true,
  }),
  outbox: [
    { id: 'o1', to: 'demo:contact:7', fact: sampleFact('t1', 10) },
    { id: 'o2', to: 'demo:contact:8', fact: sampleFact('t2', 40) },
    { id: 'o3', to: 'demo:rep:1', fact: sampleFact('t3', 40) },
  ],
};

/** After the second commit the store holds exactly this. */
async function isDone(store: Store): Promise<void> {
  same(await store.read(KEY), { version: 2, subject: second.subject }, 'subject');
  same(
    (await store.facts(KEY)).map(({ id }) => id),
    ['a', 'late', 'b', 'c'],
    'facts',
  );
  same(await store.snapshot(KEY, LAST), second.subject, 'snapshot');
  same(await store.snapshot(KEY, { occurredAt: 39, id: '' }), undefined, 'stale snapshot');
  same(await store.due(LAST.occurredAt, 9), [{ key: KEY, wakeAt: 200 }], 'timer');
  same(
    (await store.outbox(9)).map(({ id }) => id),
    ['o1', 'o2', 'o3'],
    'outbox',
  );
}

export const crashCases: readonly StoreCase[] = [
  {
    name: 'when reading what is to be committed fails, at whatever place, nothing of it is written',
    async run(bench) {
      const store = await bench.open();
      await mustCommit(store, KEY, 0, first);
      const before = await everythingOf(store, KEY);
      let failures = 0;
      for (; ; failures++) {
        let readsLeft = failures;
        const commit = watched(second, () => {
          if (readsLeft-- === 0) throw new Error('cannot be read');
        });
        try {
          same(await store.commit(KEY, 1, commit), true, `commit with ${failures} reads`);
          break;
        } catch (error) {
          if (readsLeft >= 0) throw error;
          same(await everythingOf(store, KEY), before, `the store after ${failures} reads`);
        }
      }
      same(failures > 30, true, `it failed in many places (${failures})`);
      await isDone(store);
    },
  },
  {
    name: 'a writer that dies after its commit and before it hears of it finds its facts, and writes them no second time',
    async run(bench) {
      const dying = await bench.open();
      await mustCommit(dying, KEY, 0, first);
      void dying.commit(KEY, 1, second);
      const store = await bench.open();
      // Its request was first, so whatever is asked now comes after it.
      while ((await store.read(KEY))?.version !== 2) await Promise.resolve();
      same(await store.commit(KEY, 1, second), false, 'the same commit again');
      same([...(await store.known(KEY, ['late', 'c', 'd']))].sort(), ['c', 'late'], 'known');
      await isDone(store);
      await mustCommit(store, KEY, 2, second);
      same((await store.facts(KEY)).length, 4, 'facts after writing the same again');
      same((await store.outbox(9)).length, 3, 'outbox after writing the same again');
    },
  },
  {
    name: 'a storage that breaks at any write of a commit leaves all of it or nothing, and all that was acknowledged',
    needs: 'openBreaking',
    async run(bench) {
      const openBreaking = bench.openBreaking?.bind(bench);
      if (!openBreaking) throw new Error('This bench cannot break.');
      const store = await bench.open();
      await mustCommit(store, KEY, 0, first);
      const before = await everythingOf(store, KEY);
      let breaks = 0;
      for (; ; breaks++) {
        const breaking = await openBreaking(breaks);
        const outcome = await breaking.commit(KEY, 1, second).catch(() => 'broken');
        if (outcome === true) break;
        same(outcome, 'broken', `commit with ${breaks} writes`);
        await rejects(breaking.commit(KEY, 1, second), 'a broken handle');
        const reopened = await bench.open();
        same(await everythingOf(reopened, KEY), before, `the store after ${breaks} writes`);
        await reopened.close();
      }
      same(breaks > 0, true, `it broke (${breaks} times)`);
      await isDone(await bench.open());
    },
  },
  {
    name: 'what was acknowledged is there when the data are opened again',
    needs: 'openBreaking',
    async run(bench) {
      const store = await bench.open();
      await mustCommit(store, KEY, 0, first);
      await mustCommit(store, KEY, 1, second);
      await store.put('value', { kept: true });
      await store.settle([]);
      await store.close();
      const again = await bench.open();
      await isDone(again);
      same(await again.get('value'), { kept: true }, 'value');
    },
  },
];

/** The same data, that tell of each property before it is read. */
function watched<Value>(value: Value, onRead: () => void): Value {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [] : {};
  for (const [name, part] of Object.entries(value)) {
    const inner = watched(part, onRead);
    Object.defineProperty(copy, name, {
      enumerable: true,
      configurable: true,
      get() {
        onRead();
        return inner;
      },
    });
  }
  return copy as Value;
}
