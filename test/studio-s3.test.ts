import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { type Browser, type BrowserContext, launch, type Page } from 'puppeteer-core';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';

const ANSWER_MS = 90_000;
const TITLE = 'A renewal without a stop';
/** A customer in food whose plan ends. */
const ACCOUNT = 'Kestrel Foods';

/** Where something that can be pressed says so on the screen, in the shadow trees too. */
const FIND = `(selector, words) => {
  const roots = [document];
  for (const root of roots)
    for (const one of root.querySelectorAll('*')) if (one.shadowRoot) roots.push(one.shadowRoot);
  const said = (one) => (one.getAttribute('aria-label') ?? one.textContent ?? one.value ?? '').replace(/\\s+/g, ' ').trim();
  return roots.flatMap((root) => [...root.querySelectorAll(selector)])
    .filter((one) => one.checkVisibility() && said(one).includes(words))
    .sort((a, b) => said(a).length - said(b).length)[0];
}`;
const PRESSABLE = 'button, a, [role=button], [role=option], input, textarea, summary';

describe('a marketer, in the studio of the demo', () => {
  let demo: ChildProcess;
  let output = '';
  let browser: Browser;
  let url = '';
  const troubles: string[] = [];

  before(async () => {
    const found = await findBrowser(() => undefined);
    assert.ok(found, 'a browser is needed');
    demo = spawn(process.execPath, ['scripts/start.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
    demo.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await until(async () => /Opportune runs at/.test(output) || demo.exitCode !== null);
    [, url = ''] = /Opportune runs at (\S+)/.exec(output) ?? [];
    browser = await launch({ executablePath: found.path, args: browserFlags });
  });
  after(async () => {
    await browser?.close();
    if (demo.exitCode !== null) return;
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGINT');
    await ended;
  });

  for (const by of ['mouse', 'keyboard'] as const)
    it(`writes content, tags it, and the right accounts have it: by ${by}`, async (test) => {
      // Somebody new each time: nothing is kept from the other.
      const context = await browser.createBrowserContext();
      const studio = await openStudio(context);
      const hand = createHand(studio, by);

      await hand.press('Content');
      await hand.press('New content');
      await hand.type(TITLE);
      await hand.goTo('Text, in Markdown');
      await hand.type('Offer the date first, then the price.');
      await hand.press('Add a tag');
      await hand.type('renewal');
      await hand.take('Topic is renewal');
      const everywhere = await offeredOn(studio);
      await hand.press('Add a tag');
      await hand.type('food');
      await hand.take('Industry is Food');
      const here = await offeredOn(studio, everywhere);
      await hand.press('Review and publish');
      await hand.press('Publish');
      await until(() => textOf(studio).then((text) => text.includes('Published as version 2.')));
      const steps = hand.steps();
      assert.ok(steps <= 14, `${steps} steps`);
      assert.ok(everywhere.length > here.length, 'the industry narrows');
      assert.ok(here.includes(ACCOUNT), `it is offered to ${here.join(', ')}`);
      assert.deepEqual(troubles, []);
      test.diagnostic(`by ${by}: ${steps} steps`);
      await context.close();
    });

  async function openPage(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
    await page.goto(address);
    return page;
  }
  async function openStudio(context: BrowserContext): Promise<Page> {
    const page = await openPage(context, new URL('examples/crm/studio.html', url).href);
    await until(() => textOf(page).then((text) => /\d+ plays/.test(text)));
    return page;
  }

  /** The accounts that the side lists, once they are others than before. */
  async function offeredOn(page: Page, before: readonly string[] = []): Promise<readonly string[]> {
    let names: readonly string[] = [];
    await until(async () => {
      names = await page.evaluate(() => {
        const root = document.querySelector('opportune-studio')?.shadowRoot;
        return [...(root?.querySelectorAll('.offers .rows li') ?? [])].map(
          (row) => (row.querySelector('.quiet') ?? row.querySelector('.link'))?.textContent ?? '',
        );
      });
      return names.length > 0 && names.join() !== before.join();
    });
    return names;
  }
});

const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots)
      for (const one of root.querySelectorAll('*')) if (one.shadowRoot) roots.push(one.shadowRoot);
    return roots
      .map((root) => (root instanceof Document ? root.body : root).textContent ?? '')
      .join(' ')
      .replace(/\s+/g, ' ');
  });

interface Hand {
  press(words: string): Promise<void>;
  goTo(words: string): Promise<void>;
  type(text: string): Promise<void>;
  take(words: string): Promise<void>;
  /** Clicks, or keys that do something; texts that are typed count as one. Going along with Tab is looking. */
  steps(): number;
}

function createHand(page: Page, by: 'mouse' | 'keyboard'): Hand {
  let steps = 0;
  async function click(words: string): Promise<void> {
    steps += 1;
    let box: { x: number; y: number } | undefined;
    await until(async () => {
      box = (await page.evaluate(`(() => {
        const found = (${FIND})(${JSON.stringify(PRESSABLE)}, ${JSON.stringify(words)});
        if (!found || found.disabled) return;
        found.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = found.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`)) as typeof box;
      return box !== undefined;
    });
    await page.mouse.click(box?.x ?? 0, box?.y ?? 0);
  }
  /** Tab until the words have the focus. */
  async function tabTo(words: string): Promise<void> {
    for (let i = 0; i < 200; i++) {
      const said = (await page.evaluate(`(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        if (!active || active.disabled) return '';
        return (active.labels?.[0]?.textContent || active.getAttribute('aria-label') || active.textContent || '').replace(/\\s+/g, ' ').trim();
      })()`)) as string;
      if (said.startsWith(words)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to "${words}"`);
  }
  async function key(name: 'Enter'): Promise<void> {
    steps += 1;
    await page.keyboard.press(name);
  }
  return {
    async press(words) {
      if (by === 'mouse') return click(words);
      await until(async () =>
        Boolean(
          await page.evaluate(
            `(() => { const found = (${FIND})(${JSON.stringify(PRESSABLE)}, ${JSON.stringify(words)}); return Boolean(found && !found.disabled); })()`,
          ),
        ),
      );
      await tabTo(words);
      await key('Enter');
    },
    async goTo(words) {
      if (by === 'keyboard') return tabTo(words);
      steps += 1;
      const box = (await page.evaluate(`(() => {
        const { x, y, width, height } = (${FIND})('label', ${JSON.stringify(words)}).querySelector('textarea, input').getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`)) as { x: number; y: number };
      await page.mouse.click(box.x, box.y);
    },
    async type(text) {
      steps += 1;
      await page.keyboard.type(text);
    },
    async take(words) {
      if (by === 'mouse') return click(words);
      await until(async () =>
        Boolean(
          await page.evaluate(`Boolean((${FIND})('[role=option]', ${JSON.stringify(words)}))`),
        ),
      );
      await key('Enter');
    },
    steps: () => steps,
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + ANSWER_MS;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`it does not come to hold: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
