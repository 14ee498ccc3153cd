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
  TOM,
  titles,
} from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import type { Decision } from './domain/decision.js';
import type { Fact } from './domain/fact.js';
import type { RecordId } from './domain/value.js';

describe('S6: one attention ledger over all reps', () => {
  const touch = ({ fact }: Scenario, type: string, by: RecordId): Fact =>
    fact(type, [KESTREL, DANA], {}, { by });

  async function createSpent(): Promise<Scenario> {
    const scenario = await createKestrel();
    await scenario.agent.record([
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
    ]);
    await scenario.pass({ days: 12 });
    await scenario.agent.record([
      touch(scenario, 'call-made', TOM),
      touch(scenario, 'newsletter-sent', 'crm:rep:marketing'),
    ]);
    await scenario.pass({ hours: 1 });
    await scenario.agent.record([touch(scenario, 'email-sent', TOM)]);
    await scenario.pass({ days: 2 });
    return scenario;
  }

  it('holds the fourth touch in seven days, and says who used the budget and when it frees', async () => {
    const scenario = await createSpent();
    const decision = await scenario.decide(KESTREL, MAYA);
    expect(titles(decision)).to.deep.equal([]);
    expect(decision.nothing?.because).to.equal('buyer-contacted-enough');
    const held = decision.verdicts.find(({ play }) => play === 'silent-buyer');
    expect(held?.stage).to.equal('contact-policy');
    expect(held?.ledger).to.deep.include({ used: 3, limit: 3, days: 7 });
    expect(held?.ledger?.touches.map(({ by }) => by)).to.deep.equal([
      TOM,
      'crm:rep:marketing',
      TOM,
    ]);
    expect(held?.until).to.equal('2026-11-21T00:00:00.000Z');
  });

  it('shows the card when the oldest touches are seven days old', async () => {
    const scenario = await createSpent();
    await scenario.pass({ days: 5 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['silent-buyer']);
  });

  it('lets a contract notice and a callback that the buyer asked for pass', async () => {
    const scenario = await createSpent();
    await scenario.agent.record([
      scenario.fact('notice-due', [KESTREL]),
      scenario.fact('callback-requested', [KESTREL, DANA], {}, buyer(DANA)),
    ]);
    const decision = await scenario.decide(KESTREL, MAYA);
    expect(titles(decision)).to.deep.equal(['contract-notice', 'call-back']);
    const result = await scenario.answer(cardOf(decision, 'contract-notice'), MAYA, {
      kind: 'done',
    });
    expect(result.status).to.equal('recorded');
  });

  it('counts nothing that the buyer does', async () => {
    const scenario = await createKestrel();
    for (let i = 0; i < 5; i++)
      await scenario.agent.record([
        scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
      ]);
    await scenario.pass({ days: 14 });
    expect(cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer').ledger?.used).to.equal(0);
  });

  it('shows the card when the limit is lifted, and holds it again when it is back', async () => {
    const scenario = await createSpent();
    await scenario.agent.publish(
      acceptancePlaybook({
        settings: (text) => text.replace('touches: 3, days: 7', 'touches: 9, days: 7'),
      }),
    );
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['silent-buyer']);
    await scenario.agent.publish(acceptancePlaybook());
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal([]);
  });

  it('gives the last slot to the higher of two bids, tells the other which card holds it, and refuses its accept', async () => {
    const second = 'crm:opportunity:line-2';
    const scenario = await createKestrel();
    const { agent, values, fact } = scenario;
    await agent.record([
      values(second, KESTREL, {
        name: 'Line 2',
        stage: 'Evaluation',
        amount: { amountMinor: 40_000_000, currency: 'USD' },
        owner: TOM,
        contacts: [DANA],
      }),
      fact('email-received', [KESTREL, DANA], {}, buyer(DANA)),
    ]);
    await scenario.pass({ days: 13 });
    await agent.record([
      touch(scenario, 'call-made', 'crm:rep:x'),
      touch(scenario, 'email-sent', 'crm:rep:y'),
    ]);
    await scenario.pass({ days: 1 });
    const forTom = await scenario.decide(KESTREL, TOM);
    const forMaya = await scenario.decide(KESTREL, MAYA);
    expect(titles(forTom)).to.deep.equal(['silent-buyer']);
    expect(titles(forMaya)).to.deep.equal([]);
    const held = forMaya.verdicts.find(({ play }) => play === 'silent-buyer');
    expect(held?.ledger?.outbid?.play).to.equal('silent-buyer');
    expect(held?.ledger?.outbid?.priority).to.be.greaterThan(held?.priority ?? 0);
    const refused = await agent.respond({
      id: 'late',
      play: 'silent-buyer',
      record: DEAL,
      account: KESTREL,
      opening: held ? openingOf(forMaya, await agent.history(KESTREL, MAYA)) : '',
      asker: MAYA,
      occurredAt: scenario.clock.at,
      response: { kind: 'done' },
    });
    expect(refused.status).to.equal('no-slot');
    expect(
      (await scenario.answer(cardOf(forTom, 'silent-buyer'), TOM, { kind: 'done' })).status,
    ).to.equal('recorded');
    expect((await scenario.store.read(DANA))?.subject.ledger.touches).to.have.length(3);
  });

  const openingOf = (
    _: Decision,
    history: readonly { readonly record: string; readonly opening: string }[],
  ): string => history.find(({ record }) => record === DEAL)?.opening ?? '';

  it('passes an unused slot on after 24 hours', async () => {
    const second = 'crm:opportunity:line-2';
    const scenario = await createKestrel();
    const { agent, values, fact } = scenario;
    await agent.record([
      values(second, KESTREL, {
        name: 'Line 2',
        stage: 'Evaluation',
        amount: { amountMinor: 40_000_000, currency: 'USD' },
        owner: TOM,
        contacts: [DANA],
      }),
      fact('email-received', [KESTREL, DANA], {}, buyer(DANA)),
    ]);
    await scenario.pass({ days: 13 });
    await agent.record([
      touch(scenario, 'call-made', 'crm:rep:x'),
      touch(scenario, 'email-sent', 'crm:rep:y'),
    ]);
    await scenario.pass({ days: 1 });
    await scenario.pass({ days: 1 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal(['silent-buyer']);
    expect(titles(await scenario.decide(KESTREL, TOM))).to.deep.equal([]);
  });

  it('counts a done card and the call that the CRM logs for it once', async () => {
    const scenario = await createKestrel();
    await scenario.agent.record([
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
    ]);
    await scenario.pass({ days: 14 });
    await scenario.answer(cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer'), MAYA, {
      kind: 'done',
    });
    await scenario.pass({ hours: 2 });
    await scenario.agent.record([touch(scenario, 'call-made', MAYA)]);
    expect((await scenario.store.read(DANA))?.subject.ledger.touches).to.have.length(1);
  });

  it('keeps one ledger for a contact of two accounts', async () => {
    const scenario = await createKestrel();
    const other = 'crm:account:other';
    await scenario.agent.record([
      scenario.values(other, other, { name: 'Other', owner: TOM }),
      scenario.fact(
        'record-changed',
        [DANA],
        { values: { name: 'Dana Ruiz', role: ['economicBuyer'] } },
        { subjects: [other, DANA] },
      ),
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
    ]);
    await scenario.pass({ days: 12 });
    for (const by of [TOM, TOM, TOM])
      await scenario.agent.record([scenario.fact('call-made', [other, DANA], {}, { by })]);
    await scenario.pass({ days: 2 });
    const held = (await scenario.decide(KESTREL, MAYA)).verdicts.find(
      ({ play }) => play === 'silent-buyer',
    );
    expect(held?.ledger?.used).to.equal(3);
  });
});
