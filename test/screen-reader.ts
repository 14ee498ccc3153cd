import { readFileSync } from 'node:fs';
import type { Frame, KeyInput, Page, SerializedAXNode } from 'puppeteer-core';

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** More presses of a key than any screen here has controls. */
const MOST_STEPS = 80;

/** What axe finds against WCAG 2.2 AA in one document, its shadow roots included: the rule, and where. */
export async function faultsIn(place: Page | Frame): Promise<readonly string[]> {
  // By the debugger: the pages' own policies let no script in.
  await place.evaluate(`${axe};undefined`);
  return place.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          root: Document,
          options: object,
        ): Promise<{
          violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
        }>;
      };
    };
    // A colour on its way from light to dark is neither. What moves in a shadow root is known to that root alone.
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots)
      for (const { shadowRoot } of root.querySelectorAll('*'))
        if (shadowRoot) roots.push(shadowRoot);
    const moves = roots.flatMap((root) => root.getAnimations());
    await Promise.allSettled(moves.map(({ finished }) => finished));
    const { violations } = await axe.run(document, { runOnly, iframes: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }, WCAG);
}

/** What the browser tells a screen reader of the page, its frames included, in reading order. */
async function readTree(page: Page): Promise<readonly SerializedAXNode[]> {
  const root = await page.accessibility.snapshot({ interestingOnly: false, includeIframes: true });
  return root ? withChildren(root) : [];
}

const withChildren = (node: SerializedAXNode): readonly SerializedAXNode[] => [
  node,
  ...(node.children ?? []).flatMap(withChildren),
];

const called = ({ role, name = '' }: SerializedAXNode): string => `${role} ${clean(name)}`.trim();
const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Role and name of what has the focus: `button Call Dana`. Empty: nothing has, and the next Tab begins anywhere. */
export async function focusIn(page: Page): Promise<string> {
  const focused = (await readTree(page)).filter(
    ({ focused, role }) => focused && role !== 'RootWebArea' && role !== 'Iframe',
  );
  return focused.map(called).at(-1) ?? '';
}

/** What a screen reader would say by itself, of each live region in reading order. */
export async function spokenIn(page: Page): Promise<readonly string[]> {
  const regions = (await readTree(page)).filter(
    ({ role, live }) => role === 'status' || role === 'alert' || live === 'polite',
  );
  return regions.map((region) =>
    clean(
      withChildren(region)
        .filter(({ role }) => role === 'StaticText')
        .map(({ name }) => name)
        .join(' '),
    ),
  );
}

/** Controls by role and name, in reading order: what there is to do. */
export async function controlsIn(page: Page): Promise<readonly string[]> {
  const isControl = /^(button|link|textbox|checkbox|radio|combobox|searchbox|DisclosureTriangle)$/;
  return (await readTree(page)).filter(({ role }) => isControl.test(role)).map(called);
}

/** Presses a key until what has the focus is called so, and tells what had it on the way, this one included. */
export async function walkTo(
  page: Page,
  name: RegExp,
  key: KeyInput = 'Tab',
): Promise<readonly string[]> {
  const way: string[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press(key);
    const here = await focusIn(page);
    way.push(here);
    if (name.test(here)) return way;
  }
  throw new Error(`${name} is not reached by ${key}, but: ${way.join(', ')}`);
}
