import { ID_PATTERN, NAME_PATTERN } from './attribute-table.js';
import { DURATION_PATTERN, parseDuration, parseSpan, SPAN_PATTERN } from './durations.js';
import { MONEY_PATTERN } from './money.js';
import type { Shape } from './shape.js';

export const CHANNELS = ['call', 'email', 'meeting', 'visit', 'message', 'mailing'] as const;
export const DATE: Shape = { is: 'text', pattern: '^\\d{4}-\\d{2}-\\d{2}$', like: '2027-03-31' };
export const DURATION: Shape = {
  is: 'text',
  pattern: DURATION_PATTERN,
  like: '"14 days"',
  parse: parseDuration,
};
export const SPAN: Shape = {
  is: 'text',
  pattern: SPAN_PATTERN,
  like: '"2 working days"',
  parse: parseSpan,
};
export const TEXT: Shape = { is: 'text' };
export const ID: Shape = { is: 'text', pattern: ID_PATTERN, like: 'silent-buyer' };
export const NAME: Shape = { is: 'text', pattern: NAME_PATTERN, like: 'daysSinceReply' };
export const MONEY: Shape = {
  is: 'either',
  of: [{ is: 'number' }, { is: 'text', pattern: MONEY_PATTERN, like: '"1,200.50 EUR"' }],
};
export const LITERALS: Shape = {
  is: 'either',
  of: [{ is: 'literal' }, { is: 'list', of: { is: 'literal' } }],
};
export const CONDITION: Shape = { is: 'condition' };
export const LINK: Shape = {
  is: 'text',
  pattern: '^https://\\S+$',
  like: 'https://example.com/guide',
};
export const OWNER: Shape = {
  is: 'text',
  about: 'Who keeps it current: a person, as an address or a name.',
};
