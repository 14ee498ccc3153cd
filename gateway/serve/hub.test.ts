import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ChangeFeed, createHub, type Hub, type Listening, PURGE } from './hub.js';

/** A feed in memory, which forgets what is older than its last `kept` changes. */
function createFeed(kept = 1_000) {
  const keys: string[] = [];
  const feed: ChangeFeed = {
    head: async () => String(keys.length),
    async read(after) {
      const from = Number(after);
      if (from < keys.length - kept) return undefined;
      const page = keys.slice(from, from + 3);
      const position = from + page.length;
      return { keys: page, position: String(position), more: position < keys.length };
    },
  };
  return { feed, keys };
}

/** Account `a:account:N` has the contact `a:contact:N`; ben may not see the account 1. */
const keysOf = async (record: string, rep: string): Promise<readonly string[]> =>
  record === 'a:account:1' && rep === 'a:rep:ben'
    ? []
    : [record, record.replace('account', 'contact'), rep, 'opportune:company:self'];

const recordsOf = (listening: Listening): readonly (string | undefined)[] =>
  listening.take().map(({ event, data }) => data.record ?? event);

async function happen(hub: Hub, keys: string[], ...more: string[]): Promise<void> {
  keys.push(...more);
  await hub.wake();
}

const ana = { records: ['a:account:1', 'a:account:2'], rep: 'a:rep:ana' };

