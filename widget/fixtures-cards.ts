import type { CardView, EvidenceLineView, MaterialView, SnoozeView } from '../src/domain/view.js';

/** Cards for the tests and the page of states. People and figures are invented. */

const snooze: SnoozeView = {
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
  days: [16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 1, 2, 3, 4].map((day, index) => {
    const november = index < 11;
    const date = `2026-${november ? 11 : 12}-${String(day).padStart(2, '0')}`;
    const name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'][index % 5];
    return {
      date,
      label: index === 11 ? '1 Dec' : String(day),
      fullLabel: `${name} ${index === 11 ? '1 Dec' : `${day} ${november ? 'November' : 'December'}`}`,
      enabled: index > 3 && day !== 27,
    };
  }),
  earliest: '2026-11-20',
  latest: '2027-11-19',
  suggested: '2026-12-07',
};

const reasons = [
  { id: 'already-done', label: 'Already done' },
  { id: 'wrong-person', label: 'Wrong person' },
  { id: 'wrong-moment', label: 'Wrong moment' },
  { id: 'bought-elsewhere', label: 'Bought elsewhere' },
  { id: 'does-not-fit', label: 'Does not fit here' },
  { id: 'other', label: 'Another reason' },
];

const evidence: EvidenceLineView[] = [
  {
    text: 'Dana asked for the renewal terms',
    grade: 'buyer-verified',
    gradeLabel: 'Buyer-verified',
    meta: 'Dana Ruiz, email, 5 Nov',
  },
  {
    text: 'Orders fell 18% in 90 days',
    grade: 'observed',
    gradeLabel: 'Observed',
    meta: 'order data, 18 Nov',
  },
  {
    text: '“The budget is approved”',
    grade: 'claimed',
    gradeLabel: 'Claimed',
    meta: 'Tom Okafor, note, 28 Oct',
  },
];

const contents: MaterialView[] = [
  {
    id: 'brightwater',
    title: 'Brightwater Dairy halved its stoppages',
    kind: 'case-study',
    meta: 'Case study',
    body: [],
    folded: false,
    href: 'https://example.com/brightwater.pdf',
  },
  {
    id: 'renewal-talk',
    title: 'Talk track',
    kind: 'talk-track',
    meta: '',
    folded: false,
    body: [
      {
        type: 'paragraph',
        children: [
          {
            type: 'text',
            text: 'Dana, your plan ends on 11 December. Since spring, stoppages went from six a month to two. Shall we fix the new terms on Tuesday, so the Christmas run is covered?',
          },
        ],
      },
    ],
    copyText:
      'Dana, your plan ends on 11 December. Since spring, stoppages went from six a month to two. Shall we fix the new terms on Tuesday, so the Christmas run is covered?',
  },
  {
    id: 'labelline-card',
    title: 'When they name LabelLine',
    kind: 'battlecard',
    meta: 'Battlecard',
    folded: true,
    body: [
      { type: 'heading', level: 2, children: [{ type: 'text', text: 'What they say' }] },
      {
        type: 'list',
        ordered: false,
        children: [
          { type: 'item', children: [{ type: 'text', text: 'Cheaper by a tenth' }] },
          {
            type: 'item',
            children: [
              { type: 'text', text: 'Spare parts in ' },
              { type: 'strong', children: [{ type: 'text', text: 'two days' }] },
            ],
          },
        ],
      },
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'See ' },
          {
            type: 'link',
            href: 'https://example.com/parts',
            children: [{ type: 'text', text: 'our delivery times' }],
          },
          { type: 'text', text: '.' },
        ],
      },
    ],
    copyText: 'What they say\n\n- Cheaper by a tenth\n- Spare parts in two days',
  },
];

export const renewal: CardView = {
  type: 'card',
  id: 'silent-buyer|demo:opportunity:12|1795075500000',
  title: 'Call Dana Ruiz about the renewal',
  why: 'She signs it, and the plan ends in 22 days.',
  line: 'No reply for 14 days.',
  changed: {
    text: 'No reply for 14 days',
    when: 'today 08:05',
    scale: { kind: 'gap', dot: 1, tick: 4 / 14 },
    compared: 'Won deals like this average 4',
  },
  primary: {
    kind: 'call',
    label: 'Call Dana',
    description: 'Opens your phone and logs the call',
    href: 'tel:+15035550142',
  },
  touches: { text: 'Dana: this would be touch 2 of 3 in 7 days', used: 1, limit: 3 },
  facts: [
    {
      label: 'Goal',
      strong: 'Keep customers',
      text: 'Comes first: 91%, above our floor of 90%',
    },
    {
      label: 'Worth',
      strong: 'About $9,200 expected',
      text: 'Likely $3,400 to $15,000',
      scale: { kind: 'range', low: 0.17, dot: 0.46, high: 0.75 },
    },
    { label: 'Chance', strong: 'About 30 in 100 act on it', text: 'From 412 similar cases' },
  ],
  contents,
  evidence,
  reasons,
  reasonsNote: 'Hides this for Kestrel Foods only. Your team keeps the play.',
  snooze,
};

export const proposal: CardView = {
  ...renewal,
  id: 'proposal-opened|demo:opportunity:14|1795000000000',
  title: 'Send Priya Nair the business case',
  why: 'She opened the proposal twice since Tuesday, and has no figures to show her board.',
  line: 'She opened the proposal twice since Tuesday.',
  changed: { text: 'Opened the proposal twice', when: '18 Nov' },
  primary: {
    kind: 'email',
    label: 'Write to Priya',
    description: 'Opens your mail and marks this as done',
    href: 'mailto:priya@kestrel.example',
  },
  touches: { text: 'Priya: this would be touch 1 of 3 in 7 days', used: 0, limit: 3 },
  facts: [
    { label: 'Goal', strong: 'Revenue', text: '$1.2M now' },
    {
      label: 'Worth',
      strong: '$46,000 if the buyer acts',
      text: 'The author’s figure, nothing is measured yet',
    },
    {
      label: 'Chance',
      strong: 'No number yet',
      text: 'The author of the play expects about 25 in 100',
    },
  ],
  contents: contents.slice(0, 1),
  evidence: evidence.slice(0, 1),
};

export const review: CardView = {
  ...proposal,
  id: 'technical-review|demo:opportunity:14|1794900000000',
  title: 'Invite Arne Vik to the technical review',
  why: 'Their engineer decides on the fit, and he joined on Tuesday.',
  line: 'Their engineer joined on Tuesday. Ours has not.',
  primary: {
    kind: 'bring-in',
    label: 'Write to Arne',
    description: 'Opens your mail and marks this as done',
    href: 'mailto:arne@kestrel.example',
  },
};

/** One tap answers, in place of the filled button. */
export const question: CardView = {
  ...proposal,
  id: 'ask-elsewhere|demo:account:17|1794900000000',
  title: 'What do they buy elsewhere?',
  why: 'Nobody has noted it, and it decides what to offer next.',
  line: 'Nobody has noted it.',
  primary: { kind: 'ask', label: 'Answer', description: 'Marks this as done' },
  options: {
    question: 'What do they buy elsewhere?',
    choices: [
      { id: 'ribbons', label: 'Ribbons' },
      { id: 'labels', label: 'Labels' },
      { id: 'service', label: 'Service' },
      { id: 'nothing', label: 'Nothing' },
    ],
  },
};
