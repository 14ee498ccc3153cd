import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpportuneError } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import { toIso } from '../../src/core/zone.js';
import type { StoredLog } from '../database/playbook-log.js';
import type { Identity } from '../identity/identity.js';
import type { Changed } from '../serve/playbook-versions.js';
import type { Tenant } from '../serve/tenant.js';
import { FilesAnswer, StudioAnswer } from './answers.js';
import type { App } from './app.js';
import { tellProblems } from './playbook-routes.js';
import { ProposalBody, StudioBody, VersionParams } from './shapes.js';

const AUTHORS = { roles: ['marketer', 'admin'] } as const;
/** A folder of 5 MB, with room for how JSON writes it. */
const BODY_BYTES = 32_000_000;

interface Written {
  readonly files: readonly SourceFile[];
  readonly base: number;
}
interface OfVersion {
  readonly number: number;
}

/** What the studio asks: versions, what waits for a second person, and who looked at it. */
export function studioRoutes(app: App, tenantOf: (request: FastifyRequest) => Tenant): void {
  const told = (request: FastifyRequest, log: StoredLog): object => {
    const { versions, now } = tenantOf(request);
    const { published, proposal } = log;
    return {
      tenant: tenantOf(request).id,
      author: authorOf(request),
      now: toIso(Math.floor(now())),
      needsSecond: versions.needsSecond,
      published: published.map(({ files: _, at, ...note }) => ({ ...note, at: toIso(at) })),
      ...(proposal && {
        proposal: { by: proposal.by, at: toIso(proposal.at), base: proposal.base },
      }),
    };
  };
  const tell = (
    request: FastifyRequest,
    reply: FastifyReply,
    { log, problems }: Changed,
  ): FastifyReply =>
    log ? reply.code(202).send(told(request, log)) : tellProblems(reply, problems);

  app.get(
    '/v1/studio',
    {
      config: AUTHORS,
      schema: {
        operationId: 'readStudio',
        summary: 'Everything that was ever in force, who put it there, and what waits to be',
        response: { 200: StudioAnswer },
      },
    },
    async (request) => told(request, await tenantOf(request).versions.log()),
  );
  app.get<{ Params: OfVersion }>(
    '/v1/studio/versions/:number',
    {
      config: AUTHORS,
      schema: {
        operationId: 'readVersion',
        summary: 'The files of a version',
        params: VersionParams,
        response: { 200: FilesAnswer },
      },
    },
    async (request) => {
      const { versions } = tenantOf(request);
      const { number } = request.params;
      const found = (await versions.log()).published.find((one) => one.number === number);
      if (found) return { files: await versions.filesOf(found.files) };
      throw new OpportuneError('opportune/no-version', `there is no version ${number}`, {
        remedy: 'See /v1/studio',
      });
    },
  );
  app.post<{ Body: Written }>(
    '/v1/studio/versions',
    {
      config: AUTHORS,
      bodyLimit: BODY_BYTES,
      schema: {
        operationId: 'publishVersion',
        summary:
          'Publishes over the version that was changed, and no other. It goes live in the background',
        description:
          'Refused with 409 `opportune/live-moved` where another version is live meanwhile, with 403 `opportune/needs-second` where a second person looks at it first, and with 422 where it does not compile.',
        body: StudioBody,
        response: { 202: StudioAnswer },
      },
    },
    async (request, reply) => {
      const { versions, audit } = tenantOf(request);
      if (versions.needsSecond)
        throw new OpportuneError('opportune/needs-second', 'a second person looks at it first', {
          remedy: 'Ask for a review',
        });
      const { files, base } = request.body;
      const changed = await versions.publish(files, authorOf(request), base);
      if (changed.version !== undefined)
        await audit.note(request.identity, 'published', changed.version);
      return tell(request, reply, changed);
    },
  );
  app.post<{ Params: OfVersion }>(
    '/v1/studio/versions/:number/roll-back',
    {
      config: AUTHORS,
      schema: {
        operationId: 'rollBackToVersion',
        summary: 'Puts an earlier version in force again, to the byte, as a new one',
        params: VersionParams,
        response: { 202: StudioAnswer },
      },
    },
    async (request, reply) => {
      const { versions, audit } = tenantOf(request);
      const log = await versions.rollBack(request.params.number, authorOf(request));
      const { version = '' } = log.published.at(-1)?.files ?? {};
      await audit.note(request.identity, 'rolled-back', version);
      return reply.code(202).send(told(request, log));
    },
  );
  proposalRoutes(app, tenantOf, { told, tell });
}

function proposalRoutes(
  app: App,
  tenantOf: (request: FastifyRequest) => Tenant,
  {
    told,
    tell,
  }: {
    readonly told: (request: FastifyRequest, log: StoredLog) => object;
    readonly tell: (request: FastifyRequest, reply: FastifyReply, changed: Changed) => FastifyReply;
  },
): void {
  app.get(
    '/v1/studio/proposal',
    {
      config: AUTHORS,
      schema: {
        operationId: 'readProposal',
        summary: 'The files of what waits for a second person',
        response: { 200: FilesAnswer },
      },
    },
    async (request) => {
      const { versions } = tenantOf(request);
      const { proposal } = await versions.log();
      if (proposal) return { files: await versions.filesOf(proposal.files) };
      throw new OpportuneError('opportune/not-found', 'nothing waits', {
        remedy: 'See /v1/studio',
      });
    },
  );
  app.put<{ Body: Written }>(
    '/v1/studio/proposal',
    {
      config: AUTHORS,
      bodyLimit: BODY_BYTES,
      schema: {
        operationId: 'propose',
        summary:
          'Lets a change wait for a second person, in place of an earlier one of the same author',
        description:
          'Refused with 409 `opportune/live-moved` where another version is live meanwhile, and `opportune/proposal-waits` where a change by somebody else waits.',
        body: StudioBody,
        response: { 202: StudioAnswer },
      },
    },
    async (request, reply) => {
      const { versions, audit } = tenantOf(request);
      const { files, base } = request.body;
      const changed = await versions.propose(files, authorOf(request), base);
      if (changed.version !== undefined)
        await audit.note(request.identity, 'proposed', changed.version);
      return tell(request, reply, changed);
    },
  );
  app.post<{ Body: { readonly at: string } }>(
    '/v1/studio/proposal/approve',
    {
      config: AUTHORS,
      schema: {
        operationId: 'approve',
        summary: 'Puts what waits in force; whoever wrote it may not',
        body: ProposalBody,
        response: { 202: StudioAnswer },
      },
    },
    async (request, reply) => {
      const { versions, audit } = tenantOf(request);
      const changed = await versions.approve(Date.parse(request.body.at), authorOf(request));
      const last = changed.log?.published.at(-1);
      if (last)
        await audit.note(request.identity, 'approved', last.files.version, { writtenBy: last.by });
      return tell(request, reply, changed);
    },
  );
  app.post<{ Body: { readonly at: string } }>(
    '/v1/studio/proposal/withdraw',
    {
      config: AUTHORS,
      schema: {
        operationId: 'withdraw',
        summary: 'Takes back what waits, or sends it back to whoever wrote it',
        body: ProposalBody,
        response: { 200: StudioAnswer },
      },
    },
    async (request) => {
      const { versions, audit } = tenantOf(request);
      const log = await versions.withdraw(Date.parse(request.body.at));
      await audit.note(request.identity, 'withdrew', 'proposal');
      return told(request, log);
    },
  );
}

const authorOf = ({ identity }: FastifyRequest): string => (identity as Identity).id;
