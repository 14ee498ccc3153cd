import { expect } from '@open-wc/testing';
import type { CardView } from '../domain/view.js';
import { ACCOUNT, createFakeAgent, DEAL, decision, MAYA, NOW, TOM } from './fixtures.js';
import {
  createQueueStore,
  first,
  Line,
  receipt,
  rest,
  sit,
  titles,
  two,
} from './source-fixture.js';

describe('answers given offline', () => {
  it('wait in a list with their time, and go in order when the line is back', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const line = new Line();
    const store = createQueueStore();
    const { session, view, said } = await sit(agent, { store, line });
    line.set(false);
    expect(view().notices.map(({ title }) => title)).to.deep.equal(['Offline since 10:24']);
    expect(await session.answer(first.opening, { kind: 'primary' })).to.equal(true);
    await session.answer(two[1]?.opening ?? '', { kind: 'snooze', until: '2026-11-24' });
    expect(view().cards).to.deep.equal([]);
    expect(view().waiting.map(({ text, when }) => [text, when])).to.deep.equal([
      ['Call Dana Ruiz about the renewal: done', '10:24'],
      ['Send it: snoozed to Tue 24 Nov', '10:24'],
    ]);
    expect(view().waitingLabel).to.equal('2 answers wait to be sent');
    expect(agent.responses).to.deep.equal([]);
    expect(store.kept.size).to.equal(2);

    line.set(true);
    await rest();
    expect(agent.responses.map(({ response }) => response.kind)).to.deep.equal(['done', 'snooze']);
    expect(store.kept.size).to.equal(0);
    expect(view().waiting).to.deep.equal([]);
    expect(titles(view())[0]).to.equal('Call with Dana Ruiz logged ');
    expect(receipt(view()).undoable).to.equal(true);
    expect(said()).to.include('Offline since 10:24.');
    expect(said()).to.include('Online again.');
  });

  it('survive a reload', async () => {
    const store = createQueueStore();
    const line = new Line();
    line.online = false;
    const before = await sit(createFakeAgent(decision({ shown: two })), { store, line });
    await before.session.answer(first.opening, { kind: 'primary' });
    before.session.close();

    const agent = createFakeAgent(decision({ shown: two }));
    const { view } = await sit(agent, { store, line });
    expect(titles(view())).to.deep.equal(['Send it']);
    expect(view().waiting).to.have.length(1);
    line.set(true);
    await rest();
    expect(agent.responses.map(({ response }) => response)).to.deep.equal([{ kind: 'done' }]);
    expect(store.kept.size).to.equal(0);
  });

  it('can be taken back before they are sent, and the card is there again', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    const line = new Line();
    const store = createQueueStore();
    const { session, view, said } = await sit(agent, { store, line });
    line.set(false);
    await session.answer(first.opening, { kind: 'primary' });
    await session.undo(view().waiting[0]?.responseId ?? '');
    expect(titles(view())).to.deep.equal(['Call Dana Ruiz about the renewal', 'Send it']);
    expect(view().waiting).to.deep.equal([]);
    expect(store.kept.size).to.equal(0);
    line.set(true);
    await rest();
    expect(agent.responses).to.deep.equal([]);
    expect(said()).to.include('Taken back: Call Dana Ruiz about the renewal.');
  });

  it('are recorded and not carried out when the card has closed meanwhile, and the rep is told', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    agent.answers(async () => ({
      status: 'closed',
      because: 'Dana replied',
      at: Date.parse('2026-11-18T20:00:00Z'),
    }));
    const line = new Line();
    const { session, view, said } = await sit(agent, { line });
    line.set(false);
    await session.answer(first.opening, { kind: 'primary' });
    line.set(true);
    await rest();
    expect(receipt(view())).to.deep.include({
      text: 'Recorded, not carried out:',
      detail: 'Call Dana Ruiz about the renewal.',
      note: 'It had closed (18 Nov): Dana replied. Look before you act.',
      tone: 'caution',
      undoable: false,
    });
    expect(said().at(-1)).to.equal(
      'Recorded, not carried out: Call Dana Ruiz about the renewal. It had closed (18 Nov): Dana replied. Look before you act.',
    );
  });

  it('of an earlier page are told as a notice, and those of another rep are not shown', async () => {
    const store = createQueueStore();
    const request = { play: 'p', record: DEAL, account: ACCOUNT, opening: 'p|x|1', asker: MAYA };
    const response = { kind: 'done' } as const;
    for (const [id, asker] of [
      ['r1', MAYA],
      ['r2', TOM],
    ] as const) {
      await store.put(`queue/00000000000000${id}-${id}`, {
        request: { ...request, id, asker, occurredAt: NOW, response },
        title: `Title ${id}`,
        text: `Title ${id}: done`,
      });
    }
    const line = new Line();
    line.online = false;
    const agent = createFakeAgent(decision({ shown: two }));
    agent.answers(async () => ({ status: 'closed', because: '', at: NOW }));
    const { view } = await sit(agent, { store, line });
    expect(view().waiting.map(({ text }) => text)).to.deep.equal(['Title r1: done']);
    line.set(true);
    await rest();
    expect(agent.responses.map(({ id }) => id)).to.deep.equal(['r1', 'r2']);
    expect(view().notices.map(({ kind, title }) => [kind, title])).to.deep.equal([
      ['caution', 'Recorded, not carried out: Title r1.'],
    ]);
  });

  it('wait too when the agent cannot be reached though the line is up, and are tried again', async () => {
    const agent = createFakeAgent(decision({ shown: two }));
    agent.answers(() => Promise.reject(new Error('502')));
    const { session, view } = await sit(agent, { store: createQueueStore() });
    expect(await session.answer(first.opening, { kind: 'primary' })).to.equal(true);
    await rest();
    expect(view().waiting).to.have.length(1);
    agent.answers(async () => ({ status: 'recorded' }));
    session.retry();
    await rest();
    expect(view().waiting).to.deep.equal([]);
    expect(agent.responses).to.have.length(1);
    expect((view().cards[1] as CardView).title).to.equal('Send it');
  });
});
