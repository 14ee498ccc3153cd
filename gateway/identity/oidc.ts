import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from 'opportune';
import { shortHash } from '../short-hash.js';
import {
  type Authenticated,
  CLOCK_TOLERANCE_S,
  type Identity,
  isRefused,
  type Refused,
  refuse,
} from './identity.js';
import { momentOf, refusalOf, wordsOf } from './read-jwt.js';
import { repId } from './rep-id.js';
import type { OidcSignIn } from './settings.js';

/** Never `none`, and none with a secret: a public key must not pass for one. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

export interface OidcProvider {
  readonly tenant: string;
  readonly signIn: OidcSignIn;
  readonly keys: JWTVerifyGetKey;
}

/** Who an identity provider's token speaks of. The providers are those of its issuer. */
export async function verifyOidc(
  token: string,
  providers: readonly OidcProvider[],
  clock: Clock,
): Promise<Authenticated | Refused> {
  const found: Authenticated[] = [];
  let refused = refuse('unknown-issuer', { how: 'oidc' });
  for (const provider of providers) {
    const result = await verifyBy(token, provider, clock);
    if (!isRefused(result)) found.push(result);
    // Of several companies' refusals the one that is about more than which company it is.
    else if (['unknown-issuer', 'wrong-claims'].includes(refused.log.reason)) refused = result;
  }
  const [only, second] = found;
  if (second) return refuse('wrong-claims', { how: 'oidc' });
  return only ?? refused;
}

async function verifyBy(
  token: string,
  { tenant, signIn, keys }: OidcProvider,
  clock: Clock,
): Promise<Authenticated | Refused> {
  const log = { how: 'oidc', tenant } as const;
  const { issuer, audience, requires } = signIn;
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(clock.now()),
    }));
  } catch (error) {
    return refusalOf(error, log);
  }
  for (const [claim, value] of Object.entries(requires))
    if (!Object.hasOwn(payload, claim) || payload[claim] !== value)
      return refuse('wrong-claims', log);
  const identity = toIdentity(payload, token, tenant, signIn);
  return identity ? { identity } : refuse('no-rep', log);
}

function toIdentity(
  payload: JWTPayload,
  token: string,
  tenant: string,
  { issuer, rep, roles, teams }: OidcSignIn,
): Identity | undefined {
  const named = rep && wordsOf(payload, rep.claim)[0];
  const record = rep && repId(rep.connection, named, rep.salesforce);
  // A claim that holds something else than a user's id is no reason to take the person for nobody.
  if (named !== undefined && record === undefined) return undefined;
  return {
    tenant,
    id: record ?? `${issuer}#${payload.sub}`,
    ...(record !== undefined && { rep: record }),
    roles: new Set(wordsOf(payload, roles.claim).flatMap((word) => roles.map.get(word) ?? [])),
    ...(teams && { teams: wordsOf(payload, teams.claim) }),
    how: 'oidc',
    issuedAt: momentOf(payload.iat) ?? 0,
    expiresAt: momentOf(payload.exp) ?? 0,
    tokenId: shortHash(token),
  };
}
