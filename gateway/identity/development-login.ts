import { isIP } from 'node:net';
import { OpportuneError } from 'opportune';
import {
  type Authenticated,
  type GatewayRequest,
  type Refused,
  ROLES,
  type Role,
  refuse,
} from './identity.js';
import { headerOf } from './read-headers.js';

/** That the development login may be used. Only {@link allowDevelopmentLogin} makes one. */
export interface DevelopmentLogin {
  readonly [ALLOWED]: true;
}
const ALLOWED: unique symbol = Symbol('development login');

const HOUR = 3_600_000;

/**
 * Allows whoever reaches the gateway to be anybody. Refuses for every address but those that only this machine reaches:
 * an address of its own loopback, or a name that stands for nothing else. `resolve` gives all addresses of a name.
 */
export async function allowDevelopmentLogin(
  address: string,
  resolve: (name: string) => Promise<readonly string[]>,
): Promise<DevelopmentLogin> {
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  const all = isIP(bare) ? [bare] : bare === '' ? [] : await resolve(bare).catch(() => []);
  if (all.length > 0 && all.every(isLoopback)) return { [ALLOWED]: true };
  throw new OpportuneError(
    'opportune/not-loopback',
    `the development login lets anybody in as anybody, and "${address}" can be reached from other machines`,
    {
      where: 'development login',
      remedy: 'Listen on 127.0.0.1, or set up "signIn:" in gateway.yaml',
    },
  );
}

function isLoopback(address: string): boolean {
  const inIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  return address === '::1' || (isIP(inIpv4) === 4 && inIpv4.startsWith('127.'));
}

/**
 * `Authorization: Development TENANT REP ROLE,ROLE`, with `-` for no rep. The Host must be this machine as well: a page
 * of a stranger whose name was turned to 127.0.0.1 would otherwise be let in by the browser that shows it.
 */
export function verifyDevelopment(
  request: GatewayRequest,
  credential: string,
  tenants: ReadonlySet<string>,
  now: number,
): Authenticated | Refused {
  const how = 'development';
  const host = headerOf(request, 'host') ?? '';
  const name = host.replace(/:\d{1,5}$/, '').replace(/^\[(.*)\]$/, '$1');
  if (name !== 'localhost' && !isLoopback(name)) return refuse('not-loopback', { how });
  const [, tenant = '', rep = '', roles = ''] = /^(\S+) (\S.*\S|-) (\S+)$/.exec(credential) ?? [];
  if (!tenants.has(tenant)) return refuse('unknown-tenant', { how });
  const words = roles.split(',');
  if (!words.every((word) => ROLES.includes(word as Role))) return refuse('malformed', { how });
  if (rep !== '-' && !/^[a-z0-9-]+:rep:[^\p{C}]+$/u.test(rep)) return refuse('no-rep', { how });
  return {
    identity: {
      tenant,
      id: rep === '-' ? 'development' : rep,
      ...(rep !== '-' && { rep }),
      roles: new Set(words as Role[]),
      how,
      issuedAt: now,
      expiresAt: now + HOUR,
      tokenId: 'development',
    },
  };
}
