import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAgent, type Fact, OpportuneError, type Recorded } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { runWorker, type WorkerOptions } from './worker.js';

const AT = Date.parse('2026-11-20T09:00:00Z');
const clock = { now: () => AT };

const fact = (id: string, account = '1'): Fact => ({
  id,
  type: 'email-sent',
  subjects: [`crm:account:${account}`],
  about: [],
  occurredAt: AT,
  learnedAt: AT,
  grade: 'observed',
  data: {},
});

function createInbox(given: readonly Fact[]) {
  const left = new Map(given.map((one) => [one.id, one]));
  const refused = new Map<string, string>();
  return {
    left,
    refused,
    pending: async (limit: number, after = 0) =>
      [...left.values()]
        .map((fact) => ({ place: given.indexOf(fact) + 1, fact }))
        .filter(({ place }) => place > after)
        .slice(0, limit),
    async done(ids: readonly string[]) {
      for (const id of ids) left.delete(id);
    },
    async refuse(id: string, reason: string) {
      left.delete(id);
      refused.set(id, reason);
    },
  };
}

/** Runs until there is nothing to do. */
async function work(
  options: Pick<WorkerOptions, 'agent'> & { readonly inbox: ReturnType<typeof createInbox> },
) {
  const stop = new AbortController();
  const failures: string[] = [];
  await runWorker(
    {
      leads: async () => true,
      job: async () => false,
      async idle() {
        await new Promise((resolve) => setImmediate(resolve));
        if (options.inbox.left.size === 0) stop.abort();
      },
      failed: async (error, doing) => {
        failures.push(`${doing}: ${String(error)}`);
      },
      ...options,
    },
    stop.signal,
  );
  return failures;
}

describe('the worker', () => {
  it('folds what waits into every subject, and takes it out', async () => {
    const store = createMemoryStore();
    const agent = await createAgent({ store, clock });
    const facts = Array.from({ length: 2_500 }, (_, i) => fact(`f${i}`, String(i % 20)));
    const inbox = createInbox(facts);
    assert.deepEqual(await work({ inbox, agent }), []);
    assert.equal(inbox.left.size, 0);
    const held = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.facts(`crm:account:${i}`)),
    );
    assert.deepEqual(
      held
        .flat()
        .map(({ id }) => id)
        .filter((id) => id.startsWith('f'))
        .sort(),
      facts.map(({ id }) => id).sort(),
    );
  });

  it('folds what comes for one account while another one is being folded', async () => {
    const agent = await createAgent({ store: createMemoryStore(), clock });
    const inbox = createInbox([fact('f1', '1'), fact('f2', '2')]);
    // What is found at first is the one alone; the other comes while that is being folded.
    const both = inbox.pending;
    let asked = 0;
    inbox.pending = async (limit, after) => (await both(limit, after)).slice(0, ++asked);
    let other = (): void => {};
    const otherFolded = new Promise<void>((resolve) => {
      other = resolve;
    });
    const record = async (facts: readonly Fact[]): Promise<Recorded> => {
      if (facts[0]?.id === 'f1') await otherFolded;
      const recorded = await agent.record(facts);
      if (facts[0]?.id === 'f2') other();
      return recorded;
    };
    assert.deepEqual(await work({ inbox, agent: { ...agent, record } }), []);
    assert.equal(inbox.left.size, 0);
  });

  it('sets a fact aside that cannot be folded, and folds the others', async () => {
    const store = createMemoryStore();
    const agent = await createAgent({ store, clock });
    const record = async (facts: readonly Fact[]): Promise<Recorded> => {
      if (facts.some(({ id }) => id === 'poison')) throw new TypeError('Dana Ruiz is not a number');
      return agent.record(facts);
    };
    const inbox = createInbox([fact('f1'), fact('poison'), fact('f2')]);
    assert.deepEqual(await work({ inbox, agent: { ...agent, record } }), []);
    assert.deepEqual([...inbox.refused], [['poison', 'it cannot be folded']]);
    const ids = (await store.facts('crm:account:1')).map(({ id }) => id);
    assert.ok(ids.includes('f1') && ids.includes('f2'));
  });

  it('keeps everything while the database is away, and goes on when it is back', async () => {
    const store = createMemoryStore();
    const agent = await createAgent({ store, clock });
    let away = 3;
    const record = async (facts: readonly Fact[]): Promise<Recorded> => {
      if (away-- > 0) throw new OpportuneError('opportune/database-unavailable', 'it is away');
      return agent.record(facts);
    };
    const inbox = createInbox([fact('f1'), fact('f2')]);
    const failures = await work({ inbox, agent: { ...agent, record } });
    assert.deepEqual(failures, Array(3).fill('fold: OpportuneError: it is away'));
    assert.equal(inbox.left.size, 0);
    assert.equal(inbox.refused.size, 0);
  });
});
