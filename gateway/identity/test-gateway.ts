import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import {
  type Authenticator,
  createAuthenticator,
  type IdentityPorts,
} from './create-authenticator.js';
import type { GatewayRequest } from './identity.js';
import { readGatewaySettings } from './read-gateway-settings.js';
import type { ReplayMemory } from './replay-memory.js';
import { createServiceToken, type ServiceTokenRecord } from './service-token.js';

export const NOW: number = Date.parse('2026-11-23T10:00:00Z');
export const URL_OF_GATEWAY = 'https://nba.example.com';
export const CANVAS_SECRET = 'canvas-consumer-secret-1';
export const HUBSPOT_SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
export const USER = '005B0000003DgVwIAK';
export const ORGANIZATION = '00DB0000000ToZ3MAK';

// Making one takes a while, and none of the tests changes it.
const provided = generateKeyPair('RS256');
const stranger = generateKeyPair('RS256');

const SECRETS: { readonly [name: string]: string } = {
  PANEL_KEY: 'a key of the panel tokens, of more than 32 bytes',
  CANVAS: CANVAS_SECRET,
  CANVAS_OTHER: 'canvas-consumer-secret-2',
  HUBSPOT: HUBSPOT_SECRET,
};

/** Listens on a free port of this machine until the tests of the file are over. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface TestGateway {
  readonly authenticator: Authenticator;
  readonly clock: { at: number; now(): number };
  /** Requests for the key set. */
  readonly reads: () => number;
  readonly issuer: string;
  /** Keys of the identity provider, by id; what is put here is published. */
  readonly keys: Map<string, KeyPair>;
  readonly service: { readonly token: string; readonly record: ServiceTokenRecord };
  readonly revoked: Map<string, number>;
  sign(claims?: object, header?: Partial<JWTHeaderParameters>, kid?: string): Promise<string>;
  /** What the provider answers instead of its keys. */
  broken: { status: number; body: string } | undefined;
}

export type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** A gateway for two companies, with a real server for the first one's keys. */
export async function startGateway(more: Partial<IdentityPorts> = {}): Promise<TestGateway> {
  const keys = new Map<string, KeyPair>([['one', await provided]]);
  let reads = 0;
  const provider = await listen(async (_, response) => {
    reads += 1;
    const { broken } = test;
    const jwks = await Promise.all(
      [...keys].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid })),
    );
    response.writeHead(broken?.status ?? 200, { 'content-type': 'application/json' });
    response.end(broken?.body ?? JSON.stringify({ keys: jwks }));
  });
  const { settings, problems } = readGatewaySettings(yaml(provider), 'gateway.yaml', (_, name) =>
    Object.hasOwn(SECRETS, name) ? SECRETS[name] : undefined,
  );
  if (!settings) throw new Error(JSON.stringify(problems));
  const clock = { at: NOW, now: () => clock.at };
  const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
  const service = createServiceToken(
    { tenant: 'acme', name: 'nightly import', roles: ['connector'], days: 90 },
    random,
    clock,
  );
  const revoked = new Map<string, number>();
  const authenticator = createAuthenticator(settings, {
    clock,
    fetch,
    random,
    replays: rememberReplays(clock),
    serviceTokens: { find: async (id) => (id === service.record.id ? service.record : undefined) },
    notBefore: async (tenant, id) => revoked.get(`${tenant} ${id}`),
    ...more,
  });
  const test: TestGateway = {
    authenticator,
    clock,
    reads: () => reads,
    issuer: provider,
    keys,
    service,
    revoked,
    broken: undefined,
    async sign(claims = {}, header = {}, kid = 'one') {
      const pair = keys.get(kid) ?? (await stranger);
      const from = Math.floor(clock.at / 1000);
      return new SignJWT({
        iss: provider,
        aud: 'opportune',
        sub: 'maya',
        iat: from,
        exp: from + 3600,
        tid: 'acme-tenant',
        crm: '005B0000003DgVw',
        groups: ['sales', 'unheard-of'],
        team: 'north',
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid, ...header })
        .sign(pair.privateKey);
    },
  };
  return test;
}

