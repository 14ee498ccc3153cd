import { createHash } from 'node:crypto';
import { OpportuneError } from 'opportune';
import { answerAs } from './answers.js';
import type { App } from './app.js';

interface BuiltPage {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly policy: string;
  /** Undefined where its script was not built. */
  readonly html: string | undefined;
  /** As an error names it. */
  readonly what: string;
  readonly scripts: readonly { readonly path: string; readonly text: string }[];
}

/** A page that anybody may load, with its scripts. A script's name changes when it does ({@link scriptName}). */
export function builtPage(app: App, page: BuiltPage): void {
  const { path, operationId, summary, policy, html, what, scripts } = page;
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
  for (const { path: own, text } of scripts)
    app.get(own, { schema: { hide: true } }, async (_, reply) =>
      // What runs in a worker is held to the policy of its own file.
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type('text/javascript; charset=utf-8')
        .send(text),
    );
}

export const scriptName = (prefix: string, text: string): string =>
  `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`;

/** For a policy that allows this style and no other. */
export const styleSource = (style: string): string =>
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
