import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { filesOf, openWorkbench } from '../src/studio/workbench.js';
import { emulate } from '../test/browser/emulate.js';
import {
  click,
  FILES,
  HOSTILE,
  linesIn,
  type Shown,
  seen,
  showStudio,
  until,
} from './studio-fixture.js';

const PLAY = 'plays/call-champion.yaml';
const open = async (shown: Shown): Promise<void> => {
  await click(shown.root, '.rows .button', 'Call the champion');
  await seen(shown.root, '.preview h2');
};
const withControl = async (key: string): Promise<void> => {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: key });
  await sendKeys({ up: 'Control' });
};
const chooses = async (root: ShadowRoot, slot: string, typed: string): Promise<void> => {
  await click(root, '.slot', slot);
  await seen(root, '.pop .field');
  await sendKeys({ type: typed });
  await sendKeys({ press: 'Enter' });
};

describe('the studio', () => {
  it('lists the plays, and finds them by their words', async () => {
    const { root } = await showStudio();
    expect((await seen(root, 'h1')).textContent).to.equal('1 play');
    (await seen(root, 'input[type=search]')).focus();
    await sendKeys({ type: 'evaluat' });
    await seen(root, '.rows', 'Call the champion');
    await sendKeys({ type: 'x' });
    await seen(root, '.note', 'No play has “evaluatx” in its words.');
    await click(root, '.note .button');
    await seen(root, '.rows', 'Call the champion');
  });

  it('shows a play as a sentence, with the deals that each condition leaves', async () => {
    const shown = await showStudio();
    await open(shown);
    expect(linesIn(shown.root).slice(0, 3)).to.deep.equal([
      'For a deal when Stage is Evaluation,',
      'suggest Call {contact.name|the champion},',
      'which is a call with Champion by call in 15 minutes,',
    ]);
    expect((await seen(shown.root, '.count span')).textContent).to.equal('5');
    expect((await seen(shown.root, '.preview h2')).textContent).to.equal(
      '5 deals would show it now',
    );
  });

  it('shows the card as the owner of the deal would see it, and where it would stand', async () => {
    const shown = await showStudio();
    await open(shown);
    const panel = await seen(shown.root, 'opportune-panel');
    await until(() => panel.shadowRoot?.textContent?.includes('Call Dana 0'));
    await seen(shown.root, '.preview .quiet', 'It would be the only card there.');
    await click(shown.root, '.preview .rows .button', 'Deal 4');
    await until(() =>
      shown.root.querySelector('opportune-panel')?.shadowRoot?.textContent?.includes('Call Dana 4'),
    );
  });

  it('takes another choice by typing and Enter, counts anew, and keeps it', async () => {
    const shown = await showStudio();
    const { root, kept } = shown;
    await open(shown);
    await chooses(root, 'Evaluation', 'disc');
    await seen(root, '.line', 'Stage is Discovery');
    await seen(root, '.preview .rows', 'Deal 1');
    await until(() => kept.length > 0);
    expect(kept.at(-1)?.[PLAY]?.data.trigger).to.deep.equal({ becomes: { stage: 'Discovery' } });
    const files = filesOf(openWorkbench(FILES, kept.at(-1)));
    const text = files.find(({ path }) => path === PLAY)?.text ?? '';
    expect(text).to.include('becomes: { stage: Discovery }   # the stage of the CRM');
    expect(files.filter((file, i) => file !== FILES[i]).length).to.equal(1);
  });

  it('undoes and does again', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    await chooses(root, 'Evaluation', 'prop');
    await seen(root, '.line', 'Stage is Proposal');
    await withControl('z');
    await seen(root, '.line', 'Stage is Evaluation');
    await withControl('y');
    await seen(root, '.line', 'Stage is Proposal');
    await click(root, '.actions .button', 'Undo');
    await seen(root, '.line', 'Stage is Evaluation');
  });

  it('leaves everything as it was on Escape, and returns to the choice', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    const before = linesIn(root);
    (await seen(root, '.slot', 'Evaluation')).focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'pro' });
    await sendKeys({ press: 'Escape' });
    await until(() => root.activeElement?.textContent === 'Evaluation');
    expect(root.querySelector('.pop')).to.equal(null);
    expect(linesIn(root)).to.deep.equal(before);
  });

  it('says either of two values, an alternative, the opposite, and takes them away again', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    await click(root, '.slot', 'Evaluation');
    await seen(root, '.pop .field');
    await sendKeys({ type: 'prop' });
    await withControl('Enter');
    await seen(root, '.line', 'Stage is one of Evaluation or Proposal');
    await click(root, '.slot', 'Proposal');
    await click(root, '.foot .button', 'Or another value');
    await click(root, '.pop [role=option]', 'Discovery');
    await seen(root, '.line', 'Stage is one of Evaluation, Proposal or Discovery');
    await click(root, '.slot', 'Discovery');
    await click(root, '.foot .button', 'Take away');
    await seen(root, '.line', 'Stage is one of Evaluation or Proposal');
    await click(root, '.more .button');
    await click(root, '.pop .button', 'Or something else');
    await seen(root, '.pop .field');
    await sendKeys({ type: 'industry' });
    await sendKeys({ press: 'Enter' });
    await until(() => linesIn(root).some((line) => line.includes('Industry (account)')));
    await click(root, '.more .button');
    await click(root, '.pop .button', 'Take away');
    await until(() => !linesIn(root).some((line) => line.includes('Industry')));
  });

  it('says it in text too, reads what was changed there, and points at what it cannot read', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    await click(root, '.actions .button', 'Show as text');
    const field = (await seen(root, 'textarea')) as HTMLTextAreaElement;
    const { value } = field;
    expect(value).to.match(/^For \[a deal\] \[when\] \[Stage\] \[is\] \[Evaluation\]/);
    field.value = value.replace('[Evaluation]', '[Evalution]');
    await click(root, '.text .primary');
    await seen(root, '.said', 'Is “Evaluation” meant?');
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).to.equal('[Evalution]');
    field.value = value.replace('[14 days]', '[60 days]');
    await click(root, '.text .primary');
    await click(root, '.actions .button', 'Show as sentence');
    await seen(root, '.line', 'for 60 days.');
  });

  it('has what was kept when it is opened again, and says when it cannot be kept', async () => {
    const shown = await showStudio({ keep: () => Promise.reject(new Error('the disk is full')) });
    await open(shown);
    await chooses(shown.root, 'Evaluation', 'prop');
    await seen(shown.root, '[role=alert]', 'Not kept: the disk is full');
    const { kept } = await (async () => {
      const other = await showStudio();
      await open(other);
      await chooses(other.root, 'Evaluation', 'prop');
      await until(() => other.kept.length > 0);
      return other;
    })();
    const again = await showStudio({}, { kept: kept.at(-1) ?? {} });
    await seen(again.root, '.mark', 'changed');
    await open(again);
    await seen(again.root, '.line', 'Stage is Proposal');
  });

  it('replays the last 90 days: how many cards, for whom, and which are new', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    await chooses(root, 'Evaluation', 'disc');
    await seen(root, '.preview .rows', 'Deal 1');
    await click(root, '.replay .button', 'Replay the last 90 days');
    await seen(root, '.replay h3', '5 cards in the last 90 days');
    await seen(root, '.replay h3', 'where the live version showed 5');
    await seen(root, '.replay', 'For 1 rep on 5 accounts, at most 5 each; 75 minutes in all');
    await seen(root, '.findings li', 'Deal 1, Account 1');
    expect(root.querySelectorAll('.replay tbody tr').length).to.equal(13);
  });

  it('stops a replay when asked', async () => {
    const endless = {
      foresee: (
        _before: unknown,
        _after: unknown,
        tell?: (share: number) => void,
        signal?: AbortSignal,
      ) =>
        new Promise<undefined>((_, reject) => {
          tell?.(0.25);
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    };
    const shown = await showStudio({}, { engine: endless });
    const { root } = shown;
    await open(shown);
    await click(root, '.replay .button');
    await seen(root, '.replay', 'Replaying: 25% of the accounts');
    await click(root, '.replay .button', 'Stop');
    await seen(root, '.said', 'Stopped. Nothing was changed.');
    await seen(root, '.replay .button', 'Replay the last 90 days');
  });

  it('names what the compiler finds, and shows no card until the sentence is whole', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    await click(root, '.adds .button', 'Offer a product');
    await seen(root, '.note', '1 choice is open');
    await seen(root, '.preview .note', 'The card appears when the sentence is whole.');
  });

  it('opens a playbook with errors, and one that cannot be opened with the place', async () => {
    const wrong = FILES.map((file) =>
      file.path === PLAY ? { ...file, text: file.text.replace('stage:', 'stge:') } : file,
    );
    const shown = await showStudio({}, { files: wrong });
    await seen(shown.root, '.mark', '1 thing to mend');
    await click(shown.root, '.rows .button', 'Call the champion');
    await seen(shown.root, '.problems', 'Did you mean "stage"?');
    const broken = FILES.map((file) =>
      file.path === 'attributes.yaml' ? { ...file, text: 'attributes: [' } : file,
    );
    const none = await showStudio({}, { files: broken });
    await seen(none.root, '[role=alert]', 'attributes.yaml:');
    await seen(none.root, '.button', 'Try again');
  });

  it('shows hostile names and labels as the text they are', async () => {
    const shown = await showStudio();
    const { root } = shown;
    await open(shown);
    await click(root, '.adds .button', 'Add a condition');
    await seen(root, '.pop .field');
    await sendKeys({ type: 'industry' });
    await sendKeys({ press: 'Enter' });
    await seen(root, '.pop .field');
    await seen(root, '.pop [role=option]', HOSTILE);
    expect(root.querySelector('img')).to.equal(null);
  });

  it('writes a play by keyboard alone: from a marketer’s sentence to a card on a real deal', async () => {
    const shown = await showStudio();
    const { root, kept } = shown;
    let steps = 0;
    const press = async (key: string): Promise<void> => {
      steps += 1;
      await sendKeys({ press: key });
    };
    /** Types into the list that is open and takes what it finds. */
    const take = async (typed: string): Promise<void> => {
      await seen(root, '.pop .field');
      steps += 1;
      await sendKeys({ type: typed });
      await press('Enter');
    };
    /** Goes on with Tab until the words are in focus, as who looks at the screen does. */
    const to = async (words: string): Promise<void> => {
      for (let i = 0; i < 80; i++) {
        const active = root.activeElement;
        if ((active?.textContent ?? '').trim() === words) return;
        await sendKeys({ press: 'Tab' });
      }
      throw new Error(`no way to "${words}"`);
    };
    await to('New play');
    await press('Enter');
    await to('An empty sentence');
    await press('Enter');
    await to('…');
    await press('Enter');
    await take('stage');
    await take('evaluation');
    await to('Add a condition');
    await press('Enter');
    await take('economic buyer met');
    await take('no');
    expect(linesIn(root).slice(0, 2)).to.deep.equal([
      'For a deal when Stage is Evaluation',
      'and Economic buyer met is no,',
    ]);
    expect(steps).to.be.below(16);
    await seen(root, '.preview h2', '4 deals would show it now');
    await seen(root, '.preview .rows', 'Deal 2');
    expect(kept.at(-1)?.['plays/new-play.yaml']?.data.trigger).to.deep.equal({
      becomes: { stage: 'Evaluation', metSigner: false },
    });
  });

  for (const colors of ['light', 'dark'] as const)
    it(`is accessible in ${colors} colors, with a list open too`, async () => {
      await emulate({ colors });
      const shown = await showStudio();
      await expect(shown.studio).to.be.accessible();
      await open(shown);
      await seen(shown.root, 'opportune-panel');
      await expect(shown.studio).to.be.accessible();
      await click(shown.root, '.slot', 'Evaluation');
      await seen(shown.root, '.pop .field');
      await expect(shown.studio).to.be.accessible();
    });
});
