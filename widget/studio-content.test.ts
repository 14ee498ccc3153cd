import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createEngine } from '../src/studio/engine.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import type { Changes } from '../src/studio/workbench.js';
import { filesOf, openWorkbench } from '../src/studio/workbench.js';
import { emulate } from '../test/browser/emulate.js';
import { click, FILES, type Shown, seen, showStudio, until } from './studio-fixture.js';

const CASE = 'content/cfo-case-study.md';
const content = (name: string, front: string, body = 'Text.'): PlaybookFiles[number] => ({
  path: `content/${name}.md`,
  text: `---\nkind: brochure\nowner: ben@halden.example\n${front}\n---\n${body}\n`,
});
const LIBRARY: PlaybookFiles = [
  ...FILES.map((file) =>
    file.path === 'plays/call-champion.yaml'
      ? { ...file, text: `${file.text}content: { topic: [cfo-case], account.industry: same }\n` }
      : file,
  ),
  content('packaging', 'title: Packaging lines\nattributes: { topic: [line], industry: [Retail] }'),
  content('old-prices', 'title: Old prices\nexpires: 2026-10-01'),
  content('autumn', 'title: Autumn offer\nexpires: 2026-11-25\nattributes: { topic: [offer] }'),
  content(
    'large',
    'title: For large customers\nattributes: { topic: [cfo-case] }\nwhen: # kept\n  sales: { gt: 500000 }\n  any: [{ industry: Retail }, { sales: { missing: true } }]',
  ),
];

async function library(kept?: Changes): Promise<Shown> {
  const shown = await showStudio({}, { files: LIBRARY, ...(kept && { kept }) });
  await click(shown.root, '.places button', 'Content');
  await seen(shown.root, '.library');
  return shown;
}
async function open(shown: Shown, title: string): Promise<void> {
  await click(shown.root, '.library .open', title);
  await seen(shown.root, '.preview h2');
}
const titlesIn = (root: ShadowRoot): readonly string[] =>
  [...root.querySelectorAll('.library .open')].map(({ textContent }) => textContent ?? '');
const chipsIn = (root: ShadowRoot, within = '.where'): readonly string[] =>
  [...root.querySelectorAll(`${within} .chip`)].map((chip) =>
    (chip.querySelector('.what')?.textContent ?? '').replace(/\s+/g, ' ').trim(),
  );
/** The text of a file as it would be saved now. */
const saved = (kept: readonly Changes[], path: string): string => {
  const files = filesOf(openWorkbench(LIBRARY, kept.at(-1)));
  return files.find((file) => file.path === path)?.text ?? '';
};
const addTag = async (root: ShadowRoot, at: string, typed: string): Promise<void> => {
  await click(root, at);
  await seen(root, '.pop .field');
  await sendKeys({ type: typed });
  await sendKeys({ press: 'Enter' });
};

