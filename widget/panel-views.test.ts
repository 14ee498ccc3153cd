import { aTimeout, expect } from '@open-wc/testing';
import { ENGLISH } from '../src/view/strings.js';
import { createFakeSource } from './fake-source.js';
import { PANEL_VIEWS } from './fixtures.js';
import { proposal, renewal, review } from './fixtures-cards.js';
import { all, asked, focused, one, press, show, text } from './panel-fixture.js';

describe('the panel, beside its cards', () => {
  it('opens "Why not?", finds by words, shows more, and returns to the button', async () => {
    const { panel, root } = await show(PANEL_VIEWS.cards);
    await press(panel, one(root, '.others'));
    expect(focused(root)).to.equal('Why not?');
    expect(text(one(root, '.head .meta'))).to.equal('38 not shown');
    expect(all(root, '.stage h3').map(text)).to.contain.members(['Not allowed', 'Does not pay']);
    const second = all(root, '.stage')[1] as HTMLElement;
    expect(second.querySelectorAll('li')).to.have.length(1);
    await press(panel, second.querySelector('.button') as HTMLElement);
    await aTimeout(0);
    expect(second.querySelectorAll('li')).to.have.length(21);
    expect(text(root.activeElement?.querySelector('h4'))).to.equal('Offer spare part 1');
    const field = one(root, '[type=search]') as HTMLInputElement;
    field.value = 'MARGIN labeller';
    field.dispatchEvent(new InputEvent('input'));
    await panel.updateComplete;
    expect(all(root, '.stage h4').map(text)).to.deep.equal(['Offer the L3 labeller']);
    expect(text(one(root, '.need'))).to.equal('Margin after cost to serve: 11%, needs 18%');
    field.value = 'zzz';
    field.dispatchEvent(new InputEvent('input'));
    await panel.updateComplete;
    expect(text(one(root, '.say'))).to.equal('No action has these words.');
    await press(panel, one(root, '.back .button'));
    expect(focused(root)).to.equal('Why not the other 38?');
  });

  it('sends a tip with what it goes with, and says what became of earlier ones', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    await press(panel, one(root, '.tip'));
    expect(all(root, '.tips h4').map(text)[1]).to.equal('“Offer a discount in December.”');
    (one(root, 'textarea') as HTMLTextAreaElement).value = 'Ask for the line plan first.';
    (one(root, '[name=sign][value=""]') as HTMLInputElement).checked = true;
    await press(panel, one(root, 'form .primary'));
    await aTimeout(0);
    await panel.updateComplete;
    expect(asked(source)).to.deep.equal([
      {
        name: 'sendTip',
        text: 'Ask for the line plan first.',
        goesWith: ['account.industry', 'opportunity.type'],
        signed: false,
      },
    ]);
    expect(text(one(root, 'form'))).to.contain(ENGLISH.tipSent);
    expect((one(root, 'textarea') as HTMLTextAreaElement).value).to.equal('');
  });

  it('offers history, kinds of action and how numbers are made under More', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    await press(panel, one(root, '.more'));
    expect(one(root, '.more').ariaExpanded).to.equal('true');
    await press(panel, all(root, '.menu .button')[1] as HTMLElement);
    expect(all(root, '.steps li').map(({ className }) => className)[0]).to.equal('now');
    await press(panel, one(root, '.back .button'));
    expect(root.activeElement?.ariaLabel).to.equal('More');
    await press(panel, one(root, '.more'));
    await press(panel, all(root, '.menu .button')[0] as HTMLElement);
    const offers = all(root, '[type=checkbox]')[2] as HTMLInputElement;
    expect(offers.checked).to.equal(false);
    await press(panel, offers);
    expect(asked(source)).to.deep.equal([{ name: 'setKind', kind: 'propose', on: true }]);
  });

  it('says that a view could not be read, and lets the rep go back', async () => {
    const source = createFakeSource(PANEL_VIEWS.cards, {
      whyNot: () => Promise.reject(new Error('gone')),
    });
    const { panel, root } = await show(PANEL_VIEWS.cards, source);
    await press(panel, one(root, '.others'));
    expect(text(one(root, '.say'))).to.equal(ENGLISH.cannotRead);
    await press(panel, one(root, '.back .button'));
    expect(all(root, '.card')).to.have.length(3);
  });

  it('lists answers that wait while offline, each with a way back', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.offline);
    expect(text(one(root, '.notice'))).to.contain('Offline since 10:12');
    expect(all(root, '.waiting .undo').map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      'Undo: Call Dana Ruiz about the renewal: done',
      'Undo: Send Priya Nair the business case: snoozed to Tue 24 Nov',
    ]);
    await press(panel, one(root, '.waiting .undo'));
    expect(asked(source)).to.deep.equal([{ name: 'undo', responseId: 'w1' }]);
  });

  it('says since when there is no guidance, what was seen last, and tries again', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.error);
    expect(text(one(root, '.notice'))).to.contain('No guidance since 10:12');
    expect(text(one(root, '.notice'))).to.contain('Your CRM works as usual.');
    expect(text(one(root, '.say'))).to.contain('Last seen at 09:58, may be out of date');
    expect(all(root, '.primary')).to.have.length(0);
    await press(panel, one(root, '.notice .button'));
    expect(asked(source)).to.deep.equal([{ name: 'retry' }]);
  });

  it('shows nothing of loading before 300 ms, and then what it reads', async () => {
    const { panel, root } = await show(PANEL_VIEWS.loading);
    expect(all(root, '.loading')).to.have.length(0);
    await aTimeout(350);
    await panel.updateComplete;
    expect(text(one(root, '.loading'))).to.equal('Reading Kestrel Foods…');
    expect(one(root, '.loading').ariaBusy).to.equal('true');
  });

  it('says the same of a record that is hidden and of one that does not exist', async () => {
    const { root } = await show(PANEL_VIEWS.noAccess);
    expect(text(one(root, '.say'))).to.equal(
      'No guidance for this recordGuidance shows on records that you can open in the CRM.',
    );
    expect(all(root, '.foot')).to.have.length(0);
  });

  it('says that there are no plays yet, and asks for a tip', async () => {
    const { root } = await show(PANEL_VIEWS.noPlays);
    expect(text(one(root, '.say .tip'))).to.equal('Add a tip');
  });

  it('says nothing worth doing, with why and until when', async () => {
    const { root } = await show(PANEL_VIEWS.nothing);
    expect(text(one(root, '.say h3'))).to.equal('Nothing worth doing here now');
    expect(text(one(root, '.steps li:first-child .meta'))).to.equal('Buyer-verified · today 09:40');
    expect(text(one(root, '.others'))).to.equal('Why not? 41 actions');
  });

  it('copies the talk track and says so for two seconds', async () => {
    const { panel, root } = await show(PANEL_VIEWS.cards);
    const copied: string[] = [];
    const was = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard');
    Object.defineProperty(Navigator.prototype, 'clipboard', {
      configurable: true,
      get: () => ({ writeText: async (words: string) => void copied.push(words) }),
    });
    try {
      const button = one(root, '[aria-label="Copy: Talk track"]');
      await press(panel, button);
      expect(copied).to.deep.equal([renewal.contents[1]?.copyText]);
      expect(text(button)).to.equal('Copied');
      expect(text(one(root, '[role=status]'))).to.equal('Copied.');
    } finally {
      if (was) Object.defineProperty(Navigator.prototype, 'clipboard', was);
    }
  });

  it('closes the session before it opens another record, and when it leaves the page', async () => {
    const { panel, source } = await show(PANEL_VIEWS.cards);
    panel.record = 'demo:account:18';
    await panel.updateComplete;
    panel.remove();
    document.body.append(panel);
    await panel.updateComplete;
    panel.remove();
    const lives = source.calls.map(({ name }) => name).filter((name) => /open|close/.test(name));
    expect(lives).to.deep.equal(['open', 'close', 'open', 'close', 'open', 'close']);
  });

  it('says what stood before the eyes of the rep, and nothing that did not', async () => {
    let toSight: (entries: { isIntersecting: boolean }[]) => void = () => {};
    const real = globalThis.IntersectionObserver;
    globalThis.IntersectionObserver = class {
      constructor(callback: typeof toSight) {
        toSight = callback;
      }
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    } as unknown as typeof IntersectionObserver;
    try {
      const { source } = await show(PANEL_VIEWS.cards);
      const seen = (): string[] =>
        source.calls.flatMap((call) => (call.name === 'seen' ? [call.card] : []));
      toSight([{ isIntersecting: false }]);
      expect(seen()).to.deep.equal([]);
      toSight([{ isIntersecting: true }]);
      expect([...new Set(seen())]).to.deep.equal([renewal.id, proposal.id, review.id]);
    } finally {
      globalThis.IntersectionObserver = real;
    }
  });

  it('tells its source while pointer or focus is in it', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    one(root, '.primary').focus();
    await aTimeout(0);
    (root.activeElement as HTMLElement).blur();
    await aTimeout(0);
    const held = source.calls.flatMap((call) => (call.name === 'hold' ? [call.held] : []));
    expect(held).to.include(true);
    expect(held.at(-1)).to.equal(false);
    expect(panel.isConnected).to.equal(true);
  });
});
