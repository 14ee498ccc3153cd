import type { FastifyRequest } from 'fastify';
import { OpportuneError } from 'opportune';
import { type TSchema, Type } from 'typebox';
import { toIso } from '../../src/core/zone.js';
import { MEANINGS } from '../../src/insights/measures-in.js';
import type { Question } from '../../src/insights/question.js';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';

const READERS = { roles: ['manager', 'marketer', 'admin'] } as const;
const SHUT = { additionalProperties: false } as const;

const Attribute = Type.String({
  pattern: '^[a-z]+\\.[A-Za-z][A-Za-z0-9]{0,99}$',
  description: 'with its kind: account.segment',
  examples: ['opportunity.stage'],
});
const Attributes = Type.Array(Attribute, { maxItems: 50 });
const Value = Type.Union([Type.String({ maxLength: 300 }), Type.Number(), Type.Boolean()]);
const Values = Type.Array(Value, { minItems: 1, maxItems: 50 });
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'YYYY-MM-DD' });
const Time = Type.Number({ minimum: 0, maximum: 8.64e15, description: 'epoch milliseconds' });
const Outcome = Type.Object({ attribute: Attribute, won: Values, lost: Values }, SHUT);
const Cut = Type.Optional(
  Type.Object(
    {
      where: Type.Optional(
        Type.Array(Type.Object({ attribute: Attribute, value: Value }, SHUT), { maxItems: 10 }),
      ),
      from: Type.Optional(Day),
      before: Type.Optional(Day),
    },
    { ...SHUT, description: 'only a part; each further part is one more look' },
  ),
);
const Seed = Type.Optional(Name);
const purchases = {
  purchase: Type.Optional(Name),
  product: Type.Optional(Name),
  amount: Type.Optional(Name),
  until: Type.Optional(Time),
  cut: Cut,
};
const Peers = Type.Array(Attribute, { minItems: 1, maxItems: 10 });

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Positive = Type.Number({ exclusiveMinimum: 0, maximum: 1e15 });
const Guess = Type.Array(Positive, {
  minItems: 3,
  maxItems: 3,
  description: 'at least, likely, at most',
});
const Assumptions: TSchema = Type.Object(
  {
    company: Type.Object(
      {
        revenue: Positive,
        sellers: Positive,
        hoursAYear: Positive,
        carries: Type.Optional(Positive),
        grossMargin: Share,
        commission: Share,
        sga: Share,
        otherFixed: Share,
        interest: Share,
        softwareAYear: Type.Number({ minimum: 0, maximum: 1e15 }),
        tax: Share,
        shares: Positive,
      },
      SHUT,
    ),
    now: Type.Object(
      {
        sellingShare: Positive,
        hoursAnOpportunity: Positive,
        closeRate: Positive,
        cycleDays: Positive,
      },
      SHUT,
    ),
    guided: Type.Object(
      { sellingShare: Guess, hoursAnOpportunity: Guess, closeRate: Guess, cycleDays: Guess },
      SHUT,
    ),
    rampQuarters: Type.Integer({ minimum: 1, maximum: 40 }),
    quarters: Type.Integer({ minimum: 1, maximum: 40 }),
  },
  { ...SHUT, description: 'absent: those of the worked example' },
);

/** As `opportune analyze` asks, but for the forecast of one person, which is for that person alone. */
const QuestionBody: TSchema = Type.Union([
  Type.Object(
    {
      topic: Type.Literal('patterns'),
      outcome: Outcome,
      firstDays: Type.Integer({ minimum: 0, maximum: 3650 }),
      seller: Type.Optional(Attribute),
      leaveOut: Type.Optional(Attributes),
      adjustFor: Type.Optional(Attributes),
      stars: Type.Optional(Type.Boolean()),
      measure: Type.Optional(Type.Union([Type.Literal('cycle'), Attribute])),
      meaning: Type.Optional(Type.Union(MEANINGS.map((one) => Type.Literal(one)))),
      seed: Seed,
      cut: Cut,
    },
    SHUT,
  ),
  Type.Object({ topic: Type.Literal('whitespace'), peers: Peers, seed: Seed, ...purchases }, SHUT),
  Type.Object({ topic: Type.Literal('wallet'), peers: Peers, ...purchases }, SHUT),
  Type.Object(
    {
      topic: Type.Literal('retention'),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
      ...purchases,
    },
    SHUT,
  ),
  Type.Object(
    {
      topic: Type.Literal('renewal'),
      attribute: Attribute,
      left: Values,
      stayed: Values,
      leaveOut: Type.Optional(Attributes),
      seed: Seed,
      ...purchases,
    },
    SHUT,
  ),
  Type.Object(
    {
      topic: Type.Literal('forecast'),
      outcome: Outcome,
      said: Type.Optional(Attribute),
      claims: Type.Optional(
        Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 1 }), { maxProperties: 50 }),
      ),
      by: Type.Optional(Attribute),
      until: Type.Optional(Time),
      cut: Cut,
    },
    SHUT,
  ),
  Type.Object(
    {
      topic: Type.Literal('proof'),
      purchase: Type.Optional(Name),
      amount: Type.Optional(Name),
      since: Type.Optional(Time),
      until: Type.Optional(Time),
      matters: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })),
    },
    SHUT,
  ),
  Type.Object(
    {
      topic: Type.Literal('roi'),
      purchase: Type.Optional(Name),
      amount: Type.Optional(Name),
      assumptions: Type.Optional(Assumptions),
    },
    SHUT,
  ),
  Type.Object({ topic: Type.Literal('tradeoff') }, SHUT),
  Type.Object(
    {
      topic: Type.Literal('reasons'),
      outcome: Outcome,
      reason: Attribute,
      products: Type.Array(Attribute, { minItems: 1, maxItems: 10 }),
      cut: Cut,
    },
    SHUT,
  ),
  Type.Object({ topic: Type.Literal('learning') }, SHUT),
  Type.Object({ topic: Type.Literal('trial'), arm: Attribute }, SHUT),
  Type.Object(
    { topic: Type.Literal('ramp'), outcome: Outcome, until: Type.Optional(Time), cut: Cut },
    SHUT,
  ),
]);

