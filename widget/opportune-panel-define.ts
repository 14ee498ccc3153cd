import { OpportunePanel } from './opportune-panel.js';

/** Registers the panel; a host that has two of them, or a tag of its own, names it. The same name twice is no fault. */
export function define(
  tag = 'opportune-panel',
  registry: CustomElementRegistry = customElements,
): void {
  if (registry.get(tag)) return;
  // A class can be registered once: under a second name stands a class of its own.
  const known = registry.getName(OpportunePanel);
  registry.define(tag, known ? class extends OpportunePanel {} : OpportunePanel);
}

define();

export { OpportunePanel };

declare global {
  interface HTMLElementTagNameMap {
    'opportune-panel': OpportunePanel;
  }
}
