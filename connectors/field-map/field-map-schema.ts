import { COLUMN_TYPES } from '../reading/cell-column.js';
import type { Schema } from '../reading/check-shape.js';

const KINDS = ['account', 'contact', 'opportunity', 'rep', 'product'] as const;
const GRADES = ['buyer-verified', 'observed', 'claimed'];
const NAME = '^[a-z][a-z0-9-]*$';

const scalar: Schema = { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };
const fields: Schema = {
  description: 'A field, or several of which the first that has a value counts.',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
};
const reference: Schema = {
  type: 'object',
  description: 'A record: its kind, and the field that names it.',
  properties: Object.fromEntries(KINDS.map((kind) => [kind, fields])),
  additionalProperties: false,
};

const field: Schema = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: COLUMN_TYPES },
    values: { type: 'object', additionalProperties: scalar },
    otherwise: scalar,
    currency: { type: 'string', description: 'The field that holds the currency.' },
  },
  additionalProperties: false,
};

const source: Schema = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: { ...reference.properties, value: scalar },
      additionalProperties: false,
    },
  ],
};

const rule: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: NAME },
    record: { type: 'string', enum: [...KINDS] },
    activity: { type: 'string', pattern: NAME },
    of: fields,
    when: {
      type: 'object',
      additionalProperties: {
        anyOf: [
          ...(scalar.anyOf ?? []),
          { type: 'array', items: scalar, minItems: 1 },
          {
            type: 'object',
            properties: { missing: { type: 'boolean' } },
            required: ['missing'],
            additionalProperties: false,
          },
        ],
      },
    },
    at: { type: 'string' },
    set: { type: 'object', additionalProperties: source },
    about: reference,
    by: reference,
    grade: { type: 'string', enum: GRADES },
  },
  additionalProperties: false,
};

export const FIELD_MAP_SCHEMA: Schema = {
  type: 'object',
  properties: {
    connection: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    zone: { type: 'string' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    revision: { type: 'number' },
    grade: { type: 'string', enum: GRADES },
    objects: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          fields: { type: 'object', additionalProperties: field },
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
