import type { JsonObject } from '../domain/value.js';
import type { StoreCase } from './store-contract.js';
import {
  everythingOf,
  factIds,
  mustCommit,
  rejectsAs,
  same,
  sampleCommit,
  sampleFact,
} from './store-contract-samples.js';

const KEY = 'demo:account:1';
const HOSTILE_KEYS = [
  '',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'a:b:c:d',
  "'; --",
  '\u202e',
];

export const readCases: readonly StoreCase[] = [
  {
    name: 'readAll gives each key its subject in the order asked, a missing one undefined, a doubled one twice',
    async run(bench) {
      const store = await bench.open();
      for (const key of ['a', 'b']) {
        await mustCommit(store, key, 0, sampleCommit(key, [sampleFact('x', 1)], { note: key }));
      }
      const found = await store.readAll(['b', 'none', 'a', 'b']);
      same(found.length, 4, 'length');
      same(
        found.map((stored) => stored?.subject.key ?? 'undefined'),
        ['b', 'undefined', 'a', 'b'],
        'subjects',
      );
      same(await store.readAll([]), [], 'of nothing');
    },
  },
  {
    name: 'subjects to wake come earliest first, ties by key, none before its time, and the last word counts',
    async run(bench) {
      const store = await bench.open();
      const wakes: readonly (readonly [key: string, wakeAt: number])[] = [
        ['\uffff', 200],
        ['\u{1f600}', 200],
        ['b', 100],
        ['c', 200],
        ['a', 300],
        ['gone', 50],
        ['moved', 60],
      ];
      for (const [key, wakeAt] of wakes) {
        await mustCommit(store, key, 0, sampleCommit(key, [], { wakeAt }));
      }
      await mustCommit(store, 'gone', 1, sampleCommit('gone', []));
      await mustCommit(store, 'moved', 1, sampleCommit('moved', [], { wakeAt: 250 }));
      await mustCommit(store, 'never', 0, sampleCommit('never', []));
      same(await store.due(99, 10), [], 'too early');
      same(await store.due(100, 10), [{ key: 'b', wakeAt: 100 }], 'on time');
      const order = ['b', 'c', '\u{1f600}', '\uffff', 'moved', 'a'];
      same(
        (await store.due(1000, 10)).map(({ key }) => key),
        order,
        'all',
      );
      same(
        (await store.due(1000, 2)).map(({ key }) => key),
        order.slice(0, 2),
        'the first two',
      );
      same((await store.due(9e15, 99)).length, order.length, 'ever');
      same(await store.due(1000, 0), [], 'none');
    },
  },
  {
    name: 'what is to be delivered stays, in the order sent, until it is settled',
    async run(bench) {
      const store = await bench.open();
      const send = (id: string) => ({ id, to: 'demo:contact:7', fact: sampleFact(`f${id}`, 1) });
      const ids = async (limit: number): Promise<readonly string[]> =>
        (await store.outbox(limit)).map(({ id }) => id);
      await mustCommit(
        store,
        KEY,
        0,
        sampleCommit(KEY, [], { outbox: [send('z'), send('b'), send('z')] }),
      );
      await mustCommit(store, KEY, 1, sampleCommit(KEY, [], { outbox: [send('a'), send('b')] }));
      same(await store.outbox(10), [send('z'), send('b'), send('a')], 'waiting');
      same(await ids(2), ['z', 'b'], 'the first two');
      same(await ids(0), [], 'none');
      same(await ids(Infinity), ['z', 'b', 'a'], 'looking does not settle');
      await store.settle(['z', 'unknown', '__proto__']);
      await store.settle([]);
      await store.settle(['z']);
      same(await ids(10), ['b', 'a'], 'after settling');
      await mustCommit(store, KEY, 2, sampleCommit(KEY, [], { outbox: [send('z')] }));
      same(await ids(10), ['b', 'a', 'z'], 'sent again');
    },
  },
  {
    name: 'keys are paged by prefix in order of code units',
    async run(bench) {
      const store = await bench.open();
      const keys = [
        'demo:account:1',
        'demo:account:10',
        'demo:account:2',
        'demo:account',
        'demo:account:',
        'demo:account:\u{1f600}',
        'demo:account:\uffff\uffff',
        'demo:account;',
        'demo:contact:1',
        'demo',
        'e',
        '',
      ];
      for (const key of keys) await mustCommit(store, key, 0, sampleCommit(key, []));
      await store.put('demo:account:value', 1);
      for (const prefix of ['', 'demo:account:', 'demo:account:1', 'demo:', 'f', '\uffff']) {
        const expected = keys.filter((key) => key.startsWith(prefix)).sort();
        for (const size of [1, 2, 5, 100, Infinity]) {
          const paged: string[] = [];
          let after: string | undefined;
          for (;;) {
            const page = await store.keys(prefix, after, size);
            paged.push(...page);
            after = page.at(-1);
            if (after === undefined) break;
          }
          same(paged, expected, `"${prefix}" in pages of ${size}`);
        }
        same(await store.keys(prefix, undefined, 0), [], 'none');
      }
      const all = keys.filter((key) => key.startsWith('demo:account:')).sort();
      same(await store.keys('demo:account:', 'a', 3), all.slice(0, 3), 'after something before it');
      same(await store.keys('demo:account:', 'demo:b', 100), [], 'after the prefix');
      await mustCommit(store, 'demo:account:00', 0, sampleCommit('demo:account:00', []));
      const again = await store.keys('demo:account:', undefined, 2);
      same(again, ['demo:account:', 'demo:account:00'], 'with one that came since');
    },
  },
  {
    name: 'values are put, replaced, named by prefix in order, and dropped',
    async run(bench) {
      const store = await bench.open();
      same(await store.get('playbook:1'), undefined, 'before');
      const value = {
        plays: [{ id: 'a', none: null, yes: true, share: 0.1 }],
        text: 'naïve \u{1f600}',
      };
      for (const name of ['playbook:1', 'playbook:2', 'playbook:10', 'queue:1', 'playbook']) {
        await store.put(name, { old: name });
      }
      await store.put('playbook:2', value);
      same(await store.get('playbook:2'), value, 'replaced');
      same(await store.names('playbook:'), ['playbook:1', 'playbook:10', 'playbook:2'], 'names');
      same((await store.names('')).length, 5, 'all names');
      await store.drop('playbook:1');
      await store.drop('playbook:1');
      same(await store.get('playbook:1'), undefined, 'dropped');
      same(await store.names('playbook:'), ['playbook:10', 'playbook:2'], 'names afterwards');
      for (const plain of [0, '', false, null, [], 'text', 1e300]) {
        await store.put('plain', plain);
        same(await store.get('plain'), plain, `plain ${JSON.stringify(plain)}`);
      }
    },
  },
  {
    name: 'hostile keys and names (`__proto__`, `constructor`, empty) are keys like others',
    async run(bench) {
      const store = await bench.open();
      for (const [i, key] of HOSTILE_KEYS.entries()) {
        same(await store.read(key), undefined, `read of ${key}`);
        same(await store.get(key), undefined, `get of ${key}`);
        await mustCommit(store, key, 0, sampleCommit(key, [sampleFact(key, i)], { note: i }));
        await store.put(key, i);
      }
      for (const [i, key] of HOSTILE_KEYS.entries()) {
        same(await factIds(store, key), [key], `facts of ${key}`);
        same(await store.get(key), i, `value of ${key}`);
      }
      same(await store.keys('', undefined, 99), HOSTILE_KEYS.toSorted(), 'keys');
      same(await store.names(''), HOSTILE_KEYS.toSorted(), 'names');
    },
  },
  {
    name: 'hostile property names inside data stay data',
    async run(bench) {
      const store = await bench.open();
      const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"":0}';
      const data = JSON.parse(text) as JsonObject;
      await mustCommit(
        store,
        KEY,
        0,
        sampleCommit(KEY, [sampleFact('a', 1, data)], { note: data }),
      );
      await store.put('value', data);
      const [fact] = await store.facts(KEY);
      same(fact?.data, data, 'fact');
      same(Object.hasOwn(fact?.data ?? {}, '__proto__'), true, 'own property');
      same(await store.get('value'), data, 'value');
      same('polluted' in {}, false, 'every other object');
    },
  },
  {
    name: 'a text of 1 MB goes in and comes out, in a fact, a subject and a value',
    async run(bench) {
      const store = await bench.open();
      const text = 'Grüße \u{1f600}\n'.repeat(100_000);
      await mustCommit(
        store,
        KEY,
        0,
        sampleCommit(KEY, [sampleFact('a', 1, { text })], { note: text }),
      );
      await store.put('value', text);
      const again = await bench.open();
      const [fact] = await again.facts(KEY);
      same(fact?.data, { text }, 'fact');
      same(
        (await again.read(KEY))?.subject,
        sampleCommit(KEY, [sampleFact('a', 1)], { note: text }).subject,
        'subject',
      );
      same(await again.get('value'), text, 'value');
    },
  },
  {
    name: '10,000 facts of one subject are kept and paged in order',
    async run(bench) {
      const store = await bench.open();
      // Every seventh comes a thousand places late.
      const order = Array.from({ length: 10_000 }, (_, i) => (i % 7 ? i : (i + 9000) % 10_000));
      const facts = [...new Set([...order, ...order.keys()])].map((n) => sampleFact(`f${n}`, n));
      same(facts.length, 10_000, 'facts');
      for (let i = 0; i < 10; i++) {
        await mustCommit(store, KEY, i, sampleCommit(KEY, facts.slice(i * 1000, i * 1000 + 1000)));
      }
      const expected = Array.from({ length: 10_000 }, (_, i) => `f${i}`);
      same(await factIds(store, KEY), expected, 'all');
      const middle = await store.facts(KEY, { occurredAt: 4999, id: 'f4999' }, 3);
      same(
        middle.map(({ id }) => id),
        ['f5000', 'f5001', 'f5002'],
        'from the middle',
      );
      same((await store.known(KEY, expected)).size, 10_000, 'known');
      same(await store.facts(KEY, undefined, 0), [], 'none');
    },
  },
  {
    name: 'a closed store says so, whatever it is asked, and closing twice is no error',
    async run(bench) {
      const store = await bench.open();
      await mustCommit(store, KEY, 0, sampleCommit(KEY, [sampleFact('a', 1)]));
      await store.close();
      await store.close();
      const asked: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['read', () => store.read(KEY)],
        ['readAll', () => store.readAll([KEY])],
        ['commit', () => store.commit(KEY, 1, sampleCommit(KEY, []))],
        ['known', () => store.known(KEY, ['a'])],
        ['facts', () => store.facts(KEY)],
        ['snapshot', () => store.snapshot(KEY, { occurredAt: 1, id: 'a' })],
        ['due', () => store.due(1, 1)],
        ['outbox', () => store.outbox(1)],
        ['settle', () => store.settle(['a'])],
        ['keys', () => store.keys('', undefined, 1)],
        ['get', () => store.get('a')],
        ['put', () => store.put('a', 1)],
        ['names', () => store.names('')],
        ['drop', () => store.drop('a')],
      ];
      for (const [what, ask] of asked) await rejectsAs('opportune/store-closed', ask(), what);
    },
  },
  {
    name: 'looking changes nothing',
    async run(bench) {
      const store = await bench.open();
      const outbox = [{ id: 'o', to: 'b', fact: sampleFact('t', 1) }];
      await mustCommit(
        store,
        KEY,
        0,
        sampleCommit(KEY, [sampleFact('a', 1)], { wakeAt: 5, outbox, snapshot: true }),
      );
      const before = await everythingOf(store, KEY);
      for (let i = 0; i < 20; i++) same(await everythingOf(store, KEY), before, `look ${i}`);
    },
  },
];
