import type { CardView, PanelView, ReceiptView } from '../src/domain/view.js';
import { proposal, question, renewal, review } from './fixtures-cards.js';

type State =
  | 'cards'
  | 'question'
  | 'tried'
  | 'nothing'
  | 'acted'
  | 'hidden'
  | 'withdrawn'
  | 'offline'
  | 'error'
  | 'loading'
  | 'noPlays'
  | 'noAccess';

const base: PanelView = {
  status: 'ready',
  name: 'Kestrel Foods',
  asOf: 'as of 10:24',
  notices: [],
  cards: [],
  waiting: [],
};

const called: ReceiptView = {
  type: 'receipt',
  id: renewal.id,
  responseId: 'r1',
  text: 'Call with Dana Ruiz logged',
  written: 'Written to Salesforce.',
  undoable: true,
  question: {
    text: 'How did it go?',
    choices: [
      { id: 'spoke', label: 'We spoke' },
      { id: 'left-message', label: 'Left a message' },
      { id: 'no-answer', label: 'No answer' },
    ],
  },
  note: 'Only what Dana Ruiz does now counts as success.',
  askHelpful: true,
  tone: 'good',
};

const mayTry: CardView['mayTry'] = [
  {
    id: 'role',
    label: 'Turn to',
    choices: [
      { id: '', label: 'as always' },
      { id: 'plantManager', label: 'Plant manager' },
    ],
    chosen: '',
  },
  {
    id: 'weeks',
    label: 'For',
    choices: ['2', '4', '6'].map((id) => ({ id, label: `${id} weeks` })),
    chosen: '4',
  },
  {
    id: 'accounts',
    label: 'On',
    choices: ['20', '40', '60'].map((id) => ({ id, label: `up to ${id} accounts` })),
    chosen: '40',
  },
];

export const PANEL_VIEWS: { readonly [state in State]: PanelView } = {
  cards: {
    ...base,
    cards: [renewal, proposal, review],
    whyNotLabel: 'Why not the other 38?',
    announcement: {
      text: '3 actions for Kestrel Foods. First: call Dana Ruiz about the renewal.',
      urgent: false,
    },
  },
  tried: {
    ...base,
    cards: [
      { ...renewal, ownTry: 'Your try: open with the audit date' },
      { ...proposal, ownTry: 'As usual (your try compares)' },
      { ...review, mayTry },
    ],
  },
  question: { ...base, cards: [question, review], whyNotLabel: 'Why not the other 39?' },
  nothing: {
    ...base,
    nothing: {
      title: 'Nothing worth doing here now',
      text: 'Dana Ruiz has heard from us enough. Leave Kestrel Foods alone until Tue 24 Nov.',
      steps: [
        { text: 'Dana replied', strong: 'Buyer-verified', meta: 'today 09:40', state: 'done' },
        { text: 'The call to her withdrew itself', meta: 'today 09:40', state: 'done' },
        {
          text: 'We look again',
          meta: 'Tue 24 Nov, or as soon as something changes',
          state: 'to-come',
        },
      ],
    },
    whyNotLabel: 'Why not? 41 actions',
    announcement: {
      text: 'Nothing worth doing here now, until Tuesday 24 November.',
      urgent: false,
    },
  },
  acted: {
    ...base,
    cards: [called, proposal, review],
    whyNotLabel: 'Why not the other 38?',
    announcement: { text: 'Call with Dana Ruiz logged. Undo is available.', urgent: false },
  },
  hidden: {
    ...base,
    cards: [
      {
        type: 'receipt',
        id: renewal.id,
        responseId: 'r1',
        text: 'Hidden for Kestrel Foods:',
        detail: 'Wrong person',
        note: 'Your colleagues still see it.',
        tipQuestion: 'Who is the right person?',
        undoable: true,
        askHelpful: false,
        tone: 'good',
      },
      proposal,
      review,
    ],
    whyNotLabel: 'Why not the other 38?',
  },
  withdrawn: {
    ...base,
    cards: [
      {
        type: 'receipt',
        id: renewal.id,
        text: 'Withdrawn:',
        detail: renewal.title,
        note: 'Dana replied.',
        undoable: false,
        askHelpful: false,
        tone: 'good',
      },
      {
        type: 'receipt',
        id: proposal.id,
        text: 'Not carried out:',
        detail: 'Send Priya Nair the business case.',
        note: 'The last free touch went to Tom Okafor. Free again Mon 23 Nov.',
        undoable: false,
        askHelpful: false,
        tone: 'caution',
      },
      review,
    ],
    whyNotLabel: 'Why not the other 38?',
  },
  offline: {
    ...base,
    asOf: 'as of 10:12',
    notices: [
      {
        kind: 'offline',
        title: 'Offline since 10:12',
        text: 'Go on working. What you answer is recorded here and sent later.',
      },
    ],
    cards: [review],
    waiting: [
      { responseId: 'w1', text: 'Call Dana Ruiz about the renewal: done', when: '10:15' },
      {
        responseId: 'w2',
        text: 'Send Priya Nair the business case: snoozed to Tue 24 Nov',
        when: '10:16',
      },
    ],
    waitingLabel: '2 answers wait to be sent',
    whyNotLabel: 'Why not the other 38?',
    announcement: { text: 'Offline since 10:12.', urgent: false },
  },
  error: {
    ...base,
    status: 'error',
    asOf: 'as of 09:58',
    cards: [renewal, proposal],
    problem: {
      title: 'No guidance since 10:12',
      text: 'Your CRM works as usual. We try again at 10:30.',
      detail: 'The store could not be opened: QuotaExceededError',
      lastSeen: 'Last seen at 09:58, may be out of date',
    },
    announcement: { text: 'No guidance since 10:12.', urgent: false },
  },
  loading: { ...base, status: 'loading', asOf: '' },
  noPlays: { ...base, status: 'no-plays', asOf: '' },
  noAccess: { ...base, status: 'no-access', name: '', asOf: '' },
};
