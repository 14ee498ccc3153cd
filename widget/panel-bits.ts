import { html, nothing } from 'lit';
import type { ChoiceView, ScaleView, StepView } from '../src/domain/view.js';
import * as icons from './panel-icons.js';
import type { Parts } from './panel-parts.js';

/** Above this many a row of pips is no longer read at a glance, and the sentence stands alone. */
const MOST_PIPS = 10;

export interface ButtonState {
  /** Its name for a screen reader, where the label alone would not do. */
  readonly name?: string;
  /** What a click does, read after the name. */
  readonly does?: string;
  readonly expanded?: boolean;
  readonly pressed?: boolean | undefined;
  readonly disabled?: boolean;
}

const aria = (state: boolean | undefined): string | null =>
  state === undefined ? null : `${state}`;

/** Every button but those that send a form. */
export function button(
  look: string,
  label: unknown,
  click: (event: Event) => unknown,
  { name, does, expanded, pressed, disabled }: ButtonState = {},
): unknown {
  return html`<button type="button" .className=${`button ${look}`} .ariaLabel=${name ?? null} .ariaDescription=${does ?? null} .ariaExpanded=${aria(expanded)} .ariaPressed=${aria(pressed)} ?disabled=${disabled} @click=${click}>${label}</button>`;
}

export function choices(
  list: readonly ChoiceView[],
  pick: (id: string) => void,
  chosen?: string,
): unknown {
  return html`<div .className=${list.length === 3 ? 'choices three' : 'choices'}>${list.map(
    ({ id, label }) =>
      button('', label, () => pick(id), { pressed: chosen === undefined ? chosen : chosen === id }),
  )}</div>`;
}

/** A named group under a line of text that says the same. */
export function group(look: string, name: string, inside: unknown): unknown {
  return html`<div .className=${look} role="group" .ariaLabel=${name}><p class="small" aria-hidden="true">${name}</p>${inside}</div>`;
}

/** Folds; what is unfolded is kept by name. */
export function fold(
  id: string,
  look: string,
  head: unknown,
  body: unknown,
  { isOpen, setOpen }: Parts,
): unknown {
  return html`<details .className=${look} ?open=${isOpen(id)} @toggle=${(event: Event) => setOpen(id, (event.target as HTMLDetailsElement).open)}><summary>${head}${icons.chevron}</summary>${body}</details>`;
}

/** A text, or nothing where there is none. */
export function line(look: string, text: unknown): unknown {
  return text ? html`<p .className=${look}>${text}</p>` : nothing;
}

/** One drawing for every number. The sentence beside it says the same. */
export function scale(view: ScaleView | undefined): unknown {
  if (!view) return nothing;
  const { kind, dot, tick = dot, low = dot, high = dot } = view;
  return html`<div .className=${`scale ${kind}`} .style=${`--from:${Math.min(dot, tick)};--to:${Math.max(dot, tick)};--dot:${dot};--tick:${tick};--low:${low};--high:${high}`} aria-hidden="true">${
    kind === 'range' ? html`<i class="range"></i>` : html`<i class="band"></i><i class="tick"></i>`
  }<i class="dot"></i></div>`;
}

/** A buyer's touches: used, this one, free. */
export function touches(
  view: { readonly text: string; readonly used: number; readonly limit: number } | undefined,
  look: string,
  withThis: boolean,
): unknown {
  if (!view) return nothing;
  const { text, used, limit } = view;
  return html`<p .className=${`attention ${look}`}>${
    limit > MOST_PIPS
      ? nothing
      : html`<span class="pips" aria-hidden="true">${Array.from(
          { length: limit },
          (_, index) =>
            html`<i .className=${index < used ? 'used' : withThis && index === used ? 'this' : ''}></i>`,
        )}</span>`
  }<span>${text}</span></p>`;
}

export function steps(list: readonly StepView[]): unknown {
  return html`<ol class="steps">${list.map(
    ({ text, meta, strong, state }) =>
      html`<li .className=${state}><p>${text}</p>${weighted(strong, meta)}</li>`,
  )}</ol>`;
}

/** `**Buyer-verified** · email, today 09:40`. */
export function weighted(strong: string | undefined, meta: string): unknown {
  return html`<p class="meta">${strong ? html`<b>${strong}</b>` : nothing}${strong && meta ? ' · ' : nothing}${meta}</p>`;
}

/** A field for a person's own words; empty ones are not sent. */
export function ownWords(
  label: string,
  send: string,
  done: (text: string) => void,
  beside: unknown = nothing,
): unknown {
  return html`<form class="own" @submit=${(event: Event) => {
    const text = wordsOf(event);
    if (text) done(text);
  }}><label class="field small">${label}<textarea rows="2" maxlength="2000"></textarea></label><div class="actions"><button class="button">${send}</button>${beside}</div></form>`;
}

/** What stands in the form's text field; when nothing does, the focus goes there. */
export function wordsOf(event: Event): string | undefined {
  event.preventDefault();
  const field = (event.target as HTMLFormElement).querySelector('textarea');
  const text = field?.value.trim();
  if (!text) field?.focus();
  return text;
}
