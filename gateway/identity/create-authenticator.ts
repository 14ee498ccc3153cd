import type { Clock } from 'opportune';
import type { Fetch } from '../fetch-json.js';
import { type CanvasApp, verifyCanvas } from './canvas.js';
import { type DevelopmentLogin, verifyDevelopment } from './development-login.js';
import {
  HUBSPOT_WINDOW_MS,
  type HubspotApp,
  readHubspotUser,
  readHubspotWebhook,
  verifyHubspot,
} from './hubspot.js';
import {
  type Authenticated,
  CLOCK_TOLERANCE_S,
  type GatewayRequest,
  type Identity,
  isRefused,
  type Refused,
  type Role,
  refuse,
} from './identity.js';
import { createKeySet } from './key-set.js';
import { type OidcProvider, verifyOidc } from './oidc.js';
import {
  makePanelKey,
  makePanelToken,
  makeTicket,
  type PanelToken,
  verifyPanelToken,
} from './panel-token.js';
import { headerOf } from './read-headers.js';
import { claimedIssuer, MOST_TOKEN_CHARS } from './read-jwt.js';
import type { ReplayMemory } from './replay-memory.js';
import { SERVICE_PREFIX, type ServiceTokens, verifyServiceToken } from './service-token.js';
import type { GatewaySettings, SignIn } from './settings.js';

export interface IdentityPorts {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly random: (bytes: number) => Uint8Array;
  readonly replays: ReplayMemory;
  readonly serviceTokens: ServiceTokens;
  /** Epoch milliseconds: what was issued to this identity before is refused. Undefined: nothing was revoked. */
  readonly notBefore: (tenant: string, id: string) => Promise<number | undefined>;
  /** Absent: there is no development login. */
  readonly development?: DevelopmentLogin;
}

export interface Authenticator {
  authenticate(request: GatewayRequest): Promise<Authenticated | Refused>;
  /** For the one route that HubSpot's webhooks come to; it knows no other way, and the others do not know this one. */
  authenticateWebhook(request: GatewayRequest): Promise<Authenticated | Refused>;
  /** A panel token, with these roles of the identity at most. */
  exchange(identity: Identity, roles?: readonly Role[]): Promise<PanelToken | Refused>;
  /** What opens a panel in a page that can be handed nothing but its address. */
  ticket(identity: Identity): Promise<PanelToken | Refused>;
  /** We failed to do what a signed request asked for: whoever signed it may send it again as it was. */
  forget(replayKey: string): Promise<void>;
}

/** What an app can have presented: the credential that is named by its header or body. */
type Presented =
  | { readonly how: 'bearer' | 'development' | 'canvas' | 'ticket'; readonly credential: string }
  | { readonly how: 'hubspot' };

