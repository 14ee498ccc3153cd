import { COLUMN_TYPES } from '../reading/cell-column.js';
import type { Schema } from '../reading/check-shape.js';
import { oneOrMore, scalar, text } from '../reading/schema-parts.js';

const KINDS = ['account', 'contact', 'opportunity', 'rep', 'product'] as const;
const NAME = '^[a-z][a-z0-9-]*$';

const grade: Schema = {
  type: 'string',
  enum: ['buyer-verified', 'observed', 'claimed'],
  description: 'How well it is known. Without it: as the map says, else observed.',
};
const reference: Schema = {
  type: 'object',
  description: 'A record: its kind, and the field that names it.',
  properties: Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      oneOrMore(`The field that names the ${kind}; of several the first that has a value.`),
    ]),
  ),
  additionalProperties: false,
};

const field: Schema = {
  type: 'object',
  description: 'What is known of a field beyond what the CRM says.',
  properties: {
    type: {
      type: 'string',
      enum: COLUMN_TYPES,
      description: 'What it was when it was mapped: another type at the CRM is an error.',
    },
    values: {
      type: 'object',
      description: 'Repairs: what is written, and what it means. Everything else stays as it is.',
      additionalProperties: scalar('What it means.'),
    },
    otherwise: scalar('Stands in where there is no value.'),
    currency: text("The field that holds the currency of this money. Without it: the record's."),
  },
  additionalProperties: false,
};

const source: Schema = {
  description: 'Where a value comes from: a field, a constant, a record, or several records.',
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: {
        ...reference.properties,
        value: scalar('The same for every record.'),
        list: text('With "into": each value of this field once.'),
        sum: text('With "into": this field of all of them together, a number or money.'),
      },
      additionalProperties: false,
    },
  ],
};

const rule: Schema = {
  type: 'object',
  description: 'A fact that is made of each record, or with "into" of several.',
  properties: {
    name: text('Unique in the object. Without it: the record or activity.', NAME),
    record: {
      type: 'string',
      enum: [...KINDS],
      description: 'The record is one of these; with "into", it says something of one.',
    },
    activity: text('Something that happened, for example call-made.', NAME),
    into: text('The field that names the record where it is another one: all that name it count.'),
    of: oneOrMore('The account it belongs to: the first of these fields that has a value.'),
    when: {
      type: 'object',
      description: 'Only of records whose fields have these values.',
      additionalProperties: {
        anyOf: [
          ...(scalar('').anyOf ?? []),
          { type: 'array', items: scalar('One of them.'), minItems: 1 },
          {
            type: 'object',
            properties: { missing: { type: 'boolean' } },
            required: ['missing'],
            additionalProperties: false,
          },
        ],
      },
    },
    at: text('When the activity happened: a field that holds a date or time.'),
    set: { type: 'object', description: 'By attribute.', additionalProperties: source },
    about: reference,
    by: reference,
    grade,
  },
  additionalProperties: false,
};

/** Published for editors by {@link publishedFieldMap}. */
export const FIELD_MAP_SCHEMA: Schema = {
  type: 'object',
  description: 'How the objects of a CRM become facts.',
  properties: {
    connection: text('First part of every id.', '^[a-z0-9][a-z0-9-]*$'),
    zone: text('In which a day begins, for example Europe/Berlin. Without it: UTC.'),
    currency: text('ISO 4217, of money in records that name no currency.', '^[A-Z]{3}$'),
    revision: {
      type: 'number',
      description:
        'Raised when the map says something else of records that did not change. Then all is read anew.',
    },
    grade,
    objects: {
      type: 'object',
      description: 'By the name that the CRM has for it.',
      additionalProperties: {
        type: 'object',
        properties: {
          optional: {
            type: 'boolean',
            description: 'It may not be there: then nothing is read of it.',
          },
          fields: { type: 'object', description: 'By field.', additionalProperties: field },
          facts: { type: 'array', items: rule, minItems: 1 },
        },
        required: ['facts'],
        additionalProperties: false,
      },
    },
  },
  required: ['connection', 'objects'],
  additionalProperties: false,
};

/** What `schema/field-map.json` holds: draft-07, which editors know best. */
export function publishedFieldMap(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'How the objects of Salesforce or HubSpot become facts: a mapping file',
    ...FIELD_MAP_SCHEMA,
  };
}
