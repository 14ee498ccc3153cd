import type { FastifyRequest } from 'fastify';
import type { Fact } from 'opportune';
import type { Taken, Tenant } from '../serve/tenant.js';
import { ImportAnswer } from './answers.js';
import type { App } from './app.js';
import { FactBody, Taken as TakenShape } from './shapes.js';

interface Sent extends Omit<Fact, 'occurredAt' | 'learnedAt' | 'about' | 'data'> {
  readonly occurredAt: string;
  readonly about?: readonly string[];
  readonly data?: Fact['data'];
}

export interface SentBatch {
  readonly facts: readonly Sent[];
}

type SentFacts = Sent | SentBatch;

export function factRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.post<{ Body: SentFacts }>(
    '/v1/facts',
    {
      config: { roles: ['connector', 'admin'] },
      schema: {
        operationId: 'takeFacts',
        summary: 'Takes facts in. 202 only when they are durable; sent again they change nothing.',
        body: FactBody,
        response: { 202: TakenShape },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await takeFacts(request.body, tenantOf(request))),
  );
  app.get(
    '/v1/import-status',
    {
      config: { roles: ['connector', 'admin', 'marketer'] },
      schema: {
        operationId: 'readImportStatus',
        response: { 200: ImportAnswer },
        summary: 'How far facts that were taken in are folded, and what was set aside',
      },
    },
    async (request) => tenantOf(request).importStatus(),
  );
}

export function takeFacts(body: SentFacts, tenant: Tenant): Promise<Taken> {
  const now = tenant.now();
  const sent = 'facts' in body ? body.facts : [body];
  return tenant.take(
    sent.map(
      (fact): Fact => ({
        about: [],
        data: {},
        ...fact,
        // A device's clock may be wrong; nothing happens after it was told.
        occurredAt: Math.min(Date.parse(fact.occurredAt), now),
        learnedAt: now,
      }),
    ),
  );
}
