import { expect, waitUntil } from '@open-wc/testing';
import { createInsightsEngine, type InsightsEngine } from '../src/insights/engine.js';
import type { InsightsSource } from '../src/insights/insights-source.js';
import type { Look } from '../src/insights/looks.js';
import { ownActions } from '../src/insights/own-actions.js';
import type { DraftBlock, NamedRecord } from '../src/insights/report.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import { emulate } from '../test/browser/emulate.js';
import { DAY, START, TOLD_PLAYBOOK, tellDeals } from '../test/told-deals.js';
import { define, OpportuneInsights } from './opportune-insights.js';
import { define as defineRoi, OpportuneRoi } from './opportune-roi.js';

define();
defineRoi();

const FILES: PlaybookFiles = Object.entries(TOLD_PLAYBOOK).map(([path, text]) => ({
  path,
  text,
}));
const URGENT = tellDeals({ effect: 0.35, name: '<b>Deal</b>' });
const NOTHING = tellDeals({ effect: 0 });

interface Shown {
  readonly root: ShadowRoot;
  readonly kept: (readonly Look[])[];
  readonly opened: NamedRecord[];
  readonly drafts: DraftBlock[];
}

const engineOver = (facts: readonly (typeof URGENT)[number][]): InsightsEngine =>
  createInsightsEngine({
    facts: [...facts].sort((one, other) => one.occurredAt - other.occurredAt),
    now: START + 500 * DAY,
    today: '2020-05-20',
    pause: () => new Promise((resolve) => setTimeout(resolve)),
  });

async function show(
  facts = URGENT,
  more: Partial<InsightsSource> = {},
  looks: readonly Look[] = [],
): Promise<Shown> {
  const engine = engineOver(facts);
  const kept: (readonly Look[])[] = [];
  const opened: NamedRecord[] = [];
  const drafts: DraftBlock[] = [];
  const element = new OpportuneInsights();
  element.source = {
    open: () => engine.open(FILES, looks),
    async ask(question, progress, signal) {
      const found = await engine.ask(question, progress, signal);
      kept.push(found.looks);
      return found;
    },
    openRecord: (record) => opened.push(record),
    openDraft: (draft) => drafts.push(draft),
    ...more,
  };
  document.body.replaceChildren(element);
  await element.updateComplete;
  return { root: element.shadowRoot as ShadowRoot, kept, opened, drafts };
}

