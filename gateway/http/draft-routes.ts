import type { FastifyRequest } from 'fastify';
import type { RecordId, SubjectKey } from 'opportune';
import { Type } from 'typebox';
import { toIso } from '../../src/core/zone.js';
import type { Draft } from '../database/draft-log.js';
import type { Identity } from '../identity/identity.js';
import type { Tenant } from '../serve/tenant.js';
import { DismissalsAnswer, DraftAnswer, SampleAnswer } from './answers.js';
import type { App } from './app.js';
import { DraftBody } from './shapes.js';

const AUTHORS = { roles: ['marketer', 'admin'] } as const;
const BODY_BYTES = 32_000_000;

/** What an author has written and not published, and the accounts that it is tried on. */
export function draftRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/studio/draft',
    {
      config: AUTHORS,
      schema: {
        operationId: 'readDraft',
        summary: 'What whoever asks has written and not published',
        response: { 200: DraftAnswer },
      },
    },
    async (request) => tenantOf(request).drafts.read(whoOf(request).id),
  );
  app.put<{ Body: Draft }>(
    '/v1/studio/draft',
    {
      config: AUTHORS,
      bodyLimit: BODY_BYTES,
      schema: {
        operationId: 'keepDraft',
        summary: 'Keeps what whoever asks has written, in place of the revision that is named',
        description:
          'Refused with 409 `opportune/conflict` where another tab or device wrote meanwhile.',
        body: DraftBody,
        response: { 200: Type.Object({ revision: Type.Integer() }, { description: 'It is kept' }) },
      },
    },
    async (request) => {
      const { drafts, now } = tenantOf(request);
      return { revision: await drafts.write(whoOf(request).id, request.body, now()) };
    },
  );
  app.get<{ Querystring: { readonly after?: SubjectKey } }>(
    '/v1/studio/sample',
    {
      config: AUTHORS,
      schema: {
        operationId: 'readSample',
        summary: 'Facts of accounts that whoever asks may see, to try a playbook on; page by page',
        description:
          'Of whom the CRM hides a record there are no facts that name it, and of hidden attributes no values. Who is no rep of the CRM sees none.',
        querystring: Type.Object({
          after: Type.Optional(
            Type.String({ maxLength: 500, description: '`next` of the page before' }),
          ),
        }),
        response: { 200: SampleAnswer },
      },
    },
    async (request) => {
      const { sample, audit } = tenantOf(request);
      const { after } = request.query;
      const { facts, ...page } = await sample.page(repOf(request), after);
      if (after === undefined) await audit.note(request.identity, 'looked', 'studio-sample');
      return {
        ...page,
        facts: facts.map((fact) => ({
          ...fact,
          occurredAt: toIso(fact.occurredAt),
          learnedAt: toIso(fact.learnedAt),
        })),
      };
    },
  );
}

/** What reps told by turning cards down. */
export function dismissalRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/studio/dismissals',
    {
      config: AUTHORS,
      schema: {
        operationId: 'listDismissals',
        summary:
          'Why cards were not relevant, in the last 30 days, each with its situation; not who it was',
        response: { 200: DismissalsAnswer },
      },
    },
    async (request) =>
      (await tenantOf(request).dismissals.list(repOf(request))).map((one) => ({
        ...one,
        occurredAt: toIso(one.occurredAt),
      })),
  );
}

const whoOf = ({ identity }: FastifyRequest): Identity => identity as Identity;
const repOf = (request: FastifyRequest): RecordId | undefined => whoOf(request).rep;
