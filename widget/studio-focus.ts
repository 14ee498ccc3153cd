import type { LitElement } from 'lit';

/** Puts the focus on the first of these that is there once what the event leads to is drawn. */
export function focusLater(event: Event, ...selectors: readonly string[]): void {
  const root = (event.currentTarget as Element).getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const host = root.host as LitElement;
  queueMicrotask(
    () =>
      void host.updateComplete.then(() => {
        for (const selector of selectors) {
          const target = root.querySelector<HTMLElement>(selector);
          if (!target) continue;
          target.focus();
          if (target instanceof HTMLInputElement) target.select();
          return;
        }
      }),
  );
}
