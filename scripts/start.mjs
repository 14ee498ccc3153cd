/**
 * `npm start`: the demo from the sources, on http://localhost:4173 or the next free port; PORT asks for another.
 * `npm start -- --gateway`: two reps' panels side by side, behind a gateway that ends with it; `--store FOLDER` keeps
 * what the gateway knows.
 */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';
import { root } from './from-sources.mjs';
import { playbookPlugin } from './playbook-plugin.mjs';

const { gateway: behindGateway = false, store } = readArguments();

function readArguments() {
  try {
    const options = { gateway: { type: 'boolean' }, store: { type: 'string' } };
    const { values } = parseArgs({ options });
    if (values.store === undefined || values.gateway) return values;
    throw new Error('--store is for --gateway');
  } catch (error) {
    console.error(`${error.message}\nUsage: npm start -- [--gateway [--store FOLDER]]`);
    process.exit(2);
  }
}

// What careful CRM pages enforce: no inline script, no eval, no markup from strings but Lit's own templates.
const policyFor = (gateway, { solves = false } = {}) =>
  [
    "default-src 'none'",
    `script-src 'self'${solves ? " 'wasm-unsafe-eval'" : ''}`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${gateway ? ` ${gateway}` : ''}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html opportune-worker opportune-paste',
  ].join('; ');

const PAGE = behindGateway ? '/examples/gateway/' : '/examples/crm/';
const GATEWAY_PORT = 8474;
/** Reads what is drawn in pictures. */
const PICTURE_WORKER = '/widget/embed/picture-worker.ts';
const SCRIPTS = new Set([
  ...[
    'main.ts',
    'studio.ts',
    'studio-worker.ts',
    'insights.ts',
    'insights-worker.ts',
    'day.ts',
    'day-book-worker.ts',
    'day-solver.ts',
  ].map((name) => PAGE + name),
  '/widget/embed/pdf-worker.ts',
  PICTURE_WORKER,
]);

const SOLVERS = new Set(['day-solver.ts', 'insights-worker.ts'].map((name) => PAGE + name));

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

/** Serves the demo's scripts with all that they import as one file each: 150 requests would take most of the first seconds. */
const inOnePiece = {
  name: 'in-one-piece',
  async serve(context) {
    if (!SCRIPTS.has(context.path)) return undefined;
    const { outputFiles } = await build({
      entryPoints: [join(root, context.path)],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'esnext',
      // Without it, Markdown is read with the help of a document, which a worker does not have.
      conditions: ['production', 'worker'],
      external: ['pdfjs-dist/*', 'node:*'],
      tsconfig: join(root, 'tsconfig.json'),
      sourcemap: 'inline',
      // What registers an element is no side effect to a reader of package.json, which knows the built files.
      ignoreAnnotations: true,
    });
    return { body: outputFiles[0].text, type: 'js' };
  },
};

/** Left out of that one file, and loaded when somebody opens a PDF file. */
const pdfReader = {
  name: 'pdf-reader',
  resolveImport: ({ source }) =>
    source.startsWith('pdfjs-dist/') ? `/node_modules/${source}` : undefined,
};

// The longest part begins first, beside everything else.
const playbooks = playbookPlugin(root);
if (!behindGateway) playbooks.serve({ path: '/examples/crm/playbook.json' }).catch(() => {}); // Who asks for it is told.
const origins = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
const gateway = behindGateway ? await openGateway() : undefined;
const policy = policyFor(gateway?.place().url);
/** Of the workers that compile a WebAssembly file. */
const solverPolicy = policyFor(gateway?.place().url, { solves: true });

/** Ctrl+C while it starts leaves nothing behind either. */
async function openGateway() {
  let stopped = false;
  const end = () => {
    stopped = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
  let gatewayPort = GATEWAY_PORT;
  while (!(await isFree(gatewayPort))) gatewayPort++;
  const { startDemoGateway } = await tsImport('./demo-gateway.ts', {
    parentURL: import.meta.url,
    tsconfig: join(root, 'tsconfig.json'),
  });
  const started = await startDemoGateway({
    playbook: join(root, 'examples/crm/playbook'),
    ...(store !== undefined && { store }),
    port: gatewayPort,
    pages: origins,
    say(progress) {
      if (stopped) throw new Error('stopped');
      console.log(progress);
    },
  }).catch((error) => {
    if (!stopped) console.error(error.message);
    process.exit(stopped ? 130 : 1);
  });
  const close = () => started.close().then(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end).once(signal, close);
  if (stopped) await close();
  return started;
}

/** What the page asks of the machine that runs the gateway: where it is, and that a day passes. */
async function askGateway(context) {
  const { method, path, headers } = context;
  if (!gateway || path !== `${PAGE}gateway.json`) return false;
  if (method === 'POST') {
    if (!origins.includes(headers.origin)) context.throw(403);
    await gateway.skipDay();
  }
  context.body = gateway.place();
  return true;
}

const { startDevServer } = await import('@web/dev-server');
await startDevServer({
  config: {
    rootDir: root,
    plugins: [playbooks, inOnePiece, pdfReader],
    hostname: '127.0.0.1',
    port,
    watch: false,
    middleware: [
      async (context, next) => {
        if (context.path === '/') return context.redirect(PAGE);
        // What runs in a worker is held to the policy of its own file: WebAssembly runs nowhere else.
        const own = {
          [PICTURE_WORKER]: "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'",
          ...(SOLVERS.has(context.path) && { [context.path]: solverPolicy }),
        };
        context.set('content-security-policy', own[context.path] ?? policy);
        if (!(await askGateway(context))) await next();
      },
    ],
  },
  autoExitProcess: !gateway,
  readCliArgs: false,
  readFileConfig: false,
  logStartMessage: false,
});
if (gateway) console.log(`The gateway listens on ${gateway.place().url}`);
console.log(`Opportune runs at http://localhost:${port}/ (Ctrl+C ends it)`);
