import type { App } from './app.js';
import { type BuiltFile, builtPage, styleSource } from './built-page.js';

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; min-block-size: 100vh; background: light-dark(#fff, #1b1e20); color: light-dark(#1a2022, #e7ebea); font: 14px/20px system-ui, sans-serif; }
form { max-inline-size: 420px; margin: 0 auto; padding: 64px 20px; }
h1 { font-size: 22px; line-height: 28px; margin: 0 0 8px; }
p { margin: 0 0 12px; color: light-dark(#556063, #a6b0b1); }
label { display: block; font-weight: 500; }
input { box-sizing: border-box; inline-size: 100%; min-block-size: 40px; margin: 4px 0 12px; padding: 4px 10px; font: inherit; color: inherit; background: transparent; border: 1px solid light-dark(#7b8683, #7f898c); border-radius: 6px; }
button { min-block-size: 40px; padding: 0 16px; font: inherit; font-weight: 500; color: light-dark(#fff, #062a31); background: light-dark(#0d6270, #77c8d2); border: 0; border-radius: 6px; cursor: pointer; }
dialog { color: inherit; background: light-dark(#fff, #24282b); border: 1px solid light-dark(#c9d1d0, #444b4e); border-radius: 10px; padding: 0; }
dialog form { padding: 24px; }
:focus-visible { outline: 2px solid light-dark(#0d6270, #77c8d2); outline-offset: 2px; }`;

interface SignInPage {
  /** Where it is: `insights`. */
  readonly name: string;
  readonly operationId: string;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly about: string;
  /** The name of the script that the page loads; undefined where it was not built. */
  readonly script: string | undefined;
  /** Names of other files that the script asks for, by what it calls them. */
  readonly parts?: { readonly [part: string]: string };
  readonly files: readonly (Omit<BuiltFile, 'path'> & { readonly name: string })[];
  /** Beside that of templates. */
  readonly trustedTypes?: string;
}

/** A page that holds nothing before somebody signs in, and then what its script asks the gateway for. */
export function signInPage(app: App, page: SignInPage): void {
  const { name, operationId, title, about, trustedTypes, script, parts = {}, files } = page;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    styleSource(STYLE),
    ...(Object.keys(parts).length > 0 ? ["worker-src 'self'", 'img-src data:'] : []),
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${['lit-html', ...(trustedTypes === undefined ? [] : [trustedTypes])].join(' ')}`,
  ].join('; ');
  const data = Object.entries(parts)
    .map(
      ([part, file]) => ` data-${part.replace(/[A-Z]/g, '-$&').toLowerCase()}="/${name}/${file}"`,
    )
    .join('');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><style>${STYLE}</style><script type="module" src="/${name}/${script}"></script></head>
<body${data}><form><h1>${title}</h1><p>${about}</p><label>Access token<input type="password" autocomplete="off" required></label><p>From your identity provider, or made by an administrator with opportune token issue. This tab forgets it when it is closed.</p><button>Open</button></form><noscript>This page needs JavaScript.</noscript></body></html>`;

  builtPage(app, {
    ...{ path: `/${name}`, operationId, summary: about, policy },
    ...{ html: script === undefined ? undefined : html, what: 'the page' },
    files: files.map(({ name: file, ...one }) => ({ path: `/${name}/${file}`, ...one })),
  });
}
