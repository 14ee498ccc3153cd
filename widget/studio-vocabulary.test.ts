import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { type Fact, noteFact } from '../src/domain/fact.js';
import type { JsonObject } from '../src/domain/value.js';
import {
  click,
  FILES,
  HOSTILE,
  NOW,
  type Shown,
  seen,
  showStudio,
  until,
} from './studio-fixture.js';

const goTo = (root: ShadowRoot, place: string): Promise<void> =>
  click(root, '.places button', place);
const textOf = (root: ShadowRoot, selector: string): string =>
  (root.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
const WITH_TWIN = FILES.map((file) =>
  file.path === 'attributes.yaml'
    ? {
        ...file,
        text: file.text.replace('values: [Discovery,', 'values: [Discoveries, Discovery,'),
      }
    : file,
);
/** Opens the menu of a value and one of its changes, and the field of that. */
async function change({ root }: Shown, value: string, label: string): Promise<void> {
  const row = await seen(root, '.values > li', value);
  row.querySelector<HTMLElement>('.choice > .button')?.click();
  await click(root, '.pop .button', label);
  await seen(root, '.word-form .field');
}

describe('the vocabulary', () => {
  it('lists attributes with where they are used, and finds them by their values', async () => {
    const { root } = await showStudio();
    await goTo(root, 'Vocabulary');
    await seen(root, 'h1', '9 attributes');
    const stage = await seen(root, '.rows > li', 'Stage');
    expect(stage.textContent).to.include('Used in 1 play');
    expect((await seen(root, '.rows > li', 'Economic buyer met')).textContent).to.include(
      'Nothing uses it',
    );
    (await seen(root, 'input[type=search]')).focus();
    await sendKeys({ type: 'champion' });
    await until(() => root.querySelectorAll('.rows > li').length === 1);
    expect(textOf(root, '.rows > li')).to.include('Role');
  });

  it('says what a new id changes before it does, changes it in one step, and takes it back', async () => {
    const shown = await showStudio();
    const { root, kept } = shown;
    await goTo(root, 'Vocabulary');
    await click(root, '.rows .button', 'Stage');
    await change(shown, 'Evaluation', 'Change its id');
    await until(() => root.activeElement?.matches('.word-form .field'));
    await sendKeys({ type: 'Two' });
    await seen(root, '.word-form [role=status]', 'This changes 1 play.');
    await sendKeys({ press: 'Enter' });
    await seen(root, '.values > li', 'EvaluationTwo');
    await until(() => kept.length > 0);
    expect(kept.at(-1)?.['plays/call-champion.yaml']?.data.trigger).to.deep.equal({
      becomes: { stage: 'EvaluationTwo' },
    });
    await click(root, '.actions .button', 'Undo');
    await until(() => !textOf(root, '.values').includes('EvaluationTwo'));
  });

  it('says why a name cannot be, and changes nothing', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await goTo(root, 'Vocabulary');
    await click(root, '.rows .button', 'Stage');
    await change(shown, 'Evaluation', 'Change its id');
    const field = await seen(root, '.word-form .field');
    (field as HTMLInputElement).value = 'Proposal';
    field.dispatchEvent(new InputEvent('input'));
    await seen(root, '.word-form .wrong', 'is there already');
    expect((await seen(root, '.word-form .primary')).matches(':disabled')).to.equal(true);
    field.focus();
    await sendKeys({ press: 'Escape' });
    await until(() => !root.querySelector('.pop'));
    expect(root.activeElement?.id).to.equal('opportunity.stage=Evaluation');
  });

  it('suggests to merge what may be one, with the reason', async () => {
    const { root } = await showStudio({}, { files: WITH_TWIN });
    await goTo(root, 'Vocabulary');
    expect((await seen(root, '.alike li')).textContent).to.include(
      'One is the plural of the other.',
    );
    await click(root, '.alike .button', 'Merge “Discovery” into “Discoveries”');
    await until(() => !root.querySelector('.alike'));
  });

  it('lets nobody change it but those whom the playbook names', async () => {
    const files = FILES.map((file) =>
      file.path === 'playbook.yaml'
        ? { ...file, text: `${file.text}vocabulary: { changedBy: [ben@halden.example] }\n` }
        : file,
    );
    const { root } = await showStudio({}, { files });
    await goTo(root, 'Vocabulary');
    await seen(root, '.note', 'Only ben@halden.example may change the vocabulary.');
    await click(root, '.rows .button', 'Stage');
    await seen(root, '.values');
    expect(root.querySelector('.values .choice')).to.equal(null);
  });
});

/** The fixture's deals, which are open and worth something. */
const OPEN_DEALS = FILES.map((file) =>
  file.path === 'attributes.yaml'
    ? {
        ...file,
        text: `${file.text}  - { id: key, label: Key account, type: boolean, of: account }\n`,
      }
    : file,
);

