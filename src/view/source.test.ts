import { expect } from '@open-wc/testing';
import type { Written } from '../domain/decision.js';
import type { ResponseResult } from '../domain/response.js';
import { ACCOUNT, card, createFakeAgent, DEAL, decision, MAYA, NOW, TOM } from './fixtures.js';
import { createQueueStore, first, receipt, rest, sit, titles, two } from './source-fixture.js';

describe('the source of a panel', () => {
  it('says that it loads, then shows the cards and announces them once', async () => {
    const agent = createFakeAgent(
      decision({ shown: two, counts: { shown: 2, applicability: 30, trigger: 8 } }),
    );
    const { views, view, said } = await sit(agent);
    expect(views.map(({ status }) => status)).to.deep.equal(['loading', 'ready']);
    expect(view()).to.deep.include({
      name: 'Kestrel Foods',
      asOf: 'as of 10:24',
      whyNotLabel: 'Why not the other 38?',
    });
    agent.becomes(
      decision({ shown: [...two], counts: { shown: 2, applicability: 30, trigger: 8 } }),
    );
    await rest();
    expect(views).to.have.length(2);
    expect(said()).to.deep.equal([
      '2 actions for Kestrel Foods. First: call Dana Ruiz about the renewal.',
    ]);
  });

  it('records an answer at once and keeps its receipt in place, with undo', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view, said } = await sit(agent);
    expect(await session.answer(first.opening, { kind: 'primary' })).to.equal(true);
    agent.becomes(decision({ shown: two.slice(1) }));
    await rest();
    const [request] = agent.responses;
    expect(request).to.deep.include({
      play: 'silent-buyer',
      record: DEAL,
      account: ACCOUNT,
      opening: first.opening,
      asker: MAYA,
      occurredAt: NOW,
      response: { kind: 'done' },
    });
    expect(titles(view())).to.deep.equal(['Call with Dana Ruiz logged ', 'Send it']);
    expect(receipt(view())).to.deep.include({ undoable: true, askHelpful: true });
    expect(said().at(-1)).to.equal('Call with Dana Ruiz logged. Undo is available.');

    agent.answers(async () => {
      agent.becomes(decision({ shown: two }));
      return { status: 'recorded' };
    });
    await session.undo(receipt(view()).responseId ?? '');
    await rest();
    expect(agent.responses.at(-1)?.response).to.deep.equal({ kind: 'undo', of: request?.id });
    expect(titles(view())).to.deep.equal(['Call Dana Ruiz about the renewal', 'Send it']);
    expect(said().at(-1)).to.equal('Taken back: Call Dana Ruiz about the renewal.');
  });

  it('says on the receipt what became of the answer in the CRM, and why', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view } = await sit(agent);
    await session.answer(first.opening, { kind: 'primary' });
    const id = receipt(view()).responseId ?? '';
    const becomes = async (status: Written['status'], because?: string): Promise<unknown> => {
      const written = { status, crm: 'Salesforce', ...(because && { because }) };
      agent.becomes(decision({ shown: two.slice(1), written: { [id]: written } }));
      await rest();
      return receipt(view()).written;
    };
    expect(await becomes('waiting')).to.equal('On its way to Salesforce.');
    expect(agent.asked.at(-1)).to.deep.equal([id]);
    expect(await becomes('waiting', 'a rule says no')).to.equal(
      'On its way to Salesforce: a rule says no.',
    );
    expect(await becomes('written')).to.equal('Written to Salesforce.');
    expect(await becomes('not-written', 'Tasks need a reason')).to.equal(
      'Not written to Salesforce: Tasks need a reason.',
    );
    expect(await becomes('kept', 'no field is named')).to.equal(
      'On this device only: no field is named.',
    );
  });

  it('shows the receipt before the agent has answered', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    let settle: (result: ResponseResult) => void = () => {};
    agent.answers(() => new Promise((resolve) => (settle = resolve)));
    const { session, view } = await sit(agent);
    const answered = session.answer(first.opening, { kind: 'primary' });
    expect(receipt(view()).text).to.equal('Call with Dana Ruiz logged');
    // A second click finds the card answered.
    expect(await session.answer(first.opening, { kind: 'primary' })).to.equal(false);
    settle({ status: 'recorded' });
    expect(await answered).to.equal(true);
    expect(agent.responses).to.have.length(1);
  });

  it('takes every kind of answer', async () => {
    const ask = card('ask', {
      action: {
        kind: 'ask',
        minutes: 1,
        asks: {
          attribute: 'account.openEscalation',
          label: 'Is there an escalation?',
          options: [{ id: 'true', label: 'Yes, one' }],
        },
      },
    });
    const shown = ['a', 'b', 'c', 'd'].map((id) => card(id));
    const agent = createFakeAgent(decision({ shown: [...shown, ask] }));
    const { session, view } = await sit(agent);
    const [a, b, c, d] = shown.map(({ opening }) => opening) as [string, string, string, string];
    await session.answer(a, { kind: 'not-relevant', reason: 'wrong-person' });
    await session.answer(b, { kind: 'not-relevant', reason: 'already-done' });
    await session.answer(c, { kind: 'snooze', until: '2026-11-24' });
    await session.answer(d, { kind: 'not-relevant', reason: 'other', text: 'They moved' });
    await session.answer(ask.opening, { kind: 'option', choice: 'true' });
    expect(agent.responses.map(({ response }) => response)).to.deep.equal([
      { kind: 'not-relevant', reason: 'wrong-person' },
      { kind: 'already-done' },
      { kind: 'snooze', until: '2026-11-24' },
      { kind: 'not-relevant', reason: 'other', text: 'They moved' },
      { kind: 'done', answer: true },
    ]);
    expect(titles(view())).to.deep.equal([
      'Hidden for Kestrel Foods: Wrong person',
      'Noted as done before Call Dana Ruiz about the renewal',
      'Snoozed until Tue 24 Nov: Call Dana Ruiz about the renewal',
      'Hidden for Kestrel Foods: They moved',
      'Noted: Yes, one',
    ]);
    expect(receipt(view()).tipQuestion).to.equal('Who is the right person?');
    expect(receipt(view()).note).to.equal('Your colleagues still see it.');
  });

  it('says how far an answer for everybody reaches', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view, said } = await sit(agent);
    await session.answer(first.opening, { kind: 'not-relevant', reason: 'bought-elsewhere' });
    expect(receipt(view()).note).to.equal('Nobody on your team sees it on Kestrel Foods.');
    expect(said().at(-1)).to.equal(
      'Hidden for Kestrel Foods: Bought elsewhere. Undo is available.',
    );
  });

  it('asks how it went and whether it helped, without closing the receipt', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const { session, view } = await sit(agent);
    await session.answer(first.opening, { kind: 'primary' });
    await session.answer(first.opening, { kind: 'outcome', choice: 'left-message' });
    await session.answer(first.opening, { kind: 'helpful', helpful: false });
    expect(agent.responses.slice(1).map(({ response }) => response)).to.deep.equal([
      { kind: 'outcome', outcome: 'left-message' },
      { kind: 'not-helpful' },
    ]);
    expect(receipt(view()).question?.chosen).to.equal('left-message');
    expect(receipt(view()).helpful).to.equal(false);
  });

  it('tells in the place of the card that the slot went to another, and does not go on', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    agent.answers(async () => ({
      status: 'no-slot',
      freesAt: Date.parse('2026-11-23T08:00:00Z'),
      by: TOM,
    }));
    const { session, view, said } = await sit(agent);
    expect(await session.answer(first.opening, { kind: 'primary' })).to.equal(false);
    expect(receipt(view())).to.deep.include({
      text: 'Not carried out:',
      note: 'The last free touch went to Tom Okafor. Free again Mon 23 Nov.',
      tone: 'caution',
      undoable: false,
    });
    expect(said().at(-1)).to.contain('Not carried out: Call Dana Ruiz about the renewal.');
    agent.answers(async () => ({ status: 'no-slot', freesAt: NOW + 1 }));
    await session.answer(two[1]?.opening ?? '', { kind: 'primary' });
    expect(receipt(view(), 1).note).to.contain('went to a colleague.');
  });

  it('raises an alarm and gives the card back when an answer could not be kept', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    agent.answers(() => Promise.reject(new Error('quota')));
    const store = createQueueStore();
    store.put = () => Promise.reject(new Error('quota'));
    const { session, view } = await sit(agent, { store });
    expect(await session.answer(first.opening, { kind: 'primary' })).to.equal(false);
    expect(titles(view())[0]).to.equal('Call Dana Ruiz about the renewal');
    expect(view().announcement).to.deep.equal({
      text: 'Your answer could not be recorded. Please try again.',
      urgent: true,
    });
  });
});
