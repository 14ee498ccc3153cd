import type { FastifyInstance } from 'fastify';
import type { Identity, Role } from '../identity/identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before any route of an identity runs. */
    identity: Identity | undefined;
    /** The body as it came, for signatures. */
    rawBody: Uint8Array | undefined;
  }
  interface FastifyContextConfig {
    /** Who may; absent: everybody, without an identity. */
    roles?: readonly Role[];
  }
}

export type App = FastifyInstance;
