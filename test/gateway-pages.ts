import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { SourceFile } from 'opportune/plan';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { openTestGateway, type TestGateway } from '../gateway/serve/test-gateway.js';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { bundleStudio } from '../scripts/bundle-hosts.mjs';
import { freePort } from './free-port.js';

const LONG_MS = 60_000;

/** A gateway with its studio, and panels of its reps, in one browser. */
export interface GatewayPages {
  readonly gateway: TestGateway;
  /** What pages complained of. */
  readonly problems: readonly string[];
  openPanel(rep: string, account: string): Promise<Page>;
  /** As one of the development login: `acme crm:rep:mia rep,marketer`; `before` anything is loaded. */
  openStudio(who: string, before?: (page: Page) => Promise<void>): Promise<Page>;
  close(): Promise<void>;
}

/** A page of the CRM's with the panel of a rep on it. Its clock is the browser's, unless `now` is kept there. */
async function bundlePanel(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { define } from './widget/opportune-panel.js';
        import { createBrowserPanel } from './widget/browser-panel.js';
        define();
        const [rep, account] = location.hash.slice(1).split('/');
        const asker = 'crm:rep:' + rep;
        const authorization = 'Development acme ' + asker + ' rep';
        const token = async () =>
          (await fetch('/v1/token', { method: 'POST', headers: { authorization } })).json();
        const clock = {
          now: () => Number(localStorage.getItem('now')) || Date.now(),
          every: (ms, run) => {
            const timer = setInterval(run, ms);
            return () => clearInterval(timer);
          },
        };
        const { source } = await createBrowserPanel({ url: location.origin, token, asker, clock, name: rep });
        document.querySelector('form').remove();
        const record = 'crm:account:' + account;
        document.body.append(Object.assign(document.createElement('opportune-panel'), { source, record, asker }));`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    ...{ bundle: true, write: false, format: 'esm', target: 'es2022', ignoreAnnotations: true },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

export async function openGatewayPages(options: {
  /** Of the company `acme`. */
  readonly company: string;
  readonly playbook: readonly SourceFile[];
  /** The gateway's clock is the machine's. */
  readonly follows?: boolean;
}): Promise<GatewayPages> {
  const found = await findBrowser(() => undefined);
  assert.ok(found, 'a browser is needed');
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const gateway = await openTestGateway({
    settings: `\npublicUrl: ${address}\ntenants:\n  acme: ${options.company}\n`,
    ...(options.follows && { follows: true }),
    insightsScript: await bundlePanel(),
    studioFiles: await bundleStudio(),
    playbook: options.playbook,
  });
  await gateway.app.listen({ host: 'localhost', port });
  const browser: Browser = await launch({ executablePath: found.path, args: browserFlags });
  const problems: string[] = [];

  async function openPage(path: string, before?: (page: Page) => Promise<void>): Promise<Page> {
    const page = await browser.newPage();
    await before?.(page);
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${address}${path}`);
    return page;
  }
  return {
    gateway,
    problems,
    openPanel: (rep, account) => openPage(`/insights#${rep}/${account}`),
    async openStudio(who, before) {
      const page = await openPage('/studio', before);
      await page.type('input', `Development ${who}`);
      await page.click('button');
      return page;
    },
    async close() {
      await browser.close();
      await gateway.close();
    },
  };
}

/** Waits until something that can be seen says these words, in its text or its name, and presses it where `press` says so. */
export async function sees(
  page: Page,
  selector: string,
  words: string,
  {
    press = false,
    tag = 'opportune-studio',
  }: { readonly press?: boolean; readonly tag?: string } = {},
): Promise<void> {
  const shown = page.waitForFunction(
    (inside, wanted, text, presses) => {
      const root = document.querySelector(inside)?.shadowRoot;
      const found = [...(root?.querySelectorAll<HTMLElement>(wanted) ?? [])].find((one) => {
        const said = `${one.ariaLabel ?? ''} ${one.textContent}`.replace(/\s+/g, ' ');
        return said.includes(text) && !(one as HTMLButtonElement).disabled;
      });
      if (found && presses) found.click();
      return found !== undefined;
    },
    { timeout: LONG_MS, polling: 50 },
    ...([tag, selector, words, press] as const),
  );
  await shown.catch(async (error: unknown) => {
    const text = await textOn(page, tag);
    throw new Error(`${selector} “${words}”: ${error}\n${text.slice(0, 2000)}`);
  });
}

export const textOn = (page: Page, tag: string): Promise<string> =>
  page.evaluate(
    (inside) =>
      (document.querySelector(inside)?.shadowRoot?.textContent ?? document.body.innerText).replace(
        /\s+/g,
        ' ',
      ),
    tag,
  );
