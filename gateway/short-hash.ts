import { createHash } from 'node:crypto';

/** Names a credential in logs and memories without being one. */
export function shortHash(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
