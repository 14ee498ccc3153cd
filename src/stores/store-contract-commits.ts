import { createRandom } from '../core/random.js';
import type { StoreCase } from './store-contract.js';
import {
  everythingOf,
  factIds,
  LAST,
  mustCommit,
  rejectsAs,
  same,
  sampleCommit,
  sampleFact,
  sampleSubject,
} from './store-contract-samples.js';

const KEY = 'demo:account:1';

/** Ids that sort differently by code unit than by code point, by locale, or when normalised. */
const ODD_IDS = [
  '',
  ' ',
  '0',
  '10',
  '2',
  'A',
  'B',
  'a',
  'ä',
  'a\u0308',
  'z',
  '__proto__',
  'constructor',
  'toString',
  '\u{1f600}',
  '\ud83d\ude00\u200d',
  '\ufb01',
  '\uffff',
  "'; drop table facts; --",
  '<img src=x>',
  'x'.repeat(2000),
  `${'x'.repeat(1999)}y`,
];

export const commitCases: readonly StoreCase[] = [
  {
    name: 'a subject that was never written reads as undefined, and its first commit expects version 0',
    async run(bench) {
      const store = await bench.open();
      same(await store.read(KEY), undefined, 'before');
      same(await store.commit(KEY, 1, sampleCommit(KEY, [sampleFact('a', 1)])), false, 'at 1');
      same(await store.facts(KEY), [], 'facts after the refusal');
      const commit = sampleCommit(KEY, [sampleFact('a', 1)]);
      await mustCommit(store, KEY, 0, commit);
      same(await store.read(KEY), { version: 1, subject: commit.subject }, 'after');
      same(await store.facts(KEY), commit.facts, 'facts');
    },
  },
  {
    name: 'named values of a commit are put with it, and not when it loses its race',
    async run(bench) {
      const store = await bench.open();
      const commit = {
        ...sampleCommit(KEY, [sampleFact('a', 1)]),
        values: { 'parent/demo:opportunity:1': KEY },
      };
      same(await store.commit(KEY, 7, commit), false, 'at 7');
      same(await store.names('parent/'), [], 'names after the refusal');
      await mustCommit(store, KEY, 0, commit);
      same(await store.get('parent/demo:opportunity:1'), KEY, 'the value');
    },
  },
  {
    name: 'a commit at a version that is gone, or not there yet, writes nothing at all',
    async run(bench) {
      const store = await bench.open();
      await mustCommit(store, KEY, 0, sampleCommit(KEY, [sampleFact('a', 1)], { wakeAt: 5 }));
      await mustCommit(store, KEY, 1, sampleCommit(KEY, [sampleFact('b', 2)], { wakeAt: 6 }));
      const before = await everythingOf(store, KEY);
      const late = sampleCommit(KEY, [sampleFact('c', 3)], {
        note: 'late',
        wakeAt: 7,
        outbox: [{ id: 'o', to: 'demo:contact:7', fact: sampleFact('t', 3) }],
        snapshot: true,
      });
      for (const version of [0, 1, 3, -1]) {
        same(await store.commit(KEY, version, late), false, `commit at ${version}`);
      }
      same(await everythingOf(store, KEY), before, 'the store');
    },
  },
  {
    name: 'facts come back in order of (occurredAt, id) by code unit, however they arrived',
    async run(bench) {
      const store = await bench.open();
      const times = [-1, 0, 0.5, 1, 1_700_000_000_000];
      const facts = times.flatMap((time) =>
        ODD_IDS.map((id) => sampleFact(`${id}${time === 1 ? '' : `@${time}`}`, time)),
      );
      const random = createRandom('arrival');
      const arriving = facts
        .map((fact) => ({ fact, place: random() }))
        .sort((a, b) => a.place - b.place)
        .map(({ fact }) => fact);
      for (let i = 0; i < arriving.length; i += 10) {
        await mustCommit(store, KEY, i / 10, sampleCommit(KEY, arriving.slice(i, i + 10)));
      }
      const ordered = times.flatMap((time) =>
        facts
          .filter((fact) => fact.occurredAt === time)
          .map((fact) => fact.id)
          .sort(),
      );
      same(await factIds(store, KEY), ordered, 'order');
      for (const size of [1, 7, ordered.length - 1, ordered.length]) {
        const paged: string[] = [];
        for (let after = undefined as undefined | (typeof facts)[number]; ; ) {
          const page = await store.facts(KEY, after, size);
          paged.push(...page.map((fact) => fact.id));
          after = page.at(-1);
          if (!after) break;
        }
        same(paged, ordered, `in pages of ${size}`);
      }
    },
  },
  {
    name: 'ids that are no well-formed text (half a surrogate pair, NUL) stay apart and in order',
    async run(bench) {
      const store = await bench.open();
      const ids = ['a\u0000b', 'ab', 'a\u0000', 'a', '\ud83d', '\ude00', '\ud83d\ude00', '\ufffd'];
      await mustCommit(
        store,
        KEY,
        0,
        sampleCommit(
          KEY,
          ids.map((id) => sampleFact(id, 1)),
        ),
      );
      same(await factIds(store, KEY), ids.toSorted(), 'order');
      same([...(await store.known(KEY, ['\ud83d', '\ud83e', 'a\u0000']))].length, 2, 'known');
    },
  },
  {
    name: 'a fact that the subject has is left out: the first one told stays, also within one commit',
    async run(bench) {
      const store = await bench.open();
      const first = sampleFact('a', 5, { text: 'first' });
      const other = sampleFact('a', 2, { text: 'other' });
      await mustCommit(store, KEY, 0, sampleCommit(KEY, [first, other]));
      await mustCommit(store, KEY, 1, sampleCommit(KEY, [other, sampleFact('b', 1)]));
      same(await store.facts(KEY), [sampleFact('b', 1), first], 'facts');
      const elsewhere = 'demo:account:2';
      await mustCommit(store, elsewhere, 0, sampleCommit(elsewhere, [other]));
      same(await store.facts(elsewhere), [other], 'facts of another subject');
    },
  },
  {
    name: 'known tells which of the ids this subject has, and no other subject',
    async run(bench) {
      const store = await bench.open();
      await mustCommit(
        store,
        KEY,
        0,
        sampleCommit(
          KEY,
          ODD_IDS.map((id) => sampleFact(id, 1)),
        ),
      );
      await mustCommit(store, 'b', 0, sampleCommit('b', [sampleFact('only-b', 1)]));
      const found = await store.known(KEY, [...ODD_IDS, 'only-b', 'hasOwnProperty', 'A ']);
      same([...found].sort(), ODD_IDS.toSorted(), 'known');
      same([...(await store.known('nobody', ['a']))], [], 'known of a subject that is not there');
      same([...(await store.known(KEY, []))], [], 'known of no ids');
    },
  },
  {
    name: 'the newest snapshot at or before a place is found, of this subject alone',
    async run(bench) {
      const store = await bench.open();
      same(await store.snapshot(KEY, LAST), undefined, 'none yet');
      const steps = [sampleFact('b', 10), sampleFact('c', 10), sampleFact('a', 20)];
      for (const [i, fact] of steps.entries()) {
        const commit = sampleCommit(KEY, [fact], { note: `after ${fact.id}`, snapshot: i !== 1 });
        await mustCommit(store, KEY, i, commit);
      }
      await mustCommit(
        store,
        'demo:account',
        0,
        sampleCommit('demo:account', [sampleFact('z', 15)], { snapshot: true }),
      );
      const at = async (occurredAt: number, id: string): Promise<unknown> =>
        (await store.snapshot(KEY, { occurredAt, id }))?.at.id;
      same(await at(10, 'a'), undefined, 'before the first');
      same(await at(10, 'b'), 'b', 'at the first');
      same(await at(19, ''), 'b', 'between');
      same(await at(20, 'a'), 'a', 'at the second');
      same(
        await store.snapshot(KEY, LAST),
        sampleSubject(KEY, { occurredAt: 20, id: 'a' }, 'after a'),
        'after all',
      );
      await mustCommit(
        store,
        KEY,
        3,
        sampleCommit(KEY, [], {
          subject: sampleSubject(KEY, { occurredAt: 20, id: 'a' }, 'again'),
          snapshot: true,
        }),
      );
      same(
        await store.snapshot(KEY, LAST),
        sampleSubject(KEY, { occurredAt: 20, id: 'a' }, 'again'),
        'made again',
      );
    },
  },
  {
    name: 'a fact that comes late drops the snapshots that lack it, and no earlier one',
    async run(bench) {
      const store = await bench.open();
      for (const [i, time] of [10, 20, 30].entries()) {
        await mustCommit(
          store,
          KEY,
          i,
          sampleCommit(KEY, [sampleFact(`f${time}`, time)], { snapshot: true }),
        );
      }
      const late = [sampleFact('later', 25), sampleFact('late', 15)];
      const subject = sampleSubject(KEY, { occurredAt: 30, id: 'f30' }, 'folded again');
      await mustCommit(store, KEY, 3, { facts: late, subject, outbox: [] });
      same((await store.snapshot(KEY, LAST))?.at.id, 'f10', 'snapshot after a late fact');
      const repeated = { facts: late, subject, outbox: [], snapshot: true };
      await mustCommit(store, KEY, 4, repeated);
      await mustCommit(store, KEY, 5, { ...repeated, snapshot: false });
      same(await store.snapshot(KEY, LAST), subject, 'snapshot after a repeated fact');
    },
  },
  {
    name: 'what the caller or a reader changes afterwards in its own objects does not reach the store',
    async run(bench) {
      const store = await bench.open();
      const text = { words: ['one'] };
      const outgoing = { id: 'o', to: KEY, fact: sampleFact('t', 1, { text }) };
      const commit = sampleCommit(KEY, [sampleFact('a', 1, { text })], {
        note: text,
        snapshot: true,
        outbox: [outgoing],
      });
      await mustCommit(store, KEY, 0, commit);
      await store.put('value', text);
      const before = [await everythingOf(store, KEY), await store.get('value')];
      const written = JSON.stringify(before);
      for (const object of [commit, outgoing, text, ...before]) spoil(object);
      const after = [await everythingOf(store, KEY), await store.get('value')];
      same(JSON.stringify(after), written, 'the store');
      const elements = [
        await store.facts(KEY),
        await store.outbox(9),
        await store.due(9, 9),
        await store.keys('', undefined, 9),
      ];
      for (const list of elements) spoil(list);
      same(
        JSON.stringify([await everythingOf(store, KEY), await store.get('value')]),
        written,
        'lists',
      );
    },
  },
  {
    name: 'what is no plain data is refused, and nothing of its commit is written',
    async run(bench) {
      const store = await bench.open();
      await mustCommit(store, KEY, 0, sampleCommit(KEY, [sampleFact('a', 1)]));
      const before = await everythingOf(store, KEY);
      const bad = { text: () => 'no' } as never;
      const outbox = [{ id: 'o', to: KEY, fact: sampleFact('t', 1, bad) }];
      for (const commit of [
        sampleCommit(KEY, [sampleFact('b', 2), sampleFact('c', 3, bad)]),
        sampleCommit(KEY, [sampleFact('b', 2)], { note: bad }),
        sampleCommit(KEY, [sampleFact('b', 2)], { outbox }),
      ]) {
        await rejectsAs('opportune/not-plain-data', store.commit(KEY, 1, commit), 'commit');
      }
      await rejectsAs('opportune/not-plain-data', store.put('value', bad), 'put');
      same(await store.names(''), [], 'names');
      same(await everythingOf(store, KEY), before, 'the store');
    },
  },
];

/** Changes whatever can be changed. A frozen object refuses, which is as good. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) spoil(part);
  try {
    if (Array.isArray(value)) value.push('spoiled');
    else Object.assign(value, { spoiled: true, id: 'spoiled', version: 99 });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
