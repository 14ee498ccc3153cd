import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { OpportuneError, type RecordId } from 'opportune';
import { Type } from 'typebox';
import type { Tenant } from '../serve/tenant.js';
import { answerAs, ErasuresAnswer, PersonAnswer } from './answers.js';
import type { App } from './app.js';
import { RecordId as RecordShape } from './shapes.js';

const ADMIN = { roles: ['admin'] } as const;
const ONE_CONTACT = Type.Object({ contact: RecordShape });

export function peopleRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.post<{ Params: { readonly contact: RecordId } }>(
    '/v1/people/:contact/erase',
    {
      config: ADMIN,
      schema: {
        operationId: 'erasePerson',
        summary: 'Erases one person, in the background. It cannot be undone',
        params: ONE_CONTACT,
        response: { 202: Type.Object({ request: Type.String() }, { description: 'Its number' }) },
      },
    },
    async (request, reply) => {
      const { people, audit } = tenantOf(request);
      const number = await people.erase(request.params.contact);
      // The trail outlives the person: it says who asked, and not whom it was about.
      await audit.note(request.identity, 'erased', number);
      return reply.code(202).send({ request: number });
    },
  );
  app.get(
    '/v1/people/erasures',
    {
      config: ADMIN,
      schema: {
        operationId: 'listErasures',
        response: { 200: ErasuresAnswer },
        summary: 'What was erased, what waits, and what is out of reach; newest first',
      },
    },
    (request) => tenantOf(request).people.reports(),
  );
  app.get(
    '/v1/people/suppressed',
    {
      config: ADMIN,
      schema: {
        operationId: 'suppressedPersons',
        response: { 200: answerAs('text/plain', 'A line for each: the tenant, and a hash') },
        summary:
          'Who was erased, as keyed hashes: keep it apart from backups, for opportune restore --erased',
      },
    },
    async (request, reply) => {
      const { id, people } = tenantOf(request);
      const lines = (await people.suppressed()).map((hash) => `${id} ${hash}\n`);
      return reply.type('text/plain; charset=utf-8').send(lines.join(''));
    },
  );
  app.get<{ Params: { readonly contact: RecordId } }>(
    '/v1/people/:contact/export',
    {
      config: ADMIN,
      schema: {
        operationId: 'exportPerson',
        response: { 200: PersonAnswer },
        summary: 'Everything that is held on one person',
        params: ONE_CONTACT,
      },
    },
    async (request, reply) => {
      const { people, audit } = tenantOf(request);
      const pieces = await people.export(request.params.contact);
      if (!pieces)
        throw new OpportuneError('opportune/not-found', 'nobody is known by this id', {
          remedy: 'Write it as connection:contact:id',
        });
      await audit.note(request.identity, 'exported', request.params.contact);
      return reply.type('application/json; charset=utf-8').send(Readable.from(pieces));
    },
  );
}
