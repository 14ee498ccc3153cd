import { expect } from '@open-wc/testing';
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
import { type Scenario, storeHash } from '../test/scenario.js';
import type { Fact } from './domain/fact.js';

describe('S1: a silence of 14 days opens one card, once', () => {
  const reply = ({ fact }: Scenario): Fact =>
    fact('email-received', [KESTREL, DANA, DEAL], { text: 'Thank you' }, buyer(DANA));

  it('opens on day 14 and not on day 13, and says how long the buyer has been silent', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([reply(scenario)]);
    await scenario.pass({ days: 13 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal([]);
    await scenario.pass({ days: 1 });
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer');
    expect(card.changed?.actual).to.equal(14);
    expect(card.changed?.required).to.equal(14);
    expect(card.action.contact?.name).to.equal('Dana Ruiz');
    expect(card.evidence[0]?.grade).to.equal('buyer-verified');
  });

  it("says beside the silence what the team's won deals average", async () => {
    const scenario = await createKestrel();
    const company = 'opportune:company:self';
    await scenario.agent.record([
      reply(scenario),
      scenario.values(company, KESTREL, { replyDaysOfWonDeals: 4 }),
    ]);
    await scenario.pass({ days: 14 });
    const { changed } = cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer');
    expect(changed?.required).to.equal(4);
    expect(
      changed?.compared?.map((part) => (typeof part === 'string' ? part : part.value)).join(''),
    ).to.equal('Won deals average 4');
  });

  it('shows the card by the clock even when nobody told the agent that time went on', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([reply(scenario)]);
    scenario.clock.at += 14 * 86_400_000;
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['silent-buyer']);
  });

  it('adds nothing on a redelivery, a second look or a nightly run', async () => {
    const scenario = await createKestrel();
    const first = reply(scenario);
    await scenario.agent.record([first]);
    await scenario.pass({ days: 14 });
    const before = await scenario.agent.history(KESTREL, MAYA);
    expect(await scenario.agent.record([first])).to.deep.include({
      added: 0,
      repeated: 1,
      opened: [],
    });
    await scenario.agent.tick();
    await scenario.pass({ hours: 5 });
    await scenario.decide(KESTREL, MAYA);
    expect(await scenario.agent.history(KESTREL, MAYA)).to.deep.equal(before);
  });

  it('is withdrawn by a reply, and the history tells opened, withdrawn and why', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([reply(scenario)]);
    await scenario.pass({ days: 14 });
    const { withdrawn } = await scenario.agent.record([reply(scenario)]);
    expect(withdrawn).to.have.length(1);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal([]);
    const history = await scenario.agent.history(KESTREL, MAYA);
    expect(history.map(({ type, ended }) => [type, ended])).to.deep.equal([
      ['withdrawn', 'no-longer-true'],
      ['opened', undefined],
    ]);
    expect(history[0]?.grade).to.equal('buyer-verified');
  });

  it('comes to the same state when 100 facts arrive shuffled and doubled', async () => {
    const facts = await manyFacts();
    const states: string[] = [];
    for (const order of [facts, [...facts].reverse(), shuffled([...facts, ...facts])]) {
      const scenario = await createKestrel();
      scenario.clock.at += 60 * 86_400_000;
      for (const fact of order) await scenario.agent.record([fact]);
      const subject = (await scenario.store.read(KESTREL))?.subject;
      states.push(
        JSON.stringify([
          subject?.records,
          subject?.standing,
          Object.values(subject?.openings ?? {})
            .filter(({ ended }) => ended !== 'corrected')
            .sort((a, b) => (a.key < b.key ? -1 : 1)),
        ]),
      );
    }
    expect(states[1]).to.equal(states[0]);
    expect(states[2]).to.equal(states[0]);
  });

  async function manyFacts(): Promise<readonly Fact[]> {
    const { fact, clock } = await createKestrel();
    return Array.from({ length: 100 }, (_, i) => {
      clock.at += ((i * 7919) % 40) * 3_600_000;
      return i % 3 === 0
        ? fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA))
        : fact('call-made', [KESTREL, PRIYA], {}, seller(MAYA));
    });
  }

  function shuffled<T>(list: readonly T[]): readonly T[] {
    return list
      .map((item, i) => [(Math.sin(i * 12.9898) * 43_758.5453) % 1, item] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, item]) => item);
  }
});

