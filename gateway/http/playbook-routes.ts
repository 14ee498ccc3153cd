import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpportuneError } from 'opportune';
import type { Problem, SourceFile } from 'opportune/plan';
import { Type } from 'typebox';
import type { Identity } from '../identity/identity.js';
import type { Tenant } from '../serve/tenant.js';
import { DiffAnswer, PlaybookAnswer, PublishedAnswer, VersionsAnswer } from './answers.js';
import type { App } from './app.js';
import { PlaybookBody, VersionBody } from './shapes.js';

const AUTHORS = { roles: ['marketer', 'admin'] } as const;

export function playbookRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  app.get(
    '/v1/playbook',
    {
      config: { roles: ['rep', 'marketer', 'admin'] },
      schema: {
        operationId: 'readPlaybook',
        response: { 200: PlaybookAnswer },
        summary: 'The playbook in force, without what the caller may not see',
      },
    },
    async (request) => {
      const playbook = await tenantOf(request).playbookFor(request.identity as Identity);
      if (playbook) return playbook;
      throw new OpportuneError('opportune/not-found', 'no playbook is in force', {
        remedy: 'Publish one with PUT /v1/playbook',
      });
    },
  );
  app.put<{ Body: { readonly files: readonly SourceFile[] } }>(
    '/v1/playbook',
    {
      config: AUTHORS,
      bodyLimit: 32_000_000,
      schema: {
        operationId: 'publishPlaybook',
        response: { 202: PublishedAnswer },
        summary: 'Publishes a playbook. It is compiled now, and goes live in the background',
        description:
          'Problems are told by file, line and remedy with status 422; nothing is published then. See /v1/playbook/versions for how far it is.',
        body: PlaybookBody,
      },
    },
    async (request, reply) => {
      const { versions, audit } = tenantOf(request);
      const { id, roles } = request.identity as Identity;
      if (versions.needsSecond && !roles.has('admin'))
        throw new OpportuneError('opportune/needs-second', 'a second person looks at it first', {
          remedy: 'Propose it with PUT /v1/studio/proposal',
        });
      const { version, problems } = await versions.publish(request.body.files, id);
      if (version === undefined) return tellProblems(reply, problems);
      await audit.note(request.identity, 'published', version);
      return reply.code(202).send({ version, problems });
    },
  );
  app.post<{ Body: { readonly version: string } }>(
    '/v1/playbook/rollback',
    {
      config: AUTHORS,
      schema: {
        operationId: 'rollBackPlaybook',
        response: { 202: PublishedAnswer },
        summary: 'Puts an earlier version in force again, to the byte, in the background',
        body: VersionBody,
      },
    },
    async (request, reply) => {
      const { versions, audit } = tenantOf(request);
      const { version } = request.body;
      await versions.rollBackTo(version, (request.identity as Identity).id);
      await audit.note(request.identity, 'rolled-back', version);
      return reply.code(202).send({ version });
    },
  );
  app.get(
    '/v1/playbook/versions',
    {
      config: AUTHORS,
      schema: {
        operationId: 'listVersions',
        response: { 200: VersionsAnswer },
        summary: 'Versions, which is in force, and which is going live',
      },
    },
    (request) => tenantOf(request).playbooks.versions(),
  );
  app.get<{ Querystring: { readonly from: string; readonly to: string } }>(
    '/v1/playbook/diff',
    {
      config: AUTHORS,
      schema: {
        operationId: 'comparePlaybooks',
        response: { 200: DiffAnswer },
        summary: 'What one version has that another has not, by kind and id',
        querystring: Type.Object({
          from: Type.String({ maxLength: 300 }),
          to: Type.String({ maxLength: 300 }),
        }),
      },
    },
    (request) => tenantOf(request).playbooks.diff(request.query.from, request.query.to),
  );
}

/** Nothing was published: what to mend, by file and line. */
export const tellProblems = (reply: FastifyReply, problems: readonly Problem[]): FastifyReply =>
  reply.code(422).type('application/problem+json').send({
    status: 422,
    code: 'opportune/playbook',
    title: 'the playbook does not compile',
    problems,
  });
