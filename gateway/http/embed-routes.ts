import type { FastifyRequest } from 'fastify';
import { OpportuneError } from 'opportune';
import { Type } from 'typebox';
import { type CrmRecord, type Identity, isRefused, type Refused } from '../identity/identity.js';
import type { PanelToken } from '../identity/panel-token.js';
import type { App } from './app.js';
import { builtPage, scriptName, styleSource } from './built-page.js';
import { forbidden } from './problem.js';

export interface EmbedPorts {
  /** The script of the page, as it was built; `undefined` where it was not. */
  readonly embedScript: string | undefined;
  /** Origins of pages that may show the panel in a frame. */
  readonly pages: readonly string[];
  ticket(identity: Identity): Promise<PanelToken | Refused>;
}

const STYLE = `:root { background: transparent; }
body { margin: 0; }
.problem { margin: 0; font: 13px/1.5 system-ui, sans-serif; color: light-dark(#2e2e2e, #e5e5e5); }
.problem:not(:empty) { padding: 12px 16px; }`;

/**
 * The panel as a page for a frame inside a CRM. It holds no secret: whoever shows it hands the token over by a message,
 * or by a ticket behind the # of the address. No cookie is set or read.
 */
export function embedRoutes(
  app: App,
  { embedScript, pages, ticket }: EmbedPorts,
  recordOf: (request: FastifyRequest) => CrmRecord | undefined,
): void {
  const script = embedScript ?? '';
  const file = scriptName('panel', script);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    styleSource(STYLE),
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${pages.length > 0 ? pages.join(' ') : "'none'"}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="opportune-pages" content="${pages.join(' ')}">
<title>Next best action</title><style>${STYLE}</style><script type="module" src="/embed/${file}"></script></head><body></body></html>`;

  builtPage(app, {
    path: '/embed/panel',
    operationId: 'readEmbed',
    summary: 'The panel, for a frame in a page of the CRM',
    policy,
    html: embedScript === undefined ? undefined : page,
    what: 'the page of the panel',
    files: [{ path: `/embed/${file}`, bytes: Buffer.from(script) }],
  });
  app.post(
    '/embed/canvas',
    {
      config: { roles: ['rep'] },
      schema: {
        operationId: 'openCanvas',
        summary: 'Where a Canvas app begins: Salesforce posts its signed request here',
        description: 'Leads to the panel of the record that the app stands on.',
        security: [],
        response: { 303: Type.Null({ description: 'To the panel, with a ticket' }) },
      },
    },
    async (request, reply) => {
      const record = recordOf(request);
      if (!record)
        throw new OpportuneError('opportune/request', 'Salesforce names no record', {
          remedy: 'Place the Canvas app on a record page',
        });
      const made = await ticket(request.identity as Identity);
      if (isRefused(made)) throw forbidden('only a request that the CRM signed gets a ticket');
      const given = new URLSearchParams({ ...record, ticket: made.token });
      return reply.redirect(`/embed/panel#${given}`, 303);
    },
  );
}
