import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact, Store } from 'opportune';
import { createInbox, type Inbox } from './inbox.js';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestDatabase } from './test-database.js';

const ACCOUNT = 'demo:account:1';
const CONTACT = 'demo:contact:7';
let url: string;
let database: Database;
let store: Store;
let inbox: Inbox;
let tenants = 0;

before(async () => {
  url = await createTestDatabase();
  database = await openDatabase({ url });
});
after(() => database.close());

async function start(): Promise<void> {
  const tenant = `inbox-${tenants++}`;
  store = await openPostgresStore(database, tenant);
  inbox = createInbox(database, tenant);
}

function fact(id: string, subjects: readonly string[] = [ACCOUNT], text = ''): Fact {
  const [about = ''] = subjects;
  return {
    id,
    type: 'email-received',
    subjects,
    about: [about],
    occurredAt: 1,
    learnedAt: 2,
    grade: 'observed',
    data: { text },
  };
}

async function fold(one: Fact, key: string): Promise<void> {
  const version = (await store.read(key))?.version ?? 0;
  const subject = { key, at: one } as never;
  assert.ok(await store.commit(key, version, { facts: [one], subject, outbox: [] }));
}

const ids = async (): Promise<readonly string[]> =>
  (await inbox.pending(99)).map(({ fact }) => fact.id);

describe('the inbox', () => {
  it('facts wait in the order told until they are done', async () => {
    await start();
    const odd = fact('\ud83d\u0000', [ACCOUNT], 'a\u0000b \ud800');
    assert.deepEqual(await inbox.enqueue([fact('b'), odd, fact('a')]), {
      accepted: ['b', odd.id, 'a'],
      repeated: [],
    });
    const waiting = await inbox.pending(2);
    assert.deepEqual(
      waiting.map((one) => one.fact),
      [fact('b'), odd],
    );
    const later = await inbox.pending(2, waiting.at(-1)?.place);
    assert.deepEqual(
      later.map((one) => one.fact),
      [fact('a')],
    );
    await inbox.done(['b', 'unknown']);
    assert.deepEqual(await ids(), [odd.id, 'a']);
    assert.equal((await inbox.count()).pending, 2);
  });

  it('a fact told again is repeated: while it waits, within one call, when folded, and when refused', async () => {
    await start();
    const both = fact('both', [ACCOUNT, CONTACT]);
    assert.deepEqual(await inbox.enqueue([both, fact('x', [ACCOUNT], 'first'), fact('x')]), {
      accepted: ['both', 'x'],
      repeated: ['x'],
    });
    assert.deepEqual((await inbox.enqueue([both])).repeated, ['both']);
    await fold(both, ACCOUNT);
    await fold(both, CONTACT);
    await inbox.done(['both']);
    await inbox.refuse('x', 'no such account');
    assert.deepEqual(await inbox.enqueue([fact('x'), both]), {
      accepted: [],
      repeated: ['x', 'both'],
    });
    assert.deepEqual(await ids(), []);
  });

  it('a fact that only one of its subjects has is accepted again, so that the other gets it', async () => {
    await start();
    const both = fact('both', [ACCOUNT, CONTACT]);
    await fold(both, ACCOUNT);
    assert.deepEqual((await inbox.enqueue([both])).accepted, ['both']);
  });

  it('refused facts are kept with the reason and counted, and wait again when asked to', async () => {
    await start();
    await inbox.enqueue([fact('bad', [ACCOUNT], 'kept'), fact('good')]);
    await inbox.refuse('bad', 'the type is unknown');
    assert.deepEqual(await ids(), ['good']);
    const [refused] = await inbox.refused(10);
    assert.deepEqual(
      [refused?.fact, refused?.reason],
      [fact('bad', [ACCOUNT], 'kept'), 'the type is unknown'],
    );
    assert.ok(Math.abs((refused?.refusedAt ?? 0) - Date.now()) < 3_600_000);
    const { pending, refused: number } = await inbox.count();
    assert.deepEqual([pending, number], [1, 1]);
    await inbox.done(['bad']);
    assert.equal((await inbox.count()).refused, 1);
    await inbox.retry(['bad']);
    assert.deepEqual(await ids(), ['bad', 'good']);
  });

  it('many who tell the same facts at once have each accepted once', async () => {
    await start();
    const facts = Array.from({ length: 40 }, (_, i) => fact(`f${i}`));
    // In opposite orders, so that they stand in each other's way.
    const told = await Promise.all(
      [facts, facts.toReversed(), facts, facts.toReversed()].map((list) => inbox.enqueue(list)),
    );
    assert.deepEqual(
      told.flatMap(({ accepted }) => accepted).sort(),
      facts.map(({ id }) => id).sort(),
    );
    assert.equal((await inbox.count()).pending, 40);
  });

  it('whoever listens to the tenant is woken, in this process and in another', async () => {
    await start();
    const other = await openDatabase({ url });
    try {
      const tenant = `inbox-${tenants - 1}`;
      const woken = Promise.all(
        [database, other].map(
          (one) => new Promise<void>((resolve) => one.listen(tenant, () => resolve())),
        ),
      );
      await inbox.enqueue([fact('a')]);
      await woken;
    } finally {
      await other.close();
    }
  });
});
