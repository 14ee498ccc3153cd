import type { HttpOptions } from './create-http.js';

/** What every answer tells the browser that reads it. */
export function securityHeaders({ publicUrl, pages }: Pick<HttpOptions, 'publicUrl' | 'pages'>): {
  readonly [name: string]: string;
} {
  const frames = pages.length > 0 ? pages.join(' ') : "'none'";
  return {
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors ${frames}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-site',
    'cache-control': 'no-store',
    ...(publicUrl.startsWith('https:') && {
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    }),
  };
}
