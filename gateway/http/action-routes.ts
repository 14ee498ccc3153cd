import type { FastifyRequest } from 'fastify';
import { OpportuneError, type RecordId } from 'opportune';
import { type TSchema, Type } from 'typebox';
import { toIso } from '../../src/core/zone.js';
import { actionsReport } from '../../src/insights/actions-report.js';
import { createPatternWords } from '../../src/insights/pattern-words.js';
import { triesSections } from '../../src/insights/tries-report.js';
import type { Identity } from '../identity/identity.js';
import type { Counted } from '../numbers/actions.js';
import { LEAST } from '../numbers/choose-groups.js';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { forbidden } from './problem.js';
import { RecordId as RecordShape } from './shapes.js';

const REP = { roles: ['rep'] } as const;
const object = (description: string): TSchema =>
  Type.Object({}, { description, additionalProperties: true });

const Person: TSchema = Type.Object({
  rep: RecordShape,
  name: Type.String({ description: 'as the CRM has it' }),
});
const CountedAnswer: TSchema = Type.Object(
  {
    countedAt: Type.String({ description: 'ISO 8601' }),
    actions: object('for programs: by kind, month and week, with intervals and the trend'),
    report: object('to read'),
  },
  { description: 'What was done, and what buyers verifiably did after it' },
);
const Team = Type.Optional(Type.String({ description: 'absent: everyone' }));
const ActionsAnswer: TSchema = Type.Object(
  {
    rep: Type.Optional(RecordShape),
    own: Type.Optional(CountedAnswer),
    critic: Type.Optional(Person),
    colleagues: Type.Optional(
      Type.Array(Person, { description: 'of a team with the rep: one of them may be the critic' }),
    ),
    sharing: Type.Optional(Type.Array(Person, { description: 'who chose the asker as critic' })),
    groups: Type.Optional(
      Type.Array(
        Type.Object({
          month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
          groups: Type.Array(
            Type.Union([
              Type.Object({
                team: Team,
                reps: Type.Integer({ minimum: LEAST }),
                answered: object('actions, customers, and the share that buyers acted on'),
              }),
              Type.Object({ team: Team, withheld: Type.Literal('too-few') }),
            ]),
          ),
        }),
        { description: 'for a manager: the own teams by name, and everyone' },
      ),
    ),
  },
  {
    description:
      'A rep’s own, who may see it, and who lets the rep see; counted once a day. Without `own` nothing is counted yet',
  },
);
const CriticBody: TSchema = Type.Object(
  {
    critic: Type.Union([RecordShape, Type.Null()], {
      description: 'a colleague of a team; null: nobody any more',
    }),
  },
  { additionalProperties: false },
);

