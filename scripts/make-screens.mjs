/**
 * Makes docs/screens.md's images again: `node scripts/make-screens.mjs`. One decision of the demo, in each look, its day,
 * studio and insights, and the browser extension beside a Salesforce on this machine. What is served for it is from the
 * sources and ends with this.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { tsImport } from 'tsx/esm/api';
import { browserFlags, findBrowser } from './browser.mjs';
import { root } from './from-sources.mjs';

const WAIT_MS = 120_000;
const images = join(root, 'docs/images');

/** What is taken: the whole page, or the panel in it. */
const screens = [
  { name: 'screen-demo', look: 'neutral light', of: 'page' },
  { name: 'screen-slds-light', look: 'lightning light', of: 'panel' },
  { name: 'screen-slds-dark', look: 'lightning dark', of: 'panel' },
  { name: 'screen-hubspot', look: 'hubspot light', of: 'panel' },
];

/** What the other pages of the demo show once this was clicked, and when it is there. */
const pages = [
  { name: 'screen-day', path: 'day', host: 'opportune-day', taps: [], shows: ', costs $' },
  {
    ...{ name: 'screen-studio', path: 'studio', host: 'opportune-studio' },
    ...{ taps: ['Help our advocate make the case inside'], shows: 'would show it now' },
  },
  {
    ...{ name: 'screen-coverage', path: 'studio', host: 'opportune-studio' },
    ...{ taps: ['Coverage'], shows: 'Up to four plays speak' },
  },
  {
    ...{ name: 'screen-insights', path: 'insights', host: 'opportune-insights' },
    ...{ taps: ['Why deals are lost, by product'], shows: 'lost deals with one' },
  },
];

const found = await findBrowser(() => {});
if (!found) throw new Error('a browser is needed: set CHROME_PATH');
const demo = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const profile = mkdtempSync(join(tmpdir(), 'opportune-screens-'));
try {
  const url = await new Promise((resolve, reject) => {
    let said = '';
    demo.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [, address] = /Opportune runs at (\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    demo.on('exit', () => reject(new Error(`the demo ended: ${said}`)));
  });
  const browser = await launch({
    executablePath: found.path,
    args: browserFlags,
    userDataDir: profile,
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.setDefaultNavigationTimeout(WAIT_MS);
    await page.setViewport({ width: 1280, height: 820 });
    await page.goto(url);
    const texts = new Map();
    for (const { name, look, of } of screens) {
      await page.evaluate((look) => localStorage.setItem('opportune-demo-look', look), look);
      await page.reload();
      await page.waitForFunction(() =>
        document.querySelector('opportune-panel')?.shadowRoot?.querySelector('.card.open'),
      );
      texts.set(
        await page.evaluate(
          () =>
            document.querySelector('opportune-panel').shadowRoot.querySelector('.cards').innerText,
        ),
        name,
      );
      const { x, y, width, height } = await page.evaluate(() => {
        const { x, y, width, height } = document
          .querySelector('opportune-panel')
          .getBoundingClientRect();
        return { x, y, width, height };
      });
      await page.screenshot({
        path: join(images, `${name}.webp`),
        type: 'webp',
        quality: 72,
        ...(of === 'panel' && { clip: { x, y, width, height: Math.min(height, 760) } }),
      });
      console.log(`docs/images/${name}.webp`);
    }
    // What is shown must be one decision, whatever it looks like.
    if (texts.size !== 1) throw new Error(`the looks differ in words: ${[...texts.values()]}`);
    for (const one of pages) await takePage(page, url, one);
  } finally {
    await browser.close();
  }
} finally {
  demo.kill('SIGINT');
  rmSync(profile, { recursive: true, force: true });
}
await takeExtension();

async function takePage(page, url, { name, path, host, taps, shows }) {
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.goto(new URL(`/examples/crm/${path}.html`, url).href);
  for (const label of taps)
    await page.waitForFunction(
      (host, label) => {
        const all = document.querySelector(host)?.shadowRoot?.querySelectorAll('a, button') ?? [];
        const one = [...all].find(({ textContent }) => textContent.includes(label));
        one?.click();
        return one !== undefined;
      },
      { polling: 200 },
      ...[host, label],
    );
  await page.waitForFunction(
    (host, shows) => document.querySelector(host)?.shadowRoot?.textContent.includes(shows),
    { polling: 200 },
    ...[host, shows],
  );
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: join(images, `${name}.webp`), type: 'webp', quality: 72 });
  console.log(`docs/images/${name}.webp`);
}

/** The page that Chrome shows in its side panel, as wide as that begins, on the record that is open beside it. */
async function takeExtension() {
  const load = (path) => tsImport(path, import.meta.url);
  const { startExtension } = await load('../test/extension/extension.ts');
  const { setUp } = await load('../test/extension/set-up.ts');
  const { LIGHTNING } = await load('../test/extension/two-crms.ts');
  const extension = await startExtension();
  try {
    const [account] = extension.mine;
    const { salesforce, files } = extension.crms;
    salesforce.org.update('Account', account, { Name: 'Kestrel Foods' });
    // The tests' own playbook lets a buyer be called without end.
    files.set('/playbook.json', files.get('/playbook.json').replace('"touches":50', '"touches":3'));
    await setUp(extension);
    const panel = await extension.open('panel.html');
    panel.setDefaultTimeout(WAIT_MS);
    await panel.setViewport({ width: 360, height: 760, deviceScaleFactor: 1 });
    const isSeen = (selector) => panel.waitForSelector(selector, { visible: true });
    await (await isSeen('#go')).click();
    await panel.waitForFunction(() =>
      /No record/.test(document.querySelector('#title').textContent),
    );
    await extension.open(`${LIGHTNING}/lightning/r/Account/${account}/view`);
    await panel.bringToFront();
    await isSeen('opportune-panel >>> .card.open .primary');
    const path = join(images, 'screen-extension.webp');
    await panel.screenshot({ path, type: 'webp', quality: 72 });
    console.log('docs/images/screen-extension.webp');
  } finally {
    await extension.close();
  }
}
