import { expect } from '@open-wc/testing';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import {
  buyer,
  cardOf,
  createKestrel,
  DANA,
  DEAL,
  KESTREL,
  MAYA,
  PRIYA,
  seller,
  TOM,
  titles,
} from '../test/kestrel.js';
import { createScenario, type Scenario } from '../test/scenario.js';
import { createAgent } from './agent.js';
import type { Fact } from './domain/fact.js';
import type { RecordState } from './domain/subject.js';
import { COMPANY } from './domain/value.js';
import { createMemoryStore } from './stores/memory.js';

const DAY = 86_400_000;

const accountOf = async ({ store }: Scenario, key: string = KESTREL) =>
  (await store.read(key))?.subject ?? expect.fail(`no ${key}`);
const recordOf = async (scenario: Scenario, id: string): Promise<RecordState> =>
  (await accountOf(scenario)).records[id] ?? expect.fail(`no ${id}`);
const rate = ({ fact }: Scenario, more: Partial<Fact> = {}): Fact =>
  fact('rate', [COMPANY], { from: 'EUR', to: 'USD', rate: 1.25 }, more);
const inEuro = { amount: { amountMinor: 100, currency: 'EUR' } };

describe('answers', () => {
  it('refuses a snooze until "soon", which is no day, and records nothing', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([scenario.values(KESTREL, KESTREL, { industry: 'Food' })]);
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
    const message = await scenario
      .answer(card, MAYA, { kind: 'snooze', until: 'soon' })
      .then(String, ({ message }: Error) => message);
    expect(message).to.equal('until: "soon" is not a day. Write YYYY-MM-DD');
    expect((await accountOf(scenario)).answers).to.deep.equal({});
  });

  it('are recorded again as they were when they are sent again after the card closed', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([scenario.values(KESTREL, KESTREL, { industry: 'Food' })]);
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
    const send = () => scenario.answer(card, MAYA, { kind: 'done' }, 'the-same');
    expect(await send()).to.deep.equal({ status: 'recorded' });
    await scenario.agent.record([scenario.values(KESTREL, KESTREL, { industry: 'Retail' })]);
    expect(await send()).to.deep.equal({ status: 'recorded' });
    expect((await scenario.answer(card, MAYA, { kind: 'done' }, 'another')).status).to.equal(
      'closed',
    );
  });

  it('taken back put back what was known, unless the CRM has said otherwise since', async () => {
    for (const [says, expected] of [
      [undefined, undefined],
      [false, false],
    ] as const) {
      const scenario = await createKestrel();
      const { agent, values, clock, answer } = scenario;
      await agent.record([values(KESTREL, KESTREL, { industry: 'Food' })]);
      const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
      await answer(card, MAYA, { kind: 'not-relevant', reason: 'boughtElsewhere' }, 'a');
      expect((await recordOf(scenario, KESTREL)).values.boughtElsewhere?.value).to.equal(true);
      clock.at += 1000;
      if (says !== undefined)
        await agent.record([values(KESTREL, KESTREL, { boughtElsewhere: says })]);
      clock.at += 1000;
      await answer(card, MAYA, { kind: 'undo', of: 'a' });
      expect((await recordOf(scenario, KESTREL)).values.boughtElsewhere?.value).to.equal(expected);
    }
  });

  it('that switch a kind off, on and off again within one millisecond leave it off', async () => {
    const { agent } = await createKestrel();
    for (const on of [false, true, false]) await agent.setKind(MAYA, 'email', on);
    expect(await agent.kindsOff(MAYA)).to.deep.equal(['email']);
  });
});

