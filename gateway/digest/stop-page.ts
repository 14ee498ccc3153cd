import { escapeHtml } from '../../src/view/escape-html.js';
import type { DigestLog } from './digest-log.js';
import type { DigestStrings } from './digest-strings.js';
import type { OptOut } from './opt-out.js';

interface Page {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/**
 * Answers the link that stops the mail. Programs that look at links ask by GET, and change nothing; a click on the page, and
 * the one click of a mail program (RFC 8058), come by POST.
 */
export async function answerStop(
  { method, token }: { readonly method: 'GET' | 'POST'; readonly token: string },
  {
    optOut,
    logOf,
    strings,
  }: {
    readonly optOut: OptOut;
    /** Undefined for a tenant that is not here any more. */
    logOf(tenant: string): DigestLog | undefined;
    readonly strings: DigestStrings;
  },
): Promise<Page> {
  const { digest } = strings;
  const stopping = optOut.read(token);
  const log = stopping && logOf(stopping.tenant);
  if (!log) return page(404, digest.stopUnknownTitle, digest.stopUnknown, strings);
  if (method === 'GET')
    return page(200, digest.stopTitle, digest.stopNote, strings, digest.stopButton);
  await log.stop(stopping.rep);
  return page(200, digest.stopped, digest.stopNote, strings);
}

function page(
  status: number,
  title: string,
  text: string,
  { locale, direction }: DigestStrings,
  button?: string,
): Page {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    },
    body: `<!DOCTYPE html>
<html lang="${escapeHtml(locale)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark}body{max-width:32em;margin:15vh auto;padding:0 16px;font:16px/24px system-ui,sans-serif}h1{font-size:20px}button{min-height:44px;padding:0 18px;font:inherit}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${button ? `<form method="post"><button>${escapeHtml(button)}</button></form>` : ''}</main></body></html>
`,
  };
}
