import type { JsonObject, JsonValue } from '../domain/value.js';
import { ATTRIBUTES_SHAPE, CONTENT_SHAPE, PRODUCTS_SHAPE } from './knowledge-shapes.js';
import { MACHINE_SHAPE } from './machine-shape.js';
import { PLAY_SHAPE } from './play-shape.js';
import { CALENDAR_SHAPE, PLAYBOOK_SHAPE } from './playbook-shape.js';
import type { Shape } from './shape.js';

const SCALAR: JsonObject = { type: ['string', 'number', 'boolean'] };
const CONDITION_REF: JsonObject = { $ref: '#/definitions/condition' };
const CHILDREN: JsonObject = {
  type: 'object',
  minProperties: 1,
  additionalProperties: CONDITION_REF,
};
const VALUES: JsonObject = { anyOf: [SCALAR, { type: 'array', items: SCALAR, minItems: 1 }] };
const BOUND: JsonObject = { type: ['number', 'string'] };

/** Attribute names are the author's own, so only `check` can tell whether they exist and what they can hold. */
const CONDITION: JsonObject = {
  description: 'All of it holds. A list means any of; { gte: 14 } is a range.',
  type: 'object',
  properties: {
    any: { type: 'array', minItems: 1, items: CONDITION_REF },
    all: { type: 'array', minItems: 1, items: CONDITION_REF },
    not: CONDITION_REF,
    has: CHILDREN,
    hasNo: CHILDREN,
  },
  additionalProperties: {
    anyOf: [
      SCALAR,
      { type: 'array', items: SCALAR, minItems: 1 },
      {
        type: 'object',
        minProperties: 1,
        additionalProperties: false,
        properties: {
          gt: BOUND,
          gte: BOUND,
          lt: BOUND,
          lte: BOUND,
          in: { type: 'string', description: 'Another attribute.' },
          hasAll: VALUES,
          hasNone: VALUES,
          startsWith: { type: 'string' },
          missing: { type: 'boolean' },
        },
      },
    ],
  },
};

/** JSON Schema draft-07, which editors know best, for each kind of file of a playbook. */
export function createSchemas(): { readonly [name: string]: JsonObject } {
  return {
    play: schemaOf('A play of an Opportune playbook: plays/*.yaml', PLAY_SHAPE),
    machine: schemaOf('A state machine of an Opportune playbook: machines/*.yaml', MACHINE_SHAPE),
    attributes: schemaOf('Attributes of an Opportune playbook: attributes.yaml', ATTRIBUTES_SHAPE),
    products: schemaOf('Products of an Opportune playbook: products.yaml', PRODUCTS_SHAPE),
    calendar: schemaOf('Calendar of an Opportune playbook: calendar.yaml', CALENDAR_SHAPE),
    playbook: schemaOf('Settings of an Opportune playbook: playbook.yaml', PLAYBOOK_SHAPE),
    content: schemaOf('Fields of content: front matter of content/*.md', CONTENT_SHAPE),
  };
}

/** What a file of that shape looks like, for editors. */
export function schemaOf(title: string, shape: Shape): JsonObject {
  const definitions: Definitions = {};
  const schema = toSchema(shape, definitions);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...schema,
    ...(Object.keys(definitions).length > 0 && { definitions }),
  };
}

/** What the schema refers to by name; filled while it is made. */
type Definitions = { [name: string]: JsonObject };

function toSchema(shape: Shape, definitions: Definitions): JsonObject {
  const { about } = shape;
  // In draft-07 nothing beside a $ref counts.
  const described = shape.is === 'condition' && about !== undefined;
  if (shape.is === 'condition') definitions.condition = CONDITION;
  const schema: JsonObject = described ? { allOf: [CONDITION_REF] } : bodyOf(shape, definitions);
  return about === undefined ? schema : { description: about, ...schema };
}

function bodyOf(shape: Shape, definitions: Definitions): JsonObject {
  switch (shape.is) {
    case 'text':
      return {
        type: 'string',
        pattern: shape.pattern ?? '\\S',
        ...(shape.like !== undefined && { examples: [shape.like.replaceAll('"', '')] }),
      };
    case 'choice':
      return { enum: [...shape.options] };
    case 'number':
      return {
        type: shape.whole ? 'integer' : 'number',
        ...(shape.min !== undefined && { minimum: shape.min }),
        ...(shape.max !== undefined && { maximum: shape.max }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'literal':
      return SCALAR;
    case 'list':
      return {
        type: 'array',
        items: toSchema(shape.of, definitions),
        ...(shape.min !== undefined && { minItems: shape.min }),
        ...(shape.max !== undefined && { maxItems: shape.max }),
      };
    case 'names':
      return { type: 'object', additionalProperties: toSchema(shape.of, definitions) };
    case 'fields': {
      const properties: { [name: string]: JsonValue } = {};
      for (const [name, field] of Object.entries(shape.fields))
        properties[name] = toSchema(field, definitions);
      return {
        type: 'object',
        properties,
        additionalProperties: false,
        ...(shape.required && { required: [...shape.required] }),
        ...(shape.oneOf && { oneOf: shape.oneOf.map((name) => ({ required: [name] })) }),
      };
    }
    case 'either':
      return { anyOf: shape.of.map((one) => toSchema(one, definitions)) };
    case 'nested': {
      const { name } = shape;
      if (!Object.hasOwn(definitions, name)) {
        // Named before it is made, for it holds itself.
        definitions[name] = {};
        definitions[name] = toSchema(shape.of(), definitions);
      }
      return { $ref: `#/definitions/${name}` };
    }
    case 'condition':
      return CONDITION_REF;
  }
}