describe('the content library', () => {
  it('is found by words, a few letters wrong, and by tags', async () => {
    const { root } = await library();
    expect((await seen(root, 'h1')).textContent?.trim()).to.equal('5 items');
    (await seen(root, 'input[type=search]')).focus();
    await sendKeys({ type: 'pakcaging' });
    await until(() => titlesIn(root).join() === 'Packaging lines');
    expect((await seen(root, 'h1')).textContent?.trim()).to.equal('1 item of 5');
    await sendKeys({ type: ' zebra' });
    await seen(root, '.note', 'No content fits.');
    await click(root, '.note .button', 'Show all content');
    await until(() => titlesIn(root).length === 5);
    await addTag(root, '#filter-add', 'retail');
    await until(() => titlesIn(root).join() === 'Packaging lines');
    expect(chipsIn(root, '.contents')).to.deep.equal(['Industry is Retail']);
    await click(root, '.chip .x');
    await addTag(root, '#filter-add', 'sales this year over 900000');
    await until(() => titlesIn(root).join() === 'For large customers');
  });

  it('says what has expired and what soon will', async () => {
    const { root } = await library();
    await seen(root, '.library li', 'expired on 1 Oct 2026');
    await seen(root, '.library li', 'expires in 5 days');
    await seen(root, '.note.wrong', '1 item has expired and is offered no more');
    await click(root, '.note .button', 'Show');
    await until(() => titlesIn(root).join() === 'Old prices');
  });

  it('is selected by keyboard, tagged all at once, and all is taken back in one step', async () => {
    const { root, kept } = await library();
    await click(root, '.places button', 'Content');
    (await seen(root, '.library .open')).focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Space' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ up: 'Shift' });
    await seen(root, '.bulk b', '3 selected');
    expect(chipsIn(root, '.bulk')).to.include('Topic is cfo-case, 2 of 3');
    await click(root, '#bulk-add');
    await seen(root, '.pop .field');
    await sendKeys({ type: 'cfo' });
    await seen(root, '.pop [role=option]', 'Topic is cfo-case (changes 1)');
    await sendKeys({ press: 'Enter' });
    await seen(root, '.said', 'Topic is cfo-case was added to 1 item.');
    await until(() => chipsIn(root, '.bulk').includes('Topic is cfo-case, 3 of 3'));
    await click(root, '.bulk .chip .x');
    await seen(root, '.said', 'Topic is cfo-case was taken away from 3 items.');
    await until(() => kept.length > 0 && Object.keys(kept.at(-1) ?? {}).length === 2);
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'z' });
    await sendKeys({ up: 'Control' });
    await until(() => chipsIn(root, '.bulk').includes('Topic is cfo-case, 3 of 3'));
  });

  it('opens an item, and shows on which cards it would be', async () => {
    const shown = await library();
    const { root } = shown;
    await open(shown, 'CFO case study');
    expect(chipsIn(root)).to.deep.equal(['Topic is cfo-case']);
    await seen(root, '.preview h2', 'Offered on 5 cards now');
    await seen(root, '.preview', 'Its tags fit 10 of 10 accounts.');
    await seen(root, '.look .prose', 'Payback in seven months.');
    await seen(root, '.preview', 'It is 1 of 2 that this card brings, under “Use this”.');
    await addTag(root, '#tag-add', 'manufact');
    await seen(root, '.preview h2', 'Offered on 3 cards now');
    await seen(root, '.preview', 'Without “Industry is Manufacturing”: 5.');
    await seen(root, '.preview', 'Its tags fit 6 of 10 accounts.');
    await until(() => shown.kept.length > 0);
    expect(saved(shown.kept, CASE)).to.include(
      'attributes: { topic: [cfo-case], account.industry: [Manufacturing] }',
    );
  });

  it('widens a tag, turns it round, and takes it away', async () => {
    const shown = await library();
    const { root } = shown;
    await open(shown, 'Packaging lines');
    await click(root, '.chip .what', 'Industry is Retail');
    await seen(root, '.pop [role=option]', '✓ Industry is Retail');
    await sendKeys({ type: 'manu' });
    await sendKeys({ press: 'Enter' });
    await until(() => chipsIn(root).includes('Industry is Retail or Manufacturing'));
    await click(root, '.chip .what', 'Industry is Retail or Manufacturing');
    await click(root, '.foot .button', 'Turn into its opposite');
    await until(() => chipsIn(root).includes('Industry is not Retail or Manufacturing'));
    await seen(root, '.preview .note', 'No play asks for it yet');
    await click(root, '.preview .chip', 'Topic is cfo-case');
    await seen(root, '.preview h3', 'Plays that bring it');
  });

  it('keeps what chips cannot say, as it is written', async () => {
    const shown = await library();
    const { root } = shown;
    await open(shown, 'For large customers');
    expect(chipsIn(root)).to.deep.equal(['Topic is cfo-case', 'Sales this year over 500,000 EUR']);
    await seen(root, '.where pre', '"any"');
    await click(root, '.where .chip .x');
    await until(() => shown.kept.length > 0);
    expect(saved(shown.kept, 'content/large.md')).to.include(
      'when: # kept\n  sales: { gt: 500000 }\n  any: [{ industry: Retail }, { sales: { missing: true } }]',
    );
  });

  it('tells what changed by words and tags, and takes back that one item', async () => {
    const shown = await library();
    const { root } = shown;
    await open(shown, 'CFO case study');
    await addTag(root, '#tag-add', 'retail');
    const field = (await seen(root, 'textarea')) as HTMLTextAreaElement;
    field.focus();
    field.setSelectionRange(11, 16);
    await sendKeys({ type: 'nine' });
    await seen(root, '.changes ins', 'nine');
    await seen(root, '.changes ins', 'Industry is Retail');
    await seen(root, '.look .prose', 'Payback in nine months.');
    await click(root, '.changes .button', 'Take all of this back');
    await until(() => chipsIn(root).join() === 'Topic is cfo-case');
    expect(root.querySelector('.changes')).to.equal(null);
    await until(() => shown.kept.length > 0 && Object.keys(shown.kept.at(-1) ?? {}).length === 0);
  });

  it('is asked before it is removed, with the plays that bring it, and undo brings it back', async () => {
    const shown = await library();
    const { root } = shown;
    await open(shown, 'CFO case study');
    await click(root, '#content-remove');
    await seen(root, '.asks', 'Call the champion');
    await click(root, '.asks .button', 'Remove it');
    await until(() => titlesIn(root).length === 4);
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'z' });
    await sendKeys({ up: 'Control' });
    await until(() => titlesIn(root).length === 5);
  });

  it('is duplicated, and called otherwise', async () => {
    const shown = await library();
    const { root } = shown;
    await open(shown, 'CFO case study');
    await click(root, '.actions .button', 'Duplicate');
    await seen(root, 'h1', 'Copy of CFO case study');
    const field = (await seen(root, '#content-title')) as HTMLInputElement;
    field.select();
    field.focus();
    await sendKeys({ type: 'Second case' });
    await seen(root, 'h1', 'Second case');
    await until(
      () => shown.kept.at(-1)?.['content/copy-of-cfo-case-study.md']?.data.title === 'Second case',
    );
    const own = shown.kept.at(-1)?.['content/copy-of-cfo-case-study.md'];
    expect(own?.data.id).to.equal(undefined);
    expect(own?.data.attributes).to.deep.equal({ topic: ['cfo-case'] });
  });

  it('takes what is dropped or pasted as new content', async () => {
    const shown = await library();
    const { root } = shown;
    const data = new DataTransfer();
    data.setData('text/plain', '# Battle card: Norvik\n\nThey are slower.');
    (await seen(root, '.library')).dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, composed: true }),
    );
    await seen(root, 'h1', 'Battle card: Norvik');
    expect(((await seen(root, '#content-kind')) as HTMLInputElement).value).to.equal('Battlecard');
    await click(root, '.button.link', 'All content');
    const pasted = new DataTransfer();
    pasted.setData('text/plain', 'Dear customer,\nyour plan ends.');
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true }),
    );
    await seen(root, 'h1', 'Dear customer,');
  });

  it('proposes tags with the reason; what is refused stays refused after a reload', async () => {
    const engine = createEngine({
      facts: [],
      now: 0,
      today: '2026-11-20',
      pause: async () => undefined,
    });
    const proposing = {
      ...engine,
      preview: async () => undefined,
      proposeTags: async () =>
        [
          {
            attribute: 'account.industry',
            value: 'Retail',
            probability: 0.8,
            because: [{ kind: 'names', words: 'retailers' }],
          },
          {
            attribute: 'topic',
            value: 'offer',
            probability: 0.7,
            because: [{ kind: 'like', content: 'content/autumn.md', words: [] }],
          },
        ] as never,
    };
    const first = await showStudio({}, { files: LIBRARY, engine: proposing });
    await click(first.root, '.places button', 'Content');
    await click(first.root, '.library .open', 'CFO case study');
    await seen(
      first.root,
      '.proposals li',
      'The text says “retailers”. About 80 in 100 like this are right.',
    );
    await seen(first.root, '.proposals li', '“Autumn offer” is alike and has it.');
    await click(first.root, '.proposals .what', 'Industry is Retail');
    await until(() => chipsIn(first.root).includes('Industry is Retail'));
    await click(first.root, '.proposals .x');
    await until(() => !first.root.querySelector('.proposals'));
    await until(() => first.kept.length > 0);
    const again = await showStudio(
      {},
      { files: LIBRARY, engine: proposing, kept: first.kept.at(-1) ?? {} },
    );
    await click(again.root, '.places button', 'Content');
    await click(again.root, '.library .open', 'CFO case study');
    await until(() => chipsIn(again.root).includes('Industry is Retail'));
    await seen(again.root, '.look .prose');
    expect(again.root.querySelector('.proposals')).to.equal(null);
    expect(saved(first.kept, 'notes/tag-corrections')).to.equal('');
  });

  for (const colors of ['light', 'dark'] as const)
    it(`is accessible in ${colors} colors, with a selection and a list open too`, async () => {
      await emulate({ colors });
      const shown = await library();
      const { root } = shown;
      await click(root, '.library input');
      await click(root, '#bulk-add');
      await seen(root, '.pop .field');
      await expect(shown.studio).to.be.accessible();
      await open(shown, 'For large customers');
      await click(root, '.chip .what', 'Sales');
      await seen(root, '.pop .field');
      await expect(shown.studio).to.be.accessible();
    });

  it('fits 390 px, also from right to left', async () => {
    const shown = await library();
    const { studio, root } = shown;
    studio.style.inlineSize = '390px';
    for (const direction of ['ltr', 'rtl']) {
      studio.dir = direction;
      await click(root, '.places button', 'Content');
      await seen(root, '.library');
      expect(studio.scrollWidth).to.be.at.most(390);
      await open(shown, 'CFO case study');
      expect(studio.scrollWidth).to.be.at.most(390);
    }
  });
});
