/**
 * The built packages as a user has them: packed, installed into an empty folder, imported and type-checked by every public
 * name, the command and the example of the README run, the panel's two files loaded in Chromium.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';
import { browserFlags, findBrowser } from './browser.mjs';
import { packages } from './entries.mjs';
import { root } from './from-sources.mjs';

const folder = mkdtempSync(join(tmpdir(), 'opportune-smoke-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const names = packages
  .filter(({ command }) => !command)
  .flatMap(({ name, entries }) => Object.keys(entries).map((entry) => join(name, entry)));

try {
  install();
  importEverything();
  checkTypes();
  runCommand();
  runExample();
  await loadPanel();
  console.log('The built packages work where they are installed.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function install() {
  const archives = packages.map(({ folder: source }) => {
    const args = ['pack', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(run('npm', args, join(root, source)));
    return `./${filename}`;
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...archives]);
}

function importEverything() {
  const imports = names.map((name, index) => `import * as a${index} from '${name}';`);
  const empty = names.map((name, index) => `if (!Object.keys(a${index}).length) throw '${name}';`);
  // A page's module that registers an element is of no use to Node, but must not break a server that imports it.
  writeFileSync(join(folder, 'all.mjs'), [...imports, ...empty].join('\n'));
  run('node', ['all.mjs']);
}

function checkTypes() {
  const imports = names.map(
    (name, index) => `import * as a${index} from '${name}';\nvoid a${index};`,
  );
  writeFileSync(join(folder, 'all.ts'), imports.join('\n'));
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
  run('node', [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'all.ts']);
}

function runCommand() {
  cpSync(join(root, 'examples/crm/playbook'), join(folder, 'playbook'), { recursive: true });
  run('npx', ['opportune', 'check', 'playbook']);
}

/** What the README shows first is the example, and prints what its comments say. */
function runExample() {
  cpSync(join(root, 'examples/hello'), join(folder, 'hello'), { recursive: true });
  const example = readFileSync(join(folder, 'hello/hello.js'), 'utf8');
  if (!readFileSync(join(root, 'README.md'), 'utf8').includes(example))
    throw new Error('README.md does not show examples/hello/hello.js as it is.');
  const promised = [...example.matchAll(/^\/\/ (.*\n)/gm)].map(([, line]) => line).join('');
  const printed = run('node', ['hello/hello.js']);
  if (printed !== promised) throw new Error(`examples/hello/hello.js printed:\n${printed}`);
}

/** Each of the panel's files, with an agent behind it, on a page that allows no inline script, no eval and no markup. */
async function loadPanel() {
  const { readPlaybook } = await import(pathToFileURL(join(folder, 'hello/read-playbook.js')).href);
  const files = {
    '/module': '<script type="module" src="/panel.js"></script>',
    '/classic': '<script src="/panel.iife.js"></script>',
    '/playbook': JSON.stringify(readPlaybook('playbook')),
  };
  const policy = "default-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";
  const server = createServer(({ url }, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', url in files ? 'text/html' : 'text/javascript');
    const built = join(folder, 'node_modules/opportune/dist', url);
    if (url in files || existsSync(built)) response.end(files[url] ?? readFileSync(built, 'utf8'));
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chromium = await findBrowser();
  if (!chromium) throw new Error('The panel was not tried: there is no browser.');
  const browser = await launch({ executablePath: chromium.path, args: browserFlags });
  try {
    for (const path of ['/module', '/classic']) {
      const page = await browser.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        const { url } = message.location();
        if (message.type() === 'error' && !url?.endsWith('/favicon.ico'))
          problems.push(message.text());
      });
      await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
      await page.evaluate(showKestrel);
      await page
        .waitForFunction(() =>
          document
            .querySelector('opportune-panel')
            .shadowRoot.textContent.includes('Call Kestrel Foods'),
        )
        .catch((error) => problems.push(error.message));
      if (problems.length) throw new Error(`${path}: ${problems.join('; ')}`);
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in the page. */
async function showKestrel() {
  const [{ createAgent }, { createMemoryStore }, { createPanelSource }] = await Promise.all(
    ['/index.js', '/stores/memory.js', '/view.js'].map((file) => import(file)),
  );
  const now = Date.parse('2026-11-20T09:00:00Z');
  const clock = { now: () => now };
  const agent = await createAgent({ store: createMemoryStore(), clock });
  await agent.publish(await (await fetch('/playbook')).json());
  const [record, asker] = ['crm:account:7', 'crm:rep:ana'];
  const known = { subjects: [record], about: [record], learnedAt: now, grade: 'observed' };
  const values = { name: 'Kestrel Foods', owner: asker };
  const [earlier, lately] = [50, 15].map((days) => now - days * 86_400_000);
  await agent.record([
    { ...known, id: 'f1', type: 'record-changed', occurredAt: earlier, data: { values } },
    {
      ...known,
      id: 'f2',
      type: 'email-received',
      occurredAt: lately,
      by: 'crm:contact:3',
      data: {},
    },
  ]);
  const source = createPanelSource(agent, { clock, newId: () => crypto.randomUUID() });
  const panel = Object.assign(document.createElement('opportune-panel'), { source, record, asker });
  document.body.append(panel);
}
