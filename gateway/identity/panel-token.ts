import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from 'opportune';
import { shortHash } from '../short-hash.js';
import {
  type Authenticated,
  CLOCK_TOLERANCE_S,
  type How,
  type Identity,
  type Refused,
  type Rights,
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

const AUDIENCE = { panel: 'panel', ticket: 'ticket' } as const;
/** It is used by the page that is just being opened. */
const TICKET_MS = 60_000;
/** Whose next signed call brings another token: of what is presented once, the token does not end with it. */
const FOR_ONE_CALL: readonly How[] = ['canvas', 'hubspot', 'host', 'ticket'];
/** A page inside a CRM never needs more. */
const ROLES_OF_PANELS: readonly Role[] = ['rep', 'marketer', 'manager'];

/**
 * A token for a panel in exchange for another credential: the same person, no role more, and no longer than the other
 * holds. A panel token itself buys none, so that whoever finds one has it for minutes.
 */
export async function makePanelToken(
  identity: Identity,
  wanted: readonly Role[] | undefined,
  options: PanelTokenOptions,
): Promise<PanelToken | Refused> {
  const { how, tenant, expiresAt } = identity;
  const exchangeable = ['oidc', 'development', ...FOR_ONE_CALL].includes(how);
  if (!exchangeable) return refuse('not-exchangeable', { how, tenant });
  const now = options.clock.now();
  if (expiresAt <= now) return refuse('expired', { how, tenant });
  const end = now + options.lifetime;
  const until = FOR_ONE_CALL.includes(how) ? end : Math.min(end, expiresAt);
  return sign(identity, wanted, { audience: AUDIENCE.panel, until }, options);
}

/**
 * What opens a panel in a page that can be handed nothing but its address: it buys one panel token, within a minute. Only
 * for who has just signed, so that no token makes a chain of others.
 */
export async function makeTicket(
  identity: Identity,
  options: PanelTokenOptions,
): Promise<PanelToken | Refused> {
  const { how, tenant } = identity;
  if (how !== 'canvas' && how !== 'hubspot') return refuse('not-exchangeable', { how, tenant });
  const until = options.clock.now() + TICKET_MS;
  return sign(identity, undefined, { audience: AUDIENCE.ticket, until }, options);
}

async function sign(
  identity: Identity,
  wanted: readonly Role[] | undefined,
  { audience, until }: { readonly audience: string; readonly until: number },
  { publicUrl, keys, clock, random }: PanelTokenOptions,
): Promise<PanelToken | Refused> {
  const log = { how: identity.how, tenant: identity.tenant };
  const roles = ROLES_OF_PANELS.filter(
    (role) => identity.roles.has(role) && (!wanted || wanted.includes(role)),
  );
  if (roles.length === 0) return refuse('not-exchangeable', log);
  const [key] = keys;
  if (!key) return refuse('keys-unavailable', log);
  const from = Math.floor(clock.now() / 1000);
  const end = Math.floor(until / 1000);
  const token = await new SignJWT({
    tenant: identity.tenant,
    ...(identity.rep !== undefined && { rep: identity.rep }),
    roles,
    ...(identity.teams && { teams: identity.teams }),
    ...(identity.rights && { rights: identity.rights }),
  })
    .setProtectedHeader({ alg: 'HS256', kid: key.id, typ: 'JWT' })
    .setIssuer(publicUrl)
    .setAudience(audience)
    .setSubject(identity.id)
    .setJti(Buffer.from(random(16)).toString('base64url'))
    .setIssuedAt(from)
    .setNotBefore(from)
    .setExpirationTime(end)
    .sign(key.secret);
  return { token, expiresAt: end * 1000 };
}

export async function verifyPanelToken(
  token: string,
  { publicUrl, keys, clock }: PanelTokenOptions,
  tenants: ReadonlySet<string>,
  how: 'panel' | 'ticket' = 'panel',
): Promise<Authenticated | Refused> {
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
        audience: AUDIENCE[how],
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
        // Signed by us.
        ...(payload.rights !== undefined && { rights: payload.rights as Rights }),
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
