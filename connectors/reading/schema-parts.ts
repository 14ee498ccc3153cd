import type { Schema } from './check-shape.js';

// Parts that the schemas of mapping files are put together from.

export const text = (description: string, pattern?: string): Schema => ({
  type: 'string',
  description,
  ...(pattern === undefined ? {} : { pattern }),
});

export const scalar = (description: string): Schema => ({
  description,
  anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
});

export const oneOrMore = (description: string): Schema => ({
  description,
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
});
