import { createHash, verify } from 'node:crypto';
import type { Answer } from '../send-answer.js';
import type { World } from './call.js';

/** An app that an admin of the company let in. */
export interface App {
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUri: string;
  /** PEM; for JWT bearer. */
  readonly publicKey?: string;
}

interface Grant {
  readonly user: string;
  readonly clientId: string;
  readonly scope: string;
}

export interface OAuth {
  /** `/services/oauth2/...` and `/id/...`; undefined: no such place. */
  answer(
    method: string,
    path: string,
    form: URLSearchParams,
    token: string | undefined,
  ): Answer | undefined;
  /** The user of an access token that is good now. */
  userOf(token: string | undefined): string | undefined;
  /** Every access token ends now. */
  expire(): void;
  /** Every refresh token ends now. */
  revokeAll(): void;
  /** How many access tokens were given out. */
  given(): number;
}

const refuse = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

/** Sign-in: web server flow with PKCE, client credentials, JWT bearer, refresh, revoke. `userByName` finds who a JWT speaks for. */
export function createOAuth(
  world: World,
  apps: readonly App[],
  user: string,
  userByName: (name: string) => string | undefined,
): OAuth {
  const codes = new Map<
    string,
    Grant & { readonly challenge?: string; readonly redirectUri: string }
  >();
  const access = new Map<string, Grant & { readonly until: number }>();
  const refresh = new Map<string, Grant>();
  let count = 0;
  let given = 0;
  const secret = (prefix: string): string =>
    `${prefix}${String(++count).padStart(4, '0')}.emulated`;

  function grant(to: Grant, refreshToken: string | undefined): Answer {
    const token = `${world.org.id.slice(0, 15)}!${secret('AT')}`;
    const until = world.now() + world.settings.tokenLifetimeMs;
    access.set(token, { ...to, until });
    given++;
    return {
      status: 200,
      body: {
        access_token: token,
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        signature: 'emulated',
        scope: to.scope,
        instance_url: world.origin(),
        id: `${world.origin()}/id/${world.org.id}/${to.user}`,
        token_type: 'Bearer',
        issued_at: String(world.now()),
      },
    };
  }

  function newRefresh(to: Grant): string {
    const token = secret('5Aep861.RT');
    refresh.set(token, to);
    return token;
  }

  function authorize(form: URLSearchParams): Answer {
    const app = apps.find(({ clientId }) => clientId === form.get('client_id'));
    const redirectUri = form.get('redirect_uri') ?? '';
    if (!app) return refuse('invalid_client_id', 'client identifier invalid');
    if (app.redirectUri !== redirectUri)
      return refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
    const code = secret('aPrx');
    const challenge = form.get('code_challenge');
    codes.set(code, {
      user,
      clientId: app.clientId,
      scope: form.get('scope') ?? 'api refresh_token',
      redirectUri,
      ...(challenge === null ? {} : { challenge }),
    });
    const to = new URL(redirectUri);
    to.searchParams.set('code', code);
    const state = form.get('state');
    if (state !== null) to.searchParams.set('state', state);
    return { status: 302, headers: { location: to.href } };
  }

  function exchange(form: URLSearchParams): Answer {
    const code = form.get('code') ?? '';
    const found = codes.get(code);
    codes.delete(code);
    if (!found || found.clientId !== form.get('client_id'))
      return refuse('invalid_grant', 'authentication failure');
    if (found.redirectUri !== form.get('redirect_uri'))
      return refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
    const verifier = form.get('code_verifier') ?? '';
    const made = createHash('sha256').update(verifier).digest('base64url');
    if (found.challenge !== undefined && made !== found.challenge)
      return refuse('invalid_grant', 'invalid code verifier');
    const { user: who, clientId, scope } = found;
    const to = { user: who, clientId, scope };
    return grant(to, newRefresh(to));
  }

  function renew(form: URLSearchParams): Answer {
    const token = form.get('refresh_token') ?? '';
    const found = refresh.get(token);
    if (!found || found.clientId !== form.get('client_id'))
      return refuse('invalid_grant', 'expired access/refresh token');
    if (!world.settings.rotates) return grant(found, undefined);
    refresh.delete(token);
    return grant(found, newRefresh(found));
  }

  function bearer(form: URLSearchParams): Answer {
    const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const parsed = readClaims(claims);
    const app = apps.find(({ clientId }) => clientId === parsed?.iss);
    if (!parsed || app?.publicKey === undefined)
      return refuse('invalid_client', 'invalid client credentials');
    const good = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${claims}`),
      app.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    if (!good) return refuse('invalid_grant', 'invalid assertion');
    if (!/^https:\/\/(login|test)\.salesforce\.com$/.test(parsed.aud))
      return refuse('invalid_grant', 'audience is invalid');
    const left = parsed.exp * 1_000 - world.now();
    if (left <= 0 || left > 5 * 60_000 + 1_000)
      return refuse('invalid_grant', 'expired authorization code');
    const who = userByName(parsed.sub);
    if (who === undefined) return refuse('invalid_grant', "user hasn't approved this consumer");
    return grant({ user: who, clientId: app.clientId, scope: 'api' }, undefined);
  }

  function token(form: URLSearchParams): Answer {
    const kind = form.get('grant_type');
    if (kind === 'urn:ietf:params:oauth:grant-type:jwt-bearer') return bearer(form);
    const app = apps.find(({ clientId }) => clientId === form.get('client_id'));
    if (!app) return refuse('invalid_client_id', 'client identifier invalid');
    if (app.clientSecret !== undefined && form.get('client_secret') !== app.clientSecret)
      return refuse('invalid_client', 'invalid client credentials');
    if (kind === 'authorization_code') return exchange(form);
    if (kind === 'refresh_token') return renew(form);
    // The app runs as the one user that its policies name.
    if (kind === 'client_credentials' && app.clientSecret !== undefined)
      return grant({ user, clientId: app.clientId, scope: 'api' }, undefined);
    return refuse('unsupported_grant_type', 'grant type not supported');
  }

  function userOf(value: string | undefined): string | undefined {
    const found = access.get(value ?? '');
    return found && found.until > world.now() ? found.user : undefined;
  }

  function tellUser(id: string): Answer {
    const row = world.org.find('User', id);
    if (!row) return { status: 404, body: 'Not found' };
    return {
      status: 200,
      body: {
        id: `${world.origin()}/id/${world.org.id}/${row.Id}`,
        user_id: row.Id,
        organization_id: world.org.id,
        name: row.Name,
        username: row.Username,
        display_name: row.Name,
        email: row.Email,
        active: row.IsActive,
        user_type: 'STANDARD',
        language: 'en_US',
        locale: 'de_DE',
        timezone: row.TimeZoneSidKey,
        urls: {},
      },
    };
  }

  return {
    answer(method, path, form, bearerToken) {
      if (path === '/services/oauth2/authorize') return authorize(form);
      if (path === '/services/oauth2/token' && method === 'POST') return token(form);
      if (path === '/services/oauth2/revoke' && method === 'POST') {
        const value = form.get('token') ?? '';
        return access.delete(value) || refresh.delete(value)
          ? { status: 200 }
          : refuse('unsupported_token_type', 'this token type is not supported');
      }
      const [, id] = /^\/id\/\w+\/(\w+)$/.exec(path) ?? [];
      const isInfo = path === '/services/oauth2/userinfo';
      if (id === undefined && !isInfo) return undefined;
      const who = userOf(bearerToken ?? form.get('oauth_token') ?? undefined);
      if (who === undefined) return { status: 403, body: 'Bad_OAuth_Token' };
      return tellUser(id ?? who);
    },
    userOf,
    expire: () => access.clear(),
    revokeAll: () => refresh.clear(),
    given: () => given,
  };
}

function readClaims(
  text: string,
):
  | { readonly iss: string; readonly sub: string; readonly aud: string; readonly exp: number }
  | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