describe('facts that come late', () => {
  it('do not fold a timeline again because the card was seen after them', async () => {
    const scenario = await createKestrel();
    const { agent, store, clock, fact } = scenario;
    clock.at += 3_600_000;
    await agent.seen({ id: 's', account: KESTREL, opening: 'x', asker: MAYA });
    let reads = 0;
    const { facts } = store;
    const counting: typeof facts = (...given) => {
      reads++;
      return facts(...given);
    };
    Object.assign(store, { facts: counting });
    await agent.record([
      fact(
        'email-received',
        [KESTREL, DANA],
        {},
        { ...buyer(DANA), occurredAt: clock.at - 300_000 },
      ),
    ]);
    expect(reads).to.equal(0);
    expect((await facts(KESTREL)).map(({ type }) => type)).to.include('seen');
  });

  it('correct what they concern after the agent was started anew, over a playbook that is in force no more', async () => {
    const scenario = await createKestrel();
    const { store, clock, fact } = scenario;
    clock.at += 1000;
    const later = acceptancePlaybook({ plays: {} });
    await scenario.agent.publish({ ...later, version: 'later', correctionDays: 80 });
    const call = fact(
      'call-made',
      [KESTREL, DANA],
      {},
      { ...seller(MAYA), occurredAt: clock.at - 1500 },
    );
    const anew = await createAgent({ store, clock: { now: () => clock.at } });
    expect((await anew.record([call])).added).to.equal(1);
    expect(await accountOf(scenario)).to.include({ playbook: 'later', tooLate: 0 });
  });

  it('too late to open anything count when the account is judged next', async () => {
    const scenario = await createScenario(acceptancePlaybook());
    const { agent, clock, fact, values } = scenario;
    const long = { occurredAt: clock.at - 100 * DAY };
    await agent.record([
      { ...values(KESTREL, KESTREL, { owner: MAYA, industry: 'Food' }), ...long },
      { ...values(TOM, KESTREL, { team: 'West' }), ...long },
    ]);
    expect((await accountOf(scenario)).openings).to.deep.equal({});
    await agent.record([fact('call-made', [KESTREL], {}, seller(MAYA))]);
    const opened = Object.values((await accountOf(scenario)).openings);
    expect(opened.map(({ play, begin }) => [play, begin])).to.deep.equal([['upsell', clock.at]]);
  });

  it('of 1960 are kept when a timeline is folded again', async () => {
    const scenario = await createKestrel();
    const { agent, clock, fact, values } = scenario;
    const born = {
      ...values(KESTREL, KESTREL, { industry: 'Food' }),
      occurredAt: -300_000_000_000,
    };
    await agent.record([born]);
    clock.at += 86_400_000;
    await agent.tick();
    await agent.record([
      fact(
        'email-received',
        [KESTREL, DANA],
        {},
        { ...buyer(DANA), occurredAt: clock.at - 80_000_000 },
      ),
    ]);
    expect((await recordOf(scenario, KESTREL)).values.industry?.value).to.equal('Food');
  });

  it('from before a deletion do not bring the record back, from after it they do', async () => {
    const scenario = await createKestrel();
    const { agent, clock, fact, values } = scenario;
    await agent.record([fact('record-deleted', [DEAL], {}, { subjects: [KESTREL] })]);
    const old = { ...values(DEAL, KESTREL, { name: 'Old' }), occurredAt: clock.at - 100 * DAY };
    await agent.record([old]);
    expect((await agent.decide(DEAL, MAYA)).nothing?.because).to.equal('no-access');
    clock.at += 1000;
    await agent.record([values(DEAL, KESTREL, { name: 'Again' })]);
    expect((await agent.decide(DEAL, MAYA)).nothing?.because).to.equal('nothing-holds');
  });

  it('that delete a record do not delete what was written after them', async () => {
    const scenario = await createKestrel();
    const { agent, clock, fact } = scenario;
    const occurredAt = clock.at - 100 * DAY;
    await agent.record([fact('record-deleted', [DEAL], {}, { subjects: [KESTREL], occurredAt })]);
    expect((await agent.decide(DEAL, MAYA)).nothing?.because).to.equal('nothing-holds');
  });
});

describe('rates', () => {
  it('imported as history reach an account that is known, and one that comes later', async () => {
    const scenario = await createKestrel();
    const { agent, values } = scenario;
    await agent.record([rate(scenario)], { history: true });
    const later = 'crm:account:later';
    await agent.record([values(DEAL, KESTREL, inEuro), values('crm:opportunity:2', later, inEuro)]);
    expect((await recordOf(scenario, DEAL)).values.amount?.value).to.equal(125);
    const { records } = await accountOf(scenario, later);
    expect(records['crm:opportunity:2']?.values.amount?.value).to.equal(125);
  });

  it('that come in one delivery with an account are known to it', async () => {
    const scenario = await createScenario(acceptancePlaybook());
    const first = rate(scenario);
    await scenario.agent.record([scenario.values(DEAL, KESTREL, inEuro), first]);
    expect((await recordOf(scenario, DEAL)).values.amount?.value).to.equal(125);
  });
});

