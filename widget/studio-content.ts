import { html, nothing } from 'lit';
import { contentTitle, freePath } from '../src/studio/content-item.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { markdown } from './panel-markdown.js';
import { arrivalNote } from './studio-arrivals.js';
import { changesView } from './studio-changes.js';
import { contentAside, usesBeforeRemoval } from './studio-content-aside.js';
import { fieldsView, putField, whereView } from './studio-content-fields.js';
import { CONTENTS } from './studio-contents.js';
import { publishButton, stateText, undoButtons } from './studio-editor.js';
import { findingView } from './studio-finding.js';
import { focusLater } from './studio-focus.js';
import { transferText } from './studio-new-content.js';
import { proposalsView } from './studio-proposals.js';
import type { StudioDesk } from './studio-state.js';

/** One content: what it says, where it goes, who keeps it; beside it where it would be offered now. */
export function contentView(desk: StudioDesk): unknown {
  const { place, bench } = desk.state;
  if (place.kind !== 'content') return nothing;
  const item = bench.items.get(place.id);
  const toList = (event: Event): void => {
    focusLater(event, `#${CSS.escape(`open-${place.id}`)}`, '.library .open', '.field');
    desk.go(place.from ?? CONTENTS);
  };
  if (!item) return html`<main class="list">${button('link', WORDS.back, toList)}</main>`;
  return html`<main class="editor content">
    <header class="top"><div>${button('link', WORDS.back, toList)}<h1>${contentTitle(item)}</h1><p class="quiet">${stateText(desk, item.id)}</p></div>
      <div class="actions">${undoButtons(desk)}${button('', WORDS.duplicate, () => duplicate(desk, item))}${removeView(desk, item, toList)}${publishButton(desk)}</div></header>
    <div class="columns"><div class="words">
      <label class="title">${WORDS.fields.title}<input class="field" id="content-title" maxlength="200" .value=${String(item.data.title ?? '')} @input=${(event: InputEvent) => putField(desk, item, 'title', (event.target as HTMLInputElement).value, WORDS.fields.title)}></label>
      ${whereView(desk, item)}${proposalsView(desk, item)}
      ${arrivalNote(desk, item.id)}${bodyView(desk, item)}
      ${fieldsView(desk, item)}
      ${problemsView(desk, item)}${changesView(desk, item)}
    </div>${contentAside(desk, item)}</div>
  </main>`;
}

function bodyView(desk: StudioDesk, item: Item): unknown {
  const { trial } = desk.state;
  const body = trial?.id === item.id ? trial.body : undefined;
  const { fields } = WORDS;
  const link = html`<label>${fields.link}<input class="field" type="url" .value=${String(item.data.link ?? '')} placeholder="https://" @change=${(event: Event) => putField(desk, item, 'link', (event.target as HTMLInputElement).value.trim() || undefined, fields.link)}></label>`;
  if (item.body === undefined) return html`<div class="fields">${link}</div>`;
  const write = (event: InputEvent): void => {
    const text = (event.target as HTMLTextAreaElement).value;
    desk.put(item.id, { ...item, body: text }, fields.body, `${item.id} body`);
  };
  return html`<div class="text-and-look"><label>${fields.body}<textarea class="field" rows="14" spellcheck="true" .value=${item.body} @input=${write} @paste=${(event: ClipboardEvent) => pasteHere(desk, event)}></textarea></label>
    <section class="look" .ariaLabel=${WORDS.asRepSees}><h2>${WORDS.asRepSees}</h2>${
      body?.length
        ? html`<div class="prose">${markdown(body)}</div>`
        : html`<p class="quiet">${WORDS.emptyBody}</p>`
    }</section></div><div class="fields">${link}</div>`;
}

/** What comes with its form from a page or a document is put in as Markdown. */
function pasteHere(desk: StudioDesk, event: ClipboardEvent): void {
  if (!event.clipboardData?.types.includes('text/html')) return;
  const text = transferText(desk, event.clipboardData);
  if (text === undefined) return;
  event.preventDefault();
  const field = event.target as HTMLTextAreaElement;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

function problemsView({ state }: StudioDesk, item: Item): unknown {
  const { trial, vocabulary } = state;
  const problems = trial?.id === item.id ? trial.problems : [];
  if (problems.length === 0) return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, 0);
  return html`<section class="problems"><h2>${words.count(STUDIO_STRINGS.problems, problems.length)}</h2><ul>${problems.map(
    (one) => html`<li class="note wrong">${findingView(one)}</li>`,
  )}</ul></section>`;
}

function duplicate(desk: StudioDesk, item: Item): void {
  const { bench, author, place } = desk.state;
  const title = WORDS.copyOf.replace('{title}', () => contentTitle(item));
  const file = freePath(title, bench.items);
  const { id: _, revision: __, ...data } = item.data;
  const copy: Item = {
    id: file,
    file,
    data: { ...data, title, owner: author },
    ...(item.body === undefined ? { body: '' } : { body: item.body }),
  };
  desk.put(file, copy, WORDS.duplicate);
  desk.go({ kind: 'content', id: file, ...(place.kind === 'content' && { from: place.from }) });
  desk.say(WORDS.created.replace('{title}', () => title));
}

/** Asked before, with what is lost; and Undo brings it back. */
function removeView(desk: StudioDesk, item: Item, leave: (event: Event) => void): unknown {
  const isOpen = desk.state.open?.at === 'content-remove';
  const title = contentTitle(item);
  const close = (): void => desk.open(undefined);
  const remove = (event: Event): void => {
    desk.put(item.id, undefined, WORDS.remove);
    leave(event);
    desk.say(WORDS.removed.replace('{title}', () => title));
  };
  return html`<span class="choice"><button type="button" id="content-remove" class="button" .ariaExpanded=${`${isOpen}`} @click=${() => desk.open(isOpen ? undefined : { at: 'content-remove', typed: '', active: 0 })}>${WORDS.remove}</button>${
    isOpen
      ? html`<div class="pop end asks" role="group" .ariaLabel=${WORDS.removing.replace('{title}', () => title)} @keydown=${(
          event: KeyboardEvent,
        ) => {
          if (event.key === 'Escape') close();
        }}><p><b>${WORDS.removing.replace('{title}', () => title)}</b></p>${usesBeforeRemoval(desk, item)}<div class="actions">${button('primary', WORDS.removeNow, remove)}${button('', WORDS.keep, close)}</div></div>`
      : nothing
  }</span>`;
}
