import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { openTestGateway, type TestGateway } from '../gateway/serve/test-gateway.js';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { bundleHost } from '../scripts/bundle-hosts.mjs';
import { freePort } from './free-port.js';
import { TOLD_PLAYBOOK, tellDeals } from './told-deals.js';

describe('the page of findings that the gateway serves', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let address: string;
  const seen = (page: Page, words: string): Promise<unknown> =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector('opportune-insights')?.shadowRoot?.textContent?.includes(wanted),
      { timeout: 120_000 },
      words,
    );
  async function signIn(token: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${address}/insights`);
    await page.type('input', token);
    await page.click('button');
    return page;
  }

  before(async () => {
    const found = await findBrowser(() => undefined);
    assert.ok(found, 'a browser is needed');
    const port = await freePort();
    address = `http://localhost:${port}`;
    gateway = await openTestGateway({
      settings: `
publicUrl: ${address}
tenants: { acme: { connections: { t: { rules: { records: { account: everyone } } } } } }
`,
      insightsScript: await bundleHost('insights'),
      playbook: Object.entries(TOLD_PLAYBOOK).map(([path, text]) => ({ path, text })),
    });
    await gateway.settled();
    await gateway.tenants.get('acme')?.take(tellDeals({ effect: 0.4, dealsEach: 20 }));
    await gateway.settled();
    await gateway.app.listen({ host: 'localhost', port });
    browser = await launch({ executablePath: found.path, args: browserFlags });
  });
  after(async () => {
    await browser?.close();
    await gateway?.close();
  });

  it('answers a manager, under its own policy', async () => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(`${address}/insights`);
    await page.type('input', 'Development acme crm:rep:boss manager');
    await page.click('button');
    await seen(page, 'Where Need is urgent, Stage is Won');
    await seen(page, 'the first look of the quarter');
    assert.equal(await page.$('form'), null);
    assert.deepEqual(
      problems.filter((one) => !one.includes('favicon')),
      [],
    );
    await page.close();
  });

  it('shows a rep the own figures alone, and takes the choice of a critic', async () => {
    const page = await signIn('Development acme crm:rep:ana rep');
    await seen(page, 'Nothing is counted yet');
    await seen(page, 'Share with one critic');
    const topics = await page.evaluate(() =>
      Array.from(
        document.querySelector('opportune-insights')?.shadowRoot?.querySelectorAll('.topic') ?? [],
        ({ textContent }) => textContent,
      ),
    );
    assert.deepEqual(topics, ['What my actions achieve']);
    await page.close();
  });

  it('says to an auditor that it is not for that role, and shows nothing', async () => {
    const page = await signIn('Development acme - auditor');
    await seen(page, 'Findings cannot be shown');
    await page.close();
  });
});
