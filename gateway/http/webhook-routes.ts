import type { FastifyRequest } from 'fastify';
import { OpportuneError } from 'opportune';
import type { Tenant } from '../serve/tenant.js';
import { NothingTold } from './answers.js';
import type { App } from './app.js';
import { type SentBatch, takeFacts } from './fact-routes.js';
import { HubspotEvents, Taken, WebhookBody } from './shapes.js';

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
  app.post<{ Body: readonly unknown[] }>(
    '/v1/webhooks/hubspot',
    {
      schema: {
        operationId: 'takeHubspotEvents',
        summary: 'Takes HubSpot’s own events: they say what to read, and never what holds',
        description:
          'Signed by HubSpot’s v3 scheme. 204 only when they are durable; what they name is read soon after.',
        body: HubspotEvents,
        response: { 204: NothingTold },
        security: [],
      },
      preValidation: identify,
    },
    async (request, reply) => {
      const { identity, body } = request;
      const connection = identity?.id.replace(/^hubspot:/, '') ?? '';
      if (!(await tenantOf(request).crm.tell(connection, body)))
        throw new OpportuneError(
          'opportune/not-found',
          `"${connection}" is not read by the gateway`,
          {
            remedy: 'Add "sync:" to the connection in gateway.yaml',
          },
        );
      return reply.code(204).send();
    },
  );
}
