import { errors, type JWTPayload } from 'jose';
import { type Reason, type Refused, refuse } from './identity.js';
import { KeysUnavailable } from './key-set.js';

/** Longer ones are refused before anything is read of them. */
export const MOST_TOKEN_CHARS: number = 16 * 1024;

/** The issuer that a token claims: only to find who should have signed it. Undefined when it is no such token. */
export function claimedIssuer(token: string): string | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const { iss } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds of a claim in epoch milliseconds. */
export function momentOf(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

/** The words of a claim that holds one or a list of them. */
export function wordsOf(payload: JWTPayload, claim: string): readonly string[] {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  const words = Array.isArray(value) ? value : [value];
  return words.filter((word) => typeof word === 'string').slice(0, 500);
}

/** What jose found wrong, in our words. */
export function refusalOf(error: unknown, log: Omit<Refused['log'], 'reason'>): Refused {
  return refuse(reasonOf(error), log);
}

function reasonOf(error: unknown): Reason {
  if (error instanceof KeysUnavailable) return 'keys-unavailable';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    switch (error.claim) {
      case 'nbf':
        return 'not-yet-valid';
      case 'aud':
        return 'wrong-audience';
      case 'iss':
        return 'unknown-issuer';
      default:
        return 'wrong-claims';
    }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return 'algorithm';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'unknown-key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature';
  return 'malformed';
}
