import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { readPlaybookFolder } from '../gateway/playbook-folder.js';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  silent,
  type TestGateway,
  until,
} from '../gateway/serve/test-gateway.js';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { bundleStudio } from '../scripts/bundle-hosts.mjs';
import { drawIn, dropFiles } from './drop-files.js';
import { makePdf, makeScan } from './file-bytes.js';
import { freePort } from './free-port.js';

const MIA = 'Development acme crm:rep:mia rep,marketer';
const BEN = 'Development acme crm:rep:ben rep,marketer';
const ANA = 'Development acme crm:rep:ana rep';
const LONG_MS = 60_000;
/** The buyer of the account wrote last 16 days ago, by the machine's clock. */
const DAYS_BEFORE = 16 - Math.floor((Date.now() - NOW) / 86_400_000);
const FILES = [
  ...readPlaybookFolder('examples/hello/playbook'),
  {
    path: 'content/words.md',
    text: '---\ntitle: Words for the call\nkind: tip\nowner: ana@example.com\n---\n\nBegin.\n',
  },
];

/** A page of the CRM's with the panel of a rep on it. */
async function bundlePanel(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { define } from './widget/opportune-panel.js';
        import { createBrowserPanel } from './widget/browser-panel.js';
        define();
        const asker = 'crm:rep:ana';
        const token = async () =>
          (await fetch('/v1/token', { method: 'POST', headers: { authorization: '${ANA}' } })).json();
        const { source } = await createBrowserPanel({ url: location.origin, token, asker });
        document.querySelector('form').remove();
        const panel = Object.assign(document.createElement('opportune-panel'), { source, record: 'crm:account:1', asker });
        document.body.append(panel);`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    ...{ bundle: true, write: false, format: 'esm', target: 'es2022', ignoreAnnotations: true },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

let gateway: TestGateway;
let browser: Browser;
let address: string;
const problems: string[] = [];

/** Waits until an element shows these words, and presses it where `press` says so. */
async function seen(
  page: Page,
  selector: string,
  words: string,
  { press = false, tag = 'opportune-studio' } = {},
): Promise<void> {
  const shown = page.waitForFunction(
    (inside, wanted, text, presses) => {
      const root = document.querySelector(inside)?.shadowRoot;
      const found = [...(root?.querySelectorAll<HTMLElement>(wanted) ?? [])].find(
        (one) => one.textContent?.includes(text) && !(one as HTMLButtonElement).disabled,
      );
      if (found && presses) found.click();
      return found !== undefined;
    },
    { timeout: LONG_MS, polling: 50 },
    ...([tag, selector, words, press] as const),
  );
  await shown.catch(async (error: unknown) => {
    const text = await page.evaluate(
      (inside) =>
        document.querySelector(inside)?.shadowRoot?.textContent ?? document.body.innerText,
      tag,
    );
    throw new Error(
      `${selector} “${words}”: ${error}\n${problems.join('\n')}\n${text.slice(0, 2000)}`,
    );
  });
}
const press = (page: Page, selector: string, words: string): Promise<void> =>
  seen(page, selector, words, { press: true });

async function openPage(path: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${address}${path}`);
  return page;
}
async function open(who: string): Promise<Page> {
  const page = await openPage('/studio');
  await signIn(page, who);
  return page;
}
async function openAs(page: Page, who: string): Promise<void> {
  await page.goto(`${address}/studio`);
  await signIn(page, who);
}
async function signIn(page: Page, who: string): Promise<void> {
  await page.type('input', who);
  await page.click('button');
}

/** Opens the one content, with the cursor at its end. */
async function openWords(page: Page): Promise<void> {
  await press(page, '.places button', 'Content');
  await press(page, 'a, button', 'Words for the call');
  await page.waitForFunction(
    () => {
      const field = document
        .querySelector('opportune-studio')
        ?.shadowRoot?.querySelector<HTMLTextAreaElement>('textarea');
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
      return field !== undefined && field !== null;
    },
    { timeout: LONG_MS },
  );
}
const wordsOn = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      document
        .querySelector('opportune-studio')
        ?.shadowRoot?.querySelector<HTMLTextAreaElement>('textarea')?.value ?? '',
  );

before(async () => {
  const found = await findBrowser(() => undefined);
  assert.ok(found, 'a browser is needed');
  const port = await freePort();
  address = `http://localhost:${port}`;
  gateway = await openTestGateway({
    settings: `
publicUrl: ${address}
tenants:
  acme: { playbook: { needsSecond: true }, connections: { crm: { rules: { records: { account: everyone } } } } }
`,
    follows: true,
    insightsScript: await bundlePanel(),
    studioFiles: await bundleStudio(),
    playbook: FILES,
  });
  await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', DAYS_BEFORE) });
  await gateway.settled();
  await gateway.app.listen({ host: 'localhost', port });
  browser = await launch({ executablePath: found.path, args: browserFlags });
});
after(async () => {
  await browser?.close();
  await gateway?.close();
});