describe('what is looked at', () => {
  it('shows nothing on a deleted deal', async () => {
    const { agent, fact, decide, values } = await createKestrel();
    await agent.record([values(KESTREL, KESTREL, { industry: 'Food' })]);
    expect(titles(await decide(DEAL, MAYA))).to.deep.equal(['upsell']);
    await agent.record([fact('record-deleted', [DEAL], {}, { subjects: [KESTREL] })]);
    expect((await decide(DEAL, MAYA)).nothing?.because).to.equal('no-access');
    expect(titles(await decide(KESTREL, MAYA))).to.deep.equal(['upsell']);
  });

  it('shows nothing of an account that the asker may not see on a deal that they may', async () => {
    const { agent, store, clock, values } = await createKestrel();
    await agent.record([values(KESTREL, KESTREL, { industry: 'Food' })]);
    const strict = await createAgent({
      store,
      clock: { now: () => clock.at },
      access: {
        maySee: async (asker, record) => asker === MAYA || record === DEAL,
        hiddenFrom: async () => new Set(),
      },
    });
    expect(titles(await strict.decide(DEAL, MAYA))).to.deep.equal(['upsell']);
    expect((await strict.decide(DEAL, TOM)).nothing?.because).to.equal('no-access');
  });

  it('knows the next of 25 meetings ahead', async () => {
    const playbook = acceptancePlaybook();
    const scenario = await createScenario({
      ...playbook,
      version: 'with meetings',
      attributes: [
        ...playbook.attributes,
        {
          id: 'account.untilMeeting',
          label: 'Days until the next meeting',
          type: 'number',
          of: 'account',
          derive: { op: 'days-until', facts: { types: ['meeting-booked'] }, field: 'startsAt' },
        },
      ],
    });
    const { agent, clock, fact } = scenario;
    const meetings = Array.from({ length: 25 }, (_, i) =>
      fact('meeting-booked', [KESTREL], {
        startsAt: new Date(clock.at + (25 - i) * DAY).toISOString(),
      }),
    );
    await agent.record(meetings);
    const { ahead } = (await recordOf(scenario, KESTREL)).derived.untilMeeting ?? {};
    expect(ahead?.[0]?.value).to.equal('2026-11-03T09:00:00.000Z');
    clock.at += 10 * DAY;
    await agent.record([
      fact('meeting-booked', [KESTREL], { startsAt: '2026-12-31T09:00:00.000Z' }),
    ]);
    const later = (await recordOf(scenario, KESTREL)).derived.untilMeeting?.ahead ?? [];
    expect(later[0]?.value, 'those that passed are let go').to.equal('2026-11-11T09:00:00.000Z');
    expect(later.at(-1)?.value).to.equal('2026-12-31T09:00:00.000Z');
  });
});

describe('the loop', () => {
  it('has recorded what it was given though a listener fails', async () => {
    const scenario = await createKestrel();
    const { agent, fact } = scenario;
    const failed = new Promise<string>((resolve) => {
      const hear = (event: PromiseRejectionEvent): void => {
        event.stopImmediatePropagation();
        event.preventDefault();
        resolve(event.reason.message);
      };
      window.addEventListener('unhandledrejection', hear, { capture: true, once: true });
    });
    agent.watch(KESTREL, () => {
      throw new Error('the panel is gone');
    });
    const recorded = await agent.record([fact('call-made', [KESTREL, PRIYA], {}, seller(MAYA))]);
    expect(recorded.added).to.equal(1);
    expect(await failed, 'and whoever watches for errors hears of it').to.equal(
      'the panel is gone',
    );
  });

  it('takes a tip in whose id is "constructor"', async () => {
    const { agent, clock } = await createScenario(acceptancePlaybook(), createMemoryStore());
    await agent.settleTip('constructor', { by: TOM, status: 'published' });
    await agent.sendTip({
      id: 'constructor',
      asker: MAYA,
      account: KESTREL,
      record: KESTREL,
      text: 'Talk about uptime.',
      attributes: {},
      signed: true,
      occurredAt: clock.at,
    });
    expect((await agent.candidates()).map(({ id }) => id)).to.deep.equal(['constructor']);
  });
});
