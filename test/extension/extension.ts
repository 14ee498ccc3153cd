import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch, type Page, type WebWorker } from 'puppeteer-core';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { buildExtension } from '../../scripts/build-extension.mjs';
import { compileForExtension, HUBSPOT_MAP, SALESFORCE_MAP } from './playbook-files.js';
import { startTwoCrms, type TwoCrms } from './two-crms.js';

const { key } = JSON.parse(readFileSync('extension/manifest.json', 'utf8')) as { key: string };
/** As Chrome makes it of the key in the manifest. */
export const EXTENSION: string = createHash('sha256')
  .update(Buffer.from(key, 'base64'))
  .digest('hex')
  .slice(0, 32)
  .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

/** Why there is nothing to try: set where the browser that was found loads none. */
export const WITHOUT_EXTENSIONS: string | false =
  process.env.OPPORTUNE_NO_EXTENSIONS === '1' && 'the browser loads no extensions';

export interface Extension {
  /** The folder it was built into. */
  readonly dist: string;
  readonly crms: TwoCrms;
  readonly browser: Browser;
  readonly worker: WebWorker;
  /** All that any page or worker said. */
  readonly said: readonly string[];
  /** Accounts of the rep who signs in to Salesforce. */
  readonly mine: readonly string[];
  /** A page of the extension by its name, or any other. */
  open(address: string): Promise<Page>;
  close(): Promise<void>;
}

/** Chromium with the extension, both CRMs behind it, a playbook and mappings to read. */
export async function startExtension(): Promise<Extension> {
  const found = await findBrowser(() => undefined);
  assert.ok(found?.extensions, 'a browser that loads extensions is needed');
  const dist = mkdtempSync(join(tmpdir(), 'opportune-extension-'));
  await buildExtension(dist);
  const crms = await startTwoCrms(EXTENSION);
  const { org, user } = crms.salesforce;
  const mine = [...org.rows('Account').keys()].slice(0, 6);
  for (const id of mine) org.update('Account', id, { OwnerId: user });
  crms.files.set('/playbook.json', compileForExtension());
  crms.files.set('/salesforce.yaml', SALESFORCE_MAP);
  crms.files.set('/hubspot.yaml', HUBSPOT_MAP);
  const browser = await launch({
    executablePath: found.path,
    pipe: true,
    enableExtensions: [dist],
    args: [
      ...browserFlags,
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP * 127.0.0.1:${crms.port}`,
    ],
  });
  const said: string[] = [];
  const target = await browser.waitForTarget((one) => one.type() === 'service_worker');
  const worker = await target.worker();
  assert.ok(worker);
  worker.on('console', (message) => said.push(message.text()));
  return {
    ...{ dist, crms, browser, worker, said, mine },
    async open(address) {
      const page = await browser.newPage();
      page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(
        address.startsWith('https:') ? address : `chrome-extension://${EXTENSION}/${address}`,
      );
      return page;
    },
    async close() {
      await browser.close();
      await crms.close();
      rmSync(dist, { recursive: true, force: true });
    },
  };
}
