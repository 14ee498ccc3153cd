import { aTimeout, expect, oneEvent } from '@open-wc/testing';
import type { ActionAcceptEvent } from './action-accept-event.js';
import { createFakeSource, type FakeSource } from './fake-source.js';
import { PANEL_VIEWS } from './fixtures.js';
import { proposal, renewal, review } from './fixtures-cards.js';
import { ACCOUNT, all, asked, focused, one, press, show, text } from './panel-fixture.js';

describe('the panel', () => {
  it('shows three actions, the first of them unfolded', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    expect(all(root, '.title').map(text)).to.deep.equal([
      renewal.title,
      proposal.title,
      review.title,
    ]);
    expect(all(root, '.title').map(({ ariaExpanded }) => ariaExpanded)).to.deep.equal([
      'true',
      'false',
      'false',
    ]);
    expect(text(one(root, '.open .why'))).to.equal('She signs it, and the plan ends in 22 days.');
    expect(text(one(root, '.open .changed'))).to.contain('No reply for 14 days');
    expect(text(one(root, '.head .meta'))).to.equal('as of 10:24');
  });

  it('has one filled button on a card, which says what it does', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    const filled = all(root, '.primary');
    expect(filled.map(text)).to.deep.equal(['Call Dana']);
    expect(filled[0]?.ariaDescription).to.equal('Opens your phone and logs the call');
  });

  it('unfolds a second card beside the first, and folds it again', async () => {
    const { panel, root } = await show(PANEL_VIEWS.cards);
    await press(panel, all(root, '.title')[1] as HTMLElement);
    expect(all(root, '.card.open')).to.have.length(2);
    await press(panel, all(root, '.title')[0] as HTMLElement);
    expect(all(root, '.card.open .title').map(text)).to.deep.equal([proposal.title]);
  });

  it('records the action, then tells the host, which may carry it out itself', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    source.answerWith(true, PANEL_VIEWS.acted);
    panel.addEventListener('actionaccept', (event) => event.preventDefault());
    setTimeout(() => one(root, '.primary').click());
    const event = (await oneEvent(panel, 'actionaccept')) as ActionAcceptEvent;
    expect(asked(source)).to.deep.equal([
      { name: 'answer', card: renewal.id, answer: { kind: 'primary' } },
    ]);
    expect(event.detail).to.deep.equal({
      card: renewal.id,
      record: ACCOUNT,
      kind: 'call',
      href: 'tel:+15035550142',
    });
    expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, true]);
    expect(focused(root)).to.equal('Undo');
  });

  it('tells the host of no action that was refused', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    source.answerWith(false, PANEL_VIEWS.withdrawn);
    let told = 0;
    panel.addEventListener('actionaccept', () => told++);
    await press(panel, one(root, '.primary'));
    await aTimeout(0);
    expect(told).to.equal(0);
    expect(text(one(root, '.receipt'))).to.contain('Withdrawn: Call Dana Ruiz about the renewal');
    expect((root.activeElement as HTMLElement).className).to.contain('receipt');
  });

  it('answers "not relevant" with one click on a reason', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    source.answerWith(true, PANEL_VIEWS.hidden);
    await press(panel, one(root, '.reasons'));
    expect(one(root, '.reasons').ariaExpanded).to.equal('true');
    const choices = all(root, '.choose .choices .button');
    expect(choices.map(text)).to.deep.equal(renewal.reasons.map(({ label }) => label));
    expect(text(one(root, '.choose > .meta'))).to.equal(renewal.reasonsNote);
    await press(panel, choices[1] as HTMLElement);
    expect(asked(source)).to.deep.equal([
      {
        name: 'answer',
        card: renewal.id,
        answer: { kind: 'not-relevant', reason: 'wrong-person' },
      },
    ]);
    expect(focused(root)).to.equal('Undo');
    expect(text(one(root, '.receipt label'))).to.equal('Who is the right person?');
  });

  it("takes another reason in the rep's own words, and no empty one", async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    await press(panel, one(root, '.reasons'));
    await press(panel, one(root, '.choices .button:last-child'));
    const field = one(root, '.own textarea') as HTMLTextAreaElement;
    expect(root.activeElement).to.equal(field);
    await press(panel, one(root, '.own .button'));
    expect(asked(source)).to.deep.equal([]);
    field.value = '  They moved to Leeds ';
    await press(panel, one(root, '.own .button'));
    expect(asked(source)).to.deep.equal([
      {
        name: 'answer',
        card: renewal.id,
        answer: { kind: 'not-relevant', reason: 'other', text: 'They moved to Leeds' },
      },
    ]);
  });

  it('snoozes to a working day, and to a later one', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    await press(panel, one(root, '.snooze'));
    const days = all(root, '.days .button') as HTMLButtonElement[];
    expect(days.filter(({ disabled }) => disabled).map(({ ariaLabel }) => ariaLabel)).to.deep.equal(
      [
        'Monday 16 November',
        'Tuesday 17 November',
        'Wednesday 18 November',
        'Thursday 19 November',
        'Friday 27 November',
      ],
    );
    await press(panel, one(root, '[aria-label="Tuesday 24 November"]'));
    await press(panel, one(root, '.snooze'));
    const field = one(root, '[type=date]') as HTMLInputElement;
    expect([field.min, field.max, field.value]).to.deep.equal([
      '2026-11-20',
      '2027-11-19',
      '2026-12-07',
    ]);
    await press(panel, one(root, '.later .button'));
    expect(asked(source).map((call) => (call as { answer: unknown }).answer)).to.deep.equal([
      { kind: 'snooze', until: '2026-11-24' },
      { kind: 'snooze', until: '2026-12-07' },
    ]);
  });

  it('answers a question with one tap, in place of the filled button', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.question);
    expect(all(root, '.primary')).to.have.length(0);
    await press(panel, all(root, '.choose .button')[1] as HTMLElement);
    expect((asked(source)[0] as { answer: unknown }).answer).to.deep.equal({
      kind: 'option',
      choice: 'labels',
    });
  });

  it('asks after the action how it went and whether it helped, and keeps the focus there', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.acted);
    expect(text(one(root, '.receipt'))).to.contain('Written to Salesforce.');
    const [, message] = all(root, '.ask .button') as HTMLElement[];
    message?.focus();
    await press(panel, message as HTMLElement);
    expect(focused(root)).to.equal('Left a message');
    await press(panel, all(root, '.helpful .button')[0] as HTMLElement);
    await press(panel, one(root, '.undo'));
    expect(asked(source)).to.deep.equal([
      { name: 'answer', card: renewal.id, answer: { kind: 'outcome', choice: 'left-message' } },
      { name: 'answer', card: renewal.id, answer: { kind: 'helpful', helpful: true } },
      { name: 'undo', responseId: 'r1' },
    ]);
  });

  it('unfolds the card again after undo, and puts the focus on it', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.acted);
    source.answerWith(true, PANEL_VIEWS.cards);
    await press(panel, one(root, '.undo'));
    await aTimeout(0);
    expect(focused(root)).to.equal(renewal.title);
    expect(all(root, '.card.open .title').map(text)).to.deep.equal([renewal.title]);
  });

  it('leaves the focus with who has gone on while it is taken back', async () => {
    let settle = (): void => undefined;
    const source: FakeSource = createFakeSource(PANEL_VIEWS.acted, {
      undo: async () => {
        source.show(PANEL_VIEWS.cards);
        await new Promise<void>((resolve) => {
          settle = resolve;
        });
      },
    });
    const { panel, root } = await show(PANEL_VIEWS.acted, source);
    await press(panel, one(root, '.undo'));
    one(root, '.more').focus();
    settle();
    await aTimeout(0);
    await panel.updateComplete;
    expect(root.activeElement?.matches('.more')).to.equal(true);
  });

  it('takes a tip after a reason, or lets the rep skip it', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.hidden);
    (one(root, '.own textarea') as HTMLTextAreaElement).value = 'Marcus Cole';
    await press(panel, one(root, '.own .button'));
    expect(asked(source)).to.deep.equal([
      { name: 'sendTip', text: 'Marcus Cole', goesWith: [], signed: true, card: renewal.id },
    ]);
    await press(panel, one(root, '.own .quiet'));
    expect(all(root, '.own')).to.have.length(0);
    expect(focused(root)).to.equal('Undo');
  });

  it('turns a withdrawn card into a receipt in its place, and leaves the others where they are', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    await press(panel, all(root, '.title')[2] as HTMLElement);
    source.show({ ...PANEL_VIEWS.withdrawn });
    await panel.updateComplete;
    expect(all(root, '.cards > li').map(({ className }) => className)).to.deep.equal([
      'receipt good',
      'receipt caution',
      'card open',
    ]);
    expect(all(root, '.receipt .undo')).to.have.length(0);
  });

  it('shows "Use this" and "Evidence" folded, with their counts, and keeps them as the rep left them', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    const parts = all(root, '.part') as HTMLDetailsElement[];
    expect(parts.map(({ open }) => open)).to.deep.equal([false, false]);
    expect(parts.map((part) => text(part.querySelector('summary')))).to.deep.equal([
      'Use this3',
      'Evidence3',
    ]);
    parts[1]?.querySelector('summary')?.click();
    await aTimeout(0);
    source.show({ ...PANEL_VIEWS.cards, cards: [proposal, renewal] });
    await panel.updateComplete;
    const open = all(root, '.part[open]');
    expect(open.map((part) => text(part.closest('li')?.querySelector('.title')))).to.deep.equal([
      renewal.title,
    ]);
  });

  it('says of each piece of evidence how well it is known', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    const evidence = all(root, '.part:last-of-type .lines .meta').map(text);
    expect(evidence).to.deep.equal([
      'Buyer-verified · Dana Ruiz, email, 5 Nov',
      'Observed · order data, 18 Nov',
      'Claimed · Tom Okafor, note, 28 Oct',
    ]);
  });
});
