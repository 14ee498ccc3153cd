/**
 * The studio's content library with 10,000 contents and 5,000 plays, in Chromium: how long after a letter in the search, and
 * in the type-ahead of a chip, what it finds is drawn and laid out.
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';

const page = await build({
  entryPoints: [fileURLToPath(new URL('./studio-content-page.ts', import.meta.url))],
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
const found = await findBrowser();
if (!found) process.exit(1);
const browser = await puppeteer.launch({ executablePath: found.path, args: browserFlags });
try {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => console.error(error));
  await tab.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
  await tab.waitForFunction('globalThis.measured !== undefined', { timeout: 300_000 });
  const { listed, prepared, search, tag } = (await tab.evaluate('globalThis.measured')) as {
    readonly listed: number;
    readonly prepared: number;
    readonly search: readonly number[];
    readonly tag: readonly number[];
  };
  console.log(
    `\n10,000 contents and 5,000 plays; the list stands after ${Math.round(listed)} ms, its words are read ${Math.round(prepared)} ms later`,
  );
  for (const [name, times] of Object.entries({
    'a letter in the search': search,
    'a letter in a chip': tag,
  })) {
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
    console.log(
      `${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms of ${times.length}`,
    );
  }
} finally {
  await browser.close();
  server.close();
}
