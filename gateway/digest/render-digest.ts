import { createHash } from 'node:crypto';
import { toDigestHtml } from './digest-html.js';
import { toDigestText } from './digest-text.js';
import type { Digest } from './plan-digest.js';

/** A mail but for who it goes to. */
export interface DigestMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: { readonly [name: string]: string };
}

/** What a digest needs to become a mail. */
export interface Envelope {
  /** Where one click stops the mail, without a login; https. */
  readonly stopUrl: string;
  /** Whose rep it is; makes the id of the mail its own. */
  readonly tenant: string;
  /** Right of the @ of the id: the domain of the sender. */
  readonly domain: string;
}

/** The same digest gives the same bytes. The id hangs on tenant, rep and day alone, so that a repeated mail is known. */
export function renderDigest(digest: Digest, { stopUrl, tenant, domain }: Envelope): DigestMail {
  const { rep, date, subject } = digest;
  const key = createHash('sha256')
    .update(JSON.stringify([tenant, rep, date]))
    .digest('hex');
  return {
    subject,
    html: toDigestHtml(digest, stopUrl),
    text: toDigestText(digest, stopUrl),
    messageId: `<digest.${date}.${key.slice(0, 32)}@${domain}>`,
    headers: {
      'List-Unsubscribe': `<${stopUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
      // Exchange answers with "out of office" all the same without it.
      'X-Auto-Response-Suppress': 'All',
    },
  };
}
