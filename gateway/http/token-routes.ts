import { salesforceId } from '@opportune/connector-salesforce';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AskedOfHost } from '../access/host-rights.js';
import { type Identity, isRefused, type Refused, ROLES } from '../identity/identity.js';
import type { PanelToken } from '../identity/panel-token.js';
import { repId } from '../identity/rep-id.js';
import type { Tenant } from '../serve/tenant.js';
import type { App } from './app.js';
import { forbidden, signedOut } from './problem.js';
import { AskedOfHost as AskedShape, Moment, RecordId, RepOfTokenBody } from './shapes.js';

export interface TokenPorts {
  exchange(identity: Identity): Promise<PanelToken | Refused>;
  ticket(identity: Identity): Promise<PanelToken | Refused>;
  /** Epoch milliseconds. */
  now(): number;
}

const TokenAnswer = Type.Object(
  {
    token: Type.String(),
    expiresAt: Moment,
    rep: Type.Optional(RecordId),
    perRecord: Type.Optional(Type.Boolean({ description: 'Another record needs another one' })),
  },
  { description: 'A token, until when it counts, and the rep whose it is' },
);

export function tokenRoutes(
  app: App,
  tenantOf: (request: FastifyRequest) => Tenant,
  { exchange, ticket, now }: TokenPorts,
): void {
  async function give(request: FastifyRequest, identity: Identity): Promise<object> {
    const made = await exchange(identity);
    if (isRefused(made)) throw signedOut();
    const { rep, id, how } = identity;
    await tenantOf(request).audit.note(identity, 'signed-in', rep ?? id, { how });
    return { ...toTold(made), ...(rep !== undefined && { rep }) };
  }

  app.post(
    '/v1/token',
    {
      config: { roles: ROLES },
      schema: {
        operationId: 'exchangeToken',
        summary: 'A short-lived token for a panel, in exchange for the identity of this request',
        response: { 200: TokenAnswer },
      },
    },
    (request) => give(request, request.identity as Identity),
  );
  app.post<{
    Body: { readonly user: string; readonly record?: string; readonly rights?: AskedOfHost };
  }>(
    '/v1/token/rep',
    {
      config: { roles: ['host'] },
      schema: {
        operationId: 'giveTokenToRep',
        summary: 'A short-lived token for the panel of the user before a CRM’s own screen',
        description:
          'For a server of the CRM, which knows who its user is and whose service token was made for one connection. Where the CRM itself says what its user may read, a call with a `record` is answered with `asks`; the same call with `rights`, those of them that the user may read, gets the token. Leave the record out where the user may not read it.',
        body: RepOfTokenBody,
        response: {
          200: Type.Union([
            TokenAnswer,
            Type.Object({ asks: AskedShape }, { description: 'What is to be told first' }),
          ]),
        },
      },
    },
    async (request) => {
      const { speaksFor, ...host } = request.identity as Identity;
      const { user, record, rights } = request.body;
      const rep =
        speaksFor === undefined ? undefined : repId(speaksFor, salesforceId(user) ?? user, false);
      if (rep === undefined) throw forbidden('this token speaks for no user of that name');
      const { hostRights } = tenantOf(request);
      const connection = speaksFor as string;
      const perRecord = hostRights.isAsked(connection);
      if (perRecord && record !== undefined && !rights)
        return { asks: await hostRights.asks(connection, rep, record) };
      // Made now, so that whoever was signed out is signed in by the CRM alone.
      const made = { id: rep, rep, roles: new Set(['rep'] as const), how: 'host' as const };
      const told = perRecord && rights && { rights: hostRights.toRights(connection, rights) };
      const given = await give(request, { ...host, ...made, ...told, issuedAt: now() });
      return { ...given, ...(perRecord && { perRecord }) };
    },
  );
  app.post(
    '/v1/ticket',
    {
      config: { roles: ['rep'] },
      schema: {
        operationId: 'makeTicket',
        summary: 'What opens a panel in a page that can be handed nothing but its address',
        description:
          'Only for a request that the CRM signed. It goes behind the # of the address, and buys one token within a minute.',
        response: {
          200: Type.Object(
            { ticket: Type.String(), expiresAt: Moment },
            { description: 'A ticket, and until when it counts' },
          ),
        },
      },
    },
    async (request) => {
      const made = await ticket(request.identity as Identity);
      if (isRefused(made)) throw forbidden('only a request that the CRM signed gets a ticket');
      const { token, expiresAt } = toTold(made);
      return { ticket: token, expiresAt };
    },
  );
}

function toTold({ token, expiresAt }: PanelToken): { token: string; expiresAt: string } {
  return { token, expiresAt: new Date(expiresAt).toISOString() };
}
