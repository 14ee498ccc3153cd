import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { createAgent } from './agent.js';
import type { Agent } from './domain/agent.js';
import type { Fact } from './domain/fact.js';
import { shareAgent } from './share-agent.js';
import { openIndexedDbStore } from './stores/indexed-db.js';
import { createTabs } from './stores/leader.js';

const ACCOUNT = 'crm:account:kestrel';
const REP = 'crm:rep:maya';
const now = Date.UTC(2026, 10, 2, 9);

/** A tab in all but its window: an agent, a connection and a place in the queue of its own. */
async function openTab(name: string): Promise<Agent> {
  const store = await openIndexedDbStore(name);
  const agent = await createAgent({ store, clock: { now: () => now } });
  const tabs = createTabs({
    name,
    locks: navigator.locks,
    createChannel: (channel) => new BroadcastChannel(channel),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    patienceMs: 2000,
  });
  let ids = 0;
  return shareAgent(agent, {
    tabs,
    newId: () => `${name}-${Math.random()}-${++ids}`,
    every: () => () => undefined,
  });
}

const values = (id: string, held: Fact['data']): Fact => ({
  id,
  type: 'record-changed',
  subjects: [ACCOUNT],
  about: [ACCOUNT],
  occurredAt: now,
  learnedAt: now,
  grade: 'observed',
  data: { values: held },
});

describe('an agent shared by tabs', () => {
  it('what one tab records and answers the other shows, and the leader may close in between', async () => {
    const name = `shared-${crypto.randomUUID()}`;
    const first = await openTab(name);
    await first.publish(acceptancePlaybook());
    const second = await openTab(name);
    let told = 0;
    second.watch(ACCOUNT, () => told++);
    await first.record([values('1', { name: 'Kestrel Foods', owner: REP, industry: 'Food' })]);
    await second.record([values('2', { openCases: 1 })]);
    expect((await first.decide(ACCOUNT, REP)).shown.map(({ play }) => play)).to.deep.equal([
      'upsell',
      'service-follow-up',
    ]);
    expect((await second.playbook())?.name).to.equal('Acceptance');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).to.be.greaterThan(0);
    await first.close();
    const [card] = (await second.decide(ACCOUNT, REP)).shown;
    if (!card) throw new Error('no card in the second tab');
    const request = {
      id: 'a1',
      play: card.play,
      record: card.record,
      account: ACCOUNT,
      opening: card.opening,
      asker: REP,
      occurredAt: now,
      response: { kind: 'not-relevant', reason: 'wrongMoment' } as const,
    };
    expect(await second.respond(request)).to.deep.equal({ status: 'recorded' });
    expect(await second.respond(request)).to.deep.equal({ status: 'recorded' });
    expect((await second.decide(ACCOUNT, REP)).shown.map(({ play }) => play)).to.deep.equal([
      'service-follow-up',
    ]);
    await second.close();
    indexedDB.deleteDatabase(name);
  });
});
