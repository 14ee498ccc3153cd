import { KINDS } from './attribute-table.js';
import { CONDITION, DATE, ID, LINK, LITERALS, MONEY, NAME, OWNER, TEXT } from './common-shapes.js';
import type { Shape } from './shape.js';

const FILTER = {
  types: { is: 'list', of: ID, min: 1, about: 'Types of the activities that count.' },
  by: { is: 'choice', options: ['buyer', 'seller'] },
  grades: {
    is: 'list',
    of: { is: 'choice', options: ['buyer-verified', 'observed', 'claimed'] },
    min: 1,
  },
  where: {
    is: 'names',
    of: { is: 'list', of: { is: 'literal' }, min: 1 },
    about: 'Fields and the values they may have.',
  },
} as const satisfies { readonly [name: string]: Shape };
const FIELD: Shape = { is: 'text', pattern: '^[A-Za-z][A-Za-z0-9]*$', like: 'amount' };
const DAYS: Shape = {
  is: 'number',
  min: 1,
  max: 3650,
  whole: true,
  about: 'Only the last days, today included.',
};

function facts(more: { readonly [name: string]: Shape }, ...required: readonly string[]): Shape {
  return { is: 'fields', fields: { ...FILTER, ...more }, required: ['types', ...required] };
}

const RECORDS = {
  kind: { is: 'choice', options: ['opportunity', 'contact'] },
  where: CONDITION,
} as const satisfies { readonly [name: string]: Shape };

const DERIVE_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  about: 'Computed from the timeline: exactly one of these.',
  oneOf: [
    ...['daysSince', 'daysUntil', 'count', 'sum', 'distinct', 'first', 'last', 'daysSinceDate'],
    ...['daysUntilDate', 'daysSinceChange', 'countRecords', 'sumRecords'],
  ],
  fields: {
    daysSince: facts({}),
    daysUntil: facts({ field: FIELD }, 'field'),
    count: facts({ days: DAYS }),
    sum: facts({ field: FIELD, days: DAYS }, 'field'),
    distinct: facts({ field: FIELD, days: DAYS }, 'field'),
    first: facts({ field: FIELD }, 'field'),
    last: facts({ field: FIELD }, 'field'),
    daysSinceDate: TEXT,
    daysUntilDate: TEXT,
    daysSinceChange: TEXT,
    countRecords: { is: 'fields', fields: RECORDS, required: ['kind'] },
    sumRecords: {
      is: 'fields',
      fields: { ...RECORDS, attribute: TEXT },
      required: ['kind', 'attribute'],
    },
  },
};

export const ATTRIBUTE_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  required: ['id', 'label', 'type', 'of'],
  fields: {
    id: { ...NAME, about: 'Its name in conditions and holes.' },
    label: TEXT,
    type: { is: 'choice', options: ['choice', 'multi', 'number', 'boolean', 'date', 'text'] },
    of: { is: 'choice', options: KINDS },
    values: {
      is: 'list',
      min: 1,
      about: 'For choice and multi: what it can be.',
      of: {
        is: 'either',
        of: [
          TEXT,
          {
            is: 'fields',
            fields: {
              id: TEXT,
              label: TEXT,
              synonyms: {
                is: 'list',
                of: TEXT,
                min: 1,
                about: 'Other words by which people look for it. They decide nothing.',
              },
            },
            required: ['id', 'label'],
          },
        ],
      },
    },
    unit: {
      ...TEXT,
      about: 'money, days, rate (0 to 1), or a word to print after the number.',
    },
    says: { ...TEXT, about: 'A sentence about one value: "No reply for {value} days".' },
    usual: {
      ...TEXT,
      about:
        'The attribute that holds what is usual, of the company where no kind is named; its says is shown beside the value.',
    },
    derive: DERIVE_SHAPE,
    aggregate: { is: 'boolean', about: 'It shows nothing of a single source record.' },
  },
};

export const ATTRIBUTES_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  required: ['attributes'],
  fields: {
    attributes: {
      is: 'list',
      of: ATTRIBUTE_SHAPE,
    },
  },
};

export const PRODUCTS_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  required: ['products'],
  fields: {
    products: {
      is: 'list',
      of: {
        is: 'fields',
        required: ['id', 'label', 'price'],
        fields: {
          id: ID,
          label: TEXT,
          brand: TEXT,
          family: TEXT,
          price: MONEY,
          cost: { ...MONEY, about: 'What one costs us, before serving the account.' },
          attributes: {
            is: 'names',
            of: LITERALS,
            about: 'Attributes that are declared of: product.',
          },
          requires: { is: 'list', of: ID, about: 'Products that must come with it.' },
          excludes: { is: 'list', of: ID, about: 'Products that cannot come with it.' },
        },
      },
    },
  },
};

export const CONTENT_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  required: ['title', 'kind', 'owner'],
  fields: {
    id: { ...ID, about: 'Unique. The file name without its ending when left out.' },
    title: TEXT,
    kind: {
      ...ID,
      about: 'case-study, talk-track, email, battlecard, brochure, checklist, guide, tip, ...',
    },
    attributes: {
      is: 'names',
      of: LITERALS,
      about: 'What it goes with. One that is left out means any.',
    },
    when: {
      ...CONDITION,
      about: 'Where it goes: a condition. It is kept away only where that is known to be false.',
    },
    owner: OWNER,
    revision: { is: 'number', min: 1, whole: true, about: '1 when left out.' },
    expires: { ...DATE, about: 'Not offered on or after this day.' },
    teams: {
      is: 'either',
      of: [TEXT, { is: 'list', of: TEXT, min: 1 }],
      about: 'Teams that alone see it, by rep.team. Everybody when left out.',
    },
    link: { ...LINK, about: 'Where the file or page opens.' },
  },
};
