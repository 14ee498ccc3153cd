import type { Answer } from '../send-answer.js';
import { CORRELATION } from './api-error.js';
import { ok, type World } from './call.js';

export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

const SCOPES = [
  'oauth',
  'crm.objects.companies.read',
  'crm.objects.contacts.read',
  'crm.objects.deals.read',
  'crm.objects.owners.read',
  'crm.objects.products.read',
  'crm.objects.line_items.read',
  'settings.currencies.read',
];
const APP_ID = 1_160_452;

export interface OAuth {
  /** `/oauth/...` without a token in the head; undefined: no such place. */
  answer(method: string, path: string, query: URLSearchParams, body: string): Answer | undefined;
  isGood(token: string | undefined): boolean;
  /** Every access token ends now. */
  expire(): void;
  /** The app is installed by an admin: the refresh token that it is given. */
  install(): string;
  /** The app is uninstalled: nothing that it was given is good any more. */
  uninstall(): void;
  /** How many access tokens were given out. */
  given(): number;
  /** Of an app that one account made for itself: it does not end. */
  readonly privateToken: string;
}

const refuse = (error: string, message: string): Answer => ({
  status: 400,
  body: { status: error, message, error, error_description: message, correlationId: CORRELATION },
});

/** Sign-in with a code, refresh, and what a token is; `user` is who signs in. */
export function createOAuth(
  world: World,
  app: App,
  user: { readonly id: number; readonly email: string },
): OAuth {
  const codes = new Map<string, string>();
  const access = new Map<string, number>();
  const refresh = new Set<string>();
  const privateToken = 'pat-eu1-emulated';
  let count = 0;
  const secret = (prefix: string): string =>
    `${prefix}-${String(++count).padStart(4, '0')}.emulated`;

  function install(): string {
    const made = secret('RT');
    refresh.add(made);
    return made;
  }

  function give(refreshToken: string): Answer {
    const token = secret('AT');
    access.set(token, world.now() + world.settings.tokenLifetimeMs);
    const expires = Math.floor(world.settings.tokenLifetimeMs / 1_000);
    return ok({
      token_type: 'bearer',
      access_token: token,
      refresh_token: refreshToken,
      expires_in: expires,
      hub_id: world.portal.id,
      user_id: user.id,
      scopes: SCOPES,
    });
  }

  function token(form: URLSearchParams): Answer {
    if (form.get('client_id') !== app.clientId)
      return refuse('BAD_CLIENT_ID', 'missing or unknown client id');
    if (form.get('client_secret') !== app.clientSecret)
      return refuse('BAD_CLIENT_SECRET', 'missing or invalid client secret');
    if (form.get('grant_type') === 'authorization_code') {
      const to = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      if (to === undefined || to !== form.get('redirect_uri'))
        return refuse('BAD_AUTH_CODE', 'missing or unknown auth code');
      return give(install());
    }
    const held = form.get('refresh_token') ?? '';
    if (form.get('grant_type') !== 'refresh_token')
      return refuse('BAD_GRANT_TYPE', 'missing or unknown grant type');
    if (!refresh.has(held)) return refuse('BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
    if (!world.settings.rotates) return give(held);
    refresh.delete(held);
    return give(install());
  }

  function tell(value: string): Answer {
    const until = access.get(value);
    if (until === undefined || until <= world.now())
      return {
        status: 404,
        body: {
          status: 'error',
          message: 'access token not found',
          correlationId: CORRELATION,
          category: 'OBJECT_NOT_FOUND',
        },
      };
    return ok({
      active: true,
      token_type: 'access',
      user: user.email,
      user_id: user.id,
      hub_id: world.portal.id,
      hub_domain: 'acme.test',
      scopes: SCOPES,
      app_id: APP_ID,
      expires_in: Math.floor((until - world.now()) / 1_000),
    });
  }

  return {
    privateToken,
    answer(method, path, query, body) {
      if (path === '/oauth/authorize') {
        const redirectUri = query.get('redirect_uri') ?? '';
        if (query.get('client_id') !== app.clientId || redirectUri !== app.redirectUri)
          return refuse('BAD_REDIRECT_URI', 'missing or unknown redirect URI');
        const code = secret('code');
        codes.set(code, redirectUri);
        const to = new URL(redirectUri);
        to.searchParams.set('code', code);
        to.searchParams.set('state', query.get('state') ?? '');
        return { status: 302, headers: { location: to.href } };
      }
      const [, version, rest = ''] = /^\/oauth\/(v1|v2|v3|\d{4}-\d{2})\/(.+)$/.exec(path) ?? [];
      if (version === undefined || (world.settings.onlyDated && /^v[13]$/.test(version)))
        return undefined;
      const form = new URLSearchParams(body);
      if (method === 'POST' && rest === 'token') return token(form);
      if (method === 'POST' && rest === 'token/introspect') return tell(form.get('token') ?? '');
      if (method === 'GET' && rest.startsWith('access-tokens/'))
        return tell(decodeURIComponent(rest.slice(14)));
      if (method === 'DELETE' && rest.startsWith('refresh-tokens/')) {
        refresh.delete(decodeURIComponent(rest.slice(15)));
        return { status: 204 };
      }
      if (method !== 'POST' || rest !== 'private-apps/get/access-token-info') return undefined;
      return tokenKeyOf(body) === privateToken
        ? ok({ userId: user.id, hubId: world.portal.id, appId: APP_ID, scopes: SCOPES.slice(1) })
        : refuse('BAD_TOKEN', 'unknown token');
    },
    isGood: (value) => value === privateToken || (access.get(value ?? '') ?? 0) > world.now(),
    expire: () => access.clear(),
    install,
    uninstall() {
      access.clear();
      refresh.clear();
    },
    given: () => access.size,
  };
}

function tokenKeyOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { readonly tokenKey?: unknown } | null)?.tokenKey;
  } catch {
    return undefined;
  }
}
