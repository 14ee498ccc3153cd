import { OpportuneError } from '../../src/core/errors.js';
import type { Identity } from '../../src/domain/connector.js';
import type { HubspotSession } from './session.js';
import { HubspotRefusal, type Wire } from './wire.js';

/** The version in which a token can be asked after without its standing in the address. */
const INTROSPECTION = '2026-03';

/** Who the session speaks for. The token goes in a body: the old way, and the client's, writes it into the address. */
export async function readIdentity(
  wire: Wire,
  session: HubspotSession,
  connection: string,
  signal: AbortSignal | undefined,
): Promise<Identity> {
  const { accessToken } = await session.token();
  const { value } = await wire.ask(
    session.kind === 'private'
      ? {
          method: 'POST',
          path: '/oauth/v2/private-apps/get/access-token-info',
          body: { tokenKey: accessToken },
          repeatable: true,
          signal,
        }
      : {
          method: 'POST',
          path: `/oauth/${INTROSPECTION}/token/introspect`,
          body: new URLSearchParams({ token: accessToken }).toString(),
          repeatable: true,
          signal,
        },
  );
  const told = Object(value) as { readonly [name: string]: unknown };
  const user = told.user_id ?? told.userId;
  const company = told.hub_id ?? told.hubId;
  if (typeof user !== 'number' || typeof company !== 'number')
    throw new OpportuneError('opportune/sign-in', 'HubSpot does not say whose token it is', {
      remedy: 'Sign in again',
    });
  const { headers } = await wire.ask({ path: '/account-info/v3/details', signal });
  const name = (await nameOf(wire, String(user), signal)) ?? told.user;
  return {
    user: `${connection}:rep:${user}`,
    name: typeof name === 'string' && name !== '' ? name : `user ${user}`,
    company: String(company),
    ...(Array.isArray(told.scopes) && { scopes: told.scopes.map(String) }),
    limits: [
      limitOf(headers, 'requests a day', 'daily', 'daily-remaining'),
      limitOf(headers, 'requests in ten seconds', 'max', 'remaining'),
    ].filter((limit) => limit !== undefined),
  };
}

async function nameOf(
  wire: Wire,
  user: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { value } = await wire.ask({
      path: `/crm/v3/owners/${user}`,
      query: [['idProperty', 'userId']],
      signal,
    });
    const { firstName, lastName } = Object(value) as { readonly [name: string]: unknown };
    return [firstName, lastName]
      .filter((part) => typeof part === 'string')
      .join(' ')
      .trim();
  } catch (error) {
    // Not every user is an owner, and not every app may read them.
    if (error instanceof HubspotRefusal) return undefined;
    throw error;
  }
}

function limitOf(
  headers: Headers,
  name: string,
  max: string,
  left: string,
): Identity['limits'][number] | undefined {
  const [most, rest] = [max, left].map((one) => headers.get(`x-hubspot-ratelimit-${one}`));
  if (most === null || most === undefined || rest === null || rest === undefined) return undefined;
  return { name, max: Number(most), left: Math.min(Number(most), Math.max(0, Number(rest))) };
}
