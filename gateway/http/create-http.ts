import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { ErrorObject } from 'ajv';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { OpportuneError } from 'opportune';
import {
  type Authenticated,
  type CrmRecord,
  type GatewayRequest,
  type Identity,
  isRefused,
  type Refused,
} from '../identity/identity.js';
import type { PanelToken } from '../identity/panel-token.js';
import type { Tenant } from '../serve/tenant.js';
import { actionRoutes } from './action-routes.js';
import { adminRoutes } from './admin-routes.js';
import { analysisRoutes } from './analysis-routes.js';
import type { App } from './app.js';
import { compileShape } from './compile-shape.js';
import { dayRoutes } from './day-routes.js';
import { docsRoutes } from './docs-routes.js';
import { documentOptions } from './document.js';
import { dismissalRoutes, draftRoutes } from './draft-routes.js';
import { embedRoutes } from './embed-routes.js';
import { eventRoutes } from './event-routes.js';
import { factRoutes } from './fact-routes.js';
import { healthRoutes } from './health-routes.js';
import { mailRoutes } from './mail-routes.js';
import { nameFault } from './name-fault.js';
import { numbersRoutes } from './numbers-routes.js';
import { type PageScripts, pageRoutes } from './page-routes.js';
import { peopleRoutes } from './people-routes.js';
import { playbookRoutes } from './playbook-routes.js';
import { forbidden, type Problem, signedOut, toProblem, UNEXPECTED } from './problem.js';
import { readJson } from './read-json.js';
import { refuseUnread } from './refuse-unread.js';
import { repRoutes } from './rep-routes.js';
import { securityHeaders } from './security-headers.js';
import { studioRoutes } from './studio-routes.js';
import { tokenRoutes } from './token-routes.js';
import { webhookRoutes } from './webhook-routes.js';

export interface HttpLimits {
  /** Bytes of a body. */
  readonly bodyBytes: number;
  /** Milliseconds until an answer is given up. */
  readonly answerMs: number;
  /** Milliseconds within which a request has to come in. */
  readonly requestMs: number;
  /** Requests a minute, of one identity. */
  readonly perMinute: number;
}

export interface HttpOptions extends PageScripts {
  authenticate(request: GatewayRequest): Promise<Authenticated | Refused>;
  authenticateWebhook(request: GatewayRequest): Promise<Authenticated | Refused>;
  /** We failed to answer a request that counts once: it may come again. */
  forget(replayKey: string): Promise<void>;
  /** A short-lived token for a panel, in exchange for what was presented. */
  exchange(identity: Identity): Promise<PanelToken | Refused>;
  /** What buys one such token, within a minute. */
  ticket(identity: Identity): Promise<PanelToken | Refused>;
  /** Epoch milliseconds, by the clock that tokens end by. */
  now(): number;
  tenant(id: string): Tenant | undefined;
  /** The address by which callers reach the gateway: `https://opportune.example.com`. */
  readonly publicUrl: string;
  /** Origins of pages that may call and show the gateway, beside its own: `https://acme.lightning.force.com`. */
  readonly pages: readonly string[];
  readonly limits: HttpLimits;
  /** The script of the page that shows the panel in a frame; `undefined` where it was not built. */
  readonly embedScript: string | undefined;
  /** One line for each request; no ids of records, no query, no body. */
  log(entry: RequestLog): void;
  /** The page behind the link in a mail that stops it. */
  stopMail(
    method: 'GET' | 'POST',
    token: string,
  ): Promise<{
    readonly status: number;
    readonly headers: { readonly [name: string]: string };
    readonly body: string;
  }>;
  /** Writes what Prometheus reads. */
  metrics(request: IncomingMessage, response: ServerResponse): void;
  /** Rejects while the database cannot be asked. */
  ready(): Promise<void>;
}

export interface RequestLog {
  readonly request: string;
  readonly method: string;
  /** As it is written in the OpenAPI document: `/v1/tips/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly tenant?: string;
  /** What went wrong, where nobody expected it: kind and places in the code. Its words may be about a person. */
  readonly error?: { readonly name: string; readonly at: readonly string[] };
  readonly code?: string;
  /** Why a caller is not known; never told to the caller. */
  readonly refused?: Refused['log'];
}

