import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type Frame, launch, type Page } from 'puppeteer-core';
import {
  CONNECTOR,
  openTestGateway,
  silent,
  type TestGateway,
  until,
} from '../../../gateway/serve/test-gateway.js';
import { browserFlags, findBrowser } from '../../../scripts/browser.mjs';
import { bundleHost } from '../../../scripts/bundle-hosts.mjs';
import { freePort } from '../../../test/free-port.js';
import { compileComponent } from './compile-component.js';

export interface Org {
  readonly gateway: TestGateway;
  readonly browser: Browser;
  /** Where the pages of the CRM are. */
  readonly crm: string;
  /** Where the gateway listens, or would. */
  readonly address: string;
  /** Lets the gateway be reached. */
  listen(): Promise<void>;
  /** A record page as a user sees it; speeds up its waiting. */
  openPage(options?: PageOptions): Promise<RecordPage>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly record?: string;
  readonly mode?: 'frame' | 'component';
  readonly user?: string;
  /** Times as fast as the component's own timers. */
  readonly haste?: number;
  readonly html?: string;
}

export interface RecordPage {
  readonly page: Page;
  /** What the page and its frame complained of. */
  readonly troubles: string[];
  /** Every address that was asked for. */
  readonly addresses: string[];
  /** What Apex answers; it asks the gateway by the service token of this org. */
  apex: (user: string, recordId: string) => Promise<string>;
  readonly asked: () => number;
  frame(): Frame | undefined;
  /** What a person reads of the component, its frame included. */
  text(): Promise<string>;
  reads(words: RegExp): Promise<void>;
}

/** A gateway with a database, the pages of a CRM on another origin, and a browser before them. */
export async function openOrg({
  mayRead,
}: {
  /** What Salesforce lets its users read; without it the gateway's rules decide. */
  readonly mayRead?: (user: string, id: string) => boolean;
} = {}): Promise<Org> {
  const [embedScript, resource, component, found] = await Promise.all([
    bundleHost('frame'),
    bundleHost('lightning'),
    compileComponent(),
    findBrowser(() => undefined),
  ]);
  if (!found) throw new Error('a browser is needed');
  let html = '';
  const files: { readonly [path: string]: readonly [string, () => string] } = {
    '/': ['text/html', () => html],
    '/component.js': ['text/javascript', () => component],
    '/resource/opportunePanel.js': ['text/javascript', () => resource],
  };
  const server = createServer(({ url = '' }, response) => {
    const [type, read] = files[url.split('?')[0] ?? ''] ?? [];
    response.writeHead(read ? 200 : 404, { 'content-type': `${type}; charset=utf-8` });
    response.end(read?.());
  });
  const crm = await new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ),
  );
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const gateway = await openTestGateway({
    embedScript,
    settings: `
publicUrl: ${address}
pages: [${crm}]
tenants:
  acme: { connections: { crm: ${
    mayRead
      ? '{ salesforce: { instance: https://acme.my.salesforce.com } }'
      : '{ rules: { records: { account: own, contact: own } } }'
  } } }
`,
  });
  const authorization = await gateway.hostToken('crm');
  const facts = [...silent('001', 20), ...silent('002', 3)];
  await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
  await gateway.settled();
  const browser = await launch({ executablePath: found.path, args: browserFlags });

  async function send(body: object): Promise<string> {
    const { status, text } = await gateway.call('', 'POST', '/v1/token/rep', body, {
      authorization,
    });
    if (status !== 200) throw new Error(status < 404 ? 'refused' : 'unreachable');
    return text;
  }

  /** As OpportunePanel.cls does it. */
  async function apex(user: string, recordId: string): Promise<string> {
    const reads = (id: string): boolean => mayRead?.(user, id) ?? true;
    const asked = { user, ...(reads(recordId) && { record: recordId }) };
    const answer = await send(asked);
    const { asks } = JSON.parse(answer);
    if (!asks) return answer;
    const { records, fields } = asks as { records: readonly string[]; fields: readonly string[] };
    return send({ ...asked, rights: { records: records.filter(reads), fields } });
  }

  return {
    gateway,
    browser,
    crm,
    address,
    async listen() {
      await gateway.app.listen({ host: 'localhost', port });
    },
    async openPage({ record = '001', mode = 'frame', user = 'ana', haste = 1, ...more } = {}) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 500, height: 900 });
      const troubles: string[] = [];
      const addresses: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warn'].includes(message.type())) troubles.push(message.text());
      });
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('request', (request) => addresses.push(request.url()));
      let asked = 0;
      const opened: RecordPage = {
        page,
        troubles,
        addresses,
        apex,
        asked: () => asked,
        frame: () => page.frames().find((frame) => frame.url().startsWith(address)),
        async text() {
          const own = await page.evaluate(() => {
            const component = document.querySelector('c-opportune-panel');
            const panel = component?.shadowRoot?.querySelector('opportune-panel');
            return `${component?.shadowRoot?.textContent} ${panel?.shadowRoot?.textContent}`;
          });
          const inFrame = await this.frame()
            ?.evaluate(() => {
              const panel = document.querySelector('opportune-panel');
              return `${document.body.textContent} ${panel?.shadowRoot?.textContent}`;
            })
            .catch(() => '');
          return `${own} ${inFrame}`.replace(/\s+/g, ' ');
        },
        reads: (words) =>
          until(async () => words.test(await opened.text())).catch(async () => {
            throw new Error(`not ${words} but: ${await opened.text()}\n${troubles.join('\n')}`);
          }),
      };
      await page.exposeFunction('askApex', async (recordId: string) => {
        asked++;
        try {
          return { grant: await opened.apex(user, recordId) };
        } catch (error) {
          return { failure: (error as Error).message };
        }
      });
      // Of what runs in the page, some was compiled to call this.
      await page.evaluateOnNewDocument('globalThis.__name = (named) => named;');
      await page.evaluateOnNewDocument(organisation(haste));
      html = more.html ?? recordPage({ gateway: address, mode, recordId: record });
      await page.goto(crm);
      return opened;
    },
    async close() {
      await browser.close();
      await gateway.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What surrounds a component there, and timers in haste. */
const organisation = (haste: number): string => `
const atLeisure = globalThis.setTimeout.bind(globalThis);
globalThis.haste = ${haste};
globalThis.setTimeout = (run, ms = 0) => atLeisure(run, ms / globalThis.haste);
globalThis.apex = async ({ recordId }) => {
  const { grant, failure } = await askApex(recordId);
  if (failure) throw { body: { message: failure } };
  return grant;
};
globalThis.loadResource = (url) =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: url, onload: resolve, onerror: reject });
    document.head.append(script);
  });
`;

/** As dark as Salesforce's own. */
const recordPage = (
  properties: object,
): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Account</title><link rel="icon" href="data:,">
<style>:root { --slds-g-color-surface-container-1: rgb(36, 36, 36); color: rgb(229, 229, 229); background: rgb(36, 36, 36); }</style>
<h1>Account</h1><div id="region"></div><script src="/component.js"></script>
<script>place(document.getElementById('region'), ${JSON.stringify({ objectApiName: 'Account', ...properties })})</script>`;
