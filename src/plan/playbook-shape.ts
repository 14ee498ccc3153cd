import { CHANNELS, DATE, ID, LITERALS, MONEY, NAME, OWNER, TEXT } from './common-shapes.js';
import type { Shape } from './shape.js';

const LIMIT: Shape = {
  is: 'fields',
  required: ['touches', 'days'],
  fields: {
    touches: { is: 'number', min: 0, whole: true },
    days: { is: 'number', min: 1, max: 31, whole: true },
    channel: { is: 'choice', options: CHANNELS, about: 'Every channel when left out.' },
  },
};
const SUCCESS: Shape = {
  is: 'list',
  of: ID,
  min: 1,
  about: 'Activities, each of which is a success where the buyer did it, verified.',
};
const ARM_SHARE: Shape = { is: 'number', min: 0, max: 0.3 };
const ARMS: Shape = {
  is: 'fields',
  required: ['salt'],
  about: 'Shares of the guided accounts that are ranked without a layer, to measure what it adds.',
  fields: {
    salt: { ...TEXT, about: 'Any text of their own: keep it for good.' },
    random: { ...ARM_SHARE, about: 'What is eligible and worth showing, by lot.' },
    propensity: { ...ARM_SHARE, about: 'By how likely the buyer acts alone.' },
    noLevers: { ...ARM_SHARE, about: 'Without lever, and all goals at weight 1.' },
  },
};
const HOLIDAYS: Shape = { is: 'list', of: DATE, about: 'Days without work, beside the weekends.' };
const WORKDAYS: Shape = {
  is: 'list',
  min: 1,
  of: { is: 'number', min: 1, max: 7, whole: true },
  about: '1 is Monday, 7 is Sunday.',
};

export const CALENDAR_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  fields: { workdays: WORKDAYS, holidays: HOLIDAYS },
};

export const PLAYBOOK_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  required: ['name', 'currency', 'zone', 'goals', 'reasons', 'contactPolicy'],
  instead: { version: 'delete it: the version is computed from the content' },
  fields: {
    name: TEXT,
    currency: { is: 'text', pattern: '^[A-Z]{3}$', like: 'EUR' },
    zone: { is: 'text', about: 'Where the company’s day begins: Europe/Berlin.' },
    workdays: WORKDAYS,
    holidays: HOLIDAYS,
    costs: {
      is: 'fields',
      about: 'In units of priority.',
      fields: { minute: { is: 'number', min: 0 }, touch: { is: 'number', min: 0 } },
    },
    propensity: { is: 'number', min: 0, max: 1, about: '0.2 when left out.' },
    arbitration: {
      is: 'choice',
      options: ['goals', 'product'],
      about:
        'How priorities are made: the sum over goals less costs (when left out), or propensity x context x value x lever.',
    },
    rollOut: {
      is: 'number',
      min: 0,
      whole: true,
      about: 'Cards a rep and day that are already true at publish. 20 when left out.',
    },
    correctionDays: { is: 'number', min: 0, max: 3650, whole: true, about: '90 when left out.' },
    holdout: {
      is: 'fields',
      required: ['rate'],
      fields: { rate: { is: 'number', min: 0, max: 0.9 }, salt: TEXT, arms: ARMS },
    },
    learning: {
      is: 'fields',
      required: ['success'],
      about: 'How likely plays come off is learned anew each night. Left out: it is not.',
      fields: {
        success: SUCCESS,
        days: { is: 'number', min: 1, max: 365, whole: true, about: '30 when left out.' },
        halfLife: {
          is: 'number',
          min: 1,
          max: 3650,
          whole: true,
          about: 'Days after which something counts half. 180 when left out.',
        },
        situation: { ...TEXT, about: 'A choice of the account by whose value plays differ.' },
        explore: {
          is: 'number',
          min: 0,
          max: 1000,
          whole: true,
          about: 'Accounts of each rep that may see a card nearly as good. None when left out.',
        },
        newReps: {
          is: 'fields',
          required: ['attribute', 'since'],
          about: 'What is left to learn for who has begun lately, from 1 to 0.',
          fields: {
            attribute: { ...TEXT, about: 'A number of the rep: it is told each night.' },
            since: { ...TEXT, about: 'A date of the rep: the first day.' },
            days: {
              is: 'number',
              min: 1,
              max: 1095,
              whole: true,
              about: 'After so many days nobody is new. 180 when left out.',
            },
          },
        },
        costs: {
          is: 'boolean',
          about: 'What minutes and touches cost is learned from plans of days. Not when left out.',
        },
      },
    },
    trials: {
      is: 'list',
      min: 1,
      of: {
        is: 'fields',
        required: ['arm', 'success'],
        fields: {
          arm: { ...TEXT, about: 'A choice of the account; its first value is the control.' },
          success: SUCCESS,
          guardrails: { is: 'list', of: ID, about: 'Activities that must not be more frequent.' },
          strata: { is: 'list', of: TEXT, about: 'Each combination of them is dealt out evenly.' },
          days: { is: 'number', min: 1, max: 365, whole: true, about: '30 when left out.' },
          matters: { is: 'number', min: 0.001, max: 1, about: '0.1 when left out.' },
          alpha: { is: 'number', min: 0.0001, max: 0.5, about: '0.05 when left out.' },
          entry: { is: 'choice', options: ['seen', 'assigned'], about: '"seen" when left out.' },
          weights: {
            is: 'names',
            of: { is: 'names', of: { is: 'number', min: 0 } },
            about: 'A trial of goals: by arm, what goals weigh there instead.',
          },
        },
      },
    },
    profitGate: {
      is: 'fields',
      required: ['minMarginRate'],
      fields: { minMarginRate: { is: 'number', min: -1, max: 1 }, costToServe: TEXT },
    },
    contactPolicy: {
      is: 'fields',
      required: ['limits', 'touches'],
      fields: {
        limits: { is: 'list', of: LIMIT },
        touches: { is: 'names', of: { is: 'choice', options: CHANNELS } },
      },
    },
    vocabulary: {
      is: 'fields',
      required: ['changedBy'],
      fields: {
        changedBy: {
          is: 'list',
          of: OWNER,
          min: 1,
          about:
            'Who alone changes attributes and their values in the studio. Anybody when left out.',
        },
      },
    },
    goals: {
      is: 'list',
      min: 1,
      of: {
        is: 'fields',
        required: ['id', 'label', 'weight', 'scale'],
        fields: {
          id: NAME,
          label: TEXT,
          measure: {
            ...TEXT,
            about: 'The attribute that holds the level, of the account or of the company.',
          },
          weight: { is: 'number', min: 0 },
          floor: { ...MONEY, about: 'Below it nothing that hurts the goal goes through.' },
          target: { ...MONEY, about: 'At or above it there is no more credit.' },
          scale: { ...MONEY, about: 'The value that counts as 1.' },
          unit: TEXT,
        },
      },
    },
    reasons: {
      is: 'list',
      of: {
        is: 'fields',
        required: ['id', 'label', 'scope'],
        fields: {
          id: NAME,
          label: TEXT,
          scope: {
            is: 'choice',
            options: ['rep', 'record'],
            about: 'Hidden for this rep, or for everybody on this record.',
          },
          sets: { is: 'names', of: LITERALS, about: 'Attributes that it sets, as a claim.' },
          asks: TEXT,
        },
      },
    },
  },
};
