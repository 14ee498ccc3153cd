import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Tip } from '../src/domain/tip.js';
import type { Dismissal } from '../src/studio/dismissals.js';
import type { StudioSource } from '../src/studio/studio-source.js';
import { click, HOSTILE, seen, showStudio, until } from './studio-fixture.js';

const AT = Date.UTC(2026, 10, 18, 9);
const tip = (id: string, text: string): Tip => ({
  ...{ id, text, asker: '', signed: false, occurredAt: AT, attributes: {} },
  ...{ status: 'sent', steps: [] },
});
const dismissal = (id: string, more: Partial<Dismissal> = {}): Dismissal => ({
  ...{ id, play: 'call-champion', reason: 'notNow', occurredAt: AT, attributes: {} },
  ...more,
});

async function showTips(
  tips: readonly Tip[],
  dismissals: readonly Dismissal[],
): Promise<ShadowRoot> {
  const { root } = await showStudio({
    tips: {
      waiting: async () => tips,
      settle: async () => undefined,
      dismissals: async () => dismissals,
    },
  });
  await click(root, '.places button', 'Tips');
  await seen(root, '.tips');
  return root;
}

describe('the queue of tips', () => {
  it('has why cards were not relevant, with the situation, beside tips that say much the same', async () => {
    const root = await showTips(
      [tip('t', 'They move to another plant in spring')],
      [
        dismissal('d', {
          text: 'They move to another plant',
          attributes: { 'opportunity.stage': 'Proposal' },
        }),
        dismissal('other', { text: 'Signed with a rival yesterday' }),
      ],
    );
    await seen(root, 'header', 'Beside them 2 cards were not relevant to reps');
    const group = await seen(root, '.tip-group', '2 say much the same');
    const words = group.textContent ?? '';
    expect(words).to.contain('Not relevant: Not now');
    expect(words).to.contain('Where: Stage: Proposal');
    expect(words).to.contain('Call the champion');
    expect(words).not.to.contain('rival');
  });

  it('shows a few of those who said the same, and opens the play', async () => {
    const root = await showTips(
      [],
      Array.from({ length: 9 }, (_, i) => dismissal(`d${i}`)),
    );
    await seen(root, '.tip-group', '9 say much the same');
    expect(root.querySelectorAll('.tip-group > ul > li').length).to.equal(4);
    await seen(root, 'summary', '5 more');
    await click(root, '.dismissal button', 'Open the play');
    await seen(root, 'h1', 'Call');
  });

  it('settles why a card was not relevant as a tip: with an answer, all alike at once, or as content', async () => {
    const settled: object[] = [];
    const left = Array.from({ length: 3 }, (_, i) => dismissal(`d${i}`));
    const moved = dismissal('moved', {
      text: 'They move to another plant',
      attributes: { 'account.industry': 'Retail' },
    });
    const published: unknown[] = [];
    const { root } = await showStudio({
      publish: async (files) => void published.push(...files),
      tips: {
        waiting: async () => [],
        settle: async (id, change) => void settled.push({ id, ...change }),
        dismissals: async () =>
          [...left, moved].filter(({ id }) => !settled.some((one) => (one as Tip).id === id)),
      },
    });
    await click(root, '.places button', 'Tips');
    await click(root, '.tip-group .button', 'Answer all 3');
    (await seen(root, '.own textarea')).focus();
    await sendKeys({ type: 'It waits a week longer now' });
    await click(root, '.own .button', 'Decline all with this answer');
    await until(() => settled.length === 3);
    const because = 'It waits a week longer now';
    expect(settled).to.have.deep.members(
      left.map(({ id }) => ({ id, status: 'not-used', because })),
    );

    await click(root, '.dismissal .button', 'Make content of it');
    await seen(root, 'h1', 'They move to another plant');
    await seen(root, '.chip', 'Industry is Retail');
    const publish = await seen(root, '.actions .primary', 'Publish');
    await until(() => !publish.matches(':disabled'));
    publish.click();
    await until(() => settled.length === 4);
    expect(settled.at(-1)).to.deep.equal({ id: 'moved', status: 'published' });
  });

  it('shows words as they are, and no markup in them', async () => {
    const root = await showTips([], [dismissal('d', { text: HOSTILE })]);
    await seen(root, 'blockquote', HOSTILE);
    expect(root.querySelector('img')).to.equal(null);
  });
});

