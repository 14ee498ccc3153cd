import type { FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { LEAST } from '../numbers/choose-groups.js';
import { MOST_WEEKS } from '../numbers/numbers.js';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';

const WEEKS = 4;
const Count = Type.Integer({ minimum: 0 });
const Counts = Type.Object({
  shown: Type.Integer({ description: 'cards that stood before the eyes, each once' }),
  done: Count,
  alreadyDone: Count,
  notRelevant: Count,
  snoozed: Count,
  helpful: Count,
  notHelpful: Count,
});
const Week = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'its Monday',
});
const Team = Type.Optional(Type.String({ description: 'absent: everyone' }));
const NumbersAnswer: TSchema = Type.Object(
  {
    own: Type.Optional(
      Type.Array(
        Type.Object({
          week: Week,
          final: Type.Boolean({ description: 'false while it may still change' }),
          numbers: Counts,
        }),
        { description: 'of the rep who asks, and of nobody else' },
      ),
    ),
    groups: Type.Optional(
      Type.Array(
        Type.Object({
          week: Week,
          groups: Type.Array(
            Type.Union([
              Type.Object({
                team: Team,
                reps: Type.Integer({ minimum: LEAST }),
                numbers: Counts,
              }),
              Type.Object({ team: Team, withheld: Type.Literal('too-few') }),
            ]),
          ),
        }),
        { description: 'for a manager: the own teams by name, and everyone' },
      ),
    ),
  },
  { description: 'By week, newest first' },
);

/** What reps did with cards: a rep sees the own numbers, a manager those of groups. */
export function numbersRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get<{ Querystring: { readonly weeks?: number } }>(
    '/v1/numbers',
    {
      config: { roles: ['rep', 'manager'] },
      schema: {
        operationId: 'readNumbers',
        summary: 'What was shown and answered: a rep’s own, and for a manager those of groups',
        description:
          'A group is told where whoever adds and subtracts all that is told comes to no fewer than five reps. Weeks are final a day after their end and never change after that; for groups no other weeks are told.',
        querystring: Type.Object({
          weeks: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: MOST_WEEKS,
              description: `${WEEKS} when left out`,
            }),
          ),
        }),
        response: { 200: NumbersAnswer },
      },
    },
    async (request) => {
      const { numbers, teamsOf, audit } = tenantOf(request);
      const { rep, roles = new Set(), teams = [] } = request.identity ?? {};
      const { weeks = WEEKS } = request.query;
      const manages = roles.has('manager');
      const own = rep !== undefined && roles.has('rep') && (await numbers.own(rep, weeks));
      const all = rep === undefined ? teams : [...teams, ...(await teamsOf(rep))];
      const groups =
        manages && (await numbers.groups({ teams: all, ...(rep !== undefined && { rep }) }, weeks));
      if (manages) await audit.note(request.identity, 'looked', 'numbers', { weeks });
      return { ...(own && { own }), ...(groups && { groups }) };
    },
  );
}