export function createAuthenticator(
  settings: GatewaySettings,
  ports: IdentityPorts,
): Authenticator {
  const { clock, fetch, random, replays, serviceTokens, notBefore, development } = ports;
  const { publicUrl, panelTokens } = settings;
  const tenants = new Set(settings.tenants.map(({ id }) => id));
  const ways = <K extends SignIn['how']>(
    how: K,
  ): { tenant: string; signIn: SignIn & { how: K } }[] =>
    settings.tenants.flatMap(({ id, signIn }) =>
      signIn.flatMap((one) =>
        one.how === how ? [{ tenant: id, signIn: one as SignIn & { how: K } }] : [],
      ),
    );
  // Companies of one provider share its keys.
  const keySets = new Map(
    ways('oidc').map(({ signIn: { keys } }) => [keys, createKeySet(keys, { fetch, clock })]),
  );
  const providers: readonly OidcProvider[] = ways('oidc').flatMap((one) => {
    const keys = keySets.get(one.signIn.keys);
    return keys ? [{ ...one, keys }] : [];
  });
  const canvasApps: readonly CanvasApp[] = ways('canvas');
  const hubspotApps: readonly HubspotApp[] = ways('hubspot');
  const panel = {
    ...panelTokens,
    keys: panelTokens.keys.length > 0 ? panelTokens.keys : [makePanelKey(random)],
    publicUrl,
    clock,
    random,
  };

  async function verify(
    presented: Presented,
    request: GatewayRequest,
  ): Promise<Authenticated | Refused> {
    switch (presented.how) {
      case 'bearer':
        return verifyBearer(presented.credential);
      case 'development':
        return development
          ? verifyDevelopment(request, presented.credential, tenants, clock.now())
          : refuse('unknown-token', { how: 'development' });
      case 'ticket': {
        const result = await verifyPanelToken(presented.credential, panel, tenants, 'ticket');
        if (isRefused(result)) return result;
        const { tokenId, expiresAt } = result.identity;
        return once(result, `ticket ${tokenId}`, expiresAt);
      }
      case 'canvas': {
        const verified = verifyCanvas(presented.credential, canvasApps, clock);
        if (isRefused(verified)) return verified;
        const { replayKey, ...authenticated } = verified;
        return once(authenticated, replayKey, authenticated.identity.expiresAt);
      }
      case 'hubspot': {
        const signed = verifyHubspot(request, publicUrl, hubspotApps, clock);
        if (isRefused(signed)) return signed;
        const result = readHubspotUser(request, signed);
        return isRefused(result) ? result : once(result, signed.replayKey, endOf(signed.at));
      }
    }
  }

  async function verifyBearer(token: string): Promise<Authenticated | Refused> {
    if (token.length > MOST_TOKEN_CHARS) return refuse('too-long');
    if (token.startsWith(SERVICE_PREFIX)) return verifyServiceToken(token, serviceTokens, clock);
    const issuer = claimedIssuer(token);
    if (issuer === undefined) return refuse('malformed');
    if (issuer === publicUrl) return verifyPanelToken(token, panel, tenants);
    return verifyOidc(
      token,
      providers.filter(({ signIn }) => signIn.issuer === issuer),
      clock,
    );
  }

  /** Last of all, so that nothing is remembered of what would be refused. */
  async function once(
    authenticated: Authenticated,
    key: string,
    until: number,
  ): Promise<Authenticated | Refused> {
    const { how, tenant } = authenticated.identity;
    const claimed = await replays.claim(key, until + CLOCK_TOLERANCE_S * 1000);
    if (claimed === 'new') return { ...authenticated, replayKey: key };
    return refuse(claimed === 'full' ? 'memory-full' : 'replayed', { how, tenant });
  }

  async function unlessRevoked(result: Authenticated | Refused): Promise<Authenticated | Refused> {
    if (isRefused(result)) return result;
    const { tenant, id, issuedAt, how } = result.identity;
    const from = await notBefore(tenant, id);
    return from !== undefined && issuedAt < from ? refuse('revoked', { how, tenant }) : result;
  }

  return {
    async authenticate(request) {
      const presented = findPresented(request);
      return 'how' in presented ? unlessRevoked(await verify(presented, request)) : presented;
    },
    async authenticateWebhook(request) {
      const signed = verifyHubspot(request, publicUrl, hubspotApps, clock);
      if (isRefused(signed)) return signed;
      const result = readHubspotWebhook(request, signed);
      if (isRefused(result)) return result;
      return unlessRevoked(await once(result, signed.replayKey, endOf(signed.at)));
    },
    exchange: (identity, roles) => makePanelToken(identity, roles, panel),
    ticket: (identity) => makeTicket(identity, panel),
    forget: (replayKey) => replays.forget(replayKey),
  };
}

const endOf = (signedAt: number): number => signedAt + HUBSPOT_WINDOW_MS;

/** The one credential of a request. With two of them, which counts would be a guess. */
function findPresented(request: GatewayRequest): Presented | Refused {
  const found: Presented[] = [];
  const { headers } = request;
  const authorization = headerOf(request, 'authorization');
  if (headers.authorization !== undefined) {
    const [, scheme = '', credential = ''] =
      /^(\w+) +(\S(?:.*\S)?)$/.exec(authorization ?? '') ?? [];
    const how = scheme.toLowerCase();
    if (how !== 'bearer' && how !== 'development' && how !== 'ticket') return refuse('malformed');
    found.push({ how, credential });
  }
  if (headers['x-hubspot-signature-v3'] !== undefined) found.push({ how: 'hubspot' });
  const credential = readSignedRequest(request);
  if (credential !== undefined) found.push({ how: 'canvas', credential });
  const [first, second] = found;
  if (second) return refuse('several-presented');
  return first ?? refuse('nothing-presented');
}

/** The form that Salesforce posts to a Canvas app. */
function readSignedRequest(request: GatewayRequest): string | undefined {
  const type = headerOf(request, 'content-type') ?? '';
  if (request.method !== 'POST' || !/^application\/x-www-form-urlencoded\b/i.test(type))
    return undefined;
  const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
  const all = form.getAll('signed_request');
  return all.length === 1 ? all[0] : undefined;
}