describe('S2: why not', () => {
  it('names the stage, the condition, actual against required, and the smallest change', async () => {
    const { agent, fact } = await createKestrel();
    await agent.record([fact('email-received', [KESTREL, DANA], {}, buyer(DANA))]);
    const verdict = await agent.why('ask-reference', KESTREL, MAYA);
    expect(verdict.stage).to.equal('trigger');
    expect(verdict.change).to.deep.equal([
      { attribute: 'account.repliesIn14Days', from: 1, to: 2, range: { gte: 2 } },
    ]);
  });

  it('names a filter that stops an open play', async () => {
    const { agent, fact, values } = await createKestrel();
    await agent.record([
      fact('email-received', [KESTREL, DANA], {}, buyer(DANA)),
      fact('email-received', [KESTREL, DANA], {}, buyer(DANA)),
      values(KESTREL, KESTREL, { openCases: 2 }),
    ]);
    const verdict = await agent.why('ask-reference', KESTREL, MAYA);
    expect(verdict.stage).to.equal('applicability');
    expect(verdict.change).to.deep.equal([{ attribute: 'account.openCases', from: 2, to: 0 }]);
  });

  it('shows the margin an offer has and the price at which it would pass', async () => {
    const { agent, values, decide } = await createKestrel();
    await agent.record([
      values(KESTREL, KESTREL, {
        industry: 'Food',
        costToServe: { amountMinor: 560_000, currency: 'USD' },
      }),
    ]);
    const verdict = (await decide(KESTREL, MAYA)).verdicts.find(({ play }) => play === 'upsell');
    expect(verdict?.stage).to.equal('profit-gate');
    expect(verdict?.margin).to.deep.equal({
      rate: 0.11,
      required: 0.18,
      priceMinor: 4_000_000,
      neededPriceMinor: 4_341_464,
    });
  });

  it('gives every play a verdict when all are asked for', async () => {
    const { agent } = await createKestrel();
    const { verdicts } = await agent.decide(KESTREL, MAYA, { verdicts: 'all' });
    expect(verdicts.map(({ play }) => play).sort()).to.deep.equal([
      'ask-reference',
      'call-back',
      'contract-notice',
      'new-of-brand',
      'service-follow-up',
      'silent-buyer',
      'upsell',
    ]);
  });

  it('leaves the store as it was after a thousand looks', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([
      scenario.values(KESTREL, KESTREL, { industry: 'Food', openCases: 1 }),
    ]);
    const before = await storeHash(scenario.store);
    for (let i = 0; i < 500; i++) {
      scenario.clock.at += 3_600_000;
      await scenario.decide(i % 2 ? KESTREL : DEAL, i % 3 ? MAYA : TOM);
      await scenario.agent.why('upsell', KESTREL, MAYA);
    }
    expect(await storeHash(scenario.store)).to.equal(before);
  });

  it('gives the same bytes for the same versions and moment', async () => {
    const { agent, values, decide } = await createKestrel();
    await agent.record([values(KESTREL, KESTREL, { industry: 'Food', openCases: 1 })]);
    expect(JSON.stringify(await decide(KESTREL, MAYA))).to.equal(
      JSON.stringify(await decide(KESTREL, MAYA)),
    );
  });

  it('answers alike for a record that is hidden and one that is not there', async () => {
    const { agent } = await createKestrel();
    const missing = await agent.decide('crm:account:nobody', MAYA);
    expect(missing.nothing?.because).to.equal('no-access');
    expect(missing.counts).to.deep.equal({});
  });
});
