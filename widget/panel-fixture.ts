import { aTimeout, fixture, html } from '@open-wc/testing';
import type { PanelView } from '../src/domain/view.js';
import { createFakeSource, type FakeSource } from './fake-source.js';
import type { OpportunePanel } from './opportune-panel.js';
import './opportune-panel-define.js';

/** A panel in the test page, and how to look into it and work with it. */

export const ACCOUNT = 'demo:account:17';

export interface Shown {
  readonly panel: OpportunePanel;
  readonly source: FakeSource;
  readonly root: ShadowRoot;
}

export async function show(
  view: PanelView,
  source: FakeSource = createFakeSource(view),
): Promise<Shown> {
  const panel = await fixture<OpportunePanel>(
    html`<opportune-panel .source=${source} .record=${ACCOUNT} asker="demo:rep:3"></opportune-panel>`,
  );
  await panel.updateComplete;
  return { panel, source, root: panel.shadowRoot as ShadowRoot };
}

export function all(root: ShadowRoot, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

export function one(root: ShadowRoot, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing meets ${selector}`);
  return found;
}

export function text(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export async function press(panel: OpportunePanel, element: HTMLElement): Promise<void> {
  element.click();
  await aTimeout(0);
  await panel.updateComplete;
}

/** The words of what has the focus. */
export function focused(root: ShadowRoot): string {
  return text(root.activeElement);
}

/** What the source was asked, without what it is told of pointer, focus and sight. */
export function asked(source: FakeSource): unknown[] {
  return source.calls.filter(({ name }) => !['hold', 'seen', 'open', 'close'].includes(name));
}
