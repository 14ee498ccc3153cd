import type { ReactiveElement } from 'lit';

/**
 * Call it before something else is drawn: what has the focus may go with what was there, and then the first of these
 * gets it, or the heading.
 */
export function keepFocus(element: ReactiveElement, ...selectors: readonly string[]): void {
  const root = element.renderRoot;
  if (!(root instanceof ShadowRoot) || !root.activeElement) return;
  queueMicrotask(
    () =>
      void element.updateComplete.then(() => {
        if (root.activeElement) return;
        for (const selector of [...selectors, 'h1']) {
          const target = root.querySelector<HTMLElement>(selector);
          if (!target) continue;
          if (target.localName === 'h1') target.tabIndex = -1;
          target.focus();
          return;
        }
      }),
  );
}
