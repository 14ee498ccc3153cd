import { createFakeSource } from './fake-source.js';
import { PANEL_VIEWS } from './fixtures.js';
import { hostile } from './fixtures-hostile.js';
import './opportune-panel-define.js';

/** What runs in a page that forbids inline script, inline style and eval: the panel with hostile text, worked with. */

export interface PolicyReport {
  readonly violations: readonly string[];
  readonly text: string;
  readonly padding: string;
  /** Whether the page's policy is in force: a style and an eval of the test's own were stopped. */
  readonly stopped: readonly string[];
}

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
  violations.push(violatedDirective);
});

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

async function run(): Promise<PolicyReport> {
  const panel = document.createElement('opportune-panel');
  panel.source = createFakeSource({ ...PANEL_VIEWS.cards, cards: [hostile] });
  panel.record = 'r';
  panel.asker = 'a';
  document.body.append(panel);
  await panel.updateComplete;
  const root = panel.shadowRoot as ShadowRoot;
  for (const path of ['.reasons', '.snooze', '.primary', '.others', '.back .button', '.tip']) {
    root.querySelector<HTMLElement>(path)?.click();
    await rest();
    await panel.updateComplete;
  }
  root.querySelector<HTMLElement>('.back .button')?.click();
  await rest();
  const card = root.querySelector('.card') as HTMLElement;
  const report = {
    text: root.querySelector('.title')?.textContent ?? '',
    padding: getComputedStyle(card).paddingInlineStart,
    violations: [...violations],
  };
  violations.length = 0;
  try {
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red"></p>');
  } catch {
    // What the policy says of it is what counts.
  }
  document.body.setAttribute('style', 'color: red');
  await rest();
  return { ...report, stopped: [...new Set(violations)] };
}

void run().then((report) => parent.postMessage(report, '*'));
