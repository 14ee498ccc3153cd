import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { buyer, cardOf, DANA, KESTREL, MAYA, seller, titles } from '../test/kestrel.js';
import { createScenario, playbookOf, type Scenario } from '../test/scenario.js';
import type { Playbook } from './domain/playbook.js';
import { createMemoryStore } from './stores/memory.js';

const SETTINGS = `
name: Machines
currency: USD
zone: UTC
costs: { minute: 0, touch: 0 }
propensity: 0.5
contactPolicy: { limits: [], touches: {} }
goals: [{ id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }]
reasons: [{ id: wrong, label: Wrong, scope: rep }]
`;
const ATTRIBUTES = `
attributes:
- { id: status, label: Status, type: choice, of: account, values: [open, blocked] }
- { id: calls, label: Calls, type: number, of: account, derive: { count: { types: [call-made], days: 30 } } }
`;
const MACHINE = `
id: warmth
label: Warmth
of: account
states:
  cold:
    label: Cold
    transitions: [{ on: email-received, target: fresh }]
  warm:
    label: Warm
    states:
      fresh:
        label: Fresh
        transitions:
          - { after: 10 days, target: fading }
          - { on: email-received, target: fresh, reenter: true }
      fading:
        label: Fading
        transitions: [{ on: email-received, target: fresh }]
    transitions: [{ when: { status: blocked }, target: over }]
  over: { label: Over, final: true }
`;
const play = (id: string, becomes: string): string => `
title: ${id}
why: The warmth of {account.name} calls for it.
about: account
trigger: { becomes: ${becomes} }
action: { kind: prepare, minutes: 5 }
for: owner
serves: { revenue: { value: 1000 } }
expires: 300 days
coolDown: { done: 1 days, notRelevant: 1 days }
owner: ana@example.com
`;

function playbook(machine: string = MACHINE, plays: readonly string[] = []): Playbook {
  return playbookOf({
    'playbook.yaml': SETTINGS,
    'attributes.yaml': ATTRIBUTES,
    'machines/warmth.yaml': machine,
    'plays/fading.yaml': `id: fading${play('fading', '{ warmth: fading, calls: { lt: 2 } }')}`,
    'plays/warm.yaml': `id: warm${play('warm', '{ warmth: warm }')}`,
    ...Object.fromEntries(plays.map((text, i) => [`plays/more-${i}.yaml`, text])),
  });
}

async function start(of: Playbook = playbook()): Promise<Scenario> {
  const scenario = await createScenario(of, createMemoryStore());
  await scenario.agent.record([
    scenario.values(KESTREL, KESTREL, { name: 'Kestrel', owner: MAYA, status: 'open' }),
    scenario.values(DANA, KESTREL, { name: 'Dana' }),
  ]);
  return scenario;
}
const reply = ({ fact, agent }: Scenario, occurredAt?: number) =>
  agent.record([
    fact(
      'email-received',
      [KESTREL, DANA],
      {},
      { ...buyer(DANA), ...(occurredAt && { occurredAt }) },
    ),
  ]);
const stateOf = async ({ store }: Scenario) =>
  (await store.read(KESTREL))?.subject.records[KESTREL]?.machines?.warmth?.state;

