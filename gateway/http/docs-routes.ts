import { Type } from 'typebox';
import { answerAs } from './answers.js';
import type { App } from './app.js';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly hide?: boolean;
}

/** The OpenAPI document, a page to read it on, and whether the gateway lives. */
export function docsRoutes(app: App): void {
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'readDocument',
        summary: 'This document',
        security: [],
        response: {
          200: Type.Object({}, { description: 'OpenAPI 3.1', additionalProperties: true }),
        },
      },
    },
    () => app.swagger(),
  );
  app.get(
    '/docs',
    {
      schema: {
        operationId: 'readDocs',
        summary: 'This document, to read',
        security: [],
        response: { 200: answerAs('text/html', 'A page') },
      },
    },
    async (_, reply) => reply.type('text/html; charset=utf-8').send(toPage(app.swagger())),
  );
}

function toPage(document: ReturnType<App['swagger']>): string {
  const { info, paths = {} } = document as {
    readonly info: { readonly title: string; readonly description?: string };
    readonly paths?: { readonly [path: string]: { readonly [method: string]: Operation } };
  };
  const sections = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toSection(method, path, operation)),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${asHtml(info.title)}</title><style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font: 600 1rem/1.5 ui-monospace, monospace; margin: 2rem 0 0; overflow-wrap: anywhere; }
pre { overflow: auto; padding: .75rem; border: 1px solid GrayText; border-radius: .5rem; font-size: .8rem; }
</style></head><body><main><h1>${asHtml(info.title)}</h1><p>${asHtml(info.description ?? '')} <a href="/openapi.json">openapi.json</a></p>
${sections.join('\n')}</main></body></html>`;
}

function toSection(method: string, path: string, operation: Operation): string {
  const { summary = '', description = '', ...rest } = operation;
  return `<section><h2>${method.toUpperCase()} ${asHtml(path)}</h2><p>${asHtml(summary)} ${asHtml(description)}</p>
<details><summary>Shapes</summary><pre>${asHtml(JSON.stringify(rest, null, 2))}</pre></details></section>`;
}

const asHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
