import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Clock } from 'opportune';
import { type Fetch, fetchJson } from '../fetch-json.js';

const FRESH_MS = 10 * 60_000;
/** While the provider cannot be reached its keys are believed for so long after they were read. */
const LONGEST_MS = 60 * 60_000;
/** A token may name any key, so that an unknown one must not make a request each time. */
const REFRESH_MS = 60_000;
const RETRY_MS = 10_000;
const TIMEOUT_MS = 5_000;
const MOST_BYTES = 256 * 1024;

/** Neither read now nor in the last hour: nothing can be said about a token. */
export class KeysUnavailable extends Error {}

/**
 * The public keys of an identity provider by their address: read when first needed, again after ten minutes, and at most
 * once a minute for a key that is not among them. Where the token says that its keys are is never looked at.
 */
export function createKeySet(
  url: string,
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
): JWTVerifyGetKey {
  let keys:
    | { readonly find: ReturnType<typeof createLocalJWKSet>; readonly at: number }
    | undefined;
  let triedAt: number | undefined;
  let reading: Promise<void> | undefined;

  // A clock that was set back must not make anything last.
  const isWithin = (at: number | undefined, span: number): boolean =>
    at !== undefined && Math.abs(clock.now() - at) < span;

  async function read(): Promise<void> {
    triedAt = clock.now();
    const got = await fetchJson(url, { fetch, timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES });
    if (!got.ok) return;
    try {
      const find = createLocalJWKSet(got.value as Parameters<typeof createLocalJWKSet>[0]);
      keys = { find, at: clock.now() };
    } catch {
      // No key set: as if nothing had come.
    }
  }

  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  return async (header, token) => {
    if (!isWithin(keys?.at, FRESH_MS) && (reading || !isWithin(triedAt, RETRY_MS))) await refresh();
    if (!keys || !isWithin(keys.at, LONGEST_MS)) throw new KeysUnavailable();
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!reading && isWithin(triedAt, REFRESH_MS)) throw error;
      await refresh();
      return keys.find(header, token);
    }
  };
}