/** What reps achieve by what they do: a rep sees the own figures and may let one critic see them, a manager those of groups. */
export function actionRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/actions',
    {
      config: { roles: ['rep', 'manager'] },
      schema: {
        operationId: 'readActions',
        summary: 'What a rep did and what buyers did after it; for a manager those of groups',
        description:
          'A rep’s own figures are told to that rep, and to the one critic whom the rep chose. Groups are told month by month, where whoever adds and subtracts all that is told comes to no fewer than five reps. There is no order of reps.',
        response: { 200: ActionsAnswer },
      },
    },
    async (request) => {
      const tenant = tenantOf(request);
      const { actions, teamsOf, audit } = tenant;
      const { rep, roles = new Set(), teams = [] } = request.identity ?? {};
      const told = rep !== undefined && roles.has('rep') && (await ownOf(tenant, rep));
      const sharing =
        rep !== undefined && mayCriticize(request.identity)
          ? await namedAll(tenant, await actions.sharing(rep))
          : [];
      const manages = roles.has('manager');
      const all = rep === undefined ? teams : [...teams, ...(await teamsOf(rep))];
      const groups =
        manages && (await actions.groups({ teams: all, ...(rep !== undefined && { rep }) }));
      if (manages) await audit.note(request.identity, 'looked', 'actions');
      return { ...told, ...(told && { sharing }), ...(groups && { groups }) };
    },
  );
  app.put<{ Body: { readonly critic: RecordId | null } }>(
    '/v1/actions/critic',
    {
      config: REP,
      schema: {
        operationId: 'chooseCritic',
        summary: 'Lets one colleague of a team see the asker’s own figures, or nobody any more',
        description:
          'Only the rep can choose, one at a time, and take it back at any time. Managers see nothing by it, even if they are chosen.',
        body: CriticBody,
        response: { 204: Type.Null({ description: 'It is so from now on' }) },
      },
    },
    async (request, reply) => {
      const { actions, audit } = tenantOf(request);
      const { rep } = asRep(request);
      const { critic } = request.body;
      const before = await actions.critic(rep);
      await actions.share(rep, critic ?? undefined);
      if (critic !== null && critic !== before)
        await audit.note(request.identity, 'shared', critic, { what: 'actions' });
      if (before !== undefined && critic !== before)
        await audit.note(request.identity, 'unshared', before, { what: 'actions' });
      return reply.code(204).send();
    },
  );
  app.get<{ Querystring: { readonly rep: RecordId } }>(
    '/v1/actions/shared',
    {
      config: REP,
      schema: {
        operationId: 'readSharedActions',
        summary: 'The figures of a rep who chose the asker as critic',
        description: 'Of a rep who did not, it is as if there were none.',
        querystring: Type.Object({ rep: RecordShape }, { additionalProperties: false }),
        response: { 200: CountedAnswer },
      },
    },
    async (request) => {
      const tenant = tenantOf(request);
      const { rep: critic } = asRep(request);
      const { rep } = request.query;
      const counted = mayCriticize(request.identity) && (await tenant.actions.shared(critic, rep));
      if (!counted)
        throw new OpportuneError('opportune/not-found', 'nothing is shared with you by this rep', {
          remedy: 'GET /v1/actions names who shares with you',
        });
      await tenant.audit.note(request.identity, 'looked', rep, { what: 'actions' });
      return toTold(tenant, counted, rep, critic, (await named(tenant, rep)).name);
    },
  );
}

/** Who manages or administers sees groups, and no person. */
const mayCriticize = (identity: Identity | undefined): boolean =>
  identity?.roles.has('rep') === true &&
  !identity.roles.has('manager') &&
  !identity.roles.has('admin');

async function ownOf(tenant: Tenant, rep: RecordId): Promise<object> {
  const { actions } = tenant;
  const own = await actions.own(rep);
  const critic = await actions.critic(rep);
  return {
    rep,
    ...(own && { own: await toTold(tenant, own, rep, rep) }),
    ...(critic !== undefined && { critic: await named(tenant, critic) }),
    colleagues: await namedAll(tenant, await actions.colleagues(rep)),
  };
}

async function toTold(
  { agent, now }: Tenant,
  { actions, countedAt }: Counted,
  rep: RecordId,
  asker: RecordId,
  of?: string,
): Promise<object> {
  const playbook = await agent.playbook(asker);
  if (!playbook) throw new OpportuneError('opportune/not-found', 'no playbook is in force');
  const words = createPatternWords(playbook, { now: now() });
  return {
    countedAt: toIso(countedAt),
    actions,
    report: actionsReport({
      found: actions,
      words,
      tries: triesSections(await agent.tries(rep), playbook, of),
      ...(of !== undefined && { of }),
    }),
  };
}

async function named(
  { nameOf }: Tenant,
  rep: RecordId,
): Promise<{ readonly rep: RecordId; readonly name: string }> {
  return { rep, name: (await nameOf(rep)) ?? rep.slice(rep.lastIndexOf(':') + 1) };
}

const namedAll = (
  tenant: Tenant,
  reps: readonly RecordId[],
): Promise<readonly { readonly rep: RecordId; readonly name: string }[]> =>
  Promise.all(reps.map((rep) => named(tenant, rep)));

function asRep({ identity }: FastifyRequest): Identity & { readonly rep: RecordId } {
  if (identity?.rep === undefined) throw forbidden('this identity is no rep of the CRM');
  return { ...identity, rep: identity.rep };
}
