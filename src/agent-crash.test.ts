import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { buyer, DANA, DEAL, KESTREL, MAYA, PRIYA, seller, TOM } from '../test/kestrel.js';
import { createScenario } from '../test/scenario.js';
import { createAgent } from './agent.js';
import { stableJson } from './core/stable-json.js';
import type { Agent } from './domain/agent.js';
import type { Fact } from './domain/fact.js';
import type { Store } from './domain/store.js';
import { createMemoryStore } from './stores/memory.js';

const HOUR = 3_600_000;
const playbook = acceptancePlaybook();

/** What a visitor or the CRM does, `hours` after what came before it. */
interface Step {
  readonly hours: number;
  readonly what: 'reply' | 'call' | 'cases' | 'industry' | 'notice' | 'accept' | 'dismiss' | 'tick';
  readonly value: number;
}
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 300 }),
    what: fc.constantFrom<Step['what']>(
      'reply',
      'call',
      'cases',
      'industry',
      'notice',
      'accept',
      'dismiss',
      'tick',
    ),
    value: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 6, maxLength: 12 },
);

/** Writes that a crash cuts off: before it is made, or when it is made and not yet acknowledged. */
const WRITES = ['commit', 'settle', 'put'] as const;

/** Lets a store crash at some of its writes. Tells how often it did. */
function crashing(store: Store, crashes: readonly (boolean | 'after')[]): { count: number } {
  const told = { count: 0 };
  let writes = 0;
  for (const name of WRITES) {
    const write = store[name] as (...given: readonly unknown[]) => Promise<unknown>;
    Object.assign(store, {
      async [name](...given: readonly unknown[]) {
        const crash = crashes[writes++] ?? false;
        const done = crash === true ? undefined : await write(...given);
        if (crash === false) return done;
        told.count++;
        throw new Error('crash');
      },
    });
  }
  return told;
}

/** Everything that must not depend on crashes, after a life in which the process is started anew at each of them. */
async function live(
  list: readonly Step[],
  crashes: readonly (boolean | 'after')[],
): Promise<{ readonly outcome: string; readonly crashed: number }> {
  const store = createMemoryStore();
  const { clock, values, fact, agent: first } = await createScenario(playbook, store);
  const start = (): Promise<Agent> => createAgent({ store, clock: { now: () => clock.at } });
  await first.record([
    values(KESTREL, KESTREL, { name: 'Kestrel', owner: MAYA, openCases: 0 }),
    values(DANA, KESTREL, { name: 'Dana', role: ['economicBuyer'] }),
    values(PRIYA, KESTREL, { name: 'Priya', role: ['champion'] }),
    values(MAYA, KESTREL, { name: 'Maya', team: 'West' }),
    values(DEAL, KESTREL, { name: 'Renewal', stage: 'Evaluation', owner: MAYA, contacts: [DANA] }),
  ]);
  const told = crashing(store, crashes);
  let agent = await start();
  const surely = async (work: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        await work();
        return;
      } catch (error) {
        if ((error as Error).message !== 'crash') throw error;
        agent = await start();
      }
    }
  };
  for (const [i, { hours, what, value }] of list.entries()) {
    clock.at += hours * HOUR;
    const person = value === 0 ? PRIYA : DANA;
    const happened: { readonly [name: string]: () => Fact } = {
      reply: () => fact('email-received', [KESTREL, person], {}, buyer(person)),
      call: () => fact('call-made', [KESTREL, person], {}, seller(value === 2 ? TOM : MAYA)),
      cases: () => values(KESTREL, KESTREL, { openCases: value }),
      industry: () => values(KESTREL, KESTREL, { industry: value === 0 ? 'Food' : 'Retail' }),
      notice: () => fact('notice-due', [KESTREL]),
    };
    const made = happened[what]?.();
    if (made) await surely(() => agent.record([{ ...made, id: `step-${i}` }]));
    else if (what === 'tick') await surely(() => agent.tick());
    else {
      const [card] = (await agent.decide(KESTREL, MAYA)).shown;
      if (!card) continue;
      await surely(() =>
        agent.respond({
          id: `answer-${i}`,
          play: card.play,
          record: card.record,
          account: KESTREL,
          opening: card.opening,
          asker: MAYA,
          occurredAt: clock.at,
          response:
            what === 'accept'
              ? { kind: 'done' }
              : { kind: 'not-relevant', reason: 'boughtElsewhere' },
        }),
      );
    }
  }
  clock.at += HOUR;
  await surely(() => agent.tick());
  await surely(() => agent.record([]));
  const keys = await store.keys('', undefined, 100);
  const subjects = await store.readAll(keys);
  const facts = await Promise.all(keys.map((key) => store.facts(key)));
  return {
    crashed: told.count,
    outcome: stableJson([
      subjects.map(
        (stored) =>
          stored && [
            stored.subject.records,
            stored.subject.openings,
            stored.subject.standing,
            stored.subject.answers,
            stored.subject.ledger.touches,
            stored.subject.ledger.bids.map(({ opening, priority }) => [opening, priority]),
          ],
      ),
      facts.map((own) => own.flatMap(({ id, type }) => (type.startsWith('bid') ? [] : [id]))),
      await store.outbox(100),
      await agent.decide(KESTREL, MAYA).then(({ inputs: _, ...decision }) => decision),
    ]),
  };
}

describe('a crash between two writes', () => {
  it('changes nothing of what opened, was answered and was touched, when what came is sent again', async () => {
    let crashed = 0;
    const crashPoints = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(false as const) },
        { weight: 1, arbitrary: fc.constantFrom<true | 'after'>(true, 'after') },
      ),
      { minLength: 60, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, crashPoints, async (list, crashes) => {
        const [smooth, rough] = [await live(list, []), await live(list, crashes)];
        crashed += rough.crashed;
        expect(rough.outcome).to.equal(smooth.outcome);
      }),
      { numRuns: 40, seed: 20261122 },
    );
    // The property says nothing if nothing crashed.
    expect(crashed).to.be.greaterThan(100);
  }).timeout(60_000);
});
