import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { TokenResponse } from '@opportune/connector-salesforce';
import { SignJWT } from 'jose';
import { OpportuneError } from 'opportune';
import { askToken } from './ask-token.js';
import type { SalesforceSignIn } from './crm-sign-in.js';

/** Salesforce takes an assertion of five minutes at most. */
const ASSERTION_S = 180;

/**
 * A token for the integration user. Neither way has a refresh token that would have to be kept: a new token is asked for in
 * the same way. Messages hold the kind of refusal alone.
 */
export async function askSalesforceToken(
  signIn: SalesforceSignIn,
  { fetch, now }: { readonly fetch: typeof globalThis.fetch; readonly now: () => number },
): Promise<TokenResponse & { readonly instance_url: string }> {
  const form =
    'clientSecret' in signIn.proof
      ? {
          grant_type: 'client_credentials',
          client_id: signIn.clientId,
          client_secret: signIn.proof.clientSecret,
        }
      : {
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: await assertionOf(signIn, signIn.proof, now()),
        };
  const url = new URL(`${signIn.login}/services/oauth2/token`);
  const { access_token, instance_url, error } = await askToken('Salesforce', url, form, fetch);
  if (typeof access_token === 'string' && typeof instance_url === 'string')
    return { access_token, instance_url };
  const kind = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : 'no reason';
  throw new OpportuneError('opportune/sign-in', `Salesforce does not let the app in: ${kind}`, {
    where: signIn.login,
    remedy: REMEDIES[kind] ?? 'See the sign-in history of the user at Salesforce',
  });
}

const REMEDIES: { readonly [kind: string]: string } = {
  invalid_client_id: 'See that the client id is the consumer key of the app',
  invalid_client: 'See that the secret, or the certificate, is the one that the app has',
  invalid_grant:
    'See that the app may speak for this user: the user is active, and has the permission set of the app',
  unsupported_grant_type: 'Switch the client credentials flow of the app on, or use a private key',
};

function assertionOf(
  { clientId, login }: SalesforceSignIn,
  { username, privateKey }: { readonly username: string; readonly privateKey: string },
  now: number,
): Promise<string> {
  const isSandbox = /^https:\/\/test\.|\.sandbox\./.test(login);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(clientId)
    .setSubject(username)
    .setAudience(`https://${isSandbox ? 'test' : 'login'}.salesforce.com`)
    .setExpirationTime(Math.floor(now / 1_000) + ASSERTION_S)
    .sign(readKey(privateKey));
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new OpportuneError('opportune/usage', 'the private key is no PEM of a key', {
      remedy: 'It begins with -----BEGIN PRIVATE KEY-----',
    });
  }
}
