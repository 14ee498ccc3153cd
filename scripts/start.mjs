/** `npm start`: the demo from the sources, on http://localhost:4173 or the next free port; PORT asks for another. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './from-sources.mjs';
import { playbookPlugin } from './playbook-plugin.mjs';

// What careful CRM pages enforce: no inline script, no eval, no markup from strings but Lit's own templates.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const asked = Number(process.env.PORT);
let port = asked || 4173;
if (process.env.PORT) {
  if (!(asked > 0 && asked < 65_536) || !(await isFree(port))) {
    console.error(`PORT=${process.env.PORT} is taken or no port: choose another, or none at all.`);
    process.exit(2);
  }
} else while (!(await isFree(port))) port++;

/** Serves the demo's script with all that it imports as one file: 150 requests would take most of the first seconds. */
const inOnePiece = {
  name: 'in-one-piece',
  async serve(context) {
    if (context.path !== '/examples/crm/main.ts') return undefined;
    const { outputFiles } = await build({
      entryPoints: [join(root, context.path)],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'esnext',
      conditions: ['production'],
      tsconfig: join(root, 'tsconfig.json'),
      sourcemap: 'inline',
      // What registers an element is no side effect to a reader of package.json, which knows the built files.
      ignoreAnnotations: true,
    });
    return { body: outputFiles[0].text, type: 'js' };
  },
};

// The longest part begins first, beside everything else.
const playbooks = playbookPlugin(root);
playbooks.serve({ path: '/examples/crm/playbook.json' }).catch(() => {}); // Who asks for it is told.
const { startDevServer } = await import('@web/dev-server');
await startDevServer({
  config: {
    rootDir: root,
    plugins: [playbooks, inOnePiece],
    hostname: '127.0.0.1',
    port,
    watch: false,
    middleware: [
      (context, next) => {
        if (context.path === '/') return context.redirect('/examples/crm/');
        context.set('content-security-policy', policy);
        return next();
      },
    ],
  },
  readCliArgs: false,
  readFileConfig: false,
  logStartMessage: false,
});
console.log(`Opportune runs at http://localhost:${port}/ (Ctrl+C ends it)`);
