import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { type Browser, type BrowserContext, launch, type Page } from 'puppeteer-core';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';

const ANSWER_MS = 90_000;
const TITLE = 'A renewal without a stop';
const PLAY = 'Walk the signer through the figures';
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

  for (const by of ['mouse', 'keyboard'] as const)
    it(`writes a play in a sentence, and the rep has the card until a version is rolled back: by ${by}`, async (test) => {
      const context = await browser.createBrowserContext();
      const studio = await openStudio(context);
      const hand = createHand(studio, by);

      await hand.press('New play');
      await hand.press('An empty sentence');
      await hand.press('…');
      await hand.type('stage');
      await hand.take('Stage');
      await hand.take('Evaluation');
      await hand.type(PLAY);
      await hand.enter();
      await hand.take('a call');
      await hand.take('20');
      await hand.type('Whoever signs has not met us yet.');
      await hand.enter();
      await hand.press('…');
      await hand.take('25%');
      await hand.press('Add a condition');
      await hand.type('industry');
      await hand.take('Industry (account)');
      await hand.take('Food');
      await hand.press('With material');
      await hand.type('topic');
      await hand.take('topic');
      await hand.type('business');
      await hand.take('business-case');
      await hand.press('Let it expire');
      await hand.take('60 days');
      const chosen = await firstOf(studio);
      await hand.press('Replay the last 90 days');
      await until(() => textOf(studio).then((text) => /\d+ cards? in the last 90 days/.test(text)));
      await hand.press('Review and publish');
      await hand.press('Publish');
      await until(() => textOf(studio).then((text) => text.includes('Published as version 2.')));
      const steps = hand.steps();

      const crm = await openPage(context, new URL('examples/crm/index.html', url).href);
      await openAccount(crm, chosen);
      // What held already is spread over days, so that no rep gets it all in one.
      for (let day = 0; day < 5 && !(await comes(crm, PLAY)); day++)
        await crm.evaluate(`(${FIND})('button', 'One day ahead').click()`);
      assert.ok(await comes(crm, PLAY), `not on ${chosen}`);

      await hand.press('All versions');
      await hand.press('Version 1');
      await hand.press('Roll back to version 1');
      await until(() => textOf(studio).then((text) => text.includes('Version 3 is live')));
      await until(() =>
        // That it is gone is told, too.
        textOf(crm).then((text) => !text.replaceAll(`Withdrawn: ${PLAY}`, '').includes(PLAY)),
      );
      assert.ok(steps <= 40, `${steps} steps`);
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

  /** The account of the first deal in the list on which the play would be among the three. */
  async function firstOf(page: Page): Promise<string> {
    const known = new Set<string>();
    let account = '';
    await until(async () => {
      const seen = (await page.evaluate(() => {
        const root = document.querySelector('opportune-studio')?.shadowRoot;
        const place = root?.querySelector('.preview .try + .quiet')?.textContent ?? '';
        const now = root?.querySelector('.preview .rows .now .quiet')?.textContent ?? '';
        return { place, now };
      })) as { place: string; now: string };
      if (/It would be the (first|only)|behind/.test(seen.place)) {
        account = seen.now;
        return true;
      }
      if (/not be among/.test(seen.place)) {
        known.add(seen.now);
        await page.evaluate(
          (tried) => {
            const root = document.querySelector('opportune-studio')?.shadowRoot;
            const rows = [...(root?.querySelectorAll('.preview .rows li') ?? [])];
            const next = rows.find(
              (row) => !tried.includes(row.querySelector('.quiet')?.textContent ?? ''),
            );
            next?.querySelector('button')?.click();
          },
          [...known],
        );
      }
      return false;
    });
    return account;
  }
  /** As its owner sees it. */
  async function openAccount(page: Page, name: string): Promise<void> {
    await until(() => textOf(page).then((text) => text.includes('Kestrel Foods')));
    await page.keyboard.press('/');
    await page.keyboard.type(name);
    await until(async () =>
      Boolean(
        await page.evaluate(`Boolean((${FIND})('[role=option], a', ${JSON.stringify(name)}))`),
      ),
    );
    await page.keyboard.press('Enter');
    await until(() => textOf(page).then((text) => text.includes(name) && /Owner/.test(text)));
    await page.evaluate(`(${FIND})('button', 'Look as')?.click()`);
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

/** Whether the page says so before long. */
async function comes(page: Page, words: string): Promise<boolean> {
  for (let i = 0; i < 40; i++) {
    if ((await textOf(page)).includes(words)) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

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
  /** Ends what was typed. */
  enter(): Promise<void>;
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
      // What is highlighted is taken; the arrows only look.
      for (let i = 0; i < 60; i++) {
        const highlighted = (await page.evaluate(
          `(${FIND})('[role=option][aria-selected=true]', '')?.textContent ?? ''`,
        )) as string;
        if (highlighted.includes(words)) break;
        await page.keyboard.press('ArrowDown');
      }
      await key('Enter');
    },
    enter: () => key('Enter'),
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
