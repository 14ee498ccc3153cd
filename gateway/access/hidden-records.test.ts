import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { type Agent, createAgent, type Fact, type RecordId, type Store } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { NOW } from '../../examples/crm/data/calendar.js';
import { createDemoWorld } from '../../examples/crm/data/world.js';
import { loadPlaybook } from '../playbook-folder.js';

const ACCOUNTS = 40;
const PLAYBOOK = loadPlaybook(
  fileURLToPath(new URL('../../examples/crm/playbook', import.meta.url)),
  NOW,
);
const kindOf = (id: RecordId): string => id.split(':')[1] ?? '';
const isInside = (id: RecordId): boolean => ['contact', 'opportunity'].includes(kindOf(id));

interface Told {
  readonly owner: RecordId;
  readonly children: readonly RecordId[];
  readonly facts: readonly Fact[];
}

const accounts = new Map<RecordId, Told>();
let store: Store;

/** An agent for people who may see all but these. */
const agentFor = (hidden: ReadonlySet<RecordId>): Promise<Agent> =>
  createAgent({
    store,
    clock: { now: () => NOW },
    access: {
      maySee: async (_, record) => !hidden.has(record),
      hiddenFrom: async () => new Set(),
    },
  });

/** All that a person is told of an account and of what may be seen in it. */
async function allTold(account: RecordId, hidden: ReadonlySet<RecordId>): Promise<string> {
  const { owner, children } = accounts.get(account) ?? assert.fail(account);
  const agent = await agentFor(hidden);
  const answers: unknown[] = [];
  for (const record of [account, ...children.filter((id) => !hidden.has(id))]) {
    const decision = await agent.decide(record, owner, { verdicts: 'all' });
    answers.push(decision, await agent.history(record, owner));
  }
  return JSON.stringify(answers);
}

const around = (told: string, text: string): string =>
  told.slice(Math.max(0, told.indexOf(text) - 200), told.indexOf(text) + 100);

/** What was written in facts about hidden records, and in no other fact of the account. */
function wordsOnlyIn(account: RecordId, hidden: ReadonlySet<RecordId>): readonly string[] {
  const { facts } = accounts.get(account) ?? assert.fail(account);
  const isHidden = ({ about }: Fact): boolean => about.some((id) => hidden.has(id));
  const written = ({ data }: Fact): string[] =>
    [data.text].filter((one) => typeof one === 'string');
  const open = facts.filter((fact) => !isHidden(fact)).flatMap(written);
  return facts
    .filter(isHidden)
    .flatMap(written)
    .filter((text) => text.length > 12 && !open.some((other) => other.includes(text)));
}

describe('contacts and opportunities that are hidden inside an account that is not', () => {
  before(async () => {
    store = createMemoryStore();
    const agent = await createAgent({ store, clock: { now: () => NOW } });
    const { facts } = createDemoWorld(7);
    const ids = [...new Set(facts.flatMap(({ about }) => about))].filter(
      (id) => kindOf(id) === 'account',
    );
    const chosen = new Set(ids.slice(0, ACCOUNTS));
    const own = facts.filter(({ subjects }) =>
      subjects.every((key) => kindOf(key) !== 'account' || chosen.has(key)),
    );
    await agent.publish(PLAYBOOK);
    await agent.record(own);
    for (const account of chosen) {
      const held = (await store.read(account))?.subject;
      const owner = held?.records[account]?.values.owner?.value;
      accounts.set(account, {
        owner: String(owner),
        children: Object.keys(held?.records ?? {}).filter(isInside),
        facts: own.filter(({ subjects }) => subjects.includes(account)),
      });
    }
  });

  it('are nowhere in what is told: no id, no name of a deal, nothing that was written about them', async () => {
    let words = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...accounts.keys()),
        fc.infiniteStream(fc.boolean()),
        async (account, choices) => {
          const { children } = accounts.get(account) ?? assert.fail();
          const hidden = new Set(children.filter(() => choices.next().value));
          const told = await allTold(account, hidden);
          for (const id of hidden) assert.ok(!told.includes(`"${id}"`), around(told, id));
          const only = wordsOnlyIn(account, hidden);
          words += only.length;
          for (const text of only)
            assert.ok(!told.includes(JSON.stringify(text)), around(told, text));
        },
      ),
      { numRuns: 40, includeErrorInReport: true },
    );
    assert.ok(words > 100, `${words} texts: the rest would prove nothing`);
  });

  it('would be found by this test: where nothing is hidden they are there', async () => {
    let ids = 0;
    for (const [account, { children }] of [...accounts].slice(0, 10)) {
      const told = await allTold(account, new Set());
      ids += children.filter((id) => told.includes(`"${id}"`)).length;
    }
    assert.ok(ids > 20, `${ids}`);
  });

  it('take the cards along that are there because of them alone, and leave the others', async () => {
    let gone = 0;
    let left = 0;
    for (const [account, { owner, children }] of accounts) {
      const all = await (await agentFor(new Set())).decide(account, owner);
      const none = await (await agentFor(new Set(children))).decide(account, owner);
      for (const { record } of none.shown) assert.equal(record, account);
      const shown = new Set(none.shown.map(({ opening }) => opening));
      gone += all.shown.filter(({ opening }) => !shown.has(opening)).length;
      left += shown.size;
    }
    assert.ok(gone > 5 && left > 0, `${gone} gone, ${left} left`);
  });

  it('are asked about together, after the account', async () => {
    const [account, { owner, children }] =
      [...accounts].find(([, one]) => one.children.length > 3) ?? assert.fail();
    const asked: RecordId[][] = [];
    let waiting: RecordId[] | undefined;
    const agent = await createAgent({
      store,
      clock: { now: () => NOW },
      access: {
        maySee(_, record) {
          if (!waiting) {
            const own: RecordId[] = [];
            waiting = own;
            asked.push(own);
            setImmediate(() => {
              waiting = undefined;
            });
          }
          waiting.push(record);
          return new Promise((resolve) => setImmediate(() => resolve(true)));
        },
        hiddenFrom: async () => new Set(),
      },
    });
    await agent.decide(account, owner);
    assert.deepEqual(asked[0], [account]);
    assert.deepEqual(
      children.filter((id) => !asked[1]?.includes(id)),
      [],
    );
    assert.equal(asked.length, 2);
  });
});
