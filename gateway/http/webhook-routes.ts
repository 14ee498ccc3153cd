import type { FastifyRequest } from 'fastify';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { takeFacts } from './fact-routes.js';
import { FactBody, Taken } from './shapes.js';

/** Facts from systems that sign what they send and have no token: HubSpot's v3 signature over method, address, body and time. */
export function webhookRoutes(
  app: App,
  tenantOf: (request: FastifyRequest) => Tenant,
  identify: (request: FastifyRequest) => Promise<void>,
): void {
  app.post<{ Body: Parameters<typeof takeFacts>[0] }>(
    '/v1/webhooks/facts',
    {
      schema: {
        operationId: 'takeWebhook',
        summary: 'Takes facts in from a webhook that is signed by HubSpot’s v3 scheme',
        description:
          'Missing, wrong, old, future-dated and replayed signatures are refused. 202 only when durable.',
        body: FactBody,
        response: { 202: Taken },
        security: [],
      },
      preValidation: identify,
    },
    async (request, reply) =>
      reply.code(202).send(await takeFacts(request.body, tenantOf(request))),
  );
}