async function until<Value>(look: () => Value | undefined | false | null): Promise<Value> {
  for (const end = Date.now() + 15_000; ; ) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not seen: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const buttons = (root: ShadowRoot): readonly HTMLButtonElement[] => [
  ...root.querySelectorAll('button'),
];
const press = async (root: ShadowRoot, label: string): Promise<void> =>
  (
    await until(() => buttons(root).find(({ textContent }) => textContent?.trim() === label))
  ).click();
const textOf = (root: ShadowRoot): string => root.querySelector('main')?.textContent ?? '';
const seen = (root: ShadowRoot, words: RegExp): Promise<string> =>
  until(() => (words.test(textOf(root)) ? textOf(root) : undefined));
const answered = (root: ShadowRoot): Promise<Element> =>
  until(() => root.querySelector('.answer:not(.old)'));
const pick = async (root: ShadowRoot, label: string): Promise<void> => {
  const option = await until(() =>
    [...root.querySelectorAll('option')].find(({ textContent }) => textContent === label),
  );
  const field = option.closest('select') as HTMLSelectElement;
  field.value = option.value;
  field.dispatchEvent(new Event('change'));
};

describe('the page of findings', () => {
  it('says what goes along with winning, with its interval, its sample and deals to open', async () => {
    const { root, opened } = await show();
    const text = await seen(root, /confirmed/);
    expect(text).to.match(
      /Where Need is (urgent|later), Stage is Won \d+\.\d percentage points (more|less) often .*95 % interval .* of 12 sellers/,
    );
    expect(text).to.include('none is proven to be its cause');
    const [example] = root.querySelectorAll<HTMLButtonElement>('.records .button');
    example?.click();
    expect(opened[0]?.name).to.match(/^<b>Deal<\/b> /);
    expect(root.querySelector('main b')).to.equal(null);
  });

  it('draws each chart with a title, a description and a table of its figures', async () => {
    const { root } = await show();
    await answered(root);
    const charts = [...root.querySelectorAll('figure')];
    expect(charts.length).to.be.at.least(2);
    for (const chart of charts) {
      const ids = chart.querySelector('svg')?.getAttribute('aria-labelledby')?.split(' ') ?? [];
      expect(ids.map((id) => root.getElementById(id)?.textContent?.length ?? 0)).not.to.include(0);
      expect(ids.length).to.equal(2);
      expect(chart.querySelectorAll('details tbody tr').length).to.be.at.least(1);
    }
  });

  it('counts a further cut as one more look, asks more of its findings, and says so before and after', async () => {
    const { root, kept } = await show();
    await answered(root);
    expect(textOf(root)).to.include('a finding needs p of 0.04 or less');
    await pick(root, 'north');
    await seen(root, /It will be look 2 of this quarter: a finding will need p of 0\.006 or less/);
    expect(kept.length).to.equal(1);
    await press(root, 'Look at this part');
    await until(() => kept.length === 2);
    await answered(root);
    expect(textOf(root)).to.include(
      'You have looked at 2 cuts this quarter; a finding now needs p of 0.006 or less.',
    );
    expect(textOf(root)).to.include('Only Region is north.');
    expect(kept[1]?.length).to.equal(2);
  });

  it('goes back to what was seen without a further look', async () => {
    const { root, kept } = await show();
    await answered(root);
    await press(root, 'How soon new sellers win');
    await until(() => kept.length === 2);
    await press(root, 'What goes with winning');
    await seen(root, /confirmed/);
    expect(textOf(root)).to.include('the first look of the quarter');
    expect(kept.length).to.equal(2);
  });

  it('hands a draft play on as the file that it would be, with the finding as its reason', async () => {
    const { root, drafts } = await show();
    await press(root, 'Make a draft play');
    expect(drafts[0]?.path).to.match(/^plays\/found-need-in-/);
    expect(drafts[0]?.text).to.match(/why: >?-?\s*Where Need is[\s\S]*95 %\s+interval/);
  });

  it('says that there is no driver, and the smallest that so much data could have shown', async () => {
    const { root } = await show(NOTHING);
    await seen(root, /No driver found/);
    expect(textOf(root)).to.match(
      /smallest difference that this much data would have shown nine times in ten is \d+\.\d percentage points/,
    );
  });

  it('stops when it is told to, and that is no look', async () => {
    const { root, kept } = await show();
    await press(root, 'Stop');
    await until(() => /Stopped/.test(root.querySelector('[role=status]')?.textContent ?? ''));
    const look = await until(() =>
      buttons(root).find(({ textContent }) => textContent?.trim() === 'Look at the whole'),
    );
    look.focus();
    look.click();
    await answered(root);
    expect(textOf(root)).to.include('the first look of the quarter');
    expect(kept.length).to.equal(1);
    expect(root.activeElement?.localName).to.equal('h1');
  });

  it('names no option of a command line, which its reader does not have', async () => {
    const { root } = await show(NOTHING);
    await answered(root);
    expect(textOf(root)).to.include('What was done is not looked at.');
    expect(textOf(root)).to.not.include('--');
  });

  it('says what went wrong, and answers when it is asked again', async () => {
    let failing = true;
    const engine = engineOver(NOTHING);
    const { root } = await show(NOTHING, {
      open: () =>
        failing
          ? Promise.reject(new Error('plays/x.yaml:3: no such attribute'))
          : engine.open(FILES, []),
      ask: (...given) => engine.ask(...given),
    });
    await until(() => root.querySelector('[role=alert]')?.textContent?.includes('plays/x.yaml:3'));
    failing = false;
    await press(root, 'Try again');
    await seen(root, /No driver found/);
  });

  it('says that there is no connection where there is none, and keeps what was found', async () => {
    let offline = false;
    const engine = engineOver(NOTHING);
    const { root } = await show(NOTHING, {
      open: () => engine.open(FILES, []),
      ask: (...given) =>
        offline ? Promise.reject(new TypeError('Failed to fetch')) : engine.ask(...given),
    });
    await seen(root, /No driver found/);
    offline = true;
    await emulate({ offline: true });
    await press(root, 'How soon new sellers win');
    await seen(root, /No connection/);
    await emulate({});
    await press(root, 'What goes with winning');
    await seen(root, /No driver found/);
  });

  it('has a word for a playbook of which nothing can be asked', async () => {
    const { root } = await show(NOTHING, {
      open: async () => ({ presets: [], filters: [], quarters: [], family: '2020-Q2', looks: [] }),
    });
    await seen(root, /Nothing can be asked yet/);
  });

  for (const [where, environment] of [
    ['in the light', {}],
    ['in the dark', { colors: 'dark' }],
    ['on a telephone', { width: 390, height: 800 }],
  ] as const)
    it(`has no fault that axe knows, and nothing that sticks out, ${where}`, async () => {
      await emulate(environment);
      document.documentElement.style.colorScheme = 'light dark';
      for (const direction of ['ltr', 'rtl']) {
        document.documentElement.dir = direction;
        const { root } = await show();
        await answered(root);
        await expect(root.host).to.be.accessible();
        expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
      }
      document.documentElement.dir = '';
      await emulate({});
    });

  it('reckons what guidance may be worth, with figures of one’s own in the place of the example’s', async () => {
    const element = new OpportuneRoi();
    const engine = engineOver(NOTHING);
    const asked: unknown[] = [];
    element.source = {
      open: () => engine.open(FILES, []),
      ask(question, ...given) {
        asked.push(question);
        return engine.ask(question, ...given);
      },
    };
    document.body.replaceChildren(element);
    await element.updateComplete;
    const root = element.shadowRoot as ShadowRoot;
    await seen(root, /earnings per share \+22\.0 %.*left before tax today.*\+14\.7 %/);
    expect(root.querySelector('nav')?.checkVisibility()).to.equal(false);
    expect(textOf(root)).to.match(
      /What the holdout measured\s*Nothing yet: it takes 20 buying groups/,
    );
    await expect(root.host).to.be.accessible();
    const field = (name: string): HTMLInputElement =>
      root.querySelector(`[name="${name}"]`) as HTMLInputElement;
    field('closeRate/likely').value = '';
    await press(root, 'Reckon with these');
    await until(() =>
      /Nothing was reckoned/.test(root.querySelector('[role=status]')?.textContent ?? ''),
    );
    expect(asked.length).to.equal(1);
    // 25 % gross margin less 3 % commission, on 20 % that are left: 12 % more revenue make 13.2 % more profit.
    field('closeRate/likely').value = '25.48';
    field('sga').value = '5';
    await press(root, 'Reckon with these');
    await seen(root, /profit before tax \+13\.2 %/);
    await press(root, 'The worked example');
    await seen(root, /earnings per share \+22\.0 %/);
  });

  it('lets a rep choose one critic below the own figures, and take it back', async () => {
    const ben = { rep: 't:rep:ben', name: 'Ben' };
    const chosen: unknown[] = [];
    const engine = engineOver(URGENT);
    const { root } = await show(URGENT, {
      async open() {
        const opened = await engine.open(FILES, []);
        return { ...opened, presets: [ownActions('t:rep:1')], sharing: { colleagues: [ben] } };
      },
      ask: async () => ({
        result: {},
        report: { title: 'What your actions achieve', lead: [], sections: [] },
        found: true,
        looks: [],
      }),
      share: async (critic) => void chosen.push(critic),
    });
    const field = (): HTMLSelectElement | null =>
      root.querySelector<HTMLSelectElement>('.critic select');
    await waitUntil(() => field() !== null);
    const choose = (value: string): void => {
      (field() as HTMLSelectElement).value = value;
      field()?.dispatchEvent(new Event('change'));
    };
    choose('t:rep:ben');
    await waitUntil(() => root.textContent?.includes('Ben can see your figures now.'));
    choose('');
    await waitUntil(() => root.textContent?.includes('Nobody but you can see your figures now.'));
    expect(chosen).to.deep.equal(['t:rep:ben', undefined]);
  });
});
