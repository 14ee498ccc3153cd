import { OpportuneError } from '../../src/core/errors.js';
import { createSession, type Session } from '../requests/create-session.js';

/** What Salesforce answers a sign-in with, as far as it is used. */
export interface TokenResponse {
  readonly access_token: string;
  readonly instance_url?: string;
  readonly refresh_token?: string;
}

export interface SalesforceToken {
  readonly accessToken: string;
  /** `https://acme.my.salesforce.com` */
  readonly instanceUrl: string;
}

/** jsforce's `OAuth2`, as far as it is used. */
interface OAuth2Client {
  refreshToken(token: string): Promise<TokenResponse>;
  codeVerifier?: string | null | undefined;
}

/** The call that jsforce makes when a token was refused; the option `refreshFn` of its `Connection`. */
export type RefreshFn = (
  connection: { accessToken?: string | null | undefined; instanceUrl: string },
  callback: (error: Error | null, accessToken?: string) => unknown,
) => void;

export interface SalesforceSession extends Session<SalesforceToken> {
  /**
   * For a jsforce `Connection` over the same session. With jsforce's own refresh, an API that refuses fresh tokens is
   * asked without end.
   */
  readonly refreshFn: RefreshFn;
}

/** A signed-in user, whose access token is renewed when Salesforce refuses it. */
export function createSalesforceSession(options: {
  readonly token: TokenResponse & { readonly instance_url: string };
  readonly renew: () => Promise<TokenResponse>;
  readonly now: () => number;
}): SalesforceSession {
  const { token, renew, now } = options;
  const first = { accessToken: token.access_token, instanceUrl: checkInstance(token.instance_url) };
  let instanceUrl = first.instanceUrl;
  const session = createSession<SalesforceToken>(
    first,
    async () => {
      const renewed = await renew();
      // A company may have moved to another instance.
      if (renewed.instance_url !== undefined) instanceUrl = checkInstance(renewed.instance_url);
      return { accessToken: renewed.access_token, instanceUrl };
    },
    { now },
  );
  return {
    ...session,
    refreshFn(connection, callback) {
      const held = session.token();
      const stale =
        connection.accessToken === held.accessToken ? held : { ...held, accessToken: '' };
      session.renew(stale).then(
        (renewed) => {
          connection.instanceUrl = renewed.instanceUrl;
          callback(null, renewed.accessToken);
        },
        (error: Error) => callback(error),
      );
    },
  };
}

/** Renews with a refresh token, and keeps the new one where they rotate: the old one is then worth nothing. */
export function renewByRefreshToken(
  oauth2: OAuth2Client,
  refreshToken: string,
  save: (refreshToken: string) => Promise<void>,
): () => Promise<TokenResponse> {
  let current = refreshToken;
  return async () => {
    // jsforce sends the verifier of the sign-in with every request for a token.
    oauth2.codeVerifier = null;
    const renewed = await oauth2.refreshToken(current).catch((error: unknown) => {
      throw signInAgain(error);
    });
    if (renewed.refresh_token !== undefined && renewed.refresh_token !== current) {
      current = renewed.refresh_token;
      await save(current);
    }
    return renewed;
  };
}

/** Only the kind of refusal is told: what a login server says may hold more. That it is out of reach is no refusal. */
function signInAgain(error: unknown): OpportuneError {
  if (error instanceof OpportuneError) return error;
  const name =
    error instanceof Error && /^[a-z_]{1,40}$/.test(error.name) ? error.name : 'no answer';
  return new OpportuneError('opportune/sign-in', `Salesforce does not renew the token: ${name}`, {
    remedy: 'Sign in again',
  });
}

function checkInstance(url: string): string {
  const { protocol, hostname, origin } = new URL(url);
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost';
  if (protocol !== 'https:' && !isLocal)
    throw new OpportuneError('opportune/sign-in', `the instance ${origin} is not https`, {
      remedy: 'Name the address of the company at Salesforce',
    });
  // The pages of Lightning are no API.
  return origin.replace('.lightning.force.com', '.my.salesforce.com');
}
