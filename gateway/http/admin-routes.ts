import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Tenant } from '../serve/tenant.js';
import { AuditAnswer } from './answers.js';
import type { App } from './app.js';

const PAGE = 200;

export function adminRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get<{
    Querystring: { readonly before?: number; readonly actor?: string; readonly target?: string };
  }>(
    '/v1/audit',
    {
      config: { roles: ['auditor'] },
      schema: {
        operationId: 'readAudit',
        response: { 200: AuditAnswer },
        summary:
          'Who saw, answered, changed and published what, newest first. Reading it is noted in it',
        querystring: Type.Object({
          before: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: Number.MAX_SAFE_INTEGER,
              description: 'the place of the last one of the page before',
            }),
          ),
          actor: Type.Optional(Type.String({ maxLength: 500 })),
          target: Type.Optional(Type.String({ maxLength: 500 })),
        }),
      },
    },
    async (request) => {
      const { audit, readAudit } = tenantOf(request);
      const { before, actor, target } = request.query;
      await audit.note(request.identity, 'read-audit', target ?? actor ?? '');
      const entries = await readAudit({
        ...(before !== undefined && { before }),
        ...(actor !== undefined && { actor }),
        ...(target !== undefined && { target }),
        limit: PAGE,
      });
      return entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
    },
  );
}
