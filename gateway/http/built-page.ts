import { createHash } from 'node:crypto';
import { OpportuneError } from 'opportune';
import { answerAs } from './answers.js';
import type { App } from './app.js';

/** What a page loads, named so that its name changes when it does. */
export interface BuiltFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of a worker, which is held to the policy of its own file; absent: nothing may be loaded or compiled there. */
  readonly policy?: string;
}

const KINDS: { readonly [ending: string]: string } = {
  js: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
  gz: 'application/gzip',
};

interface BuiltPage {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly policy: string;
  /** Undefined where its script was not built. */
  readonly html: string | undefined;
  /** As an error names it. */
  readonly what: string;
  readonly files: readonly BuiltFile[];
}

/** A page that anybody may load, with what it loads. */
export function builtPage(app: App, page: BuiltPage): void {
  const { path, operationId, summary, policy, html, what, files } = page;
  app.get(
    path,
    {
      schema: {
        operationId,
        summary,
        security: [],
        response: { 200: answerAs('text/html', 'A page') },
      },
    },
    async (_, reply) => {
      if (html === undefined)
        throw new OpportuneError('opportune/not-found', `${what} was not built`, {
          remedy: 'Run npm run build, and start the gateway anew',
        });
      return reply
        .header('content-security-policy', policy)
        .type('text/html; charset=utf-8')
        .send(html);
    },
  );
  for (const { path: own, bytes, policy: worker } of files)
    app.get(own, { schema: { hide: true } }, async (_, reply) => {
      if (worker !== undefined) reply.header('content-security-policy', worker);
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(KINDS[own.slice(own.lastIndexOf('.') + 1)] ?? 'application/octet-stream')
        .send(Buffer.from(bytes));
    });
}

export const scriptName = (prefix: string, text: string | Uint8Array): string =>
  `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`;

/** For a policy that allows this style and no other. */
export const styleSource = (style: string): string =>
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
