import { OpportunePanel } from './opportune-panel.js';

/** Registers the panel; a host that has two of them, or a tag of its own, names it. */
export function define(
  tag = 'opportune-panel',
  registry: CustomElementRegistry = customElements,
): typeof OpportunePanel {
  // A class can be registered once: under a second name stands a class of its own.
  const known = registry.getName(OpportunePanel);
  if (known !== tag) registry.define(tag, known ? class extends OpportunePanel {} : OpportunePanel);
  return OpportunePanel;
}

define();

export { OpportunePanel };

declare global {
  interface HTMLElementTagNameMap {
    'opportune-panel': OpportunePanel;
  }
}
