import type { Page } from 'puppeteer-core';

const ANSWER_MS = 60_000;

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
