import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Commit, Fact, Store } from 'opportune';
import { readChanges } from './change-feed.js';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestDatabase } from './test-database.js';

let database: Database;
let store: Store;

before(async () => {
  database = await openDatabase({ url: await createTestDatabase() });
  store = await openPostgresStore(database, 'acme');
});
after(() => database.close());

function told(id: string, key: string, more: Partial<Commit> = {}): Commit {
  const fact: Fact = {
    ...{ id, type: 'email-received', subjects: [key], about: [key], grade: 'observed' },
    ...{ occurredAt: 1, learnedAt: 2, data: { text: `line\nof ${id} "and" \\n` } },
  };
  const subject = { key, at: { occurredAt: 1, id } } as never;
  const outbox = [{ id: `to/${id}`, to: 'demo:rep:1', fact }];
  return { facts: [fact], subject, outbox, values: { shared: id, [`own/${id}`]: id }, ...more };
}

const idsOf = async (key: string): Promise<readonly string[]> =>
  (await store.facts(key)).map(({ id }) => id);
const keysSince = async (position: string): Promise<readonly string[]> =>
  ((await readChanges(database, 'acme', position))?.changes ?? []).map(({ key }) => key).sort();

describe('commits of several subjects at one moment', () => {
  it('are done or not each for itself, those of one subject in order, and of those that lost nothing is written', async () => {
    assert.ok(await store.commit('demo:account:1', 0, told('a0', 'demo:account:1')));
    assert.ok(await store.commit('demo:account:2', 0, told('b0', 'demo:account:2')));
    const { position = '' } = (await readChanges(database, 'acme')) ?? {};
    const done = await Promise.all([
      store.commit('demo:account:1', 1, told('a1', 'demo:account:1')),
      store.commit('demo:account:2', 7, told('b1', 'demo:account:2')),
      store.commit('demo:account:3', 0, told('c1', 'demo:account:3')),
      store.commit('demo:account:1', 1, told('a2', 'demo:account:1')),
      store.commit('demo:account:1', 2, told('a3', 'demo:account:1')),
    ]);
    assert.deepEqual(done, [true, false, true, false, true]);
    assert.deepEqual(await idsOf('demo:account:1'), ['a0', 'a1', 'a3']);
    assert.deepEqual(await idsOf('demo:account:2'), ['b0']);
    assert.deepEqual(await store.facts('demo:account:3'), told('c1', 'demo:account:3').facts);
    assert.deepEqual(
      (await store.outbox(99)).map(({ id }) => id),
      ['to/a0', 'to/b0', 'to/a1', 'to/c1', 'to/a3'],
    );
    assert.deepEqual(
      [...(await store.names('own/'))].sort(),
      ['a0', 'a1', 'a3', 'b0', 'c1'].map((id) => `own/${id}`),
    );
    assert.deepEqual(await keysSince(position), [
      'demo:account:1',
      'demo:account:1',
      'demo:account:3',
    ]);
  });

  it('are noted in the change feed, but for those that change nothing that is shown', async () => {
    const { position = '' } = (await readChanges(database, 'acme')) ?? {};
    const done = await Promise.all([
      store.commit('demo:account:8', 0, told('x', 'demo:account:8', { quiet: true })),
      store.commit('demo:account:9', 0, told('y', 'demo:account:9')),
    ]);
    assert.deepEqual(done, [true, true]);
    assert.deepEqual(await keysSince(position), ['demo:account:9']);
    assert.ok(
      await store.commit('demo:account:8', 1, told('z', 'demo:account:8', { quiet: true })),
    );
    assert.deepEqual(await keysSince(position), ['demo:account:9']);
  });
});
