import { expect } from '@open-wc/testing';
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

describe('S9: what a rep answers', () => {
  async function createOpen(): Promise<Scenario> {
    const scenario = await createKestrel();
    await scenario.agent.record([
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
      scenario.values(KESTREL, KESTREL, { industry: 'Food' }),
    ]);
    await scenario.pass({ days: 14 });
    return scenario;
  }

  it('a dismissal with "Bought elsewhere" sets that attribute on this account, hides the card for all, and no other account', async () => {
    const scenario = await createOpen();
    const other = 'crm:account:other';
    await scenario.agent.record([
      scenario.values(other, other, { name: 'Other', owner: MAYA, industry: 'Food' }),
    ]);
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
    await scenario.answer(card, MAYA, { kind: 'not-relevant', reason: 'boughtElsewhere' });
    expect(titles(await scenario.decide(KESTREL, TOM))).not.to.include('upsell');
    expect((await scenario.agent.why('upsell', KESTREL, TOM)).stage).to.equal('eligibility');
    const record = (await scenario.store.read(KESTREL))?.subject.records[KESTREL];
    expect(record?.values.boughtElsewhere).to.deep.include({
      value: true,
      grade: 'claimed',
      by: MAYA,
    });
    expect(titles(await scenario.decide(other, MAYA))).to.include('upsell');
  });

  it('an undo brings the card and the attribute back', async () => {
    const scenario = await createOpen();
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
    await scenario.answer(card, MAYA, { kind: 'not-relevant', reason: 'boughtElsewhere' }, 'no');
    await scenario.answer(card, MAYA, { kind: 'undo', of: 'no' });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.include('upsell');
    expect(
      (await scenario.store.read(KESTREL))?.subject.records[KESTREL]?.values,
    ).not.to.have.property('boughtElsewhere');
  });

  it('a reason of the rep hides the card for that rep alone', async () => {
    const scenario = await createOpen();
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
    await scenario.answer(card, MAYA, { kind: 'not-relevant', reason: 'wrongMoment' });
    expect(titles(await scenario.decide(KESTREL, MAYA))).not.to.include('upsell');
    expect(titles(await scenario.decide(KESTREL, TOM))).to.include('upsell');
  });

  it('a snooze returns on the chosen day', async () => {
    const scenario = await createOpen();
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'upsell');
    await scenario.answer(card, MAYA, { kind: 'snooze', until: '2026-11-24' });
    expect((await scenario.agent.why('upsell', KESTREL, MAYA)).until).to.equal(
      '2026-11-24T00:00:00.000Z',
    );
    await scenario.pass({ days: 7 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).not.to.include('upsell');
    await scenario.pass({ days: 1 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.include('upsell');
  });

  it('a snooze does not return when the card no longer holds', async () => {
    const scenario = await createOpen();
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer');
    await scenario.answer(card, MAYA, { kind: 'snooze', until: '2026-11-24' });
    await scenario.agent.record([
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
    ]);
    await scenario.pass({ days: 8 });
    expect(titles(await scenario.decide(KESTREL, MAYA))).not.to.include('silent-buyer');
  });

  it('an answer to a card that closed meanwhile is recorded and not carried out', async () => {
    const scenario = await createOpen();
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer');
    const acceptedAt = scenario.clock.at;
    await scenario.pass({ hours: 3 });
    await scenario.agent.record([
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
    ]);
    const result = await scenario.agent.respond({
      id: 'offline',
      play: card.play,
      record: card.record,
      account: KESTREL,
      opening: card.opening,
      asker: MAYA,
      occurredAt: acceptedAt,
      response: { kind: 'done' },
    });
    expect(result).to.deep.include({ status: 'closed', because: 'no-longer-true' });
    expect((await scenario.store.read(DANA))?.subject.ledger.touches).to.deep.equal([]);
    const answered = (await scenario.agent.history(KESTREL, MAYA)).find(
      ({ type }) => type === 'answered',
    );
    expect(answered?.responseId).to.equal('offline');
  });

  it('the same answer sent twice counts once', async () => {
    const scenario = await createOpen();
    const card = cardOf(await scenario.decide(KESTREL, MAYA), 'silent-buyer');
    expect((await scenario.answer(card, MAYA, { kind: 'done' }, 'once')).status).to.equal(
      'recorded',
    );
    expect((await scenario.answer(card, MAYA, { kind: 'done' }, 'once')).status).to.equal(
      'recorded',
    );
    expect((await scenario.store.read(DANA))?.subject.ledger.touches).to.have.length(1);
  });

  it('a tip reaches the queue, is edited and published, and its author is told; an unsigned one keeps its author out of the queue', async () => {
    const { agent, clock } = await createOpen();
    const tip = {
      asker: MAYA,
      account: KESTREL,
      attributes: { 'account.industry': 'Food' },
      occurredAt: clock.at,
    };
    await agent.sendTip({
      ...tip,
      id: 'signed',
      text: 'Ask for the line plan first.',
      signed: true,
    });
    await agent.sendTip({ ...tip, id: 'unsigned', text: 'Talk about uptime.', signed: false });
    const queue = await agent.candidates();
    expect(queue.map(({ id, asker, attributes }) => [id, asker, attributes])).to.deep.equal([
      ['unsigned', '', { 'account.industry': 'Food' }],
      ['signed', MAYA, { 'account.industry': 'Food' }],
    ]);
    clock.at += 3_600_000;
    await agent.settleTip('unsigned', {
      by: 'crm:rep:ines',
      status: 'published',
      text: 'Talk about uptime, not price.',
    });
    const [mine] = await agent.tips(MAYA);
    expect(mine).to.deep.include({
      id: 'unsigned',
      status: 'published',
      text: 'Talk about uptime, not price.',
    });
    expect(await agent.candidates()).to.have.length(1);
  });

  it('a kind of action that a rep switched off is not shown to that rep, mandatory ones excepted', async () => {
    const scenario = await createOpen();
    await scenario.agent.record([scenario.fact('notice-due', [KESTREL])]);
    await scenario.agent.setKind(MAYA, 'email', false);
    await scenario.agent.setKind(MAYA, 'propose', false);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.deep.equal([
      'contract-notice',
      'silent-buyer',
    ]);
    await scenario.pass({ hours: 1 });
    await scenario.agent.setKind(MAYA, 'propose', true);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.include('upsell');
  });
});

describe('news of the catalogue', () => {
  it('a new product reaches the customers who prefer its brand, and no others', async () => {
    const { agent, values, fact, decide } = await createKestrel();
    const other = 'crm:account:other';
    await agent.record([
      values(other, other, { name: 'Other', owner: MAYA, preferredBrands: ['Zenith'] }),
    ]);
    const company = 'opportune:company:self';
    await agent.record([
      fact(
        'product-added',
        ['crm:product:p9'],
        { product: 'Inline 9', brand: 'Acme' },
        { subjects: [company] },
      ),
    ]);
    const card = cardOf(await decide(KESTREL, MAYA), 'new-of-brand');
    expect(
      card.title.map((part) => (typeof part === 'string' ? part : part.value)).join(''),
    ).to.equal('Tell Kestrel Foods about the new Inline 9');
    expect(titles(await decide(other, MAYA))).to.deep.equal([]);
  });
});
