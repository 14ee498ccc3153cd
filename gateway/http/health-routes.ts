import { answerAs, LivesAnswer } from './answers.js';
import type { App } from './app.js';
import type { HttpOptions } from './create-http.js';
import { keepHeaders } from './keep-headers.js';

/** Whether the gateway lives, whether it can answer, and what it measures. */
export function healthRoutes(
  app: App,
  { metrics, ready }: Pick<HttpOptions, 'metrics' | 'ready'>,
): void {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'isAlive',
        response: { 200: LivesAnswer },
        summary: 'The process lives',
        security: [],
      },
    },
    async () => ({
      status: 'ok',
    }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'isReady',
        response: { 200: LivesAnswer },
        summary: 'The database answers; 503 when it does not',
        security: [],
      },
    },
    async () => {
      await ready();
      return { status: 'ok' };
    },
  );
  app.get(
    '/metrics',
    {
      config: { roles: ['admin', 'connector'] },
      exposeHeadRoute: false,
      schema: {
        operationId: 'readMetrics',
        response: { 200: answerAs('text/plain', 'In the format of Prometheus') },
        summary: 'What is measured, for Prometheus',
      },
    },
    async (request, reply) => {
      reply.hijack();
      keepHeaders(reply);
      metrics(request.raw, reply.raw);
      return reply;
    },
  );
}
