import type { FastifyReply } from 'fastify';

/** Sets what was set for the answer on one that is written by hand. */
export function keepHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
}
