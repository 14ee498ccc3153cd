import { html, type TemplateResult } from 'lit';

/** A button that opens a list of choices over the page. The platform's popover closes it and gives focus back. */
export function menu(
  id: string,
  button: TemplateResult,
  choices: readonly Choice[],
  {
    label,
    kind = 'button',
  }: {
    /** Of the list. */
    readonly label: string;
    readonly kind?: string;
  },
): TemplateResult {
  return html`<button type="button" class=${kind} popovertarget=${id} ?disabled=${choices.length === 0}>${button}</button>
    <div class="menu" id=${id} popover aria-label=${label} role="group" @beforetoggle=${place} @keydown=${moveFocus}>
      ${choices.map(
        (choice, i) => html`${choice.group ? html`<p class="group">${choice.group}</p>` : ''}
          <button type="button" ?autofocus=${i === 0} aria-current=${choice.chosen ? 'true' : 'false'} @click=${(
            event: Event,
          ) => {
            closest(event).hidePopover();
            choice.choose();
          }}><span>${choice.label}</span>${choice.detail ? html`<span class="dim">${choice.detail}</span>` : ''}</button>`,
      )}
    </div>`;
}

export interface Choice {
  readonly label: string;
  readonly detail?: string;
  readonly chosen?: boolean;
  /** Stands over the first choice of a group. */
  readonly group?: string;
  choose(): void;
}

const closest = (event: Event): HTMLElement =>
  (event.currentTarget as HTMLElement).closest('[popover]') as HTMLElement;

/** Under its button, and never over the edge of the window. */
function place(event: ToggleEvent): void {
  const list = event.currentTarget as HTMLElement;
  if (event.newState !== 'open') return;
  const button = document.querySelector(`[popovertarget="${list.id}"]`)?.getBoundingClientRect();
  if (!button) return;
  const left = Math.max(8, Math.min(button.left, document.documentElement.clientWidth - 288));
  list.style.setProperty('left', `${left}px`);
  list.style.setProperty('top', `${button.bottom + 4}px`);
}

function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((now + step) % buttons.length)?.focus();
}
