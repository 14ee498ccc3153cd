import { isOpportuneError, OpportuneError } from '../../src/core/errors.js';
import type { TokenResponse } from './session.js';

/** What a browser signs in with where jsforce is not: the part of its `OAuth2` that is used here, over `fetch`. */
export interface FetchOAuth2 {
  /** Where the person signs in. `verifier` is kept until the code comes back; the address tells its hash. */
  authorizationUrl(asked: {
    readonly scope: string;
    readonly state: string;
    readonly verifier: string;
  }): Promise<string>;
  /** The token for the code that came back. Throws `opportune/sign-in`. */
  requestToken(code: string, verifier: string): Promise<TokenResponse>;
  /** For `renewByRefreshToken`. Rejects with an error that is named for the kind of refusal, as jsforce does. */
  refreshToken(token: string): Promise<TokenResponse>;
  /** The refresh token, and what was made of it, is worth nothing any more. */
  revoke(token: string): Promise<void>;
}

/**
 * Sign-in with a code and its verifier (PKCE) and without a secret: an extension can keep none. The app at Salesforce must
 * not ask for one.
 */
export function createFetchOAuth2(app: {
  /** `https://login.salesforce.com`, or the company's own. */
  readonly loginUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly fetch: typeof globalThis.fetch;
}): FetchOAuth2 {
  const { loginUrl, clientId, redirectUri, fetch } = app;

  async function post(path: string, form: { readonly [name: string]: string }): Promise<Response> {
    const body = new URLSearchParams(form).toString();
    const headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const url = new URL(`/services/oauth2/${path}`, loginUrl);
    const init = { method: 'POST', headers, body, redirect: 'manual' } as const;
    const response = await fetch(url.href, init).catch(() => undefined);
    if (response && response.status < 500 && response.status !== 429) return response;
    throw new OpportuneError(
      'opportune/crm-unavailable',
      response ? `the sign-in answered ${response.status}` : 'the sign-in cannot be reached',
      { where: loginUrl, remedy: 'Try again later' },
    );
  }

  async function ask(form: { readonly [name: string]: string }): Promise<TokenResponse> {
    const response = await post('token', { ...form, client_id: clientId });
    const value = Object(await response.json().catch(() => undefined)) as {
      readonly [name: string]: unknown;
    };
    if (response.ok && typeof value.access_token === 'string')
      return value as unknown as TokenResponse;
    const refusal = new Error('no token was given');
    // Its words may hold what was sent.
    refusal.name = typeof value.error === 'string' ? value.error : `http_${response.status}`;
    throw refusal;
  }

  return {
    async authorizationUrl({ scope, state, verifier }) {
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const url = new URL('/services/oauth2/authorize', loginUrl);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope,
        state,
        code_challenge: toBase64Url(new Uint8Array(hash)),
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },
    async requestToken(code, verifier) {
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      try {
        return await ask({ ...form, code_verifier: verifier });
      } catch (error) {
        if (isOpportuneError(error)) throw error;
        const name = error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : '';
        throw new OpportuneError('opportune/sign-in', `Salesforce gives no token: ${name}`, {
          where: loginUrl,
          remedy:
            name === 'invalid_client' || name === 'invalid_client_id'
              ? 'Check the client id, and that the app asks for no secret'
              : 'Sign in again; see the app and its callback address at Salesforce',
        });
      }
    },
    refreshToken: (token) => ask({ grant_type: 'refresh_token', refresh_token: token }),
    async revoke(token) {
      await post('revoke', { token });
    },
  };
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
