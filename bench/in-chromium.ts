import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';

const WAIT_MS = 300_000;

/**
 * Runs a page of this folder in Chromium, bundled as for production, and resolves with what it leaves as
 * `globalThis.measured`. Rejects where there is no browser.
 */
export async function inChromium(entry: string): Promise<unknown> {
  const found = await findBrowser();
  if (!found) throw new Error('no Chromium is installed here');
  const page = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['production'],
    tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
  });
  const server = createServer((request, response) => {
    const script = request.url === '/page.js';
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(
      script
        ? page.outputFiles[0]?.text
        : '<!doctype html><script type="module" src="/page.js"></script>',
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const browser = await puppeteer.launch({ executablePath: found.path, args: browserFlags });
  try {
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => console.error(error));
    await tab.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
    await tab.waitForFunction('globalThis.measured !== undefined', { timeout: WAIT_MS });
    return await tab.evaluate('globalThis.measured');
  } finally {
    await browser.close();
    server.close();
  }
}
