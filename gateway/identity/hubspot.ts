import { createHmac } from 'node:crypto';
import type { Clock } from 'opportune';
import { shortHash } from '../short-hash.js';
import {
  type Authenticated,
  CLOCK_TOLERANCE_S,
  type GatewayRequest,
  type Identity,
  type Refused,
  refuse,
} from './identity.js';
import { isSame } from './is-same.js';
import { headerOf } from './read-headers.js';
import { repId } from './rep-id.js';
import type { HubspotSignIn } from './settings.js';

export const HUBSPOT_WINDOW_MS: number = 5 * 60_000;

export interface HubspotApp {
  readonly tenant: string;
  readonly signIn: HubspotSignIn;
}

/**
 * What HubSpot signs, before the time: method, address and body without anything between them. In the address these
 * escapes, and no others, are undone first.
 */
export function signedBytes(method: string, url: string, body: Uint8Array): Buffer {
  const address = url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, decodeURIComponent);
  return Buffer.concat([Buffer.from(method.toUpperCase() + address, 'utf8'), body]);
}

export interface SignedByHubspot {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly replayKey: string;
  /** The apps whose secret signed it; there are several where one app serves several companies. */
  readonly apps: readonly HubspotApp[];
}

/** A signature of the third version; the older ones know no time, so that a request could come again for ever. */
export function verifyHubspot(
  request: GatewayRequest,
  publicUrl: string,
  apps: readonly HubspotApp[],
  clock: Clock,
): SignedByHubspot | Refused {
  const log = { how: 'hubspot' } as const;
  const timestamp = headerOf(request, 'x-hubspot-request-timestamp') ?? '';
  const given = headerOf(request, 'x-hubspot-signature-v3') ?? '';
  if (!/^\d{13}$/.test(timestamp) || !/^[A-Za-z0-9+/]{43}=$/.test(given))
    return refuse('malformed', log);
  const at = Number(timestamp);
  const age = clock.now() - at;
  if (age > HUBSPOT_WINDOW_MS) return refuse('too-old', log);
  if (age < -CLOCK_TOLERANCE_S * 1000) return refuse('from-the-future', log);
  const { method, target, body } = request;
  const source = Buffer.concat([
    signedBytes(method, publicUrl + target, body),
    Buffer.from(timestamp),
  ]);
  const signature = Buffer.from(given, 'base64');
  const signers = apps.filter(({ signIn: { secret } }) =>
    isSame(signature, createHmac('sha256', secret).update(source).digest()),
  );
  if (signers.length === 0) return refuse('bad-signature', log);
  // Of the bytes and not of the header, which can be written in several ways.
  return { at, replayKey: `hubspot ${shortHash(signature)}`, apps: signers };
}

/** The rep who made a call by `hubspot.fetch`: HubSpot adds the user and the account to the query. */
export function readHubspotUser(
  { target }: GatewayRequest,
  { at, replayKey, apps }: SignedByHubspot,
): Authenticated | Refused {
  const query = new URLSearchParams(target.slice(target.indexOf('?') + 1));
  const portal = onlyOne(query, 'portalId');
  const user = onlyOne(query, 'userId');
  // Written twice, one of them was written by the caller.
  if (portal === undefined || user === undefined) return refuse('malformed', { how: 'hubspot' });
  const app = apps.find(({ signIn }) => String(signIn.portal) === portal);
  if (!app) return refuse('unknown-tenant', { how: 'hubspot' });
  const { tenant, signIn } = app;
  const rep = /^\d{1,20}$/.test(user) ? repId(signIn.connection, user, false) : undefined;
  if (rep === undefined) return refuse('no-rep', { how: 'hubspot', tenant });
  const roles = new Set(signIn.roles);
  return { identity: toIdentity({ tenant, id: rep, rep, roles, how: 'hubspot' }, at, replayKey) };
}

/** The account that a webhook is from: named in the body, or the same in each of HubSpot's own events. */
export function readHubspotWebhook(
  { target, body }: GatewayRequest,
  { at, replayKey, apps }: SignedByHubspot,
): Authenticated | Refused {
  const log = { how: 'hubspot-webhook' } as const;
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?')) : '');
  // A rep's own call, made to pass for HubSpot's, carries what HubSpot adds to it.
  if (query.has('userId') || query.has('portalId') || query.has('userEmail'))
    return refuse('wrong-claims', log);
  const portals = new Set(portalsOf(body));
  const [portal] = portals;
  if (portal === undefined || portals.size > 1) return refuse('malformed', log);
  const app = apps.find(({ signIn }) => signIn.portal === portal);
  if (!app) return refuse('unknown-tenant', log);
  const { tenant, signIn } = app;
  const id = `hubspot:${signIn.connection}`;
  const roles = new Set(['connector'] as const);
  return {
    identity: toIdentity({ tenant, id, roles, how: 'hubspot-webhook' }, at, replayKey),
  };
}

function toIdentity(
  given: Pick<Identity, 'tenant' | 'id' | 'rep' | 'roles' | 'how'>,
  at: number,
  replayKey: string,
): Identity {
  return {
    ...given,
    issuedAt: at,
    expiresAt: at + HUBSPOT_WINDOW_MS,
    tokenId: replayKey.slice(replayKey.indexOf(' ') + 1),
  };
}

function onlyOne(query: URLSearchParams, name: string): string | undefined {
  const all = query.getAll(name);
  return all.length === 1 ? all[0] : undefined;
}

function portalsOf(body: Uint8Array): readonly unknown[] {
  try {
    const events: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return (Array.isArray(events) ? events : [events]).map((event) => event?.portalId);
  } catch {
    return [];
  }
}
