import { OpportuneError } from '../../src/core/errors.js';
import type { Timing } from './timing.js';

export interface Session<Token> {
  token(): Token;
  /** A newer token than this one. Those who ask at one moment share one renewal. */
  renew(stale: Token): Promise<Token>;
}

/** A token that is refused this soon after it was made will not be accepted the next time either. */
const TOO_SOON_MS = 10_000;

/** Keeps a token, and renews it once for all who were refused. A CRM that refuses fresh tokens is not asked for more. */
export function createSession<Token>(
  first: Token,
  renewal: () => Promise<Token>,
  { now }: Pick<Timing, 'now'>,
): Session<Token> {
  let token = first;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let under: Promise<Token> | undefined;

  async function renewOnce(): Promise<Token> {
    if (now() - renewedAt < TOO_SOON_MS)
      throw new OpportuneError(
        'opportune/sign-in',
        'the CRM refuses a token that it gave a moment ago',
        { remedy: 'See whether the user may use the API, and sign in again' },
      );
    token = await renewal();
    renewedAt = now();
    return token;
  }

  return {
    token: () => token,
    async renew(stale) {
      if (stale !== token) return token;
      under ??= renewOnce().finally(() => {
        under = undefined;
      });
      return under;
    },
  };
}
