import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';

const ANSWER_MS = 90_000;

describe('two reps behind a gateway, npm start -- --gateway', () => {
  let demo: ChildProcess;
  let output = '';
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  /** What went to the gateway's routes, in order. */
  const sent: { readonly path: string; readonly body: string }[] = [];

  before(async () => {
    const found = await findBrowser(() => undefined);
    assert.ok(found, 'a browser is needed');
    demo = spawn(process.execPath, ['scripts/start.mjs', '--gateway'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    demo.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await until(() => /Opportune runs at/.test(output) || demo.exitCode !== null);
    const [, url = ''] = /Opportune runs at (\S+)/.exec(output) ?? [];
    browser = await launch({ executablePath: found.path, args: browserFlags });
    page = await browser.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type()))
        troubles.push(`${message.text()} ${message.location().url ?? ''}`);
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('request', (request) =>
      sent.push({ path: new URL(request.url()).pathname, body: request.postData() ?? '' }),
    );
    await page.goto(url);
  });

  after(async () => {
    await browser?.close();
    if (demo.exitCode !== null) return;
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGINT');
    await ended;
  });

  const titles = (seat: number): Promise<readonly string[]> =>
    page.evaluate((seat) => {
      const panel = document.querySelectorAll('opportune-panel')[seat]?.shadowRoot;
      const heads = panel?.querySelectorAll('.cards > li:not(.receipt) h3') ?? [];
      return [...heads].map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim() ?? '');
    }, seat);
  const panelText = (seat: number): Promise<string> =>
    page.evaluate(
      (seat) =>
        document
          .querySelectorAll('opportune-panel')
          [seat]?.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '',
      seat,
    );
  const press = (selector: string, words: string): Promise<void> =>
    page.evaluate(
      (selector, words) => {
        const found = [...document.querySelectorAll<HTMLElement>(selector)].find((button) =>
          button.textContent?.includes(words),
        );
        if (!found) throw new Error(`nothing at ${selector} says "${words}"`);
        found.click();
      },
      selector,
      words,
    );
  const pressPrimary = (seat: number): Promise<void> =>
    page.evaluate((seat) => {
      const panel = document.querySelectorAll('opportune-panel')[seat]?.shadowRoot;
      panel?.querySelector<HTMLElement>('.primary')?.click();
    }, seat);
  const answers = (): readonly string[] =>
    sent.filter(({ path, body }) => path === '/v1/responses' && body).map(({ body }) => body);

  it('shows both panels, with the same cards for both', async () => {
    await until(async () => (await titles(0)).length > 0 && (await titles(1)).length > 0);
    assert.match((await titles(0)).join(), /Call Dana Ruiz about the renewal/);
    assert.deepEqual(await titles(1), await titles(0));
  });

  it('takes a card from the right panel when it is done on the left, without a reload', async () => {
    await pressPrimary(0);
    await until(async () => !(await titles(1)).includes('Call Dana Ruiz about the renewal'));
    assert.match(await panelText(0), /logged|done/i);
    assert.match(await panelText(1), /Answered: Call Dana Ruiz about the renewal/);
    await until(() => says('[data-seat="1"] .timeline', 'Maya Lindqvist called Dana Ruiz'));
  });

  it('changes both when the buyer replies', async () => {
    await page.select('select', 'demo:account:copper-canyon');
    await until(async () => (await titles(1)).some((title) => title.includes('Colin Marsh')));
    await until(async () => (await titles(0)).length === (await titles(1)).length);
    const before = await titles(0);
    await press('#reply button', 'Colin Marsh');
    for (const seat of [0, 1])
      await until(async () => (await titles(seat)).join() !== before.join());
    await until(async () => (await titles(0)).join() === (await titles(1)).join());
  });

  it('keeps an answer that is given offline, sends it once, and the other panel follows', async () => {
    await page.select('select', 'demo:account:cascade-springs');
    const title = 'Ask Roberto Ibarra what would make them stay';
    for (const seat of [0, 1]) await until(async () => (await titles(seat)).includes(title));
    const sentBefore = answers().length;
    await press('[data-seat="0"] header button', 'Go offline');
    await until(async () => /Offline since/.test(await panelText(0)));
    await pressPrimary(0);
    await until(async () => /1 answer waits to be sent/.test(await panelText(0)));
    assert.equal(answers().length, sentBefore);
    assert.ok((await titles(1)).includes(title));
    await press('[data-seat="0"] header button', 'Come back online');
    await until(async () => !(await titles(1)).includes(title));
    await until(async () => !/waits to be sent/.test(await panelText(0)));
    assert.equal(answers().length, sentBefore + 1);
    await until(() => says('[data-seat="1"] .timeline', 'Maya Lindqvist called Roberto Ibarra'));
  });

  it('goes on when a day has passed, and the tokens of yesterday with it', async () => {
    await press('.simulate button', 'One day ahead');
    await until(() => says('.simulate time', 'Fri 20 Nov 2026'));
    await page.select('select', 'demo:account:ridgeline-coatings');
    for (const seat of [0, 1]) await until(async () => (await titles(seat)).length > 0);
  });

  it('fits a phone, one below the other', async () => {
    await page.setViewport({ width: 390, height: 844 });
    const { wide, tops } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      tops: [...document.querySelectorAll('.seat')].map((seat) => seat.getBoundingClientRect().top),
    }));
    assert.equal(wide, 390);
    assert.ok((tops[1] ?? 0) > (tops[0] ?? 0) + 300);
  });

  it('says nothing to the console, and ends without a trace', async () => {
    assert.deepEqual(troubles, []);
    const [, folder = ''] = /database starts, in (\S+)/.exec(output) ?? [];
    assert.ok(existsSync(folder));
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGINT');
    await ended;
    assert.equal(existsSync(folder), false);
  });

  const says = (selector: string, words: string): Promise<boolean> =>
    page.evaluate(
      (selector, words) =>
        document.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').includes(words) ??
        false,
      selector,
      words,
    );
});

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + ANSWER_MS; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`it did not come to hold: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
