import { html, nothing } from 'lit';
import type { JsonValue } from '../src/domain/value.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import type { Option } from '../src/studio/vocabulary.js';
import { button } from './panel-bits.js';
import type { OpenChoice } from './studio-state.js';

export interface Choice {
  readonly label: string;
  readonly options: readonly Option[];
  /** What stands there now. */
  readonly value?: JsonValue | undefined;
  readonly take: (value: JsonValue) => void;
  /** Takes it beside what stands there already; absent where only one can. */
  readonly also?: ((value: JsonValue) => void) | undefined;
  /** Buttons under the list. */
  readonly foot?: unknown;
}

export interface Opened {
  readonly open: OpenChoice;
  readonly change: (open: OpenChoice | undefined) => void;
}

const MOST_SHOWN = 12;

/** A list that opens under a choice: typing finds, arrows go along, Enter takes, Escape leaves it as it was. */
export function choiceList(
  { label, options, value, take, also, foot }: Choice,
  { open, change }: Opened,
): unknown {
  const shown = options.slice(0, MOST_SHOWN);
  const active = Math.min(open.active, shown.length - 1);
  const chosen = shown[active];
  const move = (by: number): void =>
    change({ ...open, active: (active + by + shown.length) % Math.max(1, shown.length) });
  const pick = (picked: JsonValue): void => (open.adds && also ? also(picked) : take(picked));
  const keys = (event: KeyboardEvent): void => {
    const { key } = event;
    // Buttons below the list answer for themselves.
    if (key === 'Enter' && (event.composedPath()[0] as Element).matches('button')) return;
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    else if (key === 'Escape') change(undefined);
    else if (key === 'Enter' && chosen)
      (event.ctrlKey || event.metaKey) && also ? also(chosen.value) : pick(chosen.value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="pop" @keydown=${keys}>
    <input class="field" role="combobox" aria-expanded="true" aria-autocomplete="list" autocomplete="off" spellcheck="false"
      .ariaLabel=${label} .placeholder=${WORDS.search} .value=${open.typed}
      @input=${(event: InputEvent) =>
        change({ ...open, typed: (event.target as HTMLInputElement).value, active: 0 })}>
    ${
      shown.length === 0
        ? html`<p class="none">${open.typed.trim() === '' ? WORDS.writeOwn : WORDS.nothingFits.replace('{text}', () => open.typed)}</p>`
        : html`<ul id="options" role="listbox" .ariaLabel=${label}>${shown.map(
            (
              option,
              index,
            ) => html`<li role="option" .id=${`option-${index}`} .ariaSelected=${`${index === active}`}
              .className=${option.value === value ? 'now' : ''}
              @pointerdown=${(event: PointerEvent) => event.preventDefault()}
              @click=${() => pick(option.value)}>
<span>${option.label}</span></li>`,
          )}</ul>`
    }${options.length > shown.length ? html`<p class="none">${WORDS.typeForMore}</p>` : nothing}
    <div class="foot">${also ? button('quiet', WORDS.also, () => change({ ...open, adds: !open.adds, typed: '' }), { pressed: open.adds === true }) : nothing}${foot ?? nothing}</div>
  </div>`;
}

/** A text of one's own, in place of the list. */
export function textField(
  { label, value, take }: { label: string; value: string; take: (text: string) => void },
  { change }: Opened,
): unknown {
  const send = (field: HTMLTextAreaElement | null): void => take(field?.value.trim() ?? '');
  return html`<form class="pop" @submit=${(event: Event) => {
    event.preventDefault();
    send((event.target as HTMLFormElement).querySelector('textarea'));
  }} @keydown=${(event: KeyboardEvent) => {
    if (event.key === 'Escape') change(undefined);
    else if (event.key === 'Enter' && !event.shiftKey) send(event.target as HTMLTextAreaElement);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }}>
    <textarea class="field" rows="3" maxlength="2000" .ariaLabel=${label} .value=${value}></textarea>
    <div class="actions"><button class="button primary">${WORDS.take}</button>${button('', WORDS.cancel, () => change(undefined))}</div>
  </form>`;
}
