import type { RecordId } from 'opportune';

/*
 * Who asks, and what this person may see. What the HTTP layer calls:
 *
 *   readGatewaySettings(text, file, secrets)            -> { settings?, problems }              read-gateway-settings.ts
 *   createAuthenticator(settings, ports)                -> Authenticator                        create-authenticator.ts
 *     .authenticate(request)                            -> Promise<Authenticated | Refused>     every route but the next
 *     .authenticateWebhook(request)                     -> Promise<Authenticated | Refused>     the one route of HubSpot's webhooks
 *     .exchange(identity, roles?)                       -> Promise<PanelToken | Refused>        POST /v1/token
 *     .ticket(identity)                                 -> Promise<PanelToken | Refused>        POST /v1/ticket
 *   allowDevelopmentLogin(address, resolve)             -> Promise<DevelopmentLogin>            development-login.ts; throws
 *     .forget(replayKey)                                                                      when we failed to answer
 *   openReplayLog(database, tenant, clock)              -> ReplayMemory                         ../database/replay-log.ts
 *   createServiceToken(request, random, clock)          -> { token, record }                    service-token.ts
 *
 *   createAccess({ sources, clock })                    -> AgentAccess                          ../access/create-access.ts
 *     .maySee(asker, record) .maySeeAll(asker, records) .hiddenFrom(asker)
 *     .versionFor(asker) .changed(keys) .forget(asker)
 *   salesforceAccess({...}) ruleAccess({...})           -> AccessSource                         ../access/*.ts
 *
 * GET /v1/playbook is `agent.playbook(asker)`: pruned by the agent's own access, as every Decision is.
 */

export const ROLES = [
  'rep',
  'marketer',
  'manager',
  'admin',
  'auditor',
  'connector',
  'host',
] as const;
export type Role = (typeof ROLES)[number];

export type How =
  | 'oidc'
  | 'canvas'
  | 'hubspot'
  | 'hubspot-webhook'
  | 'panel'
  | 'ticket'
  | 'host'
  | 'service'
  | 'development';

/**
 * What a server of the CRM told of its user's own rights, as a panel's token carries it: of records and fields that the rep
 * may not read it says nothing.
 */
export interface Rights {
  /** Ids of the CRM. */
  readonly records: readonly string[];
  /** Places in the list of fields that was asked about. */
  readonly fields: readonly number[];
  /** Which list that was: other settings have another. */
  readonly of: string;
}

export interface Identity {
  readonly tenant: string;
  /** Stable, and unique inside the tenant: who acted, in the audit trail. For a rep the rep's record, whichever way it came. */
  readonly id: string;
  /** The rep in whose name this person asks; absent for machines, and for people who have none in the CRM. */
  readonly rep?: RecordId;
  /** May be empty: known, and allowed nothing. */
  readonly roles: ReadonlySet<Role>;
  /** Absent: the credential says nothing of teams. */
  readonly teams?: readonly string[];
  /** The connection whose reps this machine, a server of the CRM, may get panel tokens for. */
  readonly speaksFor?: string;
  /** What a server of the CRM told of this rep's own rights. */
  readonly rights?: Rights;
  readonly how: How;
  /** Epoch milliseconds: when the credential was made; 0 where it does not say. */
  readonly issuedAt: number;
  /** Epoch milliseconds: from then on it is refused. */
  readonly expiresAt: number;
  /** Names the credential and is none: safe in a log. */
  readonly tokenId: string;
}

/** What came over the wire. Nothing in it is believed before it is verified. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query as on the request line: neither decoded nor normalised, and without the host, which a caller chooses. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** As received; empty where there is none. */
  readonly body: Uint8Array;
}

/** A record as its CRM names it: `Account`, or `0-2` in HubSpot. */
export interface CrmRecord {
  readonly object: string;
  readonly id: string;
}

export interface Authenticated {
  readonly identity: Identity;
  /** What Salesforce handed over with a Canvas request, to ask Salesforce as this rep. A secret. */
  readonly crmToken?: { readonly connection: string; readonly token: string };
  /** The record that the signed request was made on, in the CRM's own words. */
  readonly record?: CrmRecord;
  /** By this the request is remembered, so that it counts once; see `forget` of the authenticator. */
  readonly replayKey?: string;
}

/**
 * The answer to whoever could not be authenticated: always the same, so that it tells nothing. `503` when the identity
 * provider cannot be reached and nobody could be told apart; the panel keeps what it shows then, as it must not on a 401.
 */
export interface Refused {
  readonly status: 401 | 503;
  readonly code: 'opportune/unauthenticated' | 'opportune/identity-unavailable';
  /** For the log alone, and without secrets: never in an answer. */
  readonly log: { readonly how?: How; readonly reason: Reason; readonly tenant?: string };
}

export type Reason =
  | 'nothing-presented'
  | 'several-presented'
  | 'too-long'
  | 'malformed'
  | 'algorithm'
  | 'unknown-issuer'
  | 'unknown-key'
  | 'bad-signature'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-audience'
  | 'wrong-claims'
  | 'unknown-tenant'
  | 'unknown-token'
  | 'no-rep'
  | 'too-old'
  | 'from-the-future'
  | 'replayed'
  | 'revoked'
  | 'not-exchangeable'
  | 'not-loopback'
  | 'memory-full'
  | 'keys-unavailable';

export function refuse(reason: Reason, more: Omit<Refused['log'], 'reason'> = {}): Refused {
  const log = { ...more, reason };
  return reason === 'keys-unavailable' || reason === 'memory-full'
    ? { status: 503, code: 'opportune/identity-unavailable', log }
    : { status: 401, code: 'opportune/unauthenticated', log };
}

export function isRefused(result: object): result is Refused {
  return 'status' in result && 'log' in result;
}

/** Seconds that two clocks may differ. */
export const CLOCK_TOLERANCE_S = 30;
