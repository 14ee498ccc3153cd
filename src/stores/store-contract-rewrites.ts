import type { Store } from '../domain/store.js';
import type { StoreCase } from './store-contract.js';
import {
  everythingOf,
  factIds,
  LAST,
  mustCommit,
  same,
  sampleCommit,
  sampleFact,
  sampleSubject,
} from './store-contract-samples.js';

const KEY = 'demo:account:1';
const OTHER = 'demo:account:2';

async function openFilled(open: () => Promise<Store>): Promise<Store> {
  const store = await open();
  const facts = [sampleFact('a', 1, { text: 'first' }), sampleFact('b', 2, { text: 'second' })];
  await mustCommit(store, KEY, 0, sampleCommit(KEY, facts, { wakeAt: 5, snapshot: true }));
  await mustCommit(store, OTHER, 0, sampleCommit(OTHER, [sampleFact('a', 1)], { wakeAt: 6 }));
  return store;
}

const rewritten = {
  facts: [sampleFact('c', 3), sampleFact('a', 1)],
  subject: sampleSubject(KEY, { occurredAt: 3, id: 'c' }, 'anew'),
};

/** What a store that can rewrite a timeline must hold to, beside the contract of all stores. */
export const rewriteContract: readonly StoreCase[] = [
  {
    name: 'a rewritten timeline has the new facts in order, the new subject and wake, and no snapshot',
    async run(bench) {
      const store = await openFilled(() => bench.open());
      const other = await store.read(OTHER);
      same(await store.rewrite?.(KEY, 1, { ...rewritten, wakeAt: 9 }), true, 'rewrite');
      const again = await bench.open();
      same(await factIds(again, KEY), ['a', 'c'], 'facts');
      same((await again.facts(KEY))[0]?.data, {}, 'the old text');
      same(await again.read(KEY), { version: 2, subject: rewritten.subject }, 'subject');
      same(await again.snapshot(KEY, LAST), undefined, 'snapshot');
      same([...(await again.known(KEY, ['a', 'b', 'c']))].sort(), ['a', 'c'], 'known');
      same(
        await again.due(10, 10),
        [
          { key: OTHER, wakeAt: 6 },
          { key: KEY, wakeAt: 9 },
        ],
        'due',
      );
      same(await again.read(OTHER), other, 'the other subject');
      same(await factIds(again, OTHER), ['a'], 'facts of the other');
    },
  },
  {
    name: 'a removed subject is as one that never was, and may begin again',
    async run(bench) {
      const store = await openFilled(() => bench.open());
      same(await store.rewrite?.(KEY, 1, undefined), true, 'rewrite');
      same(await store.read(KEY), undefined, 'subject');
      same(await store.facts(KEY), [], 'facts');
      same(await store.snapshot(KEY, LAST), undefined, 'snapshot');
      same(await store.keys('', undefined, 10), [OTHER], 'keys');
      same(await store.due(10, 10), [{ key: OTHER, wakeAt: 6 }], 'due');
      await mustCommit(store, KEY, 0, sampleCommit(KEY, [sampleFact('a', 1)]));
      same(await factIds(store, KEY), ['a'], 'facts anew');
    },
  },
  {
    name: 'a rewrite at a version that is gone, or not there yet, writes nothing at all',
    async run(bench) {
      const store = await openFilled(() => bench.open());
      const before = await everythingOf(store, KEY);
      for (const version of [0, 2, -1])
        for (const rewrite of [rewritten, undefined])
          same(await store.rewrite?.(KEY, version, rewrite), false, `rewrite at ${version}`);
      same(await everythingOf(store, KEY), before, 'the store');
    },
  },
  {
    name: 'a rewrite at version 0 makes the subject, and commits go on from there',
    async run(bench) {
      const store = await bench.open();
      same(await store.rewrite?.(KEY, 0, rewritten), true, 'rewrite');
      same(await store.keys('', undefined, 10), [KEY], 'keys');
      await mustCommit(store, KEY, 1, sampleCommit(KEY, [sampleFact('d', 4), sampleFact('c', 3)]));
      same(await factIds(store, KEY), ['a', 'c', 'd'], 'facts');
      same((await store.read(KEY))?.version, 2, 'version');
    },
  },
  {
    name: 'of a rewrite and a commit that race, one loses cleanly',
    async run(bench) {
      const store = await openFilled(() => bench.open());
      const rival = await bench.open();
      const results = await Promise.all([
        rival.commit(KEY, 1, sampleCommit(KEY, [sampleFact('z', 9)])),
        store.rewrite?.(KEY, 1, rewritten),
      ]);
      same(results.filter(Boolean).length, 1, 'winners');
      same(await factIds(store, KEY), results[0] ? ['a', 'b', 'z'] : ['a', 'c'], 'facts');
    },
  },
  {
    name: 'a rewrite that breaks in its midst leaves the timeline as it was',
    needs: 'openBreaking',
    async run(bench) {
      const store = await openFilled(() => bench.open());
      const before = await everythingOf(store, KEY);
      for (let writes = 0; writes < 100; writes++) {
        const breaking = await bench.openBreaking?.(writes);
        const done = await breaking?.rewrite?.(KEY, 1, rewritten).catch(() => undefined);
        if (done) {
          same(writes > 2, true, 'the rewrite is several writes');
          same(await factIds(await bench.open(), KEY), ['a', 'c'], 'facts');
          return;
        }
        same(await everythingOf(await bench.open(), KEY), before, `broken after ${writes}`);
      }
      throw new Error('it never went through');
    },
  },
];
