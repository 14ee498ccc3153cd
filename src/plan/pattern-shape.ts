import { ID_PATTERN } from './attribute-table.js';
import { CONDITION, SPAN } from './common-shapes.js';
import type { Shape } from './shape.js';

const EVENT: Shape = { is: 'text', pattern: ID_PATTERN, like: 'call-made' };
const FIELD: Shape = { is: 'text', pattern: '^[A-Za-z][A-Za-z0-9]*$', like: 'startsAt' };
const WHERE: Shape = {
  ...CONDITION,
  about: 'Which of these events. Bare names are fields of the event.',
};

const EARLIER: Shape = {
  is: 'text',
  pattern: '^[A-Za-z][A-Za-z0-9]*\\.[A-Za-z][A-Za-z0-9]*$',
  like: 'quote.amount',
};
const COMPARISONS: Shape = {
  is: 'names',
  of: {
    is: 'fields',
    oneOf: ['is', 'isNot', 'gt', 'gte', 'lt', 'lte'],
    fields: {
      is: { ...EARLIER, about: 'The same as there.' },
      isNot: { ...EARLIER, about: 'Another than there.' },
      gt: { ...EARLIER, about: 'More than there.' },
      gte: { ...EARLIER, about: 'At least what is there.' },
      lt: { ...EARLIER, about: 'Less than there.' },
      lte: { ...EARLIER, about: 'At most what is there.' },
    },
  },
};
const COMPARE: Shape = {
  is: 'nested',
  name: 'compare',
  about:
    'In a sequence: fields of this event beside those of an earlier step, named there with as.',
  of: () => COMPARISONS,
};

const ONE: Shape = {
  is: 'either',
  of: [
    EVENT,
    {
      is: 'fields',
      required: ['event'],
      fields: { event: EVENT, where: WHERE, compare: COMPARE },
    },
  ],
};
const ANY: Shape = { is: 'list', of: ONE, min: 1, about: 'One of these events.' };

/** An event, some of its kind, or any of several. */
const EVENTS: Shape = {
  is: 'either',
  of: [
    EVENT,
    {
      is: 'fields',
      oneOf: ['event', 'any'],
      fields: { event: EVENT, where: WHERE, compare: COMPARE, any: ANY },
    },
  ],
};

const STEP: Shape = {
  is: 'either',
  of: [
    EVENT,
    {
      is: 'fields',
      oneOf: ['event', 'any', 'no'],
      fields: {
        event: EVENT,
        where: WHERE,
        compare: COMPARE,
        any: ANY,
        as: {
          is: 'text',
          pattern: '^[A-Za-z][A-Za-z0-9]*$',
          like: 'quote',
          about: 'What later steps call this event, to compare with it.',
        },
        no: { ...EVENTS, about: 'That this does not happen.' },
        within: { ...SPAN, about: 'For how long not: last or first in a sequence.' },
      },
    },
  ],
};

/** Longer ones are better told as two plays or a machine. */
const MOST_STEPS = 8;

export const PATTERN_SHAPE: Shape = {
  is: 'fields',
  about: 'Opens when all of this has happened: exactly one of sequence, all, any, count, first.',
  oneOf: ['sequence', 'all', 'any', 'count', 'first'],
  fields: {
    sequence: { is: 'list', of: STEP, min: 1, max: MOST_STEPS, about: 'One after the other.' },
    all: { is: 'list', of: EVENTS, min: 2, max: MOST_STEPS, about: 'In any order.' },
    any: ANY,
    count: { is: 'number', min: 2, max: 100, whole: true, about: 'So many of them.' },
    first: { ...EVENTS, about: 'The first one in the whole timeline.' },
    of: { ...EVENTS, about: 'What is counted.' },
    within: { ...SPAN, about: 'From the first event to the last.' },
    without: { ...EVENTS, about: 'This gives up what has begun.' },
    strict: { is: 'boolean', about: 'No other activity on the record in between.' },
  },
};

export const AT_SHAPE: Shape = {
  is: 'fields',
  about: 'Opens a time before or after a moment that an event names.',
  required: ['time', 'of'],
  oneOf: ['before', 'after'],
  fields: {
    before: { ...SPAN, about: 'So long before that moment.' },
    after: { ...SPAN, about: 'So long after that moment.' },
    time: { ...FIELD, about: 'The field of the event that holds the moment.' },
    of: { ...EVENTS, about: 'The event that names it.' },
    key: {
      ...FIELD,
      about:
        'The field that tells which one is moved or cancelled. Left out: the CRM record that the event was read from.',
    },
    cancelledBy: { ...EVENTS, about: 'The event that cancels it.' },
  },
};
