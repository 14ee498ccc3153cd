import { html } from 'lit';
import { freePath } from '../src/studio/content-item.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { type Pasted, pasteToMarkdown } from '../src/studio/paste.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { button } from './panel-bits.js';
import { focusLater } from './studio-focus.js';
import type { StudioDesk } from './studio-state.js';

const KINDS: readonly (readonly [words: RegExp, kind: string])[] = [
  [/battle ?card|competitor/i, 'battlecard'],
  [/case study|success story|customer story/i, 'case-study'],
  [/^(subject|betreff|hi|hello|dear)\b/im, 'email'],
  [/proposal|offer/i, 'proposal'],
  [/checklist/i, 'checklist'],
  [/brochure/i, 'brochure'],
];

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
      createContent(desk, { title: '', body: '' });
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
  if (text?.trim()) createContent(desk, { title: titleOf(text), body: text });
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

async function takeFiles(desk: StudioDesk, files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      // Loaded when the first file comes: most visits bring none.
      const { readFileText } = await import('../src/studio/file-text.js');
      desk.say(WORDS.reading.replace('{name}', () => file.name));
      const { markdown, title, pages } = await readFileText(file);
      createContent(desk, {
        title: title || titleOf(markdown) || bareFileName(file.name),
        body: markdown,
      });
      if (pages && pages.read < pages.of)
        desk.say(
          WORDS.firstPages.replace('{read}', `${pages.read}`).replace('{of}', `${pages.of}`),
        );
    } catch (error) {
      desk.say(error instanceof Error ? error.message : String(error));
    }
  }
}

function createContent(
  desk: StudioDesk,
  { title, body }: { readonly title: string; readonly body: string },
): void {
  const { bench, author, place } = desk.state;
  const name = title || WORDS.newTitle;
  const file = freePath(name, bench.items);
  const kind =
    KINDS.find(([words]) => words.test(`${title}\n${body.slice(0, 400)}`))?.[1] ?? 'guide';
  const item: Item = { id: file, file, data: { title: name, kind, owner: author }, body };
  desk.put(file, item, WORDS.create);
  desk.go({ kind: 'content', id: file, ...(place.kind === 'contents' && { from: place }) });
  desk.say(WORDS.created.replace('{title}', () => name));
}

/** Its first heading, else its first line. */
function titleOf(text: string): string {
  const heading = /^#{1,6}\s+(.+?)\s*#*$/m.exec(text)?.[1];
  const [first = ''] = text.trim().split('\n');
  return (heading ?? first)
    .replace(/[*_`[\]]/g, '')
    .trim()
    .slice(0, 120);
}

const bareFileName = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
