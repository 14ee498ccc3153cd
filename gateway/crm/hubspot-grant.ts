import type { Timing, TokenResponse } from '@opportune/connector-hubspot';
import { OpportuneError } from 'opportune';
import { askToken } from './ask-token.js';
import type { HubspotApp } from './crm-sign-in.js';

/** What an installed app holds: the right to ask for tokens, and the token of now. */
export interface Grant {
  readonly refreshToken: string;
  readonly access?: {
    readonly token: string;
    /** Epoch milliseconds. */
    readonly endsAt: number;
  };
}

/** Where a grant is kept for all processes, so that what HubSpot gives anew is not lost. */
export interface GrantPlace {
  read(): Promise<Grant | undefined>;
  /** Resolves when it is durable. */
  keep(grant: Grant): Promise<void>;
}

export interface HubspotGrantOptions {
  readonly app: HubspotApp;
  readonly origin: string;
  readonly version: string | undefined;
  readonly place: GrantPlace;
  readonly fetch: typeof globalThis.fetch;
  readonly timing: Pick<Timing, 'now' | 'wait'>;
}

/** Less than this is no token to begin with; its own session renews it when five sixths of it are over. */
const LEAST_MS = 5 * 60_000;
/** So long another process may take to keep what it was given. */
const LOOKS = 20;
const LOOK_MS = 250;

/**
 * What gives tokens of an app that was installed. The refresh token that HubSpot gives anew is kept before the token with
 * it is used. A token that another process was given is taken over. Where two ask at the same moment and the refresh token
 * is good only once, the one that is refused takes what the other was given.
 */
export function createHubspotGrant({
  app,
  origin,
  version,
  place,
  fetch,
  timing: { now, wait },
}: HubspotGrantOptions): () => Promise<TokenResponse> {
  const url = new URL(`/oauth/${version ?? 'v1'}/token`, origin);
  let used: string | undefined;

  const ask = async (refreshToken: string): Promise<Grant | { readonly refused: string }> => {
    const { clientId, clientSecret } = app;
    const answer = await askToken(
      'HubSpot',
      url,
      {
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      },
      fetch,
    );
    const { access_token, refresh_token, expires_in, status, error } = answer;
    if (typeof access_token === 'string' && Number(expires_in) > 0)
      return {
        refreshToken: typeof refresh_token === 'string' ? refresh_token : refreshToken,
        access: { token: access_token, endsAt: now() + Number(expires_in) * 1_000 },
      };
    const kind = [status, error].find((one) => typeof one === 'string');
    return { refused: /^\w{1,40}$/.test(String(kind)) ? String(kind) : 'no reason' };
  };
  const give = ({ access }: Grant): TokenResponse | undefined => {
    if (!access || access.token === used || access.endsAt - now() < LEAST_MS) return undefined;
    used = access.token;
    return { accessToken: access.token, expiresIn: (access.endsAt - now()) / 1_000 };
  };

  return async () => {
    const kept = await place.read();
    const theirs = kept && give(kept);
    if (theirs) return theirs;
    const tried = kept?.refreshToken ?? app.refreshToken;
    let answer = await ask(tried);
    for (let look = 0; 'refused' in answer && look < LOOKS; look++) {
      const later = await place.read();
      if (later && later.refreshToken !== tried) {
        const others = give(later);
        if (others) return others;
        answer = await ask(later.refreshToken);
        break;
      }
      // What was refused for another reason will not be better in a moment.
      if (!/REFRESH|invalid_grant/i.test(answer.refused)) break;
      await wait(LOOK_MS);
    }
    if ('refused' in answer) throw refusal(answer.refused, url);
    await place.keep(answer);
    const own = give(answer);
    if (own) return own;
    throw refusal('a token that ends at once', url);
  };
}

function refusal(kind: string, url: URL): OpportuneError {
  const isWithdrawn = /REFRESH|invalid_grant/i.test(kind);
  return new OpportuneError(
    'opportune/sign-in',
    isWithdrawn
      ? `HubSpot does not let the app in any more: ${kind}. It was uninstalled, or its grant was withdrawn`
      : `HubSpot does not let the app in: ${kind}`,
    {
      where: url.origin,
      remedy: isWithdrawn
        ? 'Install the app in the account again, and enter the new refresh token'
        : 'See that client id and client secret are those of the app',
    },
  );
}
