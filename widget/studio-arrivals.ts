import { html, nothing } from 'lit';
import { isOpportuneError } from '../src/core/errors.js';
import { ARRIVAL_STRINGS as WORDS } from '../src/studio/arrival-strings.js';
import { contentTitle } from '../src/studio/content-item.js';
import type { FileText } from '../src/studio/file-text.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { addContent, openNew, titleOf } from './studio-add-content.js';
import type { Arrival, StudioDesk } from './studio-state.js';
import { messageOf } from './studio-work.js';

/** Less sure letters are mostly of a picture that is blurred, pale or small. */
const HARDLY = 0.8;

interface Reading {
  readonly stop: AbortController;
  readonly queue: { readonly at: number; readonly file: File }[];
}
const readings = new WeakMap<StudioDesk, Reading>();

/** Makes content of files, one after the other; those that come meanwhile are read after them. */
export async function takeFiles(desk: StudioDesk, files: readonly File[]): Promise<void> {
  const held = readings.get(desk);
  const before = held ? (desk.state.arrivals ?? []) : [];
  const queue = files.map((file, i) => ({ file, at: before.length + i }));
  desk.tell({
    arrivals: [...before, ...files.map(({ name }): Arrival => ({ name, is: 'waits' }))],
  });
  if (held) {
    held.queue.push(...queue);
    return;
  }
  const own: Reading = { stop: new AbortController(), queue };
  readings.set(desk, own);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { at, file } = next;
    put(desk, at, await takeOne(desk, file, own, at));
  }
  readings.delete(desk);
  tellEnd(desk);
}

/** Ends what is being read, and reads no other file. */
export const stopReading = (desk: StudioDesk): void => readings.get(desk)?.stop.abort();

async function takeOne(
  desk: StudioDesk,
  file: File,
  { stop }: Reading,
  at: number,
): Promise<Arrival> {
  const { name } = file;
  try {
    stop.signal.throwIfAborted();
    put(desk, at, { name, is: 'reading' });
    // Loaded when the first file comes: most visits bring none.
    const { readFileText } = await import('../src/studio/file-text.js');
    const text = await readFileText(file, {
      ...desk.source.readers,
      signal: stop.signal,
      progress: (share) => put(desk, at, { name, is: 'reading', share }),
    });
    const { markdown, title } = text;
    const id = addContent(desk, {
      title: title || titleOf(markdown) || bareFileName(name),
      body: markdown,
    });
    return { name, is: 'made', id, notes: notesOn(text, desk) };
  } catch (error) {
    if (stop.signal.aborted) return { name, is: 'stopped' };
    return { name, is: 'refused', because: reasonOf(error) };
  }
}

function put(desk: StudioDesk, at: number, arrival: Arrival): void {
  desk.tell({
    arrivals: (desk.state.arrivals ?? []).map((one, i) => (i === at ? arrival : one)),
  });
}

/** The name of the file stands before it already. */
function reasonOf(error: unknown): string {
  const message = messageOf(error);
  const where = isOpportuneError(error) ? error.where : undefined;
  return where !== undefined && message.startsWith(`${where}: `)
    ? message.slice(where.length + 2)
    : message;
}

function notesOn({ pages, drawn }: FileText, desk: StudioDesk): readonly string[] {
  const words = wordsOf(desk);
  const told = (text: string, of: { readonly read: number; readonly of: number } | undefined) =>
    of && of.read < of.of
      ? [words.fill(text, { read: words.number(of.read), of: words.number(of.of) })]
      : [];
  return [
    ...(drawn
      ? [
          drawn.sure < HARDLY
            ? words.fill(WORDS.hardlyDrawn, { share: words.percent(drawn.sure) })
            : WORDS.drawn,
        ]
      : []),
    ...told(WORDS.firstPages, pages),
    ...told(WORDS.drawnPages, drawn?.pages),
  ];
}

/** One file is opened, so that it is tagged; of several the list says what became of each. */
function tellEnd(desk: StudioDesk): void {
  const { arrivals = [], place } = desk.state;
  const words = wordsOf(desk);
  const made = arrivals.flatMap((one) => (one.is === 'made' ? [one.id] : []));
  const [only] = made;
  if (arrivals.length === 1 && only !== undefined && place.kind === 'contents') {
    openNew(desk, only);
    return;
  }
  const others = arrivals.length - made.length;
  desk.say(
    [
      ...(made.length > 0 ? [words.count(WORDS.became, made.length)] : []),
      ...(others > 0 ? [words.count(WORDS.notRead, others)] : []),
    ].join(' '),
  );
}

/** What becomes of the files that were dropped, over the list of content. */
export function arrivalsView(desk: StudioDesk): unknown {
  const { arrivals = [] } = desk.state;
  if (arrivals.length === 0) return nothing;
  const isReading = readings.has(desk);
  return html`<section class="arrivals" .ariaLabel=${WORDS.title}><ul>${arrivals.map(
    (one) => html`<li>${arrivalView(one, desk)}</li>`,
  )}</ul>${
    isReading
      ? button('', WORDS.stop, () => stopReading(desk))
      : button('link', WORDS.done, () => desk.tell({ arrivals: [] }))
  }</section>`;
}

function arrivalView(arrival: Arrival, desk: StudioDesk): unknown {
  const { name } = arrival;
  const words = wordsOf(desk);
  const file = html`<b>${name}</b>`;
  if (arrival.is === 'waits') return html`${file} <span class="quiet">${WORDS.waits}</span>`;
  if (arrival.is === 'stopped') return html`${file} <span class="quiet">${WORDS.stopped}</span>`;
  if (arrival.is === 'refused')
    return html`${file} <span class="because">${words.fill(WORDS.refused, { reason: arrival.because })}</span>`;
  if (arrival.is === 'reading') {
    const { share } = arrival;
    return html`${file} <span class="quiet">${share === undefined ? WORDS.reading : words.fill(WORDS.share, { share: words.percent(share) })}</span><progress .ariaLabel=${words.fill(WORDS.share, { share: name })} max="1" .value=${share ?? 0}></progress>`;
  }
  const item = desk.state.bench.items.get(arrival.id);
  return html`${file} ${
    item
      ? button(
          'link',
          words.fill(WORDS.made, { title: contentTitle(item) }),
          () => openNew(desk, arrival.id),
          { name: contentTitle(item) },
        )
      : nothing
  }${arrival.notes.map((note) => html` <span class="quiet">${note}</span>`)}`;
}

/** What is to be known of a text that came from a file, beside the text. */
export function arrivalNote({ state }: StudioDesk, id: string): unknown {
  const own = state.arrivals?.find((one) => one.is === 'made' && one.id === id);
  return own?.is === 'made' ? own.notes.map((note) => html`<p class="note">${note}</p>`) : nothing;
}

const wordsOf = ({ state, now }: StudioDesk): ReturnType<typeof createWords> =>
  createWords(ENGLISH, state.vocabulary.playbook, now);

const bareFileName = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
