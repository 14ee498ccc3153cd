import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Identity, isRefused, type Refused, ROLES } from '../identity/identity.js';
import type { PanelToken } from '../identity/panel-token.js';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { signedOut } from './problem.js';
import { Moment } from './shapes.js';

export function tokenRoutes(
  app: App,
  tenantOf: (request: FastifyRequest) => Tenant,
  exchange: (identity: Identity) => Promise<PanelToken | Refused>,
): void {
  app.post(
    '/v1/token',
    {
      config: { roles: ROLES },
      schema: {
        operationId: 'exchangeToken',
        summary: 'A short-lived token for a panel, in exchange for the identity of this request',
        response: {
          200: Type.Object(
            { token: Type.String(), expiresAt: Moment },
            { description: 'A token, and until when it counts' },
          ),
        },
      },
    },
    async (request) => {
      const identity = request.identity as Identity;
      const made = await exchange(identity);
      if (isRefused(made)) throw signedOut();
      await tenantOf(request).audit.note(identity, 'signed-in', identity.rep ?? identity.id, {
        how: identity.how,
      });
      return { token: made.token, expiresAt: new Date(made.expiresAt).toISOString() };
    },
  );
}
