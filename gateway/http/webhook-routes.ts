import type { FastifyRequest } from 'fastify';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { type SentBatch, takeFacts } from './fact-routes.js';
import { Taken, WebhookBody } from './shapes.js';

/** Facts from a HubSpot app, which signs what it sends and has no token: v3, over method, address, body and time. */
export function webhookRoutes(
  app: App,
  tenantOf: (request: FastifyRequest) => Tenant,
  identify: (request: FastifyRequest) => Promise<void>,
): void {
  app.post<{ Body: SentBatch }>(
    '/v1/webhooks/facts',
    {
      schema: {
        operationId: 'takeWebhook',
        summary: 'Takes facts in from a HubSpot app, signed by HubSpot’s v3 scheme',
        description:
          'Missing, wrong, old, future-dated and replayed signatures are refused. 202 only when durable.',
        body: WebhookBody,
        response: { 202: Taken },
        security: [],
      },
      preValidation: identify,
    },
    async (request, reply) =>
      reply.code(202).send(await takeFacts(request.body, tenantOf(request))),
  );
}
