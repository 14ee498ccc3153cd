import { html, nothing } from 'lit';
import { bareLetters } from '../src/core/count-edits.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { openWorth, startPlay, TEMPLATES } from '../src/studio/templates.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { focusLater } from './studio-focus.js';
import { downloadZip, type OpenedFolder, openDirectory, openZip } from './studio-folder.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

const MORE = 100;

const isPlay = ({ file, list }: Item): boolean => list === undefined && file.startsWith('plays/');

/** All plays; typing finds them by their words. */
export function playsView(desk: StudioDesk): unknown {
  const { state } = desk;
  const { place, bench, vocabulary } = state;
  if (place.kind !== 'plays') return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, 0);
  const plays = [...bench.items.values()].filter(isPlay);
  const typed = bareLetters(place.filter);
  const found = typed ? plays.filter((play) => lettersOf(play).includes(typed)) : plays;
  const filter = (text: string): void => desk.go({ ...place, filter: text, shown: MORE });
  return html`<main class="list"><header class="top"><div><h1>${words.count(WORDS.playCount, found.length)}</h1></div>
    <div class="actions">${folderButtons(desk)}${templates(desk)}</div></header>
    ${isSample(desk) ? html`<p class="note" role="note">${WORDS.sampleAbout}</p>` : nothing}
    ${
      plays.length === 0
        ? firstPlay(desk)
        : html`<input class="field wide" type="search" .ariaLabel=${WORDS.filterPlays} .placeholder=${WORDS.filterPlays} .value=${place.filter} @input=${(event: InputEvent) => filter((event.target as HTMLInputElement).value)}>${
            found.length === 0
              ? html`<p class="note">${WORDS.noPlayFits.replace('{text}', place.filter)} ${button('link', WORDS.showAll, () => filter(''))}</p>`
              : html`<ul class="rows">${found.slice(0, place.shown).map((play) => playRow(desk, play))}</ul>`
          }${found.length > place.shown ? button('', WORDS.andMore.replace('{count}', `${found.length - place.shown}`), () => desk.go({ ...place, shown: place.shown + MORE })) : nothing}`
    }
  </main>`;
}

/** Items are never changed in place, so what is found in one is read once. */
const letters = new WeakMap<Item, string>();
function lettersOf(play: Item): string {
  const held = letters.get(play) ?? bareLetters(wordsOf(play));
  letters.set(play, held);
  return held;
}

const wordsOf = ({ id, data }: Item): string =>
  `${id} ${String(data.title ?? '')} ${String(data.why ?? '')} ${String(data.owner ?? '')}`;

function playRow(desk: StudioDesk, play: Item): unknown {
  const { bench, checked } = desk.state;
  const { id, file, data } = play;
  const was = bench.before.get(id);
  const wrong = checked?.problems.filter((one) => one.file === file).length ?? 0;
  const words = createWords(ENGLISH, desk.state.vocabulary.playbook, 0);
  return html`<li>${button('link', playTitle(data.title), () => desk.go({ kind: 'play', id, form: 'sentence' }))}
    ${data.why ? html`<span class="quiet">${playTitle(data.why)}</span>` : nothing}
    <span class="marks">${was === play ? nothing : html`<span class="mark">${was ? WORDS.changed : WORDS.isNew}</span>`}${wrong ? html`<span class="mark wrong">${words.count(WORDS.problems, wrong)}</span>` : nothing}</span></li>`;
}

type Picker = { showDirectoryPicker?(options: object): Promise<FileSystemDirectoryHandle> };

function folderButtons(desk: StudioDesk): unknown {
  const { folder } = desk.state;
  const picker = (globalThis as Picker).showDirectoryPicker;
  const pick = async (): Promise<OpenedFolder | undefined> => {
    try {
      const handle = await picker?.({ mode: 'readwrite' });
      return handle && (await openDirectory(handle));
    } catch (error) {
      // Whoever closes the picker changed their mind.
      if ((error as DOMException).name === 'AbortError') return undefined;
      throw error;
    }
  };
  const read = async (event: Event): Promise<OpenedFolder | undefined> => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    return file && openZip(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  const open = picker
    ? button('', WORDS.openFolder, () => void desk.openFolder(pick))
    : html`<label class="button">${WORDS.openFolder}<input class="spoken" type="file" accept=".zip,application/zip" @change=${(event: Event) => void desk.openFolder(() => read(event))}></label>`;
  const close = isSample(desk) ? WORDS.removeSample : WORDS.closeFolder;
  return html`${folder ? button('', close, () => void desk.closeFolder()) : open}${button('', folder && !isSample(desk) ? WORDS.saveFolder : WORDS.saveZip, () => void desk.saveFolder())}`;
}

const isSample = ({ state: { folder } }: StudioDesk): boolean => folder?.name === WORDS.sampleName;

/** A small playbook to play with. What is kept of it goes into a file of its own. */
async function openSample(): Promise<OpenedFolder> {
  const { SAMPLE_PLAYBOOK } = await import('../src/studio/sample-playbook.js');
  return {
    name: WORDS.sampleName,
    files: SAMPLE_PLAYBOOK,
    save: async (files) => downloadZip('sample-playbook.zip', files),
  };
}

/** What to do in a playbook without plays. */
const firstPlay = (desk: StudioDesk): unknown =>
  html`<section class="first"><p>${WORDS.noPlays}</p><ul class="chips">${beginnings(desk, '').map((one) => html`<li>${one}</li>`)}</ul>${sampleButton(desk, '')}</section>`;

const sampleButton = (desk: StudioDesk, look: string): unknown =>
  desk.state.folder
    ? nothing
    : button(look, WORDS.openSample, () => void desk.openFolder(openSample));

/** A button for each common play, and for an empty sentence. */
function beginnings(desk: StudioDesk, look: string): readonly unknown[] {
  const { vocabulary, bench, author } = desk.state;
  const begin = (template: (typeof TEMPLATES)[number] | undefined): void => {
    const free = (id: string, n = 1): string => {
      const name = n === 1 ? id : `${id}-${n}`;
      return bench.items.has(`plays/${name}.yaml`) ? free(id, n + 1) : name;
    };
    const own = free(template?.id ?? 'new-play');
    const file = `plays/${own}.yaml`;
    const data = template
      ? { ...startPlay(template, vocabulary), id: own, owner: author }
      : {
          id: own,
          about: 'opportunity',
          trigger: { becomes: null },
          for: 'owner',
          ...openWorth(vocabulary),
          owner: author,
        };
    desk.put(file, { id: file, file, data }, WORDS.newPlay);
    desk.go({ kind: 'play', id: file, form: 'sentence' });
  };
  return [
    ...TEMPLATES.map((one) => button(look, one.label, () => begin(one))),
    button(look, WORDS.emptyPlay, () => begin(undefined)),
  ];
}

function templates(desk: StudioDesk): unknown {
  const isOpen = desk.state.open?.at === 'new';
  return html`<span class="choice">${button('primary', WORDS.newPlay, () => desk.open(isOpen ? undefined : { at: 'new', typed: '', active: 0 }), { expanded: isOpen })}${
    isOpen
      ? html`<div class="pop menu end" @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Escape') return;
          desk.open(undefined);
          focusLater(event, '.choice > button');
        }}><p class="none">${WORDS.beginWith}</p>${beginnings(desk, 'quiet')}${sampleButton(desk, 'quiet')}</div>`
      : nothing
  }</span>`;
}
