import { createHmac, timingSafeEqual } from 'node:crypto';
import { OpportuneError, type RecordId } from 'opportune';

/** Whose mail is to stop. */
export interface Stopping {
  readonly tenant: string;
  readonly rep: RecordId;
}

/** Signs the link that stops the mail. It does nothing else, needs no login, and never expires. */
export interface OptOut {
  tokenOf(stopping: Stopping): string;
  /** Undefined for a token that none of the secrets signed. */
  read(token: string): Stopping | undefined;
}

const SHORTEST_SECRET = 32;
const LONGEST_TOKEN = 2_000;
/** A signature made for something else with the same secret is none here. */
const PURPOSE = 'opportune/digest-opt-out/1';

/**
 * @param secrets The first signs, all are accepted: links in old mails outlive a change of the secret.
 * @throws OpportuneError `opportune/weak-secret` for one with fewer than 32 characters, or none.
 */
export function createOptOut(secrets: readonly string[]): OptOut {
  const [signing] = secrets;
  if (signing === undefined || secrets.some((secret) => secret.length < SHORTEST_SECRET))
    throw new OpportuneError(
      'opportune/weak-secret',
      'the secret of the morning mail is too short',
      {
        remedy: `Give ${SHORTEST_SECRET} random characters or more`,
      },
    );
  const sign = (body: string, secret: string): Buffer =>
    createHmac('sha256', secret).update(`${PURPOSE}\n${body}`).digest();
  return {
    tokenOf({ tenant, rep }) {
      const body = Buffer.from(JSON.stringify([tenant, rep])).toString('base64url');
      return `${body}.${sign(body, signing).toString('base64url')}`;
    },
    read(token) {
      if (token.length > LONGEST_TOKEN) return undefined;
      const [, body, mac] = /^([\w-]+)\.([\w-]{43})$/.exec(token) ?? [];
      if (body === undefined || mac === undefined) return undefined;
      const given = Buffer.from(mac, 'base64url');
      if (!secrets.some((secret) => timingSafeEqual(sign(body, secret), given))) return undefined;
      const [tenant, rep] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
        string,
        string,
      ];
      return { tenant, rep };
    },
  };
}
