import type { Shape } from 'opportune/plan';

const TEXT: Shape = { is: 'text' };
const DATE: Shape = { is: 'text', pattern: '^\\d{4}-\\d{2}-\\d{2}$', like: '2026-12-01' };
const MOMENT: Shape = {
  is: 'text',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})$',
  like: '2026-12-01T14:00:00+01:00',
};
const ZONE: Shape = { ...TEXT, like: 'Europe/Berlin' };
const HOURS: Shape = {
  is: 'list',
  min: 1,
  of: {
    is: 'text',
    pattern: '^([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d$',
    like: '"09:00-12:30"',
  },
  about: 'When work is done, on the rep’s own clock.',
};
const COUNT: Shape = { is: 'number', min: 0, whole: true };
const CARD: Shape = {
  ...TEXT,
  like: 'silent-buyer|crm:opportunity:17',
  about: 'The play and the record, as the plan writes them.',
};

/** What `opportune plan --limits` reads. */
export const LIMITS_SHAPE: Shape = {
  is: 'fields',
  fields: {
    hours: HOURS,
    calendars: {
      ...TEXT,
      like: 'calendars',
      about:
        'A folder, from here, with the calendar of each rep: crm-rep-7.ics is that of crm:rep:7.',
    },
    reps: {
      is: 'names',
      about: 'By the id of a rep, what is different there.',
      of: {
        is: 'fields',
        fields: {
          zone: ZONE,
          hours: HOURS,
          away: { is: 'list', of: DATE, about: 'Days that are not worked.' },
          busy: {
            is: 'list',
            about: 'What the calendar holds.',
            of: {
              is: 'fields',
              required: ['from', 'until'],
              fields: { from: MOMENT, until: MOMENT },
            },
          },
        },
      },
    },
    load: {
      is: 'fields',
      about: 'The most of a rep’s day that is planned.',
      fields: { minutes: COUNT, items: COUNT },
    },
    tried: {
      is: 'fields',
      about: 'Plays that are new or being tried, and the most of them.',
      required: ['plays'],
      fields: { plays: { is: 'list', of: TEXT }, perDay: COUNT, perPlay: COUNT },
    },
    floors: {
      is: 'list',
      about: 'At least so much is expected of what is planned; money in units of the currency.',
      of: {
        is: 'fields',
        required: ['goal', 'least'],
        fields: { goal: TEXT, least: { is: 'number' }, team: TEXT },
      },
    },
    pin: {
      is: 'list',
      of: { is: 'fields', required: ['card'], fields: { card: CARD, day: DATE, at: MOMENT } },
    },
    exclude: { is: 'list', of: CARD },
    order: {
      is: 'list',
      of: {
        is: 'fields',
        required: ['rep', 'day', 'cards'],
        fields: { rep: TEXT, day: DATE, cards: { is: 'list', min: 2, of: CARD } },
      },
    },
  },
};
