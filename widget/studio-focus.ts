import type { LitElement, ReactiveElement } from 'lit';
import type { StudioState } from './studio-state.js';

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

/** Into the list of a choice that was opened, or back to the choice whose list was closed. */
export async function focusChoice(
  element: ReactiveElement,
  opened: StudioState['open'],
  closed: StudioState['open'],
): Promise<void> {
  await element.updateComplete;
  const at = typeof closed?.at === 'number' ? `slot-${closed.at}` : closed?.at;
  const target = opened ? '.pop :is(.field, button)' : at && `#${CSS.escape(at)}`;
  if (target) element.renderRoot.querySelector<HTMLElement>(target)?.focus();
}
