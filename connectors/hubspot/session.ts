import { OpportuneError } from '../../src/core/errors.js';
import { createSession } from '../requests/create-session.js';

/** What HubSpot's client answers a sign-in with, as far as it is used. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** `client.oauth.tokensApi` of HubSpot's client, as far as it is used. */
interface TokensApi {
  create(
    grantType: 'refresh_token',
    code: undefined,
    redirectUri: undefined,
    clientId: string,
    clientSecret: string,
    refreshToken: string,
  ): Promise<TokenResponse>;
}

export interface HubspotToken {
  readonly accessToken: string;
  /** Epoch milliseconds; absent: it does not end. */
  readonly renewAt?: number;
  readonly endsAt?: number;
}

export interface HubspotSession {
  /** `private`: of an app that the company made for itself; its token stays until somebody changes it. */
  readonly kind: 'oauth' | 'private';
  /** The token to use now, renewed before it ends. */
  token(): Promise<HubspotToken>;
  /** A newer token than this one, which was refused. */
  renew(stale: HubspotToken): Promise<HubspotToken>;
}

/** Of its life a token is used this share: HubSpot asks not to wait for a refusal. */
const USED = 5 / 6;

export function createHubspotSession(options: {
  readonly token: TokenResponse;
  readonly renew: () => Promise<TokenResponse>;
  readonly now: () => number;
}): HubspotSession {
  const { renew, now } = options;
  const toToken = ({ accessToken, expiresIn }: TokenResponse): HubspotToken => {
    const ms = expiresIn * 1_000;
    return { accessToken, renewAt: now() + ms * USED, endsAt: now() + ms };
  };
  const session = createSession(
    toToken(options.token),
    async () => toToken(await renew()),
    options,
  );
  return {
    kind: 'oauth',
    async token() {
      const held = session.token();
      if (now() < (held.renewAt ?? 0)) return held;
      try {
        return await session.renew(held);
      } catch (error) {
        // It is good for a while yet, and the next request tries again.
        if (now() < (held.endsAt ?? 0)) return held;
        throw error;
      }
    },
    renew: session.renew,
  };
}

/** With the token of a private app, a service key, or any other that does not end. */
export function createPrivateSession(accessToken: string): HubspotSession {
  const token = { accessToken };
  return {
    kind: 'private',
    token: async () => token,
    async renew() {
      throw new OpportuneError('opportune/sign-in', 'HubSpot refuses the token of the app', {
        remedy: 'See at HubSpot whether the token was changed or taken back, and enter the new one',
      });
    },
  };
}

/** Renews by HubSpot's own client, and keeps the new refresh token where there is one. */
export function renewByRefreshToken(
  tokensApi: TokensApi,
  app: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string },
  save: (refreshToken: string) => Promise<void>,
): () => Promise<TokenResponse> {
  let { refreshToken } = app;
  return async () => {
    const { clientId, clientSecret } = app;
    const given = await tokensApi
      .create('refresh_token', undefined, undefined, clientId, clientSecret, refreshToken)
      .catch((error: unknown) => {
        throw signInAgain(kindOfRefusal(error));
      });
    // The client makes an object of undefined values out of a page of maintenance.
    if (typeof given.accessToken !== 'string' || !(given.expiresIn > 0))
      throw signInAgain('a page came in place of a token');
    if (given.refreshToken !== undefined && given.refreshToken !== refreshToken) {
      ({ refreshToken } = given);
      await save(refreshToken);
    }
    return given;
  };
}

/** Only the kind is told: the error of the client holds headers and a body. */
function kindOfRefusal(error: unknown): string {
  const { code, body } = Object(error) as { readonly code?: unknown; readonly body?: unknown };
  const { status } = Object(body) as { readonly status?: unknown };
  if (typeof status === 'string' && /^[A-Z_]{1,40}$/.test(status)) return status;
  return typeof code === 'number' ? `HTTP ${code}` : 'no answer';
}

const signInAgain = (because: string): OpportuneError =>
  new OpportuneError('opportune/sign-in', `HubSpot does not renew the token: ${because}`, {
    remedy: 'Sign in again',
  });