describe('the studio that the gateway serves', () => {
  it('what a marketer changes and proposes, a second person approves, and a rep’s panel shows', async () => {
    const panel = await openPage('/insights');
    await seen(panel, '*', 'They wrote last', { tag: 'opportune-panel' });

    const hers = await open(MIA);
    await seen(hers, '.live', 'Version 1 is live');
    await press(hers, '.rows button', 'Call');
    await seen(hers, '.preview', 'Tried on 1 account');
    await press(hers, 'button', 'Show as text');
    await seen(hers, 'form.text', '');
    await hers.evaluate(() => {
      const root = document.querySelector('opportune-studio')?.shadowRoot;
      const field = root?.querySelector('textarea');
      if (!field) throw new Error('no text');
      field.value = field.value.replace(
        /because \[.*?\](?=[^\]]*$|\s|,|\.)/s,
        'because [Ring them today.]',
      );
    });
    await press(hers, 'form.text button', '');
    await press(hers, 'button', 'Review and publish');
    await seen(hers, '.differences', 'Ring them today.');
    await press(hers, '.actions button', 'Ask for a review');
    await seen(hers, 'h1', 'Your change waits for a second person');

    const his = await open(BEN);
    await press(his, '.places button', 'Versions');
    await press(his, '.note button', 'Look at it');
    await seen(his, 'ins', 'Ring them today.');
    await press(his, '.actions button', 'Approve and publish');
    await seen(his, '.live', 'Version 2 is live');
    await seen(panel, '*', 'Ring them today.', { tag: 'opportune-panel' });
    for (const page of [panel, hers, his]) await page.close();
    assert.deepEqual(
      problems.filter((one) => !one.includes('favicon')),
      [],
    );
  });

  it('reads a PDF file, a scan and a picture that are dropped, with what the gateway itself serves', async () => {
    const page = await open(MIA);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await press(page, '.places button', 'Content');
    await seen(page, 'main.contents', '');
    const jpeg = await drawIn(page, 'image/jpeg', 'Quiet labels for dairies');
    await dropFiles(page, [
      ['offer.pdf', makePdf([[[24, 'Proposal for retailers']]])],
      ['scan.pdf', makeScan([jpeg], { width: 800, height: 300 })],
      ['photo.png', await drawIn(page, 'image/png', 'Half the noise')],
    ]);
    await seen(page, '[role=status]', '3 files became content.');
    await seen(page, '.arrivals li:nth-child(1)', 'Proposal for retailers');
    await seen(page, '.arrivals li:nth-child(2)', 'Quiet labels for dairies');
    await seen(page, '.arrivals li:nth-child(3)', 'Half the noise');
    assert.ok(
      asked.some((url) => url.endsWith('.wasm')) &&
        asked.every((url) => new URL(url).origin === address),
      asked.join('\n'),
    );
    assert.deepEqual(
      problems.filter((one) => !one.includes('favicon')),
      [],
    );
    await page.close();
  });

  it('says to a rep that it is not for reps, and shows nothing', async () => {
    const page = await open(ANA);
    await seen(page, '[role=alert]', 'this needs the role marketer or admin');
    await page.close();
  });

  it('a tab that is killed while somebody types without a pause loses nothing that its store took meanwhile', async () => {
    const page = await browser.newPage();
    /** How many letters of the text the store of the browser has, each time that it took some. */
    const taken: number[] = [];
    await page.exposeFunction('noteKept', (length: number) => taken.push(length));
    await page.evaluateOnNewDocument(() => {
      const own = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        const { changes } = value as { changes?: { [id: string]: { body?: string } } };
        const body = changes?.['content/words.md']?.body;
        this.transaction.addEventListener('complete', () => {
          if (body !== undefined)
            (window as unknown as { noteKept(length: number): void }).noteKept(body.length);
        });
        return own.call(this, value, key);
      };
    });
    await openAs(page, MIA);
    await openWords(page);
    const before = await wordsOn(page);
    let typed = before;
    // No pause is as long as what typing has to rest for, so that only what is kept while it goes on counts.
    while (taken.length < 6) {
      await page.keyboard.type('word ');
      typed += 'word ';
    }
    const client = await page.createCDPSession();
    client.send('Page.crash').catch(() => undefined);
    await new Promise((resolve) => page.once('error', resolve));
    await page.close();
    const owed = taken.at(-1) ?? 0;
    assert.ok(owed > before.length, `${taken}`);

    const again = await open(MIA);
    await openWords(again);
    const kept = await wordsOn(again);
    assert.ok(kept.length >= owed, `${kept.length} letters, ${owed} were taken`);
    assert.equal(kept, typed.slice(0, kept.length));
    await again.close();
  });

  it('what is written without a connection is kept, told so, and at the gateway once there is one', async () => {
    const page = await open(MIA);
    await openWords(page);
    await page.setOfflineMode(true);
    await page.keyboard.type('Written in a tunnel.');
    await seen(page, '*', 'the gateway has it as soon as there is a connection');
    const draftOf = async (): Promise<string> =>
      (await gateway.call(MIA.slice('Development '.length), 'GET', '/v1/studio/draft')).text;
    assert.doesNotMatch(await draftOf(), /in a tunnel/);
    await page.close();

    const again = await open(MIA);
    await openWords(again);
    assert.match(await wordsOn(again), /Written in a tunnel\.$/m);
    await until(async () => /in a tunnel/.test(await draftOf()));
    await again.close();
  });
});
