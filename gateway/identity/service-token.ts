import { createHash } from 'node:crypto';
import type { Clock } from 'opportune';
import { type Authenticated, type Refused, ROLES, type Role, refuse } from './identity.js';
import { isSame } from './is-same.js';

/** What is kept of a token for a machine: enough to know it again, not to make it. */
export interface ServiceTokenRecord {
  readonly id: string;
  readonly tenant: string;
  /** Who uses it, for people: `nightly import`. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** The connection whose reps it may speak for, of the role host. */
  readonly connection?: string;
  /** SHA-256 of the secret, in hexadecimal: of 32 random bytes, which no dictionary holds. */
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface ServiceTokens {
  find(id: string): Promise<ServiceTokenRecord | undefined>;
}

/** Values of the gateway's own store, by the token's id. */
export const TOKENS = 'service-token/';
export const SERVICE_PREFIX = 'opp_';
const FORM = /^opp_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const DAY = 86_400_000;

/** A new token for a connector. It is shown once: only the record is kept. */
export function createServiceToken(
  given: {
    readonly tenant: string;
    readonly name: string;
    readonly roles: readonly Role[];
    readonly connection?: string | undefined;
    /** Days until it ends. */
    readonly days: number;
  },
  random: (bytes: number) => Uint8Array,
  clock: Clock,
): { readonly token: string; readonly record: ServiceTokenRecord } {
  const { tenant, name, roles, connection, days } = given;
  // It is written behind an option on a command line, where it must not begin with a dash.
  const id = Buffer.from(random(8)).toString('hex');
  const secret = Buffer.from(random(32)).toString('base64url');
  const createdAt = clock.now();
  const expiresAt = createdAt + days * DAY;
  const record = {
    id,
    tenant,
    name,
    roles,
    ...(connection !== undefined && { connection }),
    hash: hashOf(secret),
    createdAt,
    expiresAt,
  };
  return { token: `${SERVICE_PREFIX}${id}_${secret}`, record };
}

export async function verifyServiceToken(
  token: string,
  tokens: ServiceTokens,
  clock: Clock,
): Promise<Authenticated | Refused> {
  const [, id, secret] = FORM.exec(token) ?? [];
  if (id === undefined || secret === undefined) return refuse('malformed', { how: 'service' });
  const record = await tokens.find(id);
  // Compared also where there is none: the time taken must not tell which ids there are.
  const expected = record?.hash ?? '0'.repeat(64);
  const same = isSame(Buffer.from(hashOf(secret), 'hex'), Buffer.from(expected, 'hex'));
  if (!record || !same) return refuse('unknown-token', { how: 'service' });
  const { tenant, connection, createdAt, expiresAt } = record;
  if (expiresAt <= clock.now()) return refuse('expired', { how: 'service', tenant });
  return {
    identity: {
      tenant,
      id: `service:${id}`,
      // A machine asks in no rep's name.
      roles: new Set(ROLES.filter((role) => role !== 'rep' && record.roles.includes(role))),
      ...(connection !== undefined && { speaksFor: connection }),
      how: 'service',
      issuedAt: createdAt,
      expiresAt,
      tokenId: id,
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
