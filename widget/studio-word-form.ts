import { html, nothing } from 'lit';
import { isOpportuneError } from '../src/core/errors.js';
import { countChanges, countUses, type ItemGroup } from '../src/studio/change-text.js';
import type { Items } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { VOCABULARY_STRINGS as WORDS } from '../src/studio/vocabulary-strings.js';
import type { Use } from '../src/studio/vocabulary-uses.js';
import { differenceOf } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import type { StudioDesk } from './studio-state.js';

/** A change of the vocabulary that asks for one word, or for one of several. */
export interface WordChange {
  readonly label: string;
  readonly help: string;
  /** What stands in the field; or what can be chosen. */
  readonly from: string | readonly { readonly id: string; readonly label: string }[];
  readonly rewrite: (items: Items, word: string) => Items;
  /** Items that declare the word itself, which change in any case. */
  readonly own: string;
}

/** A button that opens a list of changes; each opens its form, which says what it changes before it does. */
export function wordMenu(
  desk: StudioDesk,
  name: string,
  title: string,
  changes: readonly WordChange[],
): unknown {
  const { open } = desk.state;
  const mine = typeof open?.at === 'string' && open.at.split('|')[0] === name ? open : undefined;
  const chosen = changes.find(({ label }) => mine?.at === `${name}|${label}`);
  const show = (at: string, typed = ''): void => desk.open({ at, typed, active: 0 });
  return html`<span class="choice" tabindex="-1" .id=${name}>${button('quiet', '⋯', () => (mine ? close(desk, name) : show(name)), { name: WORDS.actions.replace('{word}', () => title), expanded: mine !== undefined })}${
    mine
      ? html`<div class="pop menu end" @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') close(desk, name);
        }}>${
          chosen
            ? changeForm(desk, chosen, mine.typed, (typed) => show(String(mine.at), typed), name)
            : changes.map((one) =>
                button('quiet', one.label, (event) => {
                  // What had the focus goes away with the list.
                  (event.currentTarget as Element).closest<HTMLElement>('.choice')?.focus();
                  show(`${name}|${one.label}`, typeof one.from === 'string' ? one.from : '');
                }),
              )
        }</div>`
      : nothing
  }</span>`;
}

/** The focus goes back to where the list was opened. */
function close(desk: StudioDesk, name: string): void {
  desk.open({ at: name, typed: '', active: 0 });
  desk.open(undefined);
}

function changeForm(
  desk: StudioDesk,
  change: WordChange,
  typed: string,
  type: (typed: string) => void,
  name: string,
): unknown {
  const { label, help, from } = change;
  const { items } = desk.state.bench;
  const next = typed === '' || typed === from ? undefined : attempt(items, change, typed);
  const isReady = next !== undefined && typeof next !== 'string';
  const apply = (event: Event): void => {
    event.preventDefault();
    if (isReady) applyWords(desk, next, label, change.own, name);
  };
  return html`<form class="word-form" @submit=${apply}><b>${label}</b><p class="quiet">${help}</p>${
    typeof from === 'string'
      ? html`<input class="field" autocomplete="off" .ariaLabel=${WORDS.name} .value=${typed} @input=${(event: InputEvent) => type((event.target as HTMLInputElement).value)}>`
      : html`<select class="field" .ariaLabel=${WORDS.into} @change=${(event: Event) => type((event.target as HTMLSelectElement).value)}><option value="">${WORDS.choose}</option>${from.map((one) => html`<option .value=${one.id} ?selected=${one.id === typed}>${one.label}</option>`)}</select>`
  }<p .className=${typeof next === 'string' ? 'wrong' : ''} role="status">${typeof next === 'string' ? next : isReady ? effectText(items, next, change.own) : nothing}</p>
  <div class="actions"><button class="button primary" ?disabled=${!isReady}>${WORDS.take}</button>${button('', STUDIO_STRINGS.cancel, () => close(desk, name))}</div></form>`;
}

/** The items after it, or why it cannot be. */
function attempt(items: Items, { rewrite }: WordChange, typed: string): Items | string {
  try {
    return rewrite(items, typed);
  } catch (error) {
    if (isOpportuneError(error)) return error.message;
    throw error;
  }
}

/** As one step, and said. */
export function applyWords(
  desk: StudioDesk,
  next: Items,
  label: string,
  own: string,
  name?: string,
): void {
  const { items } = desk.state.bench;
  const list = listText(countChanges(withoutOwn(items, own), withoutOwn(next, own)));
  if (name !== undefined) close(desk, name);
  desk.putAll(differenceOf(items, next), label);
  desk.say(list ? WORDS.done.replace('{list}', list) : WORDS.doneAlone);
}

export function effectText(items: Items, next: Items, own: string): string {
  const list = listText(countChanges(withoutOwn(items, own), withoutOwn(next, own)));
  return list ? WORDS.changes.replace('{list}', list) : WORDS.changesNothing;
}

const withoutOwn = (items: Items, own: string): Items =>
  new Map([...items].filter(([id]) => id !== own));

/** `7 plays and 3 contents`; empty where there is nothing. */
function listText(counts: ReadonlyMap<ItemGroup, number>): string {
  const words = createWords(ENGLISH, { currency: 'EUR', zone: 'UTC' }, 0);
  const groups = Object.keys(WORDS.groups) as ItemGroup[];
  const parts = groups.flatMap((group) => {
    const count = counts.get(group);
    return count ? [words.count(WORDS.groups[group], count)] : [];
  });
  return words.list(parts, false);
}

export function usedText(uses: readonly Use[]): string {
  const list = listText(countUses(uses));
  return list ? WORDS.usedIn.replace('{list}', list) : WORDS.unused;
}
