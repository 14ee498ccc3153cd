import type { FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { asRep } from './as-rep.js';
import { Moment } from './shapes.js';

const text = (description: string): TSchema => Type.String({ description });
const TryCountAnswer = Type.Object(
  {
    assigned: Type.Integer(),
    entered: Type.Integer({ description: 'a card stood before the rep’s eyes' }),
    known: Type.Integer({ description: 'of those, whose time is over' }),
    succeeded: Type.Integer({ description: 'of those, where the buyer acted' }),
  },
  { description: 'buying groups' },
);
const TriesAnswer: TSchema = Type.Array(
  Type.Object({
    id: Type.String(),
    play: Type.String(),
    how: text('in the rep’s words'),
    role: Type.Optional(text('of the contact to turn to')),
    startedAt: Moment,
    until: Moment,
    isRunning: Type.Boolean(),
    because: Type.Optional(text('rep, guardrail or sample-ratio: why it ended before its time')),
    usual: TryCountAnswer,
    new: TryCountAnswer,
    waiting: Type.Integer({ description: 'groups that entered and whose time is not over' }),
    days: Type.Integer({ description: 'that a buyer has to act' }),
    difference: Type.Optional(
      Type.Object(
        { value: Type.Number(), interval: Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }) },
        { description: 'of the rates, new less usual; the interval holds at every look' },
      ),
    ),
    verdict: Type.Object({
      is: text('better, worse, no-difference-that-matters or not-enough-yet'),
      more: Type.Optional(Type.Integer({ description: 'about so many more accounts' })),
    }),
  }),
  { description: 'What a rep tries, newest first' },
);

/** How a rep's own tries stand; they begin and end by answers. */
export function tryRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/tries',
    {
      config: { roles: ['rep'] },
      schema: {
        operationId: 'listTries',
        response: { 200: TriesAnswer },
        summary: 'How this rep’s own tries stand, newest first; nobody else is told',
      },
    },
    (request) => tenantOf(request).agent.tries(asRep(request).rep),
  );
}
