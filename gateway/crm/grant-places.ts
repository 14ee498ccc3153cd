import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Store } from 'opportune';
import type { CrmSignIn, HubspotApp } from './crm-sign-in.js';
import type { Grant, GrantPlace } from './hubspot-grant.js';

const IV = 12;
const TAG = 16;

/**
 * A grant in the store of its company, sealed (AES-256-GCM) by a key that is made of the client secret: the grant is good
 * for nothing without that, and neither is a copy of the database. A new refresh token in the settings, or a new client
 * secret, puts an end to what was kept.
 */
export function grantInStore(
  store: Pick<Store, 'get' | 'put'>,
  connection: string,
  { clientId, clientSecret, refreshToken }: HubspotApp,
): GrantPlace {
  const name = `crm/${connection}/grant`;
  const key = Buffer.from(hkdfSync('sha256', clientSecret, clientId, 'opportune/grant', 32));
  const given = createHash('sha256').update(refreshToken).digest('base64');
  const about = Buffer.from(`${name} ${clientId}`, 'utf8');
  return {
    async read() {
      const sealed = Object(await store.get(name)) as { readonly sealed?: unknown };
      const text = open(String(sealed.sealed ?? ''), key, about);
      if (text === undefined) return undefined;
      const { given: before, grant } = JSON.parse(text) as { given: string; grant: Grant };
      return before === given ? grant : undefined;
    },
    keep: (grant) =>
      store.put(name, { sealed: seal(JSON.stringify({ given, grant }), key, about) }),
  };
}

/** Where the grant of a connection is kept by the gateway, for one that has any. */
export const grantPorts = (
  store: Pick<Store, 'get' | 'put'>,
  connection: string,
  signIn: CrmSignIn,
): { readonly grantPlace?: GrantPlace } =>
  'app' in signIn ? { grantPlace: grantInStore(store, connection, signIn.app) } : {};

/** A grant in the file that holds the refresh token, which nobody else may read from then on. */
export function grantInFile(file: string): GrantPlace {
  const held = (): string => readFileSync(file, 'utf8').trim();
  return {
    read: async () => ({ refreshToken: held() }),
    async keep({ refreshToken }) {
      if (refreshToken === held()) return;
      writeFileSync(`${file}.new`, `${refreshToken}\n`, { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
    },
  };
}

function seal(text: string, key: Buffer, about: Buffer): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(about);
  const sealed = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64');
}

/** Undefined for what was sealed by another key, or changed. */
function open(sealed: string, key: Buffer, about: Buffer): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length <= IV + TAG) return undefined;
  try {
    const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV))
      .setAAD(about)
      .setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([opening.update(bytes.subarray(IV, -TAG)), opening.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
}
