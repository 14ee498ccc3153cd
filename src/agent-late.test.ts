import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { buyer, createKestrel, DANA, DEAL, KESTREL, MAYA, PRIYA, titles } from '../test/kestrel.js';
import { createScenario, playbookOf, type Scenario } from '../test/scenario.js';
import type { Playbook } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';

const DAY = 86_400_000;

const SETTINGS = `
name: Late
currency: USD
zone: UTC
costs: { minute: 0, touch: 0 }
propensity: 0.5
contactPolicy: { limits: [], touches: {} }
goals: [{ id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }]
reasons:
  - { id: elsewhere, label: Bought elsewhere, scope: record, sets: { account.elsewhere: true } }
`;
const ATTRIBUTES = `
attributes:
- { id: status, label: Status, type: choice, of: account, values: [open, shut] }
- { id: elsewhere, label: Bought elsewhere, type: boolean, of: account }
- { id: rank, label: Rank, type: choice, of: contact, values: [champ, other] }
- { id: calls, label: Calls, type: number, of: opportunity, derive: { count: { types: [call-made], days: 4 } } }
- id: allCalls
  label: Calls of all deals
  type: number
  of: account
  derive: { sumRecords: { kind: opportunity, where: { opportunity.name: { missing: false } }, attribute: calls } }
- { id: name, label: Name, type: text, of: opportunity }
- { id: trialEnd, label: Trial ends, type: date, of: account }
- { id: toTrialEnd, label: Days to the end of the trial, type: number, of: account, unit: days, derive: { daysUntilDate: trialEnd } }
- id: champDeals
  label: Deals with a champion
  type: number
  of: account
  derive: { countRecords: { kind: opportunity, where: { has: { contact: { rank: champ } } } } }
`;
const REST = `
why: It does.
about: account
action: { kind: prepare, minutes: 5 }
for: owner
serves: { revenue: { value: 1000 } }
expires: 300 days
coolDown: { done: 1 days, notRelevant: 1 days }
owner: ana@example.com
`;
const playbook = (plays: { readonly [id: string]: string }, machine?: string): Playbook =>
  playbookOf({
    'playbook.yaml': SETTINGS,
    'attributes.yaml': ATTRIBUTES,
    ...(machine && { 'machines/m.yaml': machine }),
    ...Object.fromEntries(
      Object.entries(plays).map(([id, text]) => [
        `plays/${id}.yaml`,
        `id: ${id}\ntitle: ${id}\n${text}\n${REST}`,
      ]),
    ),
  });
async function start(of: Playbook): Promise<Scenario> {
  const scenario = await createScenario(of);
  const { agent, values } = scenario;
  await agent.record([
    values(KESTREL, KESTREL, { name: 'Kestrel', owner: MAYA, status: 'open' }),
    values(DANA, KESTREL, { name: 'Dana', rank: 'other' }),
    values(DEAL, KESTREL, { name: 'Renewal' }),
  ]);
  return scenario;
}
const accountOf = async ({ store }: Scenario, key = KESTREL): Promise<Subject> =>
  (await store.read(key))?.subject ?? expect.fail(`no ${key}`);
const standing = async (scenario: Scenario): Promise<readonly string[]> =>
  Object.keys((await accountOf(scenario)).standing[KESTREL] ?? {}).sort();

describe('a fact that is too late', () => {
  it('leaves out nothing that time brought until then', async () => {
    const scenario = await start(
      playbook({
        past: 'trigger: { becomes: { status: open } }\nvalid: { until: 2026-11-05 }',
        next: 'trigger: { becomes: { status: open } }\nvalid: { from: 2026-11-06 }',
      }),
    );
    expect(await standing(scenario)).to.deep.equal(['past']);
    const { agent, clock, fact } = scenario;
    clock.at += 10 * DAY;
    const old = { occurredAt: clock.at - 200 * DAY };
    await agent.record([fact('note-added', [KESTREL], {}, old)]);
    expect(await standing(scenario)).to.deep.equal(['next']);
  });

  it('still counts as an answer', async () => {
    const scenario = await start(playbook({ p: 'trigger: { becomes: { status: open } }' }));
    const { agent, clock, decide } = scenario;
    const [card] = (await decide(KESTREL, MAYA)).shown;
    const given = clock.at;
    clock.at += 95 * DAY;
    await agent.tick();
    const { play = '', record = '', opening = '' } = card ?? {};
    const request = { id: 'offline', play, record, opening, account: KESTREL, asker: MAYA };
    await agent.respond({ ...request, occurredAt: given + 1000, response: { kind: 'done' } });
    expect(Object.values((await accountOf(scenario)).answers).flat()).to.have.length(1);
  });
});

