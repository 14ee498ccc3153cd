import { expect } from '@open-wc/testing';
import { emulate } from '../test/browser/emulate.js';
import { click, FILES, seen, showStudio, until } from './studio-fixture.js';

const tips = { waiting: async () => [], settle: async () => undefined };
/** What is looked at, and the way there from the page before. */
const PAGES: readonly (readonly [page: string, go: (root: ShadowRoot) => Promise<unknown>])[] = [
  ['all plays', (root) => click(root, '.places button', 'Plays')],
  ['a play', (root) => click(root, '.rows .button', 'Call the champion')],
  ['its choices', openEach],
  ['the menu behind a condition', (root) => click(root, '.line .more .button')],
  ['all content', (root) => click(root, '.places button', 'Content')],
  ['one content', (root) => click(root, '.library .open', 'CFO case study')],
  ['the vocabulary', (root) => click(root, '.places button', 'Vocabulary')],
  ['one word', (root) => click(root, '.rows .button', 'Industry')],
  ['the map', (root) => click(root, '.places button', 'Coverage')],
  ['the settings', (root) => click(root, '.places button', 'Settings')],
  ['no tips', (root) => click(root, '.places button', 'Tips')],
];

/** One list after the other, of which the last stays open. */
async function openEach(root: ShadowRoot): Promise<void> {
  await seen(root, '.slot');
  const count = root.querySelectorAll('.slot').length;
  for (let i = 0; i < count; i++) {
    const slot = (): HTMLElement | undefined => root.querySelectorAll<HTMLElement>('.slot')[i];
    slot()?.click();
    await until(() => root.querySelector('.pop'), `choice ${i} does not open`);
    expect(document.documentElement.scrollWidth, `choice ${i}`).to.be.at.most(innerWidth);
    if (i === count - 1) return;
    slot()?.click();
    await until(() => !root.querySelector('.pop'), `choice ${i} does not close`);
  }
}

describe('the studio as it looks', () => {
  for (const [where, environment, direction] of [
    ['in the light', { width: 1280, height: 900 }, 'ltr'],
    ['in the dark', { colors: 'dark', width: 768, height: 900 }, 'ltr'],
    ['on a telephone', { width: 390, height: 800 }, 'ltr'],
    ['on a telephone from right to left', { width: 390, height: 800 }, 'rtl'],
  ] as const)
    it(`has no fault that axe knows, and nothing that sticks out, ${where}`, async () => {
      await emulate(environment);
      document.documentElement.style.colorScheme = 'light dark';
      document.documentElement.dir = direction;
      const { root } = await showStudio({ tips });
      for (const [page, go] of PAGES) {
        await go(root);
        await seen(root, 'main');
        expect(document.documentElement.scrollWidth, page).to.be.at.most(innerWidth);
        await expect(root.host, page).to.be.accessible();
      }
      document.documentElement.dir = '';
      await emulate({});
    });

  it('says in a playbook without plays how to begin one', async () => {
    const files = FILES.filter(({ path }) => !path.startsWith('plays/'));
    const { root } = await showStudio({}, { files });
    await seen(root, '.first', 'No play yet. Begin with one of these');
    expect(root.querySelector('input[type=search]')).to.equal(null);
    await click(root, '.first .button', 'An empty sentence');
    await seen(root, '.slot.open');
  });

  it('says why something could not be found out, and does it once more', async () => {
    let asked = 0;
    const { root } = await showStudio({
      tips: {
        ...tips,
        async waiting() {
          asked++;
          if (asked === 1) throw new Error('there is no connection');
          return [];
        },
      },
    });
    await click(root, '.places button', 'Tips');
    await seen(root, '[role=alert]', 'there is no connection');
    await click(root, '[role=alert] .button', 'Try again');
    await seen(root, '.tips .note', 'No tip waits');
    expect(asked).to.equal(2);
  });

  it('ends a reason that ends itself with one full stop', async () => {
    const { root } = await showStudio();
    await click(root, '.rows .button', 'Call the champion');
    const sentence = await seen(root, '.sentence', 'The deal is being evaluated.');
    expect(sentence.textContent).to.not.match(/\.\s*\./);
  });
});
