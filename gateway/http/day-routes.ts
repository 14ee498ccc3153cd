import type { FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { asRep } from './as-rep.js';

const object = (description: string): TSchema =>
  Type.Object({}, { description, additionalProperties: true });
const DayAnswer: TSchema = Type.Object(
  {
    rep: Type.String(),
    now: Type.Number({ description: 'as things stood then, epoch milliseconds' }),
    zone: Type.String({ description: 'that the rep’s clock shows' }),
    days: Type.Array(Type.Integer(), {
      description: 'that are worked from today on, days since 1970-01-01',
    }),
    accounts: Type.Integer({ minimum: 0 }),
    cards: Type.Array(object('a card in words, with its minutes, its worth and whom it touches')),
  },
  {
    additionalProperties: true,
    description: 'What could be done, and the limits within which it is planned',
  },
);

const LookingAnswer: TSchema = Type.Object(
  {
    looked: Type.Integer({ minimum: 0, description: 'accounts that were looked at' }),
    of: Type.Integer({ minimum: 0, description: 'so many; 0 while they are counted' }),
  },
  { description: 'How far it has come' },
);

/** What the page of the day asks. It is planned there; the choices that a rep makes are not told. */
export function dayRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/day',
    {
      config: { roles: ['rep'] },
      schema: {
        operationId: 'readDay',
        summary: 'Every card that this rep could work on in the days that come',
        description:
          'Of the records that the rep owns and may see, those that nothing but other cards or the buyer’s attention holds back. Changes nothing. 202 where looking at all of them takes longer: it goes on, so ask again.',
        response: { 200: DayAnswer, 202: LookingAnswer },
      },
    },
    async (request, reply) => {
      const { days, audit } = tenantOf(request);
      const { rep } = asRep(request);
      const told = await days.tell(rep);
      if ('looked' in told) return reply.code(202).send(told);
      await audit.note(request.identity, 'looked', 'day', { cards: told.cards.length });
      return told;
    },
  );
}