describe('what is judged', () => {
  it('follows a contact that becomes a champion into a count of deals with one', async () => {
    const scenario = await start(
      playbook({ champ: 'trigger: { becomes: { champDeals: { gte: 1 } } }' }),
    );
    expect(await standing(scenario)).to.deep.equal([]);
    await scenario.agent.record([scenario.values(DANA, KESTREL, { rank: 'champ' })]);
    expect(await standing(scenario)).to.deep.equal(['champ']);
  });

  it('follows a sum over deals of what time takes away', async () => {
    const scenario = await start(
      playbook({ quiet: 'trigger: { becomes: { allCalls: { lt: 1 } } }' }),
    );
    const { agent, fact, pass } = scenario;
    await agent.record([fact('call-made', [KESTREL, DEAL])]);
    expect(await standing(scenario)).to.deep.equal([]);
    await pass({ days: 5 });
    expect(await standing(scenario)).to.deep.equal(['quiet']);
  });
});

describe('a machine', () => {
  const machine = (delay: string, of = 'account'): string => `
id: heat
label: Heat
of: ${of}
states:
  warm: { label: Warm, transitions: [{ after: ${delay}, target: cold }] }
  cold: { label: Cold, final: true }
`;
  const cold = { cold: 'trigger: { becomes: { heat: cold } }' };

  it('that is published with a shorter delay ends the one that has passed', async () => {
    const scenario = await start(playbook(cold, machine('30 days')));
    await scenario.pass({ days: 10 });
    await scenario.agent.publish(playbook(cold, machine('5 days')));
    expect(await standing(scenario)).to.deep.equal(['cold']);
  });

  it('of a record that was deleted and is written again begins anew', async () => {
    const scenario = await start(playbook({}, machine('5 days', 'opportunity')));
    const { agent, fact, values, pass } = scenario;
    const state = async () => (await accountOf(scenario)).records[DEAL]?.machines?.heat?.state;
    await agent.record([fact('record-deleted', [DEAL], {}, { subjects: [KESTREL] })]);
    await pass({ days: 10 });
    expect(await state()).to.equal(undefined);
    await agent.record([values(DEAL, KESTREL, { name: 'Again' })]);
    expect(await state()).to.equal('warm');
    await pass({ days: 5 });
    expect(await state()).to.equal('cold');
  });
});

describe('a card', () => {
  it('of a trial that ends in 5 days tells the bound of 10 days that it came to, and not that of 0', async () => {
    const ends = 'trigger: { becomes: { toTrialEnd: { gte: 0, lte: 10 } } }';
    const { agent, values, clock, decide, pass } = await start(playbook({ ends }));
    const on = new Date(clock.at + 12 * DAY).toISOString().slice(0, 10);
    await agent.record([values(KESTREL, KESTREL, { trialEnd: on })]);
    await pass({ days: 7 });
    const { changed } = (await decide(KESTREL, MAYA)).shown[0] ?? {};
    expect([changed?.actual, changed?.required]).to.deep.equal([5, 10]);
  });
});

describe('claims', () => {
  it('that are both taken back leave what the CRM said, as it said it', async () => {
    const scenario = await start(playbook({ p: 'trigger: { becomes: { status: open } }' }));
    const { agent, clock, values, decide, answer } = scenario;
    await agent.record([values(KESTREL, KESTREL, { elsewhere: false })]);
    const [card] = (await decide(KESTREL, MAYA)).shown;
    if (!card) expect.fail('no card');
    for (const id of ['a', 'b']) {
      clock.at += 1000;
      await answer(card, MAYA, { kind: 'not-relevant', reason: 'elsewhere' }, id);
    }
    for (const of of ['a', 'b']) {
      clock.at += 1000;
      await answer(card, MAYA, { kind: 'undo', of });
    }
    const { elsewhere } = (await accountOf(scenario)).records[KESTREL]?.values ?? {};
    expect([elsewhere?.value, elsewhere?.grade, elsewhere?.by]).to.deep.equal([
      false,
      'observed',
      undefined,
    ]);
  });
});

describe('a merged contact', () => {
  it('with a bid wakes nobody any more', async () => {
    const scenario = await createKestrel(acceptancePlaybook());
    const { agent, fact, pass, store, clock } = scenario;
    await agent.record([fact('email-received', [KESTREL, DANA], {}, buyer(DANA))]);
    await pass({ days: 15 });
    expect((await accountOf(scenario, DANA)).ledger.bids).to.have.length(1);
    await agent.record([fact('merged', [], { into: PRIYA }, { subjects: [DANA], about: [DANA] })]);
    clock.at += 60 * DAY;
    const due = await store.due(clock.at, 100);
    expect(due.map(({ key }) => key)).to.not.include(DANA);
    await agent.tick();
    expect(titles(await agent.decide(KESTREL, MAYA))).to.deep.equal([]);
  });
});
