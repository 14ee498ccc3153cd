import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from 'opportune';
import { shortHash } from '../short-hash.js';
import {
  type Authenticated,
  CLOCK_TOLERANCE_S,
  type How,
  type Identity,
  type Refused,
  ROLES,
  type Role,
  refuse,
} from './identity.js';
import { momentOf, refusalOf, wordsOf } from './read-jwt.js';
import type { PanelKey } from './settings.js';

export interface PanelToken {
  /** Shown to the panel alone. */
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface PanelTokenOptions {
  /** The issuer, and the address of the gateway. */
  readonly publicUrl: string;
  /** The first signs. */
  readonly keys: readonly PanelKey[];
  /** Milliseconds. */
  readonly lifetime: number;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}

const AUDIENCE = 'panel';
/** A page inside a CRM never needs more. */
const ROLES_OF_PANELS: readonly Role[] = ['rep', 'marketer', 'manager'];

/**
 * A token for a panel in exchange for another credential: the same person, no role more, and no longer than the other
 * holds. A panel token itself buys none, so that whoever finds one has it for minutes.
 */
export async function makePanelToken(
  identity: Identity,
  wanted: readonly Role[] | undefined,
  { publicUrl, keys, lifetime, clock, random }: PanelTokenOptions,
): Promise<PanelToken | Refused> {
  const log = { how: identity.how, tenant: identity.tenant };
  const now = clock.now();
  const roles = ROLES_OF_PANELS.filter(
    (role) => identity.roles.has(role) && (!wanted || wanted.includes(role)),
  );
  if (!['oidc', 'canvas', 'hubspot', 'development'].includes(identity.how) || roles.length === 0)
    return refuse('not-exchangeable', log);
  if (identity.expiresAt <= now) return refuse('expired', log);
  const [key] = keys;
  if (!key) return refuse('keys-unavailable', log);
  const from = Math.floor(now / 1000);
  // What Canvas and HubSpot sign holds for the one call; the session that it begins is as long as the token.
  const signed = identity.how === 'canvas' || identity.how === 'hubspot';
  const until = Math.floor(Math.min(now + lifetime, signed ? Infinity : identity.expiresAt) / 1000);
  const token = await new SignJWT({
    tenant: identity.tenant,
    ...(identity.rep !== undefined && { rep: identity.rep }),
    roles,
    ...(identity.teams && { teams: identity.teams }),
  })
    .setProtectedHeader({ alg: 'HS256', kid: key.id, typ: 'JWT' })
    .setIssuer(publicUrl)
    .setAudience(AUDIENCE)
    .setSubject(identity.id)
    .setJti(Buffer.from(random(16)).toString('base64url'))
    .setIssuedAt(from)
    .setNotBefore(from)
    .setExpirationTime(until)
    .sign(key.secret);
  return { token, expiresAt: until * 1000 };
}

export async function verifyPanelToken(
  token: string,
  { publicUrl, keys, clock }: PanelTokenOptions,
  tenants: ReadonlySet<string>,
): Promise<Authenticated | Refused> {
  const how: How = 'panel';
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.find(({ id }) => id === kid);
        if (!key) throw new UnknownKey();
        return key.secret;
      },
      {
        algorithms: ['HS256'],
        issuer: publicUrl,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'sub', 'jti', 'tenant'],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(clock.now()),
      },
    );
    const tenant = String(payload.tenant);
    // A company that was taken out of the settings meanwhile.
    if (!tenants.has(tenant)) return refuse('unknown-tenant', { how });
    return {
      identity: {
        tenant,
        id: String(payload.sub),
        ...(typeof payload.rep === 'string' && { rep: payload.rep }),
        roles: new Set(ROLES.filter((role) => wordsOf(payload, 'roles').includes(role))),
        ...(payload.teams !== undefined && { teams: wordsOf(payload, 'teams') }),
        how,
        issuedAt: momentOf(payload.iat) ?? 0,
        expiresAt: momentOf(payload.exp) ?? 0,
        tokenId: shortHash(String(payload.jti)),
      },
    };
  } catch (error) {
    return error instanceof UnknownKey ? refuse('unknown-key', { how }) : refusalOf(error, { how });
  }
}

class UnknownKey extends Error {}

/** For a gateway without keys in its settings: its tokens end with it. */
export function makePanelKey(random: (bytes: number) => Uint8Array): PanelKey {
  return { id: `start-${Buffer.from(random(6)).toString('hex')}`, secret: random(48) };
}
