/**
 * The built packages as a user has them: packed, installed into an empty folder, imported and type-checked by every public
 * name, the command run, the panel's two files loaded in Chromium under a strict content policy.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { browserFlags, findBrowser } from './browser.mjs';
import { packages } from './entries.mjs';
import { root } from './from-sources.mjs';

const folder = mkdtempSync(join(tmpdir(), 'opportune-smoke-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  install();
  importEverything();
  checkTypes();
  runCommand();
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

const names = packages
  .filter(({ command }) => !command)
  .flatMap(({ name, entries }) => Object.keys(entries).map((entry) => join(name, entry)));

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

async function loadPanel() {
  const scripts = {
    '/module': '<script type="module" src="/panel.js"></script>',
    '/classic': '<script src="/panel.iife.js"></script>',
  };
  const policy = "default-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";
  const server = createServer(({ url }, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', url in scripts ? 'text/html' : 'text/javascript');
    response.end(
      scripts[url] ?? readFileSync(join(folder, 'node_modules/opportune/dist', url), 'utf8'),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chromium = await findBrowser();
  if (!chromium) throw new Error('The panel was not tried: there is no browser.');
  const browser = await launch({ executablePath: chromium.path, args: browserFlags });
  try {
    for (const path of Object.keys(scripts)) {
      const page = await browser.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (['error', 'warn'].includes(message.type())) problems.push(message.text());
      });
      await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
      const drawn = await page.evaluate(async () => {
        const panel = document.createElement('opportune-panel');
        document.body.append(panel);
        await panel.updateComplete;
        return panel.shadowRoot?.childElementCount ?? 0;
      });
      if (!drawn || problems.length)
        throw new Error(`${path}: ${drawn ? '' : 'nothing was drawn; '}${problems.join('; ')}`);
    }
  } finally {
    await browser.close();
    server.close();
  }
}
