import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { launch } from 'puppeteer-core';

const cache = fileURLToPath(new URL('../node_modules/.cache/opportune/', import.meta.url));

/** Flags for every start of Chromium here: as root it refuses to start with its sandbox, and nothing is to call home. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Finds a Chromium that really starts, installing one where that is allowed and needed, and says what it did.
 * Sets CHROME_PATH for everything started later, and OPPORTUNE_NO_EXTENSIONS=1 when the browser loads none.
 * @returns {Promise<{ path: string, extensions: boolean } | undefined>}
 */
export async function findBrowser(log = console.log) {
  for (const find of [fromEnvironment, fromSystem, fromDebian, fromPackage, fromPlaywright]) {
    for (const candidate of await find(log)) {
      const problem = await whyNot(candidate);
      if (problem) {
        log(`browser: ${candidate.path} does not count: ${problem}`);
        continue;
      }
      log(`browser: ${candidate.path} (${candidate.from})`);
      process.env.CHROME_PATH = candidate.path;
      const extensions = candidate.from !== packageName;
      if (!extensions) process.env.OPPORTUNE_NO_EXTENSIONS = '1';
      return { path: candidate.path, extensions };
    }
  }
  log('browser: none found. Set CHROME_PATH to Chromium or Chrome, or install one.');
  return undefined;
}

/** A file of that name proves nothing (a stub of another package system, missing libraries): it has to start. */
async function whyNot({ path, from }) {
  try {
    const browser = await launch({ executablePath: path, args: browserFlags, timeout: 60_000 });
    const version = await browser.version();
    await browser.close();
    // The headless shell calls itself HeadlessChrome, the full browser Chrome in either mode.
    const shell = version.startsWith('HeadlessChrome') && from !== packageName;
    return shell ? 'it is chromium-headless-shell, which loads no extension' : undefined;
  } catch (error) {
    return error.message.trim().split('\n').slice(0, 3).join(' ');
  }
}

function fromEnvironment() {
  const path = process.env.CHROME_PATH;
  return path ? [{ path, from: 'CHROME_PATH' }] : [];
}

function fromSystem() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  paths.push(
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) =>
      process.env[name] ? [join(process.env[name], 'Google/Chrome/Application/chrome.exe')] : [],
    ),
  );
  return paths.filter((path) => existsSync(path)).map((path) => ({ path, from: 'the system' }));
}

const mayInstall = () => process.env.OPPORTUNE_NO_INSTALL !== '1';

function fromDebian(log) {
  if (!mayInstall() || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return [];
  const run = (...args) => {
    log(`browser: apt-get ${args.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const done = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    return done.status === 0;
  };
  const packages = ['chromium', 'fonts-dejavu-core'];
  if (run('update') && run('install', '-y', '--no-install-recommends', ...packages))
    return fromSystem().map(({ path }) => ({ path, from: 'installed by apt-get' }));
  log('browser: apt-get did not succeed');
  return [];
}

const packageName = '@sparticuz/chromium, which loads no extension';

async function fromPackage(log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  const { default: chromium } = await import('@sparticuz/chromium');
  const folder = join(cache, 'sparticuz');
  mkdirSync(folder, { recursive: true });
  // It unpacks into the folder for temporary files, where anyone may have put another file of that name.
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  const path = await chromium.executablePath();
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  if (await whyNot({ path, from: packageName })) {
    // A machine without libnss3 and libnspr4: the package carries its own, for Amazon Linux, packed apart.
    const archive = fileURLToPath(
      new URL('../../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')),
    );
    spawnSync('tar', ['-x', '-C', folder], { input: brotliDecompressSync(readFileSync(archive)) });
    const own = join(folder, 'lib');
    const folders = [own, process.env.LD_LIBRARY_PATH].filter(Boolean);
    process.env.LD_LIBRARY_PATH = folders.join(delimiter);
    log(`browser: ${path} needs libraries that this machine lacks; using ${own}`);
  }
  return [{ path, from: packageName }];
}

function fromPlaywright(log) {
  if (!mayInstall()) return [];
  const folder = join(cache, 'playwright');
  const args = ['--yes', 'playwright-core@1.65.1', 'install', '--no-shell', 'chromium'];
  log(`browser: npx ${args.join(' ')}`);
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: folder };
  const shell = process.platform === 'win32'; // npx is a command file there.
  spawnSync('npx', args, { env, shell, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((file) => /[\\/](chrome|chrome\.exe|Google Chrome for Testing|Chromium)$/.test(file))
    .map((file) => ({ path: join(folder, file), from: "Playwright's download" }));
}
