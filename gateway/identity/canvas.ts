import { createHmac } from 'node:crypto';
import { salesforceId } from '@opportune/connector-salesforce';
import type { Clock } from 'opportune';
import { shortHash } from '../short-hash.js';
import {
  type Authenticated,
  CLOCK_TOLERANCE_S,
  type CrmRecord,
  type Refused,
  refuse,
} from './identity.js';
import { isSame } from './is-same.js';
import { repId } from './rep-id.js';
import type { CanvasSignIn } from './settings.js';

const MOST_CHARS = 256 * 1024;

export interface CanvasApp {
  readonly tenant: string;
  readonly signIn: CanvasSignIn;
}

/** A request that Salesforce signed: whom it speaks of, and until when it must not come again. */
export type VerifiedCanvas = Authenticated & { readonly replayKey: string };

/**
 * `BASE64_SIGNATURE.BASE64_JSON`, signed over the second part as it came. Nothing is read of the JSON before the
 * signature holds, so that each app's secret is tried.
 */
export function verifyCanvas(
  signedRequest: string,
  apps: readonly CanvasApp[],
  clock: Clock,
): VerifiedCanvas | Refused {
  const point = signedRequest.indexOf('.');
  if (signedRequest.length > MOST_CHARS) return refuse('too-long', { how: 'canvas' });
  if (point < 1) return refuse('malformed', { how: 'canvas' });
  const signature = Buffer.from(signedRequest.slice(0, point), 'base64');
  const payload = signedRequest.slice(point + 1);
  let signer: CanvasApp | undefined;
  // All of them, so that the time taken does not tell which.
  for (const app of apps) {
    const expected = createHmac('sha256', app.signIn.secret).update(payload).digest();
    if (isSame(signature, expected)) signer ??= app;
  }
  if (!signer) return refuse('bad-signature', { how: 'canvas' });
  return readContext(payload, signature, signer, apps, clock);
}

function readContext(
  payload: string,
  signature: Uint8Array,
  signer: CanvasApp,
  apps: readonly CanvasApp[],
  clock: Clock,
): VerifiedCanvas | Refused {
  const json = parse(payload);
  if (fieldOf(json, 'algorithm') !== 'HMACSHA256') return refuse('algorithm', { how: 'canvas' });
  const organization = idOf(json, 'context', 'organization', 'organizationId');
  // One consumer secret may serve several organizations.
  const app = apps.find(
    ({ signIn }) => signIn.secret === signer.signIn.secret && signIn.organization === organization,
  );
  if (!app) return refuse('unknown-tenant', { how: 'canvas', tenant: signer.tenant });
  const { tenant, signIn } = app;
  const log = { how: 'canvas', tenant } as const;
  const issuedAt = fieldOf(json, 'issuedAt');
  if (typeof issuedAt !== 'number' || !Number.isFinite(issuedAt)) return refuse('malformed', log);
  const age = clock.now() - issuedAt;
  if (age >= signIn.maxAge) return refuse('too-old', log);
  if (age < -CLOCK_TOLERANCE_S * 1000) return refuse('from-the-future', log);
  const user = idOf(json, 'context', 'user', 'userId');
  const signedFor = fieldOf(json, 'userId');
  const rep = repId(signIn.connection, user, true);
  if (rep === undefined) return refuse('no-rep', log);
  if (signedFor !== undefined && salesforceId(String(signedFor)) !== user)
    return refuse('wrong-claims', log);
  const token = fieldOf(fieldOf(json, 'client'), 'oauthToken');
  return {
    identity: {
      tenant,
      id: rep,
      rep,
      roles: new Set(signIn.roles),
      how: 'canvas',
      issuedAt,
      expiresAt: issuedAt + signIn.maxAge,
      tokenId: shortHash(signature),
    },
    ...(typeof token === 'string' && { crmToken: { connection: signIn.connection, token } }),
    ...recordIn(json),
    replayKey: `canvas ${shortHash(signature)}`,
  };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: unknown })[name]
    : undefined;
}

/** Where a Canvas app stands on a record page, Salesforce says which record it is. */
function recordIn(json: unknown): { readonly record?: CrmRecord } {
  const record = ['context', 'environment', 'record'].reduce(fieldOf, json);
  const object = fieldOf(fieldOf(record, 'attributes'), 'type');
  const id = idOf(record, 'Id');
  return typeof object === 'string' && id !== undefined ? { record: { object, id } } : {};
}

function idOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce(fieldOf, value);
  return typeof found === 'string' ? salesforceId(found) : undefined;
}
