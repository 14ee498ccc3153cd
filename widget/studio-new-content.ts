import { html } from 'lit';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { type Pasted, pasteToMarkdown } from '../src/studio/paste.js';
import { button } from './panel-bits.js';
import { addContent, openNew, titleOf } from './studio-add-content.js';
import { takeFiles } from './studio-arrivals.js';
import { focusLater } from './studio-focus.js';
import type { StudioDesk } from './studio-state.js';

/** A button, and a place to drop what there is already. */
export function newContentView(desk: StudioDesk): unknown {
  const pick = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    void takeFiles(desk, [...(field.files ?? [])]);
    field.value = '';
  };
  return html`<span class="drop quiet">${WORDS.drop}</span><label class="button">${WORDS.chooseFile}<input class="spoken" type="file" multiple accept=".md,.txt,.html,.htm,.pdf,.docx,.svg,.png,.jpg,.jpeg,.webp,text/*" @change=${pick}></label>${button(
    'primary',
    WORDS.create,
    (event) => {
      focusLater(event, '#content-title');
      openNew(desk, addContent(desk, { title: '', body: '' }));
    },
  )}`;
}

/** The page shows that it may be dropped here. */
export function allowDrop(event: DragEvent): void {
  event.preventDefault();
  (event.currentTarget as HTMLElement).classList.toggle('dropping', event.type === 'dragover');
}

export function dropContent(desk: StudioDesk, event: DragEvent): void {
  allowDrop(event);
  if (event.dataTransfer) void takeTransfer(desk, event.dataTransfer);
}

/** What lies on the clipboard or was dropped: files, else text with its form, else text. */
export async function takeTransfer(desk: StudioDesk, data: DataTransfer): Promise<void> {
  const files = [...data.files];
  if (files.length > 0) {
    await takeFiles(desk, files);
    return;
  }
  const text = transferText(desk, data);
  if (text?.trim()) openNew(desk, addContent(desk, { title: titleOf(text), body: text }));
}

/** As Markdown; undefined where it is too much, which is told. */
export function transferText(desk: StudioDesk, data: DataTransfer): string | undefined {
  return toText(desk, { html: data.getData('text/html'), text: data.getData('text/plain') });
}

function toText(desk: StudioDesk, pasted: Pasted): string | undefined {
  const isAttribute = (name: string): boolean =>
    desk.state.vocabulary.attribute(name) !== undefined;
  let text: string | undefined;
  desk.attempt(() => {
    text = pasteToMarkdown(pasted, { isAttribute });
  });
  return text;
}
