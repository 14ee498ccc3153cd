import { expect } from '@open-wc/testing';
import { ACCOUNT, card, createFakeAgent, DEAL, decision, MAYA, NOW, verdict } from './fixtures.js';
import { createPanelSource } from './source.js';
import { first, receipt, rest, sit, titles, two } from './source-fixture.js';

describe('a panel over time', () => {
  it('turns a withdrawn card that is unfolded into a receipt in its place, with the reason', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view, said } = await sit(agent);
    session.hold(false, [first.opening]);
    agent.becomes(decision({ shown: two.slice(1) }), [
      {
        at: NOW,
        type: 'withdrawn',
        play: first.play,
        record: DEAL,
        opening: first.opening,
        title: first.title,
        text: ['Dana replied'],
      },
    ]);
    await rest();
    expect(titles(view())).to.deep.equal([
      'Withdrawn: Call Dana Ruiz about the renewal',
      'Send it',
    ]);
    expect(receipt(view()).note).to.equal('Dana replied');
    expect(receipt(view()).undoable).to.equal(false);
    expect(said().at(-1)).to.equal('Withdrawn: Call Dana Ruiz about the renewal. Dana replied.');
  });

  it('goes on with what is known while the CRM is away, and says since when that is', async () => {
    const oldSince = '2026-11-19T18:12:00Z';
    const agent = createFakeAgent(decision({ shown: two, oldSince }));
    const { view } = await sit(agent);
    expect(titles(view())).to.have.length(2);
    expect(view().notices).to.have.length(1);
    expect(view().notices[0]?.title).to.equal('CRM data as of 10:12');
    expect(view().asOf).to.equal('as of 10:12');
    agent.becomes(decision({ shown: two }));
    await rest();
    expect(view().notices).to.deep.equal([]);
    expect(view().asOf).to.equal('as of 10:24');
  });

  it('keeps a card that is just being taken back, whatever was looked at before that is recorded', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view, said } = await sit(agent);
    await session.answer(first.opening, { kind: 'primary' });
    agent.becomes(decision({ shown: two.slice(1) }));
    await rest();
    let recorded = (): void => undefined;
    agent.answers(async () => {
      await new Promise<void>((resolve) => {
        recorded = resolve;
      });
      return { status: 'recorded' };
    });
    const undone = session.undo(receipt(view()).responseId ?? '');
    agent.becomes(decision({ shown: two.slice(1) }));
    await rest();
    expect(titles(view())).to.deep.equal(['Call Dana Ruiz about the renewal', 'Send it']);
    recorded();
    agent.becomes(decision({ shown: two }));
    await undone;
    await rest();
    expect(titles(view())).to.deep.equal(['Call Dana Ruiz about the renewal', 'Send it']);
    expect(said().at(-1)).to.equal('Taken back: Call Dana Ruiz about the renewal.');
  });

  it('says the stage that stops a card now, where it was not withdrawn', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view } = await sit(agent);
    session.hold(true, []);
    agent.becomes(
      decision({
        shown: two.slice(1),
        verdicts: [
          verdict({
            play: first.play,
            stage: 'contact-policy',
            ledger: { used: 3, limit: 3, days: 7, touches: [] },
            until: '2026-11-23T08:00:00Z',
          }),
        ],
      }),
    );
    await rest();
    expect(receipt(view())).to.deep.include({
      text: 'Buyer contacted enough:',
      note: 'Touches in 7 days: 3, at most 3. Shows on Mon 23 Nov, if it still holds.',
    });
  });

  it('moves no card while the panel is held, and sorts them again afterwards', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view, said } = await sit(agent);
    const third = card('new', { title: ['Answer Lena Brandt'] });
    session.hold(true, [first.opening]);
    agent.becomes(decision({ shown: [third, ...two] }));
    await rest();
    expect(titles(view())).to.deep.equal([
      'Call Dana Ruiz about the renewal',
      'Send it',
      'Answer Lena Brandt',
    ]);
    expect(said().at(-1)).to.equal('New: answer Lena Brandt, no reply for 14 days.');
    session.hold(false, [first.opening]);
    agent.becomes(decision({ shown: [third, ...two], counts: { trigger: 1 } }));
    await rest();
    expect(titles(view())[0]).to.equal('Answer Lena Brandt');
  });

  it('says that nothing is worth doing, why, and until when', async () => {
    const agent = createFakeAgent(
      decision({
        nothing: {
          because: 'buyer-contacted-enough',
          until: '2026-11-24T08:00:00Z',
          lately: [
            { at: '2026-11-19T17:40:00Z', text: ['The call withdrew itself'] },
            { at: '2026-11-19T17:40:00Z', text: ['Dana replied'], grade: 'buyer-verified' },
          ],
        },
        counts: { trigger: 41 },
      }),
    );
    const { view, said } = await sit(agent);
    expect(view().nothing?.text).to.equal(
      'Kestrel Foods has heard from us enough. Leave Kestrel Foods alone until Tue 24 Nov.',
    );
    expect(view().nothing?.steps.map(({ text, meta }) => [text, meta])).to.deep.equal([
      ['Dana replied', 'today 09:40'],
      ['The call withdrew itself', 'today 09:40'],
      ['We look again', 'Tue 24 Nov, or as soon as something changes'],
    ]);
    expect(view().whyNotLabel).to.equal('Why not? 41 actions');
    expect(said()).to.deep.equal(['Nothing worth doing here now, until Tuesday 24 November.']);
  });

  it('shows nothing but that there is no access, whatever the decision counts', async () => {
    const agent = createFakeAgent(
      decision({ nothing: { because: 'no-access', lately: [] }, counts: { trigger: 3 } }),
    );
    const { view } = await sit(agent);
    expect(view().status).to.equal('no-access');
    expect(view()).to.not.have.any.keys('nothing', 'whyNotLabel');
  });

  it('says since when there is no guidance and what was last seen, and comes back', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view, said } = await sit(agent);
    agent.fails(new Error('The store is closed'));
    await rest();
    expect(view().status).to.equal('error');
    expect(view().problem).to.deep.equal({
      title: 'No guidance since 10:24',
      text: 'Your CRM works as usual.',
      detail: 'The store is closed',
      lastSeen: 'Last seen at 10:24, may be out of date',
    });
    session.retry();
    await rest();
    expect(said().filter((text) => text === 'No guidance since 10:24.')).to.have.length(1);
    agent.fails();
    session.retry();
    await rest();
    expect(view().status).to.equal('ready');
    expect(titles(view())).to.have.length(2);
  });

  it('tells the agent once what the rep has seen', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session } = await sit(agent);
    session.seen(first.opening);
    session.seen(first.opening);
    session.seen('unknown');
    expect(agent.looks.map(({ id }) => id)).to.deep.equal([`seen|${first.opening}|${MAYA}`]);
  });

  it('tells what a card brings, and anew when it brings something else', async () => {
    const content = (id: string) =>
      ({ ...{ id, title: id, kind: 'guide', revision: 1, body: [], matched: [] } }) as const;
    const withContents = (...ids: readonly string[]) =>
      decision({ shown: [{ ...first, contents: ids.map(content) }] });
    const agent = createFakeAgent(withContents('study', 'guide'));
    const { session } = await sit(agent);
    session.seen(first.opening);
    agent.becomes(withContents('guide'));
    await rest();
    session.seen(first.opening);
    session.seen(first.opening);
    expect(agent.looks.map(({ contents }) => contents)).to.deep.equal([
      ['study', 'guide'],
      ['guide'],
    ]);
    expect(new Set(agent.looks.map(({ id }) => id)).size).to.equal(2);
  });

  it('sends a tip with the situation that the rep ticked', async () => {
    const situation = { 'account.brands': ['halden'], 'opportunity.stage': 'negotiation' };
    const agent = createFakeAgent(decision({ shown: two, situation }));
    const { session, view } = await sit(agent);
    expect((await session.tips()).goesWith.map(({ label }) => label)).to.deep.equal([
      'Brands: Halden',
      'Stage: Negotiation',
    ]);
    await session.answer(first.opening, { kind: 'not-relevant', reason: 'wrong-person' });
    await session.sendTip({
      text: 'Marcus Cole',
      goesWith: ['opportunity.stage'],
      signed: true,
      card: first.opening,
    });
    expect(agent.tipsSent[0]).to.deep.include({
      account: ACCOUNT,
      play: 'silent-buyer',
      attributes: { 'opportunity.stage': 'negotiation' },
      signed: true,
    });
    expect(receipt(view())).to.not.have.property('tipQuestion');
  });

  it('lists the kinds of action in the playbook, and switches one off', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session } = await sit(agent);
    await session.setKind('email', false);
    expect((await session.kinds()).kinds).to.deep.equal([
      { id: 'call', label: 'Calls', on: true },
      { id: 'email', label: 'Emails', on: false },
    ]);
  });

  it('says nothing more after it is closed', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, views } = await sit(agent);
    session.close();
    agent.becomes(decision());
    await rest();
    expect(views).to.have.length(2);
  });

  it('leaves no timer behind when it is closed before an answer that fails', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    agent.fails(new Error('The CRM is away'));
    let timers = 0;
    const every = (): (() => void) => {
      timers++;
      return () => void timers--;
    };
    const source = createPanelSource(agent, {
      clock: { now: () => NOW, every },
      newId: () => 'id',
    });
    const session = source.open(ACCOUNT, MAYA, () => undefined);
    session.close();
    await rest();
    expect(timers).to.equal(0);
  });
});