export const DEFAULT_LIMITS: HttpLimits = {
  bodyBytes: 4_000_000,
  answerMs: 15_000,
  requestMs: 30_000,
  perMinute: 1_200,
};

const NO_BODY = new Uint8Array();
const FORM = 'application/x-www-form-urlencoded';

/** The gateway's HTTP interface; it answers `inject` without a socket as it answers over one. */
export async function createHttp(options: HttpOptions): Promise<App> {
  const { limits, publicUrl } = options;
  const headers = securityHeaders(options);
  const app = fastify({
    bodyLimit: limits.bodyBytes,
    handlerTimeout: limits.answerMs,
    requestTimeout: limits.requestMs,
    http: {
      // Told below, as everything else is.
      requireHostHeader: false,
      // Node swaps the two where the headers have longer than the request.
      headersTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.requestMs / 2,
      // Sockets whose other end is gone without a word are found out by the system.
      keepAlive: true,
    },
    keepAliveTimeout: 65_000,
    // What a signature covers is told by settings, not by headers that anybody can write.
    trustProxy: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 1_000, ignoreTrailingSlash: false },
    schemaErrorFormatter: (faults, part) => new Error(nameFault(faults as ErrorObject[], part)),
    // Nothing else runs for an address that cannot be decoded.
    frameworkErrors: (error, _, reply: FastifyReply) => {
      const told = toProblem(error) ?? UNEXPECTED;
      tell(reply.headers(headers), told);
    },
    clientErrorHandler: (error, socket) => refuseUnread(error, socket, headers),
    logger: false,
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as App;

  app.setValidatorCompiler(compileShape);
  // The shapes of answers describe them; what they do not name is not left out.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.decorateRequest('identity', undefined);
  app.decorateRequest('rawBody', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    try {
      done(null, readJson(request.rawBody));
    } catch (error) {
      done(error as Error);
    }
  });

  // What Salesforce posts to a Canvas app: its signature is the identity, and there is nothing else in it.
  app.addContentTypeParser(FORM, { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    done(null, undefined);
  });

  const replayKeys = new WeakMap<FastifyRequest, string>();
  const records = new WeakMap<FastifyRequest, CrmRecord>();
  const refusals = new WeakMap<FastifyRequest, Refused['log']>();
  const identify = async (
    request: FastifyRequest,
    authenticate = options.authenticate,
  ): Promise<void> => {
    const { method, raw, headers, rawBody } = request;
    const found = await authenticate({
      method,
      target: raw.url ?? '/',
      headers,
      body: rawBody ?? NO_BODY,
    });
    if (isRefused(found)) {
      refusals.set(request, found.log);
      throw found.status === 401 ? signedOut() : unavailable();
    }
    const { identity, replayKey, record } = found;
    if (record) records.set(request, record);
    if (replayKey !== undefined) replayKeys.set(request, replayKey);
    if (!options.tenant(identity.tenant)) throw signedOut();
    request.identity = identity;
    const { roles = [] } = request.routeOptions.config;
    if (roles.length > 0 && !roles.some((role) => identity.roles.has(role)))
      throw forbidden(`this needs the role ${roles.join(' or ')}`);
  };

  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.headers(headers);
    refuseHosts(request.raw, reply);
    // No text of the database can hold one.
    if (/%00/.test(request.raw.url ?? ''))
      throw new OpportuneError('opportune/request', 'there is a NUL in the address', {
        remedy: 'Leave it out',
      });
    if (origin !== undefined && origin !== publicUrl) {
      if (!options.pages.includes(origin)) throw forbidden('this page may not call the gateway');
      reply.header('access-control-allow-origin', origin);
      reply.header('vary', 'origin');
    }
    if (request.method === 'OPTIONS') return;
    const { roles } = request.routeOptions.config;
    // A signature covers the body, which is read later; a token is looked at before that.
    if (roles && request.headers.authorization !== undefined) await identify(request);
  });
  app.addHook('preValidation', async (request) => {
    const { roles } = request.routeOptions.config;
    if (roles && !request.identity) await identify(request);
  });
  await app.register(rateLimit, {
    max: limits.perMinute,
    timeWindow: 60_000,
    // Before the shape of what came is looked at: broken requests count.
    hook: 'preValidation',
    keyGenerator: ({ identity, ip }) =>
      identity ? `${identity.tenant}\n${identity.id}` : `from ${ip}`,
    errorResponseBuilder: () =>
      new OpportuneError('opportune/too-many-requests', 'that is too much in one minute', {
        remedy: 'Wait as Retry-After says',
      }),
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (!problem) failed.set(request, error as Error);
    const told = problem ?? UNEXPECTED;
    codes.set(request, told.code);
    if ((told.status === 503 || told.status === 507) && !reply.hasHeader('retry-after'))
      reply.header('retry-after', '2');
    if (told.status === 401) reply.header('www-authenticate', 'Bearer');
    return tell(reply.header('x-request-id', request.id), told);
  });
  app.setNotFoundHandler(() => {
    throw new OpportuneError('opportune/not-found', 'there is no such route', {
      remedy: 'See /openapi.json',
    });
  });

  const failed = new WeakMap<FastifyRequest, Error>();
  const codes = new WeakMap<FastifyRequest, string>();
  app.addHook('onResponse', async (request, reply) => {
    const error = failed.get(request);
    const code = codes.get(request);
    const refused = refusals.get(request);
    const replayKey = replayKeys.get(request);
    // Where this fails as well, the signature ends by itself within minutes.
    if (replayKey !== undefined && reply.statusCode >= 500)
      options.forget(replayKey).catch(() => undefined);
    options.log({
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? '',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(request.identity && { tenant: request.identity.tenant }),
      ...(error && { error: { name: error.name, at: placesOf(error) } }),
      ...(code !== undefined && { code }),
      ...(refused && { refused }),
    });
  });

  await app.register(swagger, documentOptions(publicUrl));
  const tenantOf = ({ identity }: FastifyRequest): Tenant => {
    const tenant = identity && options.tenant(identity.tenant);
    if (!tenant) throw signedOut();
    return tenant;
  };
  await app.register(async (routes) => {
    routes.options('/*', { schema: { hide: true } }, async (request, reply) => {
      if (request.headers.origin === undefined)
        throw new OpportuneError('opportune/not-found', 'there is no such route');
      reply.header('access-control-allow-methods', 'GET, POST, PUT');
      reply.header('access-control-allow-headers', 'authorization, content-type, last-event-id');
      reply.header('access-control-max-age', '600');
      return reply.code(204).send();
    });
    factRoutes(routes, tenantOf);
    repRoutes(routes, tenantOf);
    numbersRoutes(routes, tenantOf);
    actionRoutes(routes, tenantOf);
    analysisRoutes(routes, tenantOf);
    dayRoutes(routes, tenantOf);
    eventRoutes(routes, tenantOf, options.now);
    playbookRoutes(routes, tenantOf);
    studioRoutes(routes, tenantOf);
    draftRoutes(routes, tenantOf);
    dismissalRoutes(routes, tenantOf);
    adminRoutes(routes, tenantOf);
    tokenRoutes(routes, tenantOf, options);
    embedRoutes(routes, options, (request) => records.get(request));
    pageRoutes(routes, options);
    webhookRoutes(routes, tenantOf, (request) => identify(request, options.authenticateWebhook));
    peopleRoutes(routes, tenantOf);
    mailRoutes(routes, options);
    healthRoutes(routes, options);
    docsRoutes(routes);
  });
  // An expectation that we do not know is none.
  app.server.on('checkExpectation', (...asked) => app.server.emit('request', ...asked));
  await app.ready();
  return app;
}

/** With two of them, a proxy in front may believe the other one. */
function refuseHosts({ rawHeaders, httpVersion }: IncomingMessage, reply: FastifyReply): void {
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length === 1 || (hosts.length === 0 && httpVersion !== '1.1')) return;
  // What else comes on this connection is not believed either.
  reply.header('connection', 'close');
  throw new OpportuneError('opportune/request', 'the request must name one host');
}

const tell = (reply: FastifyReply, told: Problem): FastifyReply =>
  reply.code(told.status).type('application/problem+json').send(JSON.stringify(told));

const unavailable = (): OpportuneError =>
  new OpportuneError('opportune/access-unavailable', 'callers cannot be told apart at the moment', {
    remedy: 'Ask again',
  });

const placesOf = ({ stack = '' }: Error): readonly string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
