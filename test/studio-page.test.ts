import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { readPlaybookFolder } from '../gateway/playbook-folder.js';
import { ANA, CONNECTOR, NOW, silent, until } from '../gateway/serve/test-gateway.js';
import { drawIn, dropFiles } from './drop-files.js';
import { makePdf, makeScan } from './file-bytes.js';
import { type GatewayPages, openGatewayPages, sees } from './gateway-pages.js';

const MIA = 'acme crm:rep:mia rep,marketer';
const BEN = 'acme crm:rep:ben rep,marketer';
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

let pages: GatewayPages;
const press = (page: Page, selector: string, words: string): Promise<void> =>
  sees(page, selector, words, { press: true });

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
  pages = await openGatewayPages({
    company:
      '{ playbook: { needsSecond: true }, connections: { crm: { rules: { records: { account: everyone } } } } }',
    follows: true,
    playbook: FILES,
  });
  const { gateway } = pages;
  await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', DAYS_BEFORE) });
  await gateway.settled();
});
after(() => pages?.close());

describe('the studio that the gateway serves', () => {
  it('what a marketer changes and proposes, a second person approves, and a rep’s panel shows', async () => {
    const panel = await pages.openPanel('ana', '1');
    await sees(panel, '*', 'They wrote last', { tag: 'opportune-panel' });

    const hers = await pages.openStudio(MIA);
    await sees(hers, '.live', 'Version 1 is live');
    await press(hers, '.rows button', 'Call');
    await sees(hers, '.preview', 'Tried on 1 account');
    await press(hers, 'button', 'Show as text');
    await sees(hers, 'form.text', '');
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
    await sees(hers, '.differences', 'Ring them today.');
    await press(hers, '.actions button', 'Ask for a review');
    await sees(hers, 'h1', 'Your change waits for a second person');

    const his = await pages.openStudio(BEN);
    await press(his, '.places button', 'Versions');
    await press(his, '.note button', 'Look at it');
    await sees(his, 'ins', 'Ring them today.');
    await press(his, '.actions button', 'Approve and publish');
    await sees(his, '.live', 'Version 2 is live');
    await sees(panel, '*', 'Ring them today.', { tag: 'opportune-panel' });
    for (const page of [panel, hers, his]) await page.close();
    assert.deepEqual(
      pages.problems.filter((one) => !one.includes('favicon')),
      [],
    );
  });

  it('reads a PDF file, a scan and a picture that are dropped, with what the gateway itself serves', async () => {
    const page = await pages.openStudio(MIA);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await press(page, '.places button', 'Content');
    await sees(page, 'main.contents', '');
    const jpeg = await drawIn(page, 'image/jpeg', 'Quiet labels for dairies');
    await dropFiles(page, [
      ['offer.pdf', makePdf([[[24, 'Proposal for retailers']]])],
      ['scan.pdf', makeScan([jpeg], { width: 800, height: 300 })],
      ['photo.png', await drawIn(page, 'image/png', 'Half the noise')],
    ]);
    await sees(page, '[role=status]', '3 files became content.');
    await sees(page, '.arrivals li:nth-child(1)', 'Proposal for retailers');
    await sees(page, '.arrivals li:nth-child(2)', 'Quiet labels for dairies');
    await sees(page, '.arrivals li:nth-child(3)', 'Half the noise');
    assert.ok(
      asked.some((url) => url.endsWith('.wasm')) &&
        asked.every((url) => new URL(url).origin === new URL(page.url()).origin),
      asked.join('\n'),
    );
    assert.deepEqual(
      pages.problems.filter((one) => !one.includes('favicon')),
      [],
    );
    await page.close();
  });

  it('says to a rep that it is not for reps, and shows nothing', async () => {
    const page = await pages.openStudio(ANA);
    await sees(page, '[role=alert]', 'this needs the role marketer or admin');
    await page.close();
  });

  it('a tab that is killed while somebody types without a pause loses nothing that its store took meanwhile', async () => {
    /** How many letters of the text the store of the browser has, each time that it took some. */
    const taken: number[] = [];
    const page = await pages.openStudio(MIA, async (page) => {
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
    });
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

    const again = await pages.openStudio(MIA);
    await openWords(again);
    const kept = await wordsOn(again);
    assert.ok(kept.length >= owed, `${kept.length} letters, ${owed} were taken`);
    assert.equal(kept, typed.slice(0, kept.length));
    await again.close();
  });

  it('what is written without a connection is kept, told so, and at the gateway once there is one', async () => {
    const page = await pages.openStudio(MIA);
    await openWords(page);
    await page.setOfflineMode(true);
    await page.keyboard.type('Written in a tunnel.');
    await sees(page, '*', 'the gateway has it as soon as there is a connection');
    const draftOf = async (): Promise<string> =>
      (await pages.gateway.call(MIA, 'GET', '/v1/studio/draft')).text;
    assert.doesNotMatch(await draftOf(), /in a tunnel/);
    await page.close();

    const again = await pages.openStudio(MIA);
    await openWords(again);
    assert.match(await wordsOn(again), /Written in a tunnel\.$/m);
    await until(async () => /in a tunnel/.test(await draftOf()));
    await again.close();
  });
});
