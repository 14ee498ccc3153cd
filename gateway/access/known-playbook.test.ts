import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import {
  type Agent,
  type AttributeValue,
  COMPANY,
  createAgent,
  type Decision,
  type Playbook,
  type Store,
} from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { loadPlaybook } from '../playbook-folder.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const MAYA = 'crm:rep:maya';
const RECORDS = {
  account: 'crm:account:1',
  opportunity: 'crm:opportunity:1',
  contact: 'crm:contact:1',
  rep: MAYA,
} as const;
const PLAYBOOK = loadPlaybook(
  fileURLToPath(new URL('../../examples/crm/playbook', import.meta.url)),
  NOW,
);
const ATTRIBUTES = PLAYBOOK.attributes.filter(({ of }) => of in RECORDS);
/** What is hidden is found by it in an answer. */
const marked = (id: string): string => `marked ${id.replace('.', ' ')}.`;

const PERSON = { left: false, phone: '+49 30 1', email: 'kim@example.com' };

/** All content is for one team, and the rep is in another. */
const TEAMED: Playbook = {
  ...PLAYBOOK,
  version: 'teamed',
  contents: PLAYBOOK.contents.map((content) => ({ ...content, teams: ['south'] })),
};

function exampleOf(
  { id, type, values }: Playbook['attributes'][number],
  i: number,
): AttributeValue {
  switch (type) {
    case 'number':
      return 700_000 + i;
    case 'boolean':
      return i % 2 === 0;
    case 'date':
      return '2026-12-01';
    case 'choice':
      return values?.[i % values.length]?.id ?? marked(id);
    case 'multi':
      return [values?.[i % values.length]?.id ?? marked(id)];
    case 'text':
      return marked(id);
  }
}

async function fill(store: Store, seed: number): Promise<void> {
  const agent = await createAgent({ store, clock: { now: () => NOW } });
  await agent.publish(TEAMED);
  const facts = Object.entries(RECORDS).map(([kind, record], n) => {
    const set = ATTRIBUTES.filter(({ of, derive, machine }) => of === kind && !derive && !machine);
    const values = Object.fromEntries(
      set.map((one, i) => [one.id.split('.')[1], exampleOf(one, i + seed)]),
    );
    const fixed =
      kind === 'rep' ? { team: 'north' } : kind === 'contact' ? PERSON : { owner: MAYA };
    const subjects = kind === 'rep' ? [record, COMPANY] : [RECORDS.account];
    return {
      ...{ id: `fact-${n}`, type: 'record-changed', subjects, about: [record] },
      ...{ occurredAt: NOW - 1000 + n, learnedAt: NOW, grade: 'observed' as const },
      data: { values: { ...values, ...fixed } },
    };
  });
  await agent.record(facts);
}

function agentFor(store: Store, hidden: ReadonlySet<string>): Promise<Agent> {
  const access = { maySee: async () => true, hiddenFrom: async () => hidden };
  return createAgent({ store, clock: { now: () => NOW }, access });
}

/** Names and texts in some JSON that a person from whom these are hidden must not get. */
function leaks(answer: unknown, hidden: ReadonlySet<string>): readonly string[] {
  const text = JSON.stringify(answer);
  return [...hidden].filter(
    (id) => new RegExp(`\\b${id.replace('.', '\\.')}\\b`).test(text) || text.includes(marked(id)),
  );
}

describe('what is hidden from an asker', () => {
  const stores: Store[] = [];
  before(async () => {
    for (let seed = 0; seed < 4; seed++) {
      const store = createMemoryStore();
      await fill(store, seed);
      stores.push(store);
    }
  });

  const hiddenSets = fc.uniqueArray(fc.constantFrom(...ATTRIBUTES.map(({ id }) => id)), {
    minLength: 1,
    maxLength: 12,
  });

  it('is in no playbook, Decision or history: neither by name nor by what it holds', async () => {
    let cards = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(3), hiddenSets, async (which, ids) => {
        const hidden = new Set(ids);
        const agent = await agentFor(stores[which] as Store, hidden);
        const known = await agent.playbook(MAYA);
        assert.deepEqual(leaks(known, hidden), []);
        for (const record of [RECORDS.account, RECORDS.opportunity, RECORDS.contact]) {
          const decision = await agent.decide(record, MAYA, { verdicts: 'all' });
          assert.deepEqual(leaks(decision, hidden), []);
          assert.deepEqual(leaks(await agent.history(record, MAYA), hidden), []);
          const plays = new Set(known?.plays.map(({ id }) => id));
          for (const { play } of decision.verdicts) assert.ok(plays.has(play), play);
          cards += decision.shown.length;
        }
      }),
      { numRuns: 60, seed: 20261123 },
    );
    assert.ok(cards > 60, `${cards} cards: the rest would prove nothing`);
  });

  it('would be found by this test: nothing hidden, and names and values are there', async () => {
    const all = new Set(ATTRIBUTES.map(({ id }) => id));
    const agent = await agentFor(stores[0] as Store, new Set());
    assert.equal(leaks(await agent.playbook(MAYA), all).length, all.size);
    const decision = await agent.decide(RECORDS.account, MAYA, { verdicts: 'all' });
    assert.ok(leaks(decision, all).length > 10);
    assert.match(JSON.stringify(decision), /marked contact name\./);
  });

  it('leaves the card of a play that does not ask about it, without the phone number', async () => {
    const cards = async (hidden: readonly string[]): Promise<Decision['shown']> => {
      const agents = await Promise.all(stores.map((store) => agentFor(store, new Set(hidden))));
      const decisions = await Promise.all(agents.map((one) => one.decide(RECORDS.account, MAYA)));
      return decisions.flatMap(({ shown }) => shown);
    };
    const open = await cards([]);
    const closed = await cards(['contact.phone']);
    assert.deepEqual(
      closed.map(({ play }) => play),
      open.map(({ play }) => play),
    );
    assert.ok(open.some(({ action }) => action.contact?.phone === PERSON.phone));
    assert.doesNotMatch(JSON.stringify(closed), /\+49 30 1/);
  });
});

describe('content for a team', () => {
  it('is offered to nobody else, and not in their playbook', async () => {
    const agents: Agent[] = [];
    for (let seed = 0; seed < 4; seed++) {
      const store = createMemoryStore();
      await fill(store, seed);
      agents.push(await agentFor(store, new Set()));
    }
    const offered = async (): Promise<number> => {
      const decisions = await Promise.all(
        agents.flatMap((agent) =>
          Object.values(RECORDS).map((record) => agent.decide(record, MAYA)),
        ),
      );
      return decisions.flatMap(({ shown }) => shown.flatMap(({ contents }) => contents)).length;
    };
    const inPlaybook = async (): Promise<number | undefined> =>
      (await agents[0]?.playbook(MAYA))?.contents.length;
    assert.equal(await offered(), 0);
    assert.equal(await inPlaybook(), 0);
    for (const agent of agents)
      await agent.record([
        {
          ...{ id: 'moved', type: 'record-changed', subjects: [MAYA, COMPANY], about: [MAYA] },
          ...{ occurredAt: NOW, learnedAt: NOW, grade: 'observed' },
          data: { values: { team: 'south' } },
        },
      ]);
    assert.ok((await offered()) > 0, 'the team itself is offered some');
    assert.equal(await inPlaybook(), TEAMED.contents.length);
  });
});