describe('the map of coverage', () => {
  const show = async (): Promise<Shown> => {
    const shown = await showStudio({}, { files: OPEN_DEALS });
    await goTo(shown.root, 'Coverage');
    const [rows] = await Promise.all([seen(shown.root, '.pick select')]);
    (rows as HTMLSelectElement).value = 'account.industry';
    rows.dispatchEvent(new Event('change'));
    const columns = shown.root.querySelectorAll<HTMLSelectElement>('.pick select')[1];
    if (columns) {
      columns.value = 'account.key';
      columns.dispatchEvent(new Event('change'));
    }
    await seen(shown.root, 'table[role=grid]', 'Key account');
    return shown;
  };

  it('does not call it all well where there is nothing yet', async () => {
    const nothing = {
      of: 'opportunity',
      currency: 'EUR',
      rows: [],
      columns: [],
      cells: [],
    } as const;
    const { root } = await showStudio(
      {},
      { files: OPEN_DEALS, engine: { coverage: async () => nothing } },
    );
    await goTo(root, 'Coverage');
    await seen(root, 'h1', 'No open deal is known here');
  });

  it('says in words, in each cell, where reps get nothing', async () => {
    const { root } = await show();
    await seen(root, 'h1', 'Reps get nothing on 5 of 10 accounts');
    const cells = [...root.querySelectorAll('td.cell:not(.empty)')].map((cell) =>
      (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );
    expect(cells).to.deep.equal(['6 accounts3 with nothing', '4 accounts2 with nothing']);
    expect([...root.querySelectorAll('tbody th')].map((head) => head.textContent)).to.deep.equal([
      'Manufacturing',
      'Retail',
      HOSTILE,
    ]);
    expect(textOf(root, '.legend')).to.include('Reps get nothing on most of it');
  });

  it('is walked by arrows, and opens a cell by Enter', async () => {
    const { root } = await show();
    const first = await seen(root, 'td[tabindex="0"]');
    first.focus();
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'ArrowDown' });
    await until(() => root.activeElement?.id === 'cell-1.2');
    await sendKeys({ press: 'Enter' });
    await seen(root, 'aside h2', 'Retail, Not known');
    expect(root.querySelectorAll('aside .rows li').length).to.equal(4);
  });

  it('begins a play with the two conditions of the cell', async () => {
    const { root } = await show();
    (await seen(root, 'td.cell:not(.empty)')).click();
    await click(root, 'aside .button', 'Write a play for this cell');
    await seen(root, '.line', 'Industry is Manufacturing');
    await seen(root, '.line', 'Key account is not known');
  });

  it('names what lies idle, and leads to it', async () => {
    const { root } = await show();
    await seen(root, '.idle', 'None of the');
    await click(root, '.idle .button', 'CFO case study');
    await seen(root, 'h1', 'CFO case study');
  });

  it('tells how content did, by the cards that brought it, and says where that is too little', async () => {
    const told = Array.from({ length: 24 }, (_, i): readonly Fact[] => {
      const [account, by] = [`crm:account:${i % 10}`, `crm:rep:r${i}`];
      const opening = `call-champion|crm:opportunity:${i}|1`;
      const at = NOW - 30 * 86_400_000;
      const note = (id: string, type: string, data: JsonObject): Fact =>
        noteFact({ id: `${id}/${i}`, type, subjects: [account], by, data }, at);
      return [
        note('seen', 'seen', { opening, contents: ['cfo-case-study'] }),
        ...(i < 8
          ? [
              note('response', 'response', {
                ...{ play: 'call-champion', record: `crm:opportunity:${i}`, opening },
                response: { kind: i < 6 ? 'not-helpful' : 'done' },
              }),
            ]
          : []),
      ];
    }).flat();
    const { root } = await showStudio({}, { facts: told });
    await click(root, '.places button', 'Coverage');
    const table = await seen(root, '.figures', 'How content did');
    const row = [...table.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
    expect(row).to.have.length(1);
    // Wilson's interval for 2 of 24.
    expect(row[0]).to.contain('8% (2% to 26%), 2 of 24');
    expect(row[0]).to.contain('too little data, 6 of 20');
    await seen(
      root,
      '.idle',
      'Most who said whether it helped said no: 100% (61% to 100%), 6 of 6',
    );
    await click(root, '.figures .button', 'CFO case study');
    const did = await seen(root, '.did', 'Seen on 24 cards');
    expect(did.textContent).to.contain('8% (2% to 26%), 2 of 24');
    expect(did.textContent).to.contain('which brings up to three');
  });
});

describe('what each setting does', () => {
  it('is told in a sentence with examples, for the playbook and for each part of a play', async () => {
    const { root } = await showStudio();
    await goTo(root, 'Settings');
    await click(root, '.effects section:first-of-type .button', 'Find out');
    const limit = await seen(root, '.does li', 'At most 3 touches in 7 days');
    await until(() => limit.textContent?.includes('the same all 15 times'));
    const weight = await seen(root, '.does li', 'Revenue counts 1');
    await until(() => weight.textContent?.includes('other cards 10 of 15 times'));
    (weight.querySelector('summary') as HTMLElement).click();
    await seen(root, '.does li li', 'Account 8: not “Call the champion”');

    await goTo(root, 'Plays');
    await click(root, '.rows .button', 'Call the champion');
    await click(root, '.effects .button', 'Find out');
    await seen(
      root,
      '.does li',
      'The play itselfWithout it reps would have seen other cards 10 of 15',
    );
    await seen(root, '.does li', 'Stage is EvaluationIt cannot be left out.');
    await seen(root, '.does li', 'By which channel: call');
    await click(root, '.slot', '15');
    (await seen(root, '.pop .field')).focus();
    await sendKeys({ type: '20' });
    await sendKeys({ press: 'Enter' });
    await seen(root, '.effects .note', 'The playbook was changed since');
  });

  it('can be stopped, and keeps what was found', async () => {
    let asked = 0;
    const { root } = await showStudio(
      {},
      {
        engine: {
          effect: (_, __, tell, signal) =>
            asked++ === 0
              ? Promise.resolve({ is: 'needed' })
              : new Promise((_resolve, reject) => {
                  tell?.(0.5);
                  signal?.addEventListener('abort', () => reject(signal.reason));
                }),
        },
      },
    );
    await goTo(root, 'Settings');
    await click(root, '.effects section:first-of-type .button', 'Find out');
    await seen(root, '.effects [role=status]', '50%');
    await click(root, '.effects .button', 'Stop');
    await seen(root, '.effects .note', 'Stopped. What was found stays.');
    await seen(root, '.does li', 'It cannot be left out.');
    await seen(root, '.effects .button', 'Find out again');
  });
});