describe('a draft', () => {
  it('is kept while somebody types without a pause', async () => {
    const { root, kept } = await showStudio();
    await click(root, '.places button', 'Content');
    await click(root, 'button', 'CFO case study');
    const field = (await seen(root, 'textarea')) as HTMLTextAreaElement;
    let letters = 0;
    // Each letter comes before typing would have rested.
    await until(() => {
      field.value += 'x';
      letters += 1;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      return kept.length >= 3;
    }, 'it is not kept while it is written');
    const body = Object.values(kept.at(-1) ?? {})[0]?.body ?? '';
    expect(letters).to.be.greaterThan(10);
    expect(body).to.match(/x{5,}/);
  });
});

function tipQueue(tips: readonly Partial<Tip>[]): {
  readonly queue: NonNullable<StudioSource['tips']>;
  readonly settled: object[];
} {
  const settled: { readonly id: string; readonly status: string; readonly text?: string }[] = [];
  const queue: NonNullable<StudioSource['tips']> = {
    async waiting() {
      return tips
        .filter(({ id }) => !settled.some((one) => one.id === id && one.status !== 'edited'))
        .map(
          (tip): Tip => ({
            asker: '',
            attributes: {},
            signed: false,
            occurredAt: Date.UTC(2026, 10, 19),
            status: 'sent',
            steps: [],
            id: '',
            text: '',
            ...tip,
          }),
        )
        .map((tip) => ({
          ...tip,
          text: settled.findLast(({ id }) => id === tip.id)?.text ?? tip.text,
        }));
    },
    async settle(id, change) {
      settled.push({ id, ...change });
    },
  };
  return { queue, settled };
}

describe('a tip in the queue', () => {
  it('shows what was said, where, and nobody’s name who sent it without', async () => {
    const { queue } = tipQueue([
      { id: 'a', text: HOSTILE, attributes: { 'account.industry': 'Retail' } },
      {
        id: 'b',
        text: 'Call in the morning',
        asker: 'crm:rep:ana',
        signed: true,
        play: 'call-champion',
      },
    ]);
    const { root } = await showStudio({ tips: queue });
    await click(root, '.places button', 'Tips');
    await seen(root, 'h1', '2 tips wait for an answer');
    const [hostile, signed] = [
      await seen(root, '.tip', 'onerror'),
      await seen(root, '.tip', 'morning'),
    ];
    expect(hostile.querySelector('img')).to.equal(null);
    expect(hostile.textContent).to.include('Somebody, ').and.include('Industry: Retail');
    expect(signed.textContent).to.include('On “Call the champion”');
    // The name that the CRM has.
    await seen(root, '.tip', 'Ana, ');
  });

  it('becomes content, and its author is told when it is published', async () => {
    const published: unknown[] = [];
    const { queue, settled } = tipQueue([
      { id: 'a', text: 'Ask for the CFO', attributes: { 'account.industry': 'Retail' } },
    ]);
    const { root } = await showStudio({
      tips: queue,
      publish: async (files) => void published.push(files),
    });
    await click(root, '.places button', 'Tips');
    await click(root, '.tip .button', 'Make content of it');
    await seen(root, 'h1', 'Ask for the CFO');
    expect(settled).to.deep.equal([]);
    const publish = await seen(root, '.actions .primary', 'Publish');
    await until(() => !publish.matches(':disabled'));
    publish.click();
    await until(() => settled.length > 0);
    expect(settled).to.deep.equal([{ id: 'a', status: 'published' }]);
    expect(published.length).to.equal(1);
  });

  it('is declined with an answer, and not without', async () => {
    const { queue, settled } = tipQueue([{ id: 'a', text: 'Ask for the CFO' }]);
    const { root } = await showStudio({ tips: queue });
    await click(root, '.places button', 'Tips');
    await click(root, '.tip .button', 'Decline');
    await click(root, '.own .button', 'Decline with this answer');
    expect(settled).to.deep.equal([]);
    (await seen(root, '.own textarea')).focus();
    await sendKeys({ type: 'Held elsewhere' });
    await click(root, '.own .button', 'Decline with this answer');
    await seen(root, '.note', 'No tip waits.');
    expect(settled).to.deep.equal([{ id: 'a', status: 'not-used', because: 'Held elsewhere' }]);
  });
});
