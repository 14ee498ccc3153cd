import { ACTION_KINDS } from '../domain/playbook.js';
import { ID_PATTERN } from './attribute-table.js';
import {
  CHANNELS,
  CONDITION,
  DATE,
  DURATION,
  ID,
  LINK,
  LITERALS,
  MONEY,
  OWNER,
  TEXT,
} from './common-shapes.js';
import { AT_SHAPE, PATTERN_SHAPE } from './pattern-shape.js';
import { CONTEXT_SHAPE, LEVER_SHAPE } from './read-lever.js';
import type { Shape } from './shape.js';

export const PLAY_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  about: 'If the situation is this, then do that.',
  required: ['id', 'title', 'why', 'about', 'trigger', 'action', 'for', 'serves', 'owner'],
  fields: {
    id: { ...ID, about: 'Unique. Answers of reps hang on it: keep it when you rename the file.' },
    was: { ...ID, about: 'The id that this play had before.' },
    title: { is: 'text', about: 'What to do, in a few words. Holes: {contact.name|the buyer}.' },
    why: { is: 'text', about: 'One sentence that says why now. Holes as in the title.' },
    about: {
      is: 'choice',
      options: ['account', 'contact', 'opportunity'],
      about: 'What a card of it is about: at most one card for each such record.',
    },
    trigger: {
      is: 'fields',
      about: 'When it opens: exactly one of becomes, event, pattern, at, opened.',
      oneOf: ['becomes', 'event', 'pattern', 'at', 'opened'],
      fields: {
        becomes: {
          ...CONDITION,
          about: 'Opens when it turns true, and is withdrawn when it no longer is.',
        },
        rearm: {
          ...CONDITION,
          about: 'After it opened once: what must hold before it may open again.',
        },
        event: {
          is: 'text',
          pattern: ID_PATTERN,
          like: 'product-added',
          about: 'Opens on this event.',
        },
        where: {
          ...CONDITION,
          about: 'Which of these events. Bare names are fields of the event.',
        },
        pattern: PATTERN_SHAPE,
        at: AT_SHAPE,
        until: { ...CONDITION, about: 'Closes when this holds, or when it expires.' },
        opened: { is: 'boolean', about: 'Judged whenever the record is opened; never pushed.' },
      },
    },
    eligibility: { ...CONDITION, about: 'May we?' },
    applicability: { ...CONDITION, about: 'Is it relevant now?' },
    suitability: { ...CONDITION, about: "Is it in the buyer's interest?" },
    action: {
      is: 'fields',
      about: 'What the rep does.',
      required: ['kind', 'minutes'],
      fields: {
        kind: { is: 'choice', options: ACTION_KINDS },
        contact: {
          ...TEXT,
          about:
            'With whom: a value of contact.role, "event" (who caused it), or "self" in a play about a contact.',
        },
        minutes: { is: 'number', min: 0, max: 1440, about: 'How long it takes the rep.' },
        touch: {
          is: 'choice',
          options: CHANNELS,
          about: 'The channel on which it touches the buyer.',
        },
        verb: { is: 'text', about: 'The words on the button.' },
        asks: { ...TEXT, about: 'The attribute that one tap sets, for kind ask.' },
        link: { ...LINK, about: 'What to open or to copy.' },
      },
    },
    for: { ...TEXT, about: 'Who sees it: owner, team, partner, or a value of rep.role.' },
    serves: {
      is: 'names',
      about: 'What it is worth to each goal if the buyer acts. Below zero: it hurts.',
      of: {
        is: 'fields',
        oneOf: ['value', 'share'],
        fields: {
          value: { ...MONEY, about: "In the goal's unit." },
          share: { is: 'number', min: -10, max: 10, about: '0.05 is a twentieth.' },
          of: {
            ...TEXT,
            about: 'The attribute it is a share of: money for a goal in money, else a number.',
          },
        },
      },
    },
    mandatory: {
      is: 'boolean',
      about: 'Legal or contractual: first, and exempt from contact policy and holdout.',
    },
    buyerRequested: {
      is: 'boolean',
      about: 'The buyer asked: exempt from contact policy and holdout.',
    },
    offers: { ...ID, about: 'The product on offer; the profit gate looks at it.' },
    propensity: {
      is: 'number',
      min: 0,
      max: 1,
      about: 'How often the buyer will act, as a first guess.',
    },
    lever: LEVER_SHAPE,
    context: CONTEXT_SHAPE,
    content: {
      is: 'names',
      of: LITERALS,
      about: 'Which content goes with it. same: this record’s value.',
    },
    expires: { ...DURATION, about: 'Closes by itself after this time. 30 days when left out.' },
    coolDown: {
      is: 'fields',
      about: 'How long it rests on this record after an answer.',
      fields: {
        done: { ...DURATION, about: '30 days when left out.' },
        notRelevant: { ...DURATION, about: '90 days when left out.' },
      },
    },
    valid: {
      is: 'fields',
      fields: { from: DATE, until: DATE },
      about: 'First and last day on which it may open.',
    },
    owner: OWNER,
  },
};
