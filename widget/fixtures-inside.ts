import type {
  HistoryView,
  KindsView,
  TipsView,
  TriesView,
  WhyNotItemView,
  WhyNotView,
} from '../src/domain/view.js';

/** The views inside the panel: why not, history, tips, tries, kinds of action. */

const item = (title: string, rest: Partial<WhyNotItemView> = {}): WhyNotItemView => ({
  play: title,
  record: 'demo:account:17',
  title,
  need: [{ text: 'It is for another role: partner manager.', strong: false }],
  change: '',
  ...rest,
});

const figures = (...texts: string[]): WhyNotItemView['need'] =>
  texts.map((text, index) => ({ text, strong: index % 2 === 1 }));

export const WHY_NOT: WhyNotView = {
  count: '38 not shown',
  groups: [
    {
      stage: 'eligibility',
      title: 'Not allowed',
      items: [
        item('Offer the export package', {
          need: figures('Region: ', 'Asia', ', needs ', 'EU or US'),
          change: 'Shows when Region is EU or US.',
        }),
      ],
    },
    {
      stage: 'applicability',
      title: 'Not relevant now',
      items: [
        item('Ask Dana for a reference', {
          need: figures('Replies in 14 days: ', '0', ', needs ', '2 or more'),
          scale: { kind: 'need', dot: 0, tick: 0.72 },
          change: 'Shows after 2 more.',
        }),
        ...Array.from({ length: 24 }, (_, index) =>
          item(`Offer spare part ${index + 1}`, {
            need: figures('Open deals: ', '1', ', needs ', '2 or more'),
            scale: { kind: 'need', dot: 0.36, tick: 0.72 },
            change: 'Shows after one more.',
          }),
        ),
      ],
    },
    {
      stage: 'suitability',
      title: 'Not in the buyer’s interest',
      items: [
        item('Offer the faster line', {
          need: figures('Open cases: ', '1', ', needs ', '0 or less'),
          change: 'Shows when Open cases is 0 or less.',
        }),
      ],
    },
    {
      stage: 'holdout',
      title: 'Kept aside to measure',
      items: [
        item('Send the change plan', {
          need: figures('1 in 10 accounts goes without it, drawn by lot.'),
          change: 'Nothing changes that while we measure.',
        }),
      ],
    },
    {
      stage: 'contact-policy',
      title: 'Buyer contacted enough',
      items: [
        item('Invite Lena Brandt to the user day', {
          need: figures('Touches in 7 days: ', '3', ', at most ', '3'),
          touches: {
            text: 'call by Tom Okafor 16 Nov; email by you 17 Nov; mailing by a colleague 18 Nov',
            used: 3,
            limit: 3,
          },
          change: 'Shows on Mon 23 Nov, 7 days after the call of 16 Nov.',
        }),
      ],
    },
    {
      stage: 'profit-gate',
      title: 'Does not pay',
      items: [
        item('Offer the L3 labeller', {
          need: figures('Margin after cost to serve: ', '11%', ', needs ', '18%'),
          scale: { kind: 'need', dot: 0.44, tick: 0.72 },
          change: 'Shows at a price of $41,250, now $38,000.',
        }),
      ],
    },
    {
      stage: 'arbitration',
      title: 'Ranked lower',
      items: [
        item('Offer the vision check', {
          need: figures('Priority: ', '3.1', ', needs ', '4.3'),
          scale: { kind: 'need', dot: 0.52, tick: 0.72 },
          change: '“Call Dana Ruiz about the renewal” comes first: Keep customers counts more now.',
        }),
      ],
    },
  ],
  note: 'Looking here changes nothing.',
};

export const HISTORY: HistoryView = {
  steps: [
    {
      text: 'Call Dana Ruiz about the renewal',
      meta: 'Opened today 08:05: no reply for 14 days',
      state: 'now',
    },
    {
      text: 'Thank Lena Brandt for the visit',
      strong: 'Buyer-verified',
      meta: 'Done by you, 10 Nov. She wrote back',
      state: 'done',
    },
    {
      text: 'Ask Dana for the order forecast',
      meta: 'Withdrawn 5 Nov: she wrote first',
      state: 'done',
    },
    { text: 'Offer spare ribbons', meta: 'Hidden by you, 2 Nov: bought elsewhere', state: 'done' },
  ],
};

export const TIPS: TipsView = {
  goesWith: [
    { id: 'account.industry', label: 'Industry: Food', checked: true },
    { id: 'opportunity.type', label: 'Kind of deal: Renewal', checked: true },
    { id: 'account.size', label: 'Employees: 500 to 1,000', checked: false },
  ],
  signer: 'Maya Lindqvist',
  tips: [
    {
      id: 't1',
      text: '“Ask for the production calendar before you talk price.”',
      steps: [
        { text: 'You sent it', meta: '2 Oct', state: 'done' },
        { text: 'Ines Moreau edited it', meta: '5 Oct', state: 'done' },
        { text: 'Live', meta: 'since 9 Oct', state: 'now' },
      ],
    },
    {
      id: 't2',
      text: '“Offer a discount in December.”',
      steps: [{ text: 'You sent it', meta: '12 Oct', state: 'done' }],
      verdict: 'Not used: it falls below the margin gate.',
    },
  ],
};

export const TRIES: TriesView = {
  tries: [
    {
      id: 'a1',
      play: 'silent-buyer',
      how: '“Open with the audit date”',
      meta: 'Call … about … · 2 Nov to Mon 14 Dec',
      verdict: 'Not enough yet, about 42 more accounts',
      lines: [
        'New way: 6 of 11 buyers acted. As usual: 3 of 10 buyers acted.',
        'Difference: +25 in 100, from −28 to +77, however often you look.',
        'Of 4 more the time is not over.',
      ],
      isRunning: true,
    },
    {
      id: 'a0',
      play: 'reference',
      how: '“Ask the plant manager, not purchasing”',
      meta: 'Ask for a reference · 1 Sep to 13 Oct',
      verdict: 'Better than as usual',
      lines: [
        'New way: 24 of 30 buyers acted. As usual: 7 of 30 buyers acted.',
        'Difference: +57 in 100, from +18 to +95, however often you look.',
      ],
      isRunning: false,
      tip: 'Ask for a reference: Ask the plant manager, not purchasing',
    },
  ],
};

export const KINDS: KindsView = {
  kinds: [
    { id: 'call', label: 'Calls', on: true },
    { id: 'email', label: 'Emails', on: true },
    { id: 'propose', label: 'Offers', on: false },
    { id: 'learn', label: 'Things to learn', on: true },
  ],
};
