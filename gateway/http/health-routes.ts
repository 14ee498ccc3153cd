import type { App } from './app.js';
import type { HttpOptions } from './create-http.js';

/** Whether the gateway lives, whether it can answer, and what it measures. */
export function healthRoutes(
  app: App,
  { metrics, ready }: Pick<HttpOptions, 'metrics' | 'ready'>,
): void {
  app.get('/healthz', { schema: { summary: 'The process lives', security: [] } }, async () => ({
    status: 'ok',
  }));
  app.get(
    '/readyz',
    { schema: { summary: 'The database answers; 503 when it does not', security: [] } },
    async () => {
      await ready();
      return { status: 'ok' };
    },
  );
  app.get(
    '/metrics',
    {
      config: { roles: ['admin', 'connector'] },
      schema: { summary: 'What is measured, for Prometheus', produces: ['text/plain'] },
    },
    async (request, reply) => {
      reply.hijack();
      metrics(request.raw, reply.raw);
      return reply;
    },
  );
}
