import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordId } from 'opportune';
import { Type } from 'typebox';
import type { Tenant } from '../serve/tenant.js';
import { answerAs } from './answers.js';
import type { App } from './app.js';
import { asRep } from './as-rep.js';
import { keepHeaders } from './keep-headers.js';
import { RecordId as RecordShape } from './shapes.js';
import { createEventWriter } from './write-events.js';

const MOST_RECORDS = 100;

export function eventRoutes(
  app: App,
  tenantOf: (request: FastifyRequest) => Tenant,
  now: () => number,
): void {
  const streams = new Set<ServerResponse>();
  // A panel whose stream ends well connects again, to the gateway that comes next.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
  app.get<{ Querystring: { readonly record: readonly RecordId[] } }>(
    '/v1/events',
    {
      config: { roles: ['rep'] },
      exposeHeadRoute: false,
      schema: {
        operationId: 'listen',
        summary: 'Server-sent events: which of these records to ask anew',
        description:
          '`changed` with `{"record"}`: ask `decide`. `reset`: what was missed is not known any more, ask everything anew. `purge` with `{"person"}`: forget what is kept of this person. Resume with Last-Event-ID. A stream ends when its token does.',
        querystring: Type.Object({
          record: Type.Array(RecordShape, {
            minItems: 1,
            maxItems: MOST_RECORDS,
            uniqueItems: true,
          }),
        }),
        response: { 200: answerAs('text/event-stream', 'Events, until the token ends') },
      },
    },
    async (request, reply) => {
      return stream(request, reply, request.query.record);
    },
  );
  app.get(
    '/v1/day/events',
    {
      config: { roles: ['rep'] },
      exposeHeadRoute: false,
      schema: {
        operationId: 'listenToDay',
        summary: 'Server-sent events: something changed on an account of this rep',
        description:
          'The events of `listen`, for the accounts on which the rep owns something as the stream begins: read the day anew.',
        response: { 200: answerAs('text/event-stream', 'Events, until the token ends') },
      },
    },
    async (request, reply) => {
      const accounts = await tenantOf(request).days.accountsOf(asRep(request).rep);
      return stream(request, reply, accounts);
    },
  );

  async function stream(
    request: FastifyRequest,
    reply: FastifyReply,
    records: readonly RecordId[],
  ): Promise<FastifyReply> {
    const tenant = tenantOf(request);
    const { rep, expiresAt } = asRep(request);
    const after = request.headers['last-event-id'];
    const listening = await tenant.hub.open({
      records,
      rep,
      ...(typeof after === 'string' && { after }),
    });
    reply.hijack();
    keepHeaders(reply);
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    streams.add(reply.raw);
    reply.raw.once('close', () => streams.delete(reply.raw));
    createEventWriter(reply.raw, listening, {
      endsInMs: expiresAt - now(),
      heartbeat: tenant.heartbeat,
    });
    return reply;
  }
}
