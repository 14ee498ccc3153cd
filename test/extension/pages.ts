import type { Page } from 'puppeteer-core';

const ANSWER_MS = 60_000;

export const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, ({ textContent }) => textContent?.replace(/\s+/g, ' ').trim() ?? '');

/** What the rep reads in the panel's page: the panel, or what stands in its place. */
export const shownIn = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const message = document.querySelector('#message');
    const inside = document.querySelector('opportune-panel');
    const parts = [
      message?.checkVisibility() ? message.textContent : '',
      inside?.checkVisibility() ? inside.shadowRoot?.textContent : '',
    ].filter(Boolean);
    return parts.join(' AND ').replace(/\s+/g, ' ').trim();
  });

/** Types into the field of that id, in place of what is there. */
export async function fill(page: Page, id: string, text: string): Promise<void> {
  await page.$eval(`#${id}`, (field) => {
    (field as HTMLInputElement).value = '';
  });
  await page.type(`#${id}`, text);
}

export const press = (page: Page, selector: string): Promise<void> =>
  page.$eval(selector, (button) => (button as HTMLElement).click());

/** The markup of a page, shadow roots and fields included, and what it keeps. */
export function everythingIn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { cookie } = document;
    const found = [cookie, ...Object.values({ ...localStorage, ...sessionStorage })];
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots)
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        found.push(element.outerHTML, 'value' in element ? String(element.value) : '');
      }
    return found.join('\n');
  });
}

/** All that the databases of a page's origin hold, as text. */
export function keptIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const kept: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const asked = indexedDB.open(name);
      await new Promise((resolve, reject) => {
        asked.onsuccess = resolve;
        asked.onerror = reject;
      });
      const database = asked.result;
      for (const store of database.objectStoreNames) {
        const read = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve, reject) => {
          read.onsuccess = resolve;
          read.onerror = reject;
        });
        kept.push(...read.result.map((value: unknown) => JSON.stringify(value)));
      }
      database.close();
    }
    return kept;
  });
}

export const matches = (text: string, words: string | RegExp): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

export async function until(
  holds: () => Promise<boolean>,
  tell: () => Promise<string> = async () => String(holds),
): Promise<void> {
  for (const end = Date.now() + ANSWER_MS; !(await holds().catch(() => false)); ) {
    if (Date.now() > end) throw new Error(`it did not come to hold: ${await tell()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
