import type { FastifyRequest } from 'fastify';
import type {
  HistoryEntry,
  RecordId,
  ResponseRequest,
  ResponseResult,
  Tip,
  TipRequest,
} from 'opportune';
import { Type } from 'typebox';
import { ACTION_KINDS } from '../../src/domain/playbook.js';
import type { Tenant } from '../serve/tenant.js';
import {
  DecisionAnswer,
  HistoryAnswer,
  KindsAnswer,
  NothingTold,
  ResponseAnswer,
  TipsAnswer,
  VerdictAnswer,
} from './answers.js';
import type { App } from './app.js';
import { asRep } from './as-rep.js';
import {
  DecideBody,
  KindBody,
  RecordId as RecordShape,
  ResponseBody,
  SeenBody,
  SettleTipBody,
  TipBody,
  WhyBody,
} from './shapes.js';
import { tryRoutes } from './try-routes.js';

type Told<Of extends { readonly occurredAt: number }> = Omit<Of, 'asker' | 'occurredAt'> & {
  readonly occurredAt: string;
};

const REP = { roles: ['rep'] } as const;
const DAY_MS = 86_400_000;
/** Answers on one record, in one sitting. */
const MOST_TOLD = 20;
const iso = (at: number): string => new Date(at).toISOString();

/** What a panel asks and tells. Who asks is always who the token says, never a field. */
export function repRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.post<{
    Body: {
      readonly record: RecordId;
      readonly verdicts?: 'all';
      readonly answers?: readonly string[];
    };
  }>(
    '/v1/decide',
    {
      config: REP,
      schema: {
        operationId: 'decide',
        response: { 200: DecisionAnswer },
        summary: 'The next best actions on a record, now. Changes nothing.',
        description: 'A record that is hidden and one that does not exist give the same answer.',
        body: DecideBody,
      },
    },
    async (request) => {
      const tenant = tenantOf(request);
      const { rep } = asRep(request);
      const { record, verdicts, answers = [] } = request.body;
      const decision = await tenant.agent.decide(record, rep, verdicts && { verdicts });
      await tenant.audit.note(request.identity, 'looked', record);
      // Of a record that is not there for this rep nothing is told.
      if (decision.nothing?.because === 'no-access') return decision;
      const oldSince = await tenant.crm.oldSince(record);
      const written = await writtenOf(answers, record, tenant);
      return {
        ...decision,
        ...(oldSince !== undefined && { oldSince: iso(oldSince) }),
        ...(written.length > 0 && { written: Object.fromEntries(written) }),
      };
    },
  );
  app.post<{ Body: { readonly play: string; readonly record: RecordId } }>(
    '/v1/why',
    {
      config: REP,
      schema: {
        operationId: 'explain',
        response: { 200: VerdictAnswer },
        summary: 'The verdict of one play on a record, with what would change it',
        body: WhyBody,
      },
    },
    (request) => {
      const { play, record } = request.body;
      return tenantOf(request).agent.why(play, record, asRep(request).rep);
    },
  );
  app.post<{ Body: Told<ResponseRequest> }>(
    '/v1/responses',
    {
      config: REP,
      schema: {
        operationId: 'respond',
        response: { 200: ResponseAnswer },
        summary:
          'What a rep did with a card. Durable when it is answered; the same id again changes nothing.',
        body: ResponseBody,
      },
    },
    async (request) => {
      const tenant = tenantOf(request);
      const { rep } = asRep(request);
      const { body } = request;
      const result = await tenant.agent.respond({
        ...body,
        asker: rep,
        occurredAt: Math.min(Date.parse(body.occurredAt), tenant.now()),
      });
      // What a rep tries is the rep's own: who reads the trail learns that something was answered, and no more.
      const { kind } = body.response;
      const isOwn = kind === 'try' || kind === 'end-try';
      await tenant.audit.note(request.identity, 'answered', body.record, {
        ...(!isOwn && { play: body.play, kind }),
        status: result.status,
      });
      return toTold(result);
    },
  );
  app.post<{ Body: Omit<Parameters<Tenant['seen']>[0], 'asker'> }>(
    '/v1/seen',
    {
      config: REP,
      schema: {
        summary: 'A card stood before the rep’s eyes',
        body: SeenBody,
        response: { 204: NothingTold },
      },
    },
    async (request, reply) => {
      const { rep } = asRep(request);
      await tenantOf(request).seen({ ...request.body, asker: rep });
      return reply.code(204).send();
    },
  );
  app.get<{ Querystring: { readonly record: RecordId } }>(
    '/v1/history',
    {
      config: REP,
      schema: {
        operationId: 'readHistory',
        response: { 200: HistoryAnswer },
        summary: 'What opened, was answered and ended on a record, newest first',
        querystring: Type.Object({ record: RecordShape }),
      },
    },
    async (request) => {
      const { agent, crm } = tenantOf(request);
      const { rep } = asRep(request);
      const entries = await agent.history(request.query.record, rep);
      return Promise.all(
        entries.map(async (entry: HistoryEntry) => {
          const { at, record, responseId: response, asker } = entry;
          const written =
            response !== undefined && asker === rep
              ? await crm.written({ record, response, at })
              : undefined;
          return { ...entry, at: iso(at), ...(written && { written }) };
        }),
      );
    },
  );
  app.get(
    '/v1/kinds',
    {
      config: REP,
      schema: {
        operationId: 'listKindsOff',
        response: { 200: KindsAnswer },
        summary: 'Kinds of action that this rep has switched off',
      },
    },
    (request) => tenantOf(request).agent.kindsOff(asRep(request).rep),
  );
  app.put<{ Params: { readonly kind: string }; Body: { readonly on: boolean } }>(
    '/v1/kinds/:kind',
    {
      config: REP,
      schema: {
        operationId: 'switchKind',
        summary: 'Switches a kind of action on or off for this rep',
        params: Type.Object({ kind: Type.Union(ACTION_KINDS.map((kind) => Type.Literal(kind))) }),
        body: KindBody,
        response: { 204: NothingTold },
      },
    },
    async (request, reply) => {
      const tenant = tenantOf(request);
      await tenant.agent.setKind(asRep(request).rep, request.params.kind, request.body.on);
      await tenant.audit.note(request.identity, 'changed', request.params.kind, {
        on: request.body.on,
      });
      return reply.code(204).send();
    },
  );
  tipRoutes(app, tenantOf);
  tryRoutes(app, tenantOf);
}

function tipRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.post<{ Body: Told<TipRequest> }>(
    '/v1/tips',
    {
      config: REP,
      schema: {
        operationId: 'sendTip',
        summary: 'Sends what a rep knows to the marketers',
        body: TipBody,
        response: { 204: NothingTold },
      },
    },
    async (request, reply) => {
      const tenant = tenantOf(request);
      const { body } = request;
      await tenant.agent.sendTip({
        ...body,
        asker: asRep(request).rep,
        occurredAt: Math.min(Date.parse(body.occurredAt), tenant.now()),
      });
      return reply.code(204).send();
    },
  );
  app.get(
    '/v1/tips',
    {
      config: REP,
      schema: {
        operationId: 'listTips',
        response: { 200: TipsAnswer },
        summary: 'This rep’s tips, and what became of each',
      },
    },
    async (request) => (await tenantOf(request).agent.tips(asRep(request).rep)).map(toToldTip),
  );
  app.get(
    '/v1/tips/candidates',
    {
      config: { roles: ['marketer', 'admin'] },
      schema: {
        operationId: 'listCandidates',
        response: { 200: TipsAnswer },
        summary: 'Tips that wait for a marketer',
      },
    },
    async (request) => (await tenantOf(request).agent.candidates()).map(toToldTip),
  );
  app.post<{
    Params: { readonly id: string };
    Body: Omit<Parameters<Tenant['agent']['settleTip']>[1], 'by'>;
  }>(
    '/v1/tips/:id',
    {
      config: { roles: ['marketer', 'admin'] },
      schema: {
        operationId: 'settleTip',
        summary: 'What a marketer did with a tip; its author is told',
        params: Type.Object({ id: Type.String({ maxLength: 1000 }) }),
        body: SettleTipBody,
        response: { 204: NothingTold },
      },
    },
    async (request, reply) => {
      const tenant = tenantOf(request);
      const { identity, params, body } = request;
      const by = identity?.rep ?? `gateway:rep:${identity?.id}`;
      await tenant.dismissals.settle(params.id, identity?.rep, { ...body, by });
      await tenant.audit.note(identity, 'changed', 'tip', { status: body.status });
      return reply.code(204).send();
    },
  );
}

/** A panel asks of what was answered while the record was in view: today, or yesterday in another zone. */
async function writtenOf(
  answers: readonly string[],
  record: RecordId,
  { crm, now }: Tenant,
): Promise<readonly (readonly [string, unknown])[]> {
  const told = answers.slice(-MOST_TOLD).map(async (response) => {
    for (const at of [now(), now() - DAY_MS]) {
      const written = await crm.written({ record, response, at });
      if (written) return [[response, written] as const];
    }
    return [];
  });
  return (await Promise.all(told)).flat();
}

function toTold(result: ResponseResult): unknown {
  if (result.status === 'no-slot') return { ...result, freesAt: iso(result.freesAt) };
  return result.status === 'closed' ? { ...result, at: iso(result.at) } : result;
}

function toToldTip(tip: Tip): unknown {
  return {
    ...tip,
    occurredAt: iso(tip.occurredAt),
    steps: tip.steps.map((step) => ({ ...step, at: iso(step.at) })),
  };
}
