import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import type { PanelView } from '../src/domain/view.js';
import { ENGLISH } from '../src/view/strings.js';
import { emulate } from '../test/browser/emulate.js';
import { createFakeSource } from './fake-source.js';
import { PANEL_VIEWS } from './fixtures.js';
import { HOSTILE, hostile } from './fixtures-hostile.js';
import { define, type OpportunePanel } from './opportune-panel.js';
import { all, one, press, show, text } from './panel-fixture.js';

async function wide(panel: OpportunePanel, width: number): Promise<void> {
  panel.style.width = `${width}px`;
  await panel.updateComplete;
}

/** Elements that stick out of the panel at the side. */
function overflowing(panel: OpportunePanel): string[] {
  const frame = panel.getBoundingClientRect();
  return all(panel.shadowRoot as ShadowRoot, '*')
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const drawn = box.width > 0 && getComputedStyle(element).clipPath === 'none';
      return drawn && (box.left < frame.left - 1 || box.right > frame.right + 1);
    })
    .map((element) => `${element.localName}.${element.className}`);
}

const STEPS: { readonly [name: string]: string[] } = {
  reasons: ['.reasons', '.choices .button:last-child'],
  days: ['.snooze'],
  'why not': ['.others'],
  tips: ['.tip'],
  history: ['.more', '.menu li:nth-child(2) .button'],
};

describe('the look of the panel', () => {
  for (const width of [280, 360, 480]) {
    it(`fits ${width} px in every state`, async () => {
      for (const view of Object.values(PANEL_VIEWS)) {
        const { panel } = await show(view);
        await wide(panel, width);
        expect(overflowing(panel)).to.deep.equal([]);
        panel.remove();
      }
      for (const path of Object.values(STEPS)) {
        const { panel, root } = await show(PANEL_VIEWS.cards);
        await wide(panel, width);
        for (const selector of path) await press(panel, one(root, selector));
        for (const part of all(root, 'details') as HTMLDetailsElement[]) part.open = true;
        expect(overflowing(panel)).to.deep.equal([]);
        panel.remove();
      }
    });
  }

  it('stands labels above values below 320 px, and beside them from there on', async () => {
    const { panel, root } = await show(PANEL_VIEWS.cards);
    const tops = (): number[] =>
      ['.facts dt', '.facts dd'].map((part) => one(root, part).getBoundingClientRect().top);
    await wide(panel, 300);
    expect(tops()[1]).to.be.greaterThan(tops()[0] as number);
    expect(one(root, '.primary').offsetWidth).to.equal(300 - 32);
    await wide(panel, 360);
    expect(tops()[1]).to.equal(tops()[0]);
  });

  it('runs from right to left with its strings, and fits', async () => {
    const strings = { ...ENGLISH, direction: 'rtl' as const, locale: 'ar' };
    const source = createFakeSource(PANEL_VIEWS.cards, { strings });
    const { panel, root } = await show(PANEL_VIEWS.cards, source);
    await wide(panel, 280);
    expect(getComputedStyle(one(root, '.head')).direction).to.equal('rtl');
    const mark = one(root, '.head > .icon').getBoundingClientRect();
    expect(mark.left).to.be.greaterThan(one(root, '.more').getBoundingClientRect().left);
    expect(overflowing(panel)).to.deep.equal([]);
    await press(panel, one(root, '.others'));
    expect(getComputedStyle(one(root, '.back .icon')).scale).to.equal('-1 1');
  });

  it('follows the color-scheme of the page, and a token where the host sets one', async () => {
    const { panel } = await show(PANEL_VIEWS.cards);
    panel.style.colorScheme = 'dark';
    expect(getComputedStyle(panel).backgroundColor).to.equal('rgb(27, 30, 32)');
    panel.style.colorScheme = 'light';
    expect(getComputedStyle(panel).backgroundColor).to.equal('rgb(255, 255, 255)');
    panel.style.setProperty('--slds-g-color-surface-container-1', 'rgb(1, 2, 3)');
    expect(getComputedStyle(panel).backgroundColor).to.equal('rgb(1, 2, 3)');
    panel.style.setProperty('--opportune-surface', 'rgb(4, 5, 6)');
    expect(getComputedStyle(panel).backgroundColor).to.equal('rgb(4, 5, 6)');
  });

  it('keeps its drawings in forced colours, and does not move where motion is unwanted', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    await emulate({ forcedColors: true, reducedMotion: true });
    expect(getComputedStyle(one(root, '.dot')).forcedColorAdjust).to.equal('none');
    expect(getComputedStyle(one(root, '.card')).transitionDuration).to.equal('0s');
    await emulate({ reducedMotion: false });
    expect(getComputedStyle(one(root, '.card')).transitionDuration).to.contain('0.12s');
  });

  it('changes nothing in the page when the same view comes again', async () => {
    const { panel, root, source } = await show(PANEL_VIEWS.cards);
    await press(panel, one(root, '.reasons'));
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((list) => changes.push(...list));
    observer.observe(root, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
    source.show(structuredClone(PANEL_VIEWS.cards) as PanelView);
    await panel.updateComplete;
    await aTimeout(0);
    changes.push(...observer.takeRecords());
    observer.disconnect();
    expect(
      changes.filter(
        ({ target }) => !(target.parentElement ?? (target as Element)).closest('[role=status]'),
      ),
    ).to.deep.equal([]);
  });

  it('shows hostile text as text, and opens no address that could run something', async () => {
    const { panel, root } = await show({ ...PANEL_VIEWS.cards, cards: [hostile] });
    const opened: (string | undefined)[] = [];
    panel.addEventListener('actionaccept', (event) => opened.push(event.detail.href));
    await press(panel, one(root, '.primary'));
    expect(opened).to.deep.equal([undefined]);
    expect(text(one(root, '.title'))).to.equal(HOSTILE);
    expect(all(root, 'img, script, iframe')).to.have.length(0);
    expect(all(root, 'a')).to.have.length(0);
    expect(text(one(root, '.md'))).to.contain('press me');
    expect(text(one(root, '.md pre'))).to.equal('[a](javascript:alert(1)) ![b](x" onerror="y)');
    expect('hacked' in globalThis).to.equal(false);
  });

  it('opens pages in a tab of their own, without a way back to the host', async () => {
    const { root } = await show(PANEL_VIEWS.cards);
    const links = all(root, 'a') as HTMLAnchorElement[];
    expect(links.map(({ href, target, rel }) => [href, target, rel])).to.deep.equal([
      ['https://example.com/brightwater.pdf', '_blank', 'noopener noreferrer'],
      ['https://example.com/parts', '_blank', 'noopener noreferrer'],
    ]);
  });

  it('can stand twice on a page, under a name of its own', async () => {
    define('another-panel');
    define('another-panel');
    const element = document.createElement('another-panel') as OpportunePanel;
    element.source = createFakeSource(PANEL_VIEWS.nothing);
    element.record = 'r';
    element.asker = 'a';
    await fixture(html`${element}`);
    await element.updateComplete;
    expect(text(element.shadowRoot?.querySelector('h3'))).to.equal('Nothing worth doing here now');
  });
});