describe('the hub', () => {
  it('tells a panel which of its records to ask anew, once, and nothing of other accounts', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const panel = await hub.open(ana);
    await happen(hub, keys, 'a:account:2', 'a:account:2', 'a:contact:2', 'a:account:9');
    assert.deepEqual(recordsOf(panel), ['a:account:2']);
    assert.deepEqual(recordsOf(panel), []);
  });

  it('tells every record of a rep when the rep or the company changed', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const panel = await hub.open(ana);
    await happen(hub, keys, 'a:rep:ana');
    assert.deepEqual(recordsOf(panel), ['a:account:1', 'a:account:2']);
    await happen(hub, keys, 'opportune:company:self');
    assert.deepEqual(recordsOf(panel), ['a:account:1', 'a:account:2']);
  });

  it('tells nothing of an account that the rep may not see', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const panel = await hub.open({ ...ana, rep: 'a:rep:ben' });
    await happen(hub, keys, 'a:account:1', 'a:contact:1');
    assert.deepEqual(recordsOf(panel), []);
  });

  it('tells a record that was not there when it is, and one that was hidden when it is not any more', async () => {
    const { feed, keys } = createFeed();
    const there = new Set<string>();
    const hub = createHub({
      feed,
      keysOf: async (record, rep) => (there.has(record) ? keysOf(record, rep) : []),
    });
    const deal = 'a:opportunity:7';
    const panel = await hub.open({ ...ana, records: ['a:account:1', 'a:account:2', deal] });
    // Of what is hidden nothing is told, however often it changes.
    await happen(hub, keys, 'a:account:1', 'a:account:9', 'a:rep:ana');
    assert.deepEqual(recordsOf(panel), []);
    there.add('a:account:1');
    await happen(hub, keys, 'a:account:1');
    assert.deepEqual(recordsOf(panel), ['a:account:1']);
    there.add(deal);
    await happen(hub, keys, 'a:account:9');
    assert.deepEqual(recordsOf(panel), [deal]);
    await happen(hub, keys, 'a:account:2');
    assert.deepEqual(recordsOf(panel), []);
  });

  it('gives a panel that was away what it missed, once', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const before = await hub.open(ana);
    const after = before.at();
    before.close();
    await happen(
      hub,
      keys,
      'a:account:1',
      'a:account:9',
      'a:account:1',
      'a:account:9',
      'a:account:9',
    );
    const again = await hub.open({ ...ana, after });
    assert.deepEqual(recordsOf(again), ['a:account:1']);
    const later = await hub.open({ ...ana, after: again.at() });
    assert.deepEqual(recordsOf(later), []);
  });

  it('lets a panel begin anew when its place is not known any more', async () => {
    const { feed, keys } = createFeed(2);
    const hub = createHub({ feed, keysOf });
    const after = (await hub.open(ana)).at();
    await happen(hub, keys, 'a:account:9', 'a:account:9', 'a:account:9', 'a:account:9');
    assert.deepEqual(recordsOf(await hub.open({ ...ana, after })), ['reset']);
  });

  it('tells everybody to forget a person who was erased', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const panel = await hub.open(ana);
    const after = panel.at();
    await happen(hub, keys, `${PURGE}a:contact:7`);
    const purge = [{ event: 'purge', data: { person: 'a:contact:7' } }];
    assert.deepEqual(panel.take(), purge);
    assert.deepEqual((await hub.open({ ...ana, after })).take(), purge);
  });

  it('follows a record to what it depends on later', async () => {
    const { feed, keys } = createFeed();
    const contacts = ['a:contact:1'];
    const hub = createHub({ feed, keysOf: async (record) => [record, ...contacts] });
    const panel = await hub.open({ ...ana, records: ['a:account:1'] });
    contacts.push('a:contact:2');
    await happen(hub, keys, 'a:account:1');
    recordsOf(panel);
    await happen(hub, keys, 'a:contact:2');
    assert.deepEqual(recordsOf(panel), ['a:account:1']);
  });

  it('tries again to find out what a record depends on, until it is known, and tells it once more then', async () => {
    const { feed, keys } = createFeed();
    const contacts: string[] = [];
    let away = false;
    const failures: unknown[] = [];
    const hub = createHub({
      feed,
      async keysOf(record) {
        if (away) throw new Error('nobody can say now');
        return [record, ...contacts];
      },
      failed: (error) => failures.push(error),
    });
    const panel = await hub.open({ ...ana, records: ['a:account:1'] });
    contacts.push('a:contact:2');
    away = true;
    await happen(hub, keys, 'a:account:1');
    assert.deepEqual([recordsOf(panel), failures.length], [['a:account:1'], 1]);
    away = false;
    const more = new Promise<void>((resolve) => panel.onMore(resolve));
    // Nothing happens meanwhile.
    await Promise.race([more, new Promise((_, reject) => setTimeout(reject, 10_000, 'not told'))]);
    assert.deepEqual(recordsOf(panel), ['a:account:1']);
    await happen(hub, keys, 'a:contact:2');
    assert.deepEqual(recordsOf(panel), ['a:account:1']);
  });

  it('misses nothing, whatever comes and however often panels come and go', async () => {
    const step = fc.oneof(
      fc.record({ is: fc.constant('change' as const), account: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ is: fc.constant('leave' as const), account: fc.constant(0) }),
      fc.record({ is: fc.constant('take' as const), account: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { feed, keys } = createFeed();
        const hub = createHub({ feed, keysOf });
        let panel = await hub.open(ana);
        const untold = new Set<string>();
        let told: string[] = [];
        const take = (): void => {
          told = recordsOf(panel).map(String);
          assert.deepEqual([...told].sort(), [...untold].sort());
          untold.clear();
        };
        for (const { is, account } of steps) {
          if (is === 'change') {
            await happen(hub, keys, `a:account:${account}`);
            if (account <= 2) untold.add(`a:account:${account}`);
          } else if (is === 'take') take();
          else {
            take();
            const after = panel.at();
            panel.close();
            assert.equal(hub.panels, 0);
            panel = await hub.open({ ...ana, after });
          }
        }
        take();
      }),
      { numRuns: 200 },
    );
  });

  it('tells a change that concerns many panels to some at a time, and in the end to all', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const told: Listening[] = [];
    for (let i = 0; i < 450; i++) {
      const panel = await hub.open({ records: [`a:account:${i}`], rep: `a:rep:${i}` });
      panel.onMore(() => told.push(panel));
    }
    await happen(hub, keys, 'opportune:company:self');
    assert.equal(told.length, 200);
    while (told.length < 450) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(new Set(told).size, 450);
  });

  it('gives as the place of a panel, while something waits for it, the one before that', async () => {
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const panel = await hub.open(ana);
    const before = panel.at();
    await happen(hub, keys, 'a:account:9', 'a:account:1');
    assert.equal(panel.at(), before);
    panel.take();
    assert.notEqual(panel.at(), before);
  });

  it('tells a record once more when it depends on more than before, as that may have changed meanwhile', async () => {
    const { feed, keys } = createFeed();
    let contacts: readonly string[] = [];
    const hub = createHub({
      feed,
      keysOf: async (record, rep) => [record, ...contacts, rep],
    });
    const panel = await hub.open({ records: ['a:account:1'], rep: 'a:rep:ana' });
    const calls: number[] = [];
    panel.onMore(() => calls.push(panel.take().length));
    const called = async (times: number): Promise<void> => {
      while (calls.length < times) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    contacts = ['a:contact:7'];
    await happen(hub, keys, 'a:account:1');
    await called(2);
    await happen(hub, keys, 'a:contact:7');
    await called(3);
    assert.deepEqual(calls, [1, 1, 1]);
  });

  it('tells at once what changed, and what follows within a tenth of a second together', async (test) => {
    let now = 5_000;
    test.mock.method(performance, 'now', () => now);
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const pass = (ms: number): void => {
      now += ms;
      test.mock.timers.tick(ms);
    };
    const { feed, keys } = createFeed();
    const hub = createHub({ feed, keysOf });
    const panel = await hub.open(ana);
    const calls: unknown[] = [];
    panel.onMore(() => calls.push(recordsOf(panel)));
    await happen(hub, keys, 'a:account:1');
    assert.deepEqual(calls, [['a:account:1']]);
    pass(40);
    await happen(hub, keys, 'a:contact:1');
    await happen(hub, keys, 'a:account:2', 'a:contact:1');
    assert.equal(calls.length, 1);
    pass(60);
    assert.deepEqual(calls[1], ['a:account:1', 'a:account:2']);
    pass(100);
    await happen(hub, keys, 'a:account:2');
    assert.deepEqual(calls.slice(2), [['a:account:2']]);
  });
});
