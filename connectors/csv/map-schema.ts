import { COLUMN_TYPES } from '../reading/cell-column.js';
import type { Schema } from '../reading/check-shape.js';
import { oneOrMore, scalar, text } from '../reading/schema-parts.js';
import { ENCODINGS } from './decode-text.js';

const listOfTexts = (description: string): Schema => ({
  type: 'array',
  items: scalar(''),
  description,
});

const KINDS = ['account', 'contact', 'opportunity', 'rep', 'product'] as const;

const reference: Schema = {
  type: 'object',
  description: 'A record: its kind, and the column that names it.',
  properties: Object.fromEntries(
    KINDS.map((kind) => [kind, text(`The column that names the ${kind}.`)]),
  ),
  additionalProperties: false,
};

const column: Schema = {
  type: 'object',
  description: 'What a column holds. A column that is not described is text.',
  properties: {
    type: { type: 'string', enum: COLUMN_TYPES },
    values: {
      type: 'object',
      description: 'Repairs: what is written, and what it means. Everything else stays as it is.',
      additionalProperties: scalar('What it means.'),
    },
    choices: listOfTexts('The only values that are right; any other is reported and left out.'),
    otherwise: scalar('Stands in for a cell without a value.'),
    empty: listOfTexts('Further texts of this column that mean "no value".'),
    format: text(
      'Of a date or time, for example DD.MM.YYYY or MM/DD/YYYY hh:mm. Without it: ISO 8601.',
    ),
    decimal: {
      type: 'string',
      enum: ['.', ','],
      description: 'The decimal mark. Without it: a point.',
    },
    scale: {
      type: 'number',
      description: 'What one stands for: 1000000 for a column in millions.',
    },
    currency: {
      description: 'ISO 4217, or the column that holds it.',
      anyOf: [
        { type: 'string', pattern: '^[A-Z]{3}$' },
        {
          type: 'object',
          properties: { column: { type: 'string' } },
          required: ['column'],
          additionalProperties: false,
        },
      ],
    },
    separator: text('Between the values of a list. Without it: a semicolon.'),
    find: {
      description: 'The cell names a row of that file.',
      anyOf: [
        { type: 'string' },
        {
          type: 'object',
          properties: {
            file: text('Which file of this map.'),
            by: text('Its column that holds the name. Without it: its key.'),
            match: { type: 'string', enum: ['exact', 'name', 'domain'] },
            climb: text('From the row found, on over this column of it to the topmost.'),
          },
          required: ['file'],
          additionalProperties: false,
        },
      ],
    },
  },
  additionalProperties: false,
};

const source: Schema = {
  description:
    'A column; "found.column" for a column of the row that "found" names; a constant; a text; a record.',
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: {
        ...reference.properties,
        value: scalar('The same for every row.'),
        text: text('Text with columns in braces: "{product} for {account}".'),
      },
      additionalProperties: false,
    },
  ],
};

const rule: Schema = {
  type: 'object',
  properties: {
    name: text(
      'Part of the ids of its facts, unique in the file. Without it: the record or activity.',
      '^[a-z][a-z0-9-]*$',
    ),
    record: { type: 'string', enum: [...KINDS], description: 'It tells what such a record holds.' },
    activity: text(
      'It tells that something happened: call-made, purchase, ...',
      '^[a-z][a-z0-9-]*$',
    ),
    key: oneOrMore("Columns that name the record, where it is not the row's key."),
    of: text('The column that names the account it belongs to.'),
    when: {
      type: 'object',
      description: 'Only for rows that hold all of this.',
      additionalProperties: {
        anyOf: [
          ...(scalar('').anyOf ?? []),
          { type: 'array', items: scalar(''), minItems: 1 },
          {
            type: 'object',
            properties: { missing: { type: 'boolean' } },
            required: ['missing'],
            additionalProperties: false,
          },
        ],
      },
    },
    at: text('When: a column, or a day such as 2026-01-31. Without it: when the export was taken.'),
    after: text('A column whose time must not come later: a deal is not won before it was begun.'),
    set: {
      type: 'object',
      description: 'Attributes of the record, or details of the activity.',
      additionalProperties: source,
    },
    about: { ...reference, description: 'Further records that the activity concerns.' },
    by: { ...reference, description: 'Who did it: a contact or a rep.' },
    grade: { type: 'string', enum: ['buyer-verified', 'observed', 'claimed'] },
  },
  additionalProperties: false,
};

/** Published for editors as `csv-map.schema.json`. */
export const MAP_SCHEMA: Schema = {
  type: 'object',
  description: 'How the CSV files of one folder become facts.',
  properties: {
    connection: text('First part of every id.', '^[a-z0-9][a-z0-9-]*$'),
    zone: text('Of days and times that name no zone, for example Europe/Berlin. Without it: UTC.'),
    currency: text('ISO 4217, of money that names no currency.', '^[A-Z]{3}$'),
    asOf: text(
      'When the export was taken: a day, or ISO 8601. Without it: when each file was last changed.',
    ),
    empty: listOfTexts('Texts that mean "no value", beside the empty one.'),
    grade: {
      type: 'string',
      enum: ['buyer-verified', 'observed', 'claimed'],
      description: 'How well it is known. Without it: observed.',
    },
    files: {
      type: 'object',
      description: 'By file name.',
      additionalProperties: {
        type: 'object',
        properties: {
          optional: { type: 'boolean', description: 'The file may be absent.' },
          encoding: { type: 'string', enum: ENCODINGS },
          delimiter: text('One character. Without it: a comma.'),
          quotes: { type: 'boolean', description: 'False: a quote is text like any other.' },
          key: oneOrMore('The columns that together name a row.'),
          needs: oneOrMore('Columns without which a row is skipped and reported.'),
          columns: { type: 'object', additionalProperties: column },
          facts: { type: 'array', items: rule, minItems: 1 },
        },
        required: ['key', 'facts'],
        additionalProperties: false,
      },
    },
  },
  required: ['connection', 'files'],
  additionalProperties: false,
};

/** What csv-map.schema.json holds. */
export function publishedSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Opportune CSV map',
    ...MAP_SCHEMA,
  };
}