function yaml(provider: string): string {
  return `
publicUrl: ${URL_OF_GATEWAY}
panelTokens: { keys: [{ id: november, secret: env:PANEL_KEY }] }
tenants:
  acme:
    connections:
      sf: { salesforce: { instance: https://acme.my.salesforce.com } }
      hs: { rules: { records: { account: own } } }
    signIn:
      - oidc:
          issuer: ${provider}
          audience: opportune
          keys: ${provider}/keys
          requires: { tid: acme-tenant }
          rep: { claim: crm, connection: sf }
          roles: { claim: groups, map: { sales: [rep], operations: [marketer, admin] } }
          teams: { claim: team }
      - canvas: { connection: sf, organization: ${ORGANIZATION}, secret: env:CANVAS, roles: [rep] }
      - hubspot: { connection: hs, portal: 62515, secret: env:HUBSPOT, roles: [rep] }
  globex:
    connections:
      sf: { salesforce: { instance: https://globex.my.salesforce.com } }
    signIn:
      - oidc:
          issuer: ${provider}
          audience: opportune
          keys: ${provider}/keys
          requires: { tid: globex-tenant }
          roles: { claim: groups, map: { sales: [rep] } }
      - canvas: { connection: sf, organization: 00DB0000000XyZ1MAK, secret: env:CANVAS_OTHER, roles: [rep] }
`;
}

export function get(target: string, headers: GatewayRequest['headers'] = {}): GatewayRequest {
  return { method: 'GET', target, headers, body: new Uint8Array() };
}

export function bearer(token: string): GatewayRequest {
  return get('/v1/playbook', { authorization: `Bearer ${token}` });
}

/** What Salesforce would post. */
export function canvas(
  change: (context: Canvas) => unknown = (it) => it,
  secret: string = CANVAS_SECRET,
): GatewayRequest {
  const context = {
    algorithm: 'HMACSHA256',
    issuedAt: NOW,
    userId: USER,
    client: { oauthToken: '00D!secret', instanceUrl: 'https://acme.my.salesforce.com' },
    context: { user: { userId: USER }, organization: { organizationId: ORGANIZATION } },
  };
  const payload = Buffer.from(JSON.stringify(change(context))).toString('base64');
  const signature = createHmac('sha256', secret).update(payload).digest('base64');
  return post({ signed_request: `${signature}.${payload}` });
}

interface Canvas {
  readonly algorithm: string;
  readonly issuedAt: number;
  readonly userId: string;
  readonly client: object;
  readonly context: {
    readonly user: { readonly userId: string };
    readonly organization: { readonly organizationId: string };
  };
}

export function post(form: { readonly [name: string]: string }): GatewayRequest {
  return {
    method: 'POST',
    target: '/v1/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(form).toString()),
  };
}

/** As HubSpot calls: signed over the address as it stands, of which nothing is to be undone. */
export function hubspot(
  target: string,
  {
    body = '',
    at = NOW,
    method = 'GET',
    secret = HUBSPOT_SECRET,
    signed = target,
  }: {
    readonly body?: string;
    readonly at?: number;
    readonly method?: string;
    readonly secret?: string;
    readonly signed?: string;
  } = {},
): GatewayRequest {
  const source = `${method}${URL_OF_GATEWAY}${signed}${body}${at}`;
  return {
    method,
    target,
    headers: {
      'x-hubspot-request-timestamp': String(at),
      'x-hubspot-signature-v3': createHmac('sha256', secret).update(source).digest('base64'),
    },
    body: Buffer.from(body),
  };
}

/** For as long as the test runs. */
function rememberReplays(clock: { now(): number }): ReplayMemory {
  const known = new Map<string, number>();
  return {
    async claim(key, until) {
      if ((known.get(key) ?? 0) > clock.now()) return 'known';
      known.set(key, until);
      return 'new';
    },
    async forget(key) {
      known.delete(key);
    },
  };
}