describe('a state machine', () => {
  it('opens a play when it comes to a state, by an event and by time, and tells the transition as what changed', async () => {
    const scenario = await start();
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal([]);
    await reply(scenario);
    const warm = cardOf(await scenario.decide(KESTREL, MAYA), 'warm');
    expect(JSON.stringify(warm.changed?.text)).to.include('Fresh');
    await scenario.pass({ days: 9 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['warm']);
    await scenario.pass({ days: 1 });
    const decision = await scenario.decide(KESTREL, MAYA);
    expect(titles(decision), 'of two alike the first').to.deep.equal(['fading']);
    const fading = cardOf(decision, 'fading');
    expect(fading.changed).to.include({ at: '2026-11-12T09:00:00.000Z' });
    expect(JSON.stringify(fading.evidence)).to.include('Fading');
    await reply(scenario);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['warm']);
  });

  it('wakes at the end of a delay though nobody looks, and begins it again on entering anew', async () => {
    const scenario = await start();
    await reply(scenario);
    await scenario.pass({ days: 8 });
    await reply(scenario);
    await scenario.pass({ days: 8 });
    expect(await stateOf(scenario)).to.equal('fresh');
    await scenario.pass({ days: 2 });
    expect(await stateOf(scenario)).to.equal('fading');
  });

  it('follows a condition as soon as it holds, from wherever inside', async () => {
    const scenario = await start();
    await reply(scenario);
    await scenario.agent.record([scenario.values(KESTREL, KESTREL, { status: 'blocked' })]);
    expect(await stateOf(scenario)).to.equal('over');
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal([]);
  });

  it('is corrected by a late fact: a reply that came in time leaves nothing fading', async () => {
    const scenario = await start();
    const { clock } = scenario;
    await reply(scenario);
    const replied = clock.at + 5 * 86_400_000;
    await scenario.pass({ days: 11 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.include('fading');
    await reply(scenario, replied);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['warm']);
    await scenario.pass({ days: 4 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.include('fading');
  });

  it('ends in the same state however its facts arrive', async () => {
    const days = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(days, fc.infiniteStream(fc.nat()), async (list, order) => {
        const outcomes = [];
        for (const shuffled of [false, true]) {
          const scenario = await start();
          const begin = scenario.clock.at;
          const facts = list.map((day, i) => ({
            ...scenario.fact('email-received', [KESTREL, DANA], {}, buyer(DANA)),
            id: `reply-${i}`,
            occurredAt: begin + day * 86_400_000,
            learnedAt: begin + 61 * 86_400_000,
          }));
          const arriving = shuffled
            ? facts
                .map((fact) => [order.next().value ?? 0, fact] as const)
                .sort((a, b) => a[0] - b[0])
            : facts.map((fact) => [fact.occurredAt, fact] as const).sort((a, b) => a[0] - b[0]);
          scenario.clock.at = begin + 61 * 86_400_000;
          for (const [, fact] of arriving) await scenario.agent.record([fact]);
          const subject = (await scenario.store.read(KESTREL))?.subject;
          const open = Object.values(subject?.openings ?? {}).filter(
            ({ end }) => end === undefined,
          );
          outcomes.push([subject?.records[KESTREL]?.machines, open.map(({ key }) => key).sort()]);
        }
        expect(outcomes[1]).to.deep.equal(outcomes[0]);
      }),
      { numRuns: 15, seed: 20261122 },
    );
  });
});

describe('publishing another machine', () => {
  it('goes on in a state that is still there, or that another says it was', async () => {
    const scenario = await start();
    await reply(scenario);
    await scenario.pass({ days: 6 });
    const renamed = MACHINE.replaceAll('fresh', 'lively').replace(
      'label: Fresh',
      'label: Lively\n        was: fresh',
    );
    await scenario.agent.publish(playbook(renamed));
    expect(await stateOf(scenario)).to.equal('lively');
    await scenario.pass({ days: 4 });
    expect(await stateOf(scenario), 'ten days since the reply').to.equal('fading');
  });

  it('makes what is new live through the timeline', async () => {
    const scenario = await start(playbook(MACHINE.replaceAll('email-received', 'call-received')));
    await reply(scenario);
    await scenario.pass({ days: 12 });
    expect(await stateOf(scenario)).to.equal('cold');
    const other = MACHINE.replace('id: warmth', 'id: heat');
    const heated = `id: heated${play('heated', '{ heat: fading }')}`;
    const { plays } = playbook();
    expect(plays).to.have.length(2);
    const next = playbookOf({
      'playbook.yaml': SETTINGS,
      'attributes.yaml': ATTRIBUTES,
      'machines/heat.yaml': other,
      'plays/heated.yaml': heated,
    });
    await scenario.agent.publish(next);
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'heated');
    expect(card.changed?.trueSinceBefore).to.equal(true);
    await scenario.agent.record([scenario.fact('call-made', [KESTREL, DANA], {}, seller(MAYA))]);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['heated']);
  });
});