const object = (description: string): TSchema =>
  Type.Object({}, { description, additionalProperties: true });
const JobAnswer: TSchema = Type.Object(
  {
    id: Type.String(),
    state: Type.String({ description: 'waiting, running, done, failed or stopped' }),
    share: Type.Number({ description: 'of the work that is done, 0 to 1' }),
    askedAt: Type.String({ description: 'ISO 8601' }),
    question: object('as it was asked'),
    answer: Type.Optional(
      object(
        'of a done one, for 30 days: `result` for programs, `report` to read, `found`, and of a search the `level` it had to pass',
      ),
    ),
    problem: Type.Optional(Type.String({ description: 'why it failed' })),
  },
  { description: 'A question, and how far it is' },
);
const MenuAnswer: TSchema = Type.Object(
  {
    presets: Type.Array(object('a question that the playbook suggests')),
    filters: Type.Array(object('an attribute by which a part may be looked at')),
    quarters: Type.Array(object('in which deals began')),
    family: Type.String({ description: 'the quarter whose looks share one bound: 2026-Q4' }),
    looks: Type.Array(object('a question that was answered')),
  },
  { description: 'What can be asked, and what was looked at' },
);
const Params = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'as the question was answered with' }),
});

/** What recorded facts add up to, for managers and marketers. */
export function analysisRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/analyses',
    {
      config: READERS,
      schema: {
        operationId: 'readQuestions',
        summary: 'What can be asked of the recorded facts, and what was looked at',
        response: { 200: MenuAnswer },
      },
    },
    async (request) => tenantOf(request).analyses.menu(),
  );
  app.post<{ Body: Question }>(
    '/v1/analyses',
    {
      config: READERS,
      schema: {
        operationId: 'askQuestion',
        summary: 'Asks a question of the recorded facts. It is answered in the background',
        description:
          'One is answered at a time, also over a restart. Searches of one quarter share one bound on false findings: each further one has to find something stronger. No figures are told of fewer than five sellers.',
        body: QuestionBody,
        response: { 202: Type.Object({ id: Type.String() }, { description: 'It is kept' }) },
      },
    },
    async (request, reply) => {
      const { analyses, audit } = tenantOf(request);
      const id = await analyses.ask(request.body);
      await audit.note(request.identity, 'looked', 'analysis', { topic: request.body.topic });
      return reply.code(202).send({ id });
    },
  );
  app.get<{ Params: { readonly id: string } }>(
    '/v1/analyses/:id',
    {
      config: READERS,
      schema: {
        operationId: 'readAnalysis',
        summary: 'How far a question is, and its answer',
        params: Params,
        response: { 200: JobAnswer },
      },
    },
    async (request) => {
      const found = await tenantOf(request).analyses.find(request.params.id);
      if (!found) throw unknown();
      const { id, state, share, question, askedAt, answer, problem } = found;
      return {
        ...{ id, state, share, question, askedAt: toIso(askedAt) },
        ...(answer && { answer }),
        ...(problem !== undefined && { problem }),
      };
    },
  );
  app.post<{ Params: { readonly id: string } }>(
    '/v1/analyses/:id/stop',
    {
      config: READERS,
      schema: {
        operationId: 'stopAnalysis',
        summary: 'Stops a question that is not answered yet. It is no look then',
        params: Params,
        response: { 204: Type.Null({ description: 'It stops within a second or two' }) },
      },
    },
    async (request, reply) => {
      const { analyses } = tenantOf(request);
      if (!(await analyses.find(request.params.id))) throw unknown();
      await analyses.stop(request.params.id);
      return reply.code(204).send();
    },
  );
}

const unknown = (): OpportuneError =>
  new OpportuneError('opportune/not-found', 'there is no such analysis', {
    remedy: 'Ask with POST /v1/analyses',
  });
