import type { FastifyRequest } from 'fastify';
import type { RecordId } from 'opportune';
import type { Identity } from '../identity/identity.js';
import { forbidden } from './problem.js';

/** @throws where who asks is no rep of a CRM. */
export function asRep({ identity }: FastifyRequest): Identity & { readonly rep: RecordId } {
  if (identity?.rep === undefined) throw forbidden('this identity is no rep of the CRM');
  return { ...identity, rep: identity.rep };
}
