import { aTimeout, expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { PanelView } from '../src/domain/view.js';
import { ENGLISH } from '../src/view/strings.js';
import { emulate } from '../test/browser/emulate.js';
import { createFakeSource } from './fake-source.js';
import { PANEL_VIEWS } from './fixtures.js';
import { renewal } from './fixtures-cards.js';
import { all, focused, one, press, type Shown, show, text } from './panel-fixture.js';

/** Presses Tab and tells the names of what gets the focus. */
async function walk(root: ShadowRoot, times: number): Promise<string[]> {
  const names: string[] = [];
  for (let step = 0; step < times; step++) {
    await sendKeys({ press: 'Tab' });
    const active = root.activeElement;
    names.push(active?.ariaLabel ?? text(active));
  }
  return names;
}

const sldsLight = {
  '--slds-g-color-surface-container-1': '#ffffff',
  '--slds-g-color-surface-container-2': '#f3f3f3',
  '--slds-g-color-on-surface-1': '#5c5c5c',
  '--slds-g-color-on-surface-2': '#2e2e2e',
  '--slds-g-color-border-1': '#c9c9c9',
  '--slds-g-color-border-2': '#5c5c5c',
  '--slds-g-color-accent-2': '#0250d9',
  '--slds-g-color-accent-container-1': '#066afe',
  '--slds-g-color-on-accent-1': '#ffffff',
  '--slds-g-color-warning-1': '#8c4b02',
  '--slds-g-color-error-1': '#b60554',
};

const sldsDark = {
  '--slds-g-color-surface-container-1': '#242424',
  '--slds-g-color-surface-container-2': '#181818',
  '--slds-g-color-on-surface-1': '#aeaeae',
  '--slds-g-color-on-surface-2': '#e5e5e5',
  '--slds-g-color-border-1': '#444444',
  '--slds-g-color-border-2': '#757575',
  '--slds-g-color-accent-2': '#7cb1fe',
  '--slds-g-color-accent-container-1': '#066afe',
  '--slds-g-color-on-accent-1': '#ffffff',
  '--slds-g-color-warning-1': '#e4a201',
  '--slds-g-color-error-1': '#fe8aa7',
};

/** Every state, with everything in it unfolded. */
const STATES: { readonly [name: string]: (shown: Shown) => Promise<unknown> } = {
  cards: async ({ root }) => {
    for (const part of all(root, 'details') as HTMLDetailsElement[]) part.open = true;
  },
  'reasons in own words': async ({ panel, root }) => {
    await press(panel, one(root, '.reasons'));
    await press(panel, one(root, '.choices .button:last-child'));
  },
  snooze: ({ panel, root }) => press(panel, one(root, '.snooze')),
  more: ({ panel, root }) => press(panel, one(root, '.more')),
  'why not': ({ panel, root }) => press(panel, one(root, '.others')),
  history: async ({ panel, root }) => {
    await press(panel, one(root, '.more'));
    await press(panel, all(root, '.menu .button')[1] as HTMLElement);
  },
  tips: ({ panel, root }) => press(panel, one(root, '.tip')),
  kinds: async ({ panel, root }) => {
    await press(panel, one(root, '.more'));
    await press(panel, all(root, '.menu .button')[0] as HTMLElement);
  },
};

describe('access to the panel', () => {
  it('names the section, the list, the headings and the parts', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    expect(one(root, 'section').ariaLabel).to.equal('Next best action');
    expect(one(root, 'section').lang).to.equal('en');
    expect(one(root, 'ol.cards').children).to.have.length(3);
    expect(all(root, 'h3 > button')).to.have.length(3);
    expect(all(root, '[role=status]')).to.have.length(1);
    expect(all(root, 'svg:not([aria-hidden=true])')).to.have.length(0);
  });

  it('goes by keyboard in reading order, and is left at the end', async () => {
    const { panel, root } = await show(PANEL_VIEWS.cards);
    const after = document.createElement('button');
    after.textContent = 'the host goes on';
    panel.after(after);
    one(root, '.more').focus();
    expect(await walk(root, 10)).to.deep.equal([
      renewal.title,
      'Call Dana',
      'Snooze…',
      'Not relevant…',
      'Use this3',
      'Evidence3',
      'Yes',
      'No',
      'Send Priya Nair the business case',
      'Invite Arne Vik to the technical review',
    ]);
    expect(await walk(root, 2)).to.deep.equal(['Why not the other 38?', 'Add a tip']);
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement).to.equal(after);
    after.remove();
  });

  it('opens reasons and days after their buttons, and Escape closes them again', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    one(root, '.snooze').focus();
    await sendKeys({ press: 'Enter' });
    expect(await walk(root, 3)).to.deep.equal([
      'Not relevant…',
      'Friday 20 November',
      'Monday 23 November',
    ]);
    await sendKeys({ press: 'Escape' });
    expect(focused(root)).to.equal('Snooze…');
    expect(all(root, '.days')).to.have.length(0);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    expect(await walk(root, 1)).to.deep.equal(['Already done']);
    await sendKeys({ press: 'Escape' });
    expect(focused(root)).to.equal('Not relevant…');
  });

  it('acts by keyboard alone: accept, outcome, helpful, undo', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    panel.addEventListener('actionaccept', (event) => event.preventDefault());
    source.answerWith(true, PANEL_VIEWS.acted);
    one(root, '.primary').focus();
    await sendKeys({ press: 'Enter' });
    await aTimeout(0);
    expect(focused(root)).to.equal('Undo');
    expect(await walk(root, 5)).to.deep.equal([
      'We spoke',
      'Left a message',
      'No answer',
      'Yes',
      'No',
    ]);
    source.answerWith(true, PANEL_VIEWS.cards);
    one(root, '.undo').focus();
    await sendKeys({ press: 'Space' });
    await aTimeout(20);
    expect(focused(root)).to.equal(renewal.title);
  });

  it('puts the focus on the heading of a view inside, and Escape returns to the button', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    for (const [button, heading] of [
      ['.others', 'Why not?'],
      ['.tip', 'Tips'],
    ] as const) {
      one(root, button).focus();
      await sendKeys({ press: 'Enter' });
      await aTimeout(0);
      expect(focused(root)).to.equal(heading);
      await sendKeys({ press: 'Escape' });
      await aTimeout(0);
      expect(root.activeElement).to.equal(one(root, button));
    }
  });

  it('closes More with Escape, and lets an Escape with nothing open go to the host', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    let toHost = 0;
    const count = (): void => void toHost++;
    document.addEventListener('keydown', count);
    one(root, '.more').focus();
    await sendKeys({ press: 'Enter' });
    expect(all(root, '.menu')).to.have.length(1);
    toHost = 0;
    await sendKeys({ press: 'Escape' });
    expect(all(root, '.menu')).to.have.length(0);
    expect(toHost).to.equal(0);
    await sendKeys({ press: 'Escape' });
    expect(toHost).to.equal(1);
    document.removeEventListener('keydown', count);
  });

  it('speaks each announcement once, and nothing for a view that says the same', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.loading);
    const status = one(root, '[role=status]');
    expect(text(status)).to.equal('');
    const spoken: string[] = [];
    const observer = new MutationObserver(() => spoken.push(text(status)));
    observer.observe(status, { characterData: true, childList: true, subtree: true });
    const first = PANEL_VIEWS.cards;
    source.show(first);
    await panel.updateComplete;
    source.show({ ...first });
    await panel.updateComplete;
    source.show({ ...first, asOf: 'as of 10:30' });
    await panel.updateComplete;
    source.show({ ...first, announcement: { text: 'Online again.', urgent: false } });
    await panel.updateComplete;
    expect(spoken).to.deep.equal([first.announcement?.text, 'Online again.']);
    source.show({ ...first, announcement: { text: 'Online again.', urgent: false } });
    await panel.updateComplete;
    expect(spoken).to.have.length(3);
    expect(all(root, '[role=alert]')).to.have.length(0);
    observer.disconnect();
  });

  it('raises an alert only when an answer could not be recorded', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    source.show({
      ...PANEL_VIEWS.cards,
      announcement: { text: ENGLISH.sayNotKept, urgent: true },
    });
    await panel.updateComplete;
    expect(text(one(root, '[role=alert]'))).to.equal(ENGLISH.sayNotKept);
    expect(text(one(root, '[role=status]'))).to.equal(PANEL_VIEWS.cards.announcement?.text);
  });

  for (const look of ['light', 'dark', 'HubSpot', 'SLDS light', 'SLDS dark'] as const) {
    it(`has no fault that axe finds, ${look}, in any state`, async () => {
      await emulate({ colors: look.endsWith('dark') ? 'dark' : 'light' });
      document.documentElement.style.colorScheme = look.endsWith('dark') ? 'dark' : 'light';
      document.body.style.background = look.endsWith('dark') ? '#181818' : '#ffffff';
      const theme = document.createElement('link');
      if (look === 'HubSpot') {
        theme.rel = 'stylesheet';
        theme.href = new URL('./themes/hubspot.css', import.meta.url).href;
        document.head.append(theme);
        await new Promise((resolve) => theme.addEventListener('load', resolve));
      }
      const check = async (view: PanelView, step?: (shown: Shown) => Promise<unknown>) => {
        const shown = await show(view, createFakeSource(view));
        if (look.startsWith('SLDS')) {
          const hooks = look === 'SLDS dark' ? sldsDark : sldsLight;
          for (const [hook, value] of Object.entries(hooks)) {
            shown.panel.style.setProperty(hook, value);
          }
        }
        await step?.(shown);
        await shown.panel.updateComplete;
        await expect(shown.panel).to.be.accessible();
        shown.panel.remove();
      };
      try {
        for (const view of Object.values(PANEL_VIEWS)) await check(view);
        for (const step of Object.values(STATES)) await check(PANEL_VIEWS.cards, step);
      } finally {
        theme.remove();
        document.documentElement.style.colorScheme = '';
        document.body.style.background = '';
        await emulate({});
      }
    });
  }
});
