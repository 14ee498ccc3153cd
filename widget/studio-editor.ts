import { html, nothing } from 'lit';
import type { JsonObject } from '../src/domain/value.js';
import { readSentence } from '../src/studio/read-sentence.js';
import { sentenceText } from '../src/studio/sentence.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { VERSIONS_STRINGS } from '../src/studio/versions-strings.js';
import { changesOf } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { changesView } from './studio-changes.js';
import { partsView } from './studio-effects.js';
import { findingView } from './studio-finding.js';
import { openSlots, sentenceView } from './studio-play.js';
import { previewView } from './studio-preview.js';
import { replayView } from './studio-replay.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

/** One play: its sentence or its text, what is to be mended, and what it would do. */
export function editorView(desk: StudioDesk): unknown {
  const { state } = desk;
  const { place, bench } = state;
  if (place.kind !== 'play') return nothing;
  const item = bench.items.get(place.id);
  const toPlays = (): void => desk.go({ kind: 'plays', filter: '', shown: 100 });
  if (!item) return html`<main class="list">${button('link', WORDS.back, toPlays)}</main>`;
  const play = item.data;
  const isText = place.form === 'text';
  const remove = (): void => {
    desk.put(item.id, undefined, WORDS.removePlay);
    toPlays();
    desk.say(WORDS.removed.replace('{title}', `“${playTitle(play.title)}”`));
  };
  return html`<main class="editor">
    <header class="top"><div>${button('link', WORDS.back, toPlays)}<h1>${playTitle(play.title)}</h1><p class="quiet">${stateText(desk, item.id)}</p></div>
      <div class="actions">${undoButtons(desk)}${button('', isText ? WORDS.asSentence : WORDS.asText, () => desk.go({ ...place, form: isText ? 'sentence' : 'text' }))}${button('', WORDS.removePlay, remove)}${publishButton(desk)}</div></header>
    <div class="columns"><div class="words">${isText ? textView(desk, play) : sentenceView(desk, play)}${problemsView(desk, item.file, play)}${changesView(desk, item)}</div>${previewView(desk, play)}</div>${replayView(desk)}${partsView(desk, item)}
  </main>`;
}

export function undoButtons(desk: StudioDesk): unknown {
  const { past, future } = desk.state.bench;
  const [undone, redone] = [past.at(-1), future.at(-1)];
  const doesUndo = undone && { does: WORDS.undoOf.replace('{label}', () => undone.label) };
  const doesRedo = redone && { does: WORDS.redoOf.replace('{label}', () => redone.label) };
  return html`${button('', WORDS.undo, desk.undo, { disabled: !undone, ...doesUndo })}${button('', WORDS.redo, desk.redo, { disabled: !redone, ...doesRedo })}`;
}

export function publishButton(desk: StudioDesk): unknown {
  const { source } = desk;
  if (desk.state.folder) return button('primary', WORDS.saveFolder, () => void desk.saveFolder());
  if (desk.versions)
    return button('primary', VERSIONS_STRINGS.review, () => desk.go({ kind: 'review' }));
  if (!source.publish) return nothing;
  const { bench, checked } = desk.state;
  const isReady = checked?.playbook !== undefined && Object.keys(changesOf(bench)).length > 0;
  return button('primary', WORDS.publish, () => void desk.publish(), { disabled: !isReady });
}

/** Whether it is live, a draft, kept. */
export function stateText({ state }: StudioDesk, id: string): unknown {
  const { bench, kept } = state;
  const isChanged = bench.before.get(id) !== bench.items.get(id);
  if (kept.is === 'not-kept')
    return html`<span class="wrong" role="alert">${WORDS.notKept.replace('{reason}', kept.because)}</span>`;
  if (!isChanged) return WORDS.unchanged;
  if (state.folder) return WORDS.unsaved.replace('{name}', state.folder.name);
  const at = kept.is === 'kept' && kept.at !== undefined ? new Date(kept.at) : undefined;
  const when =
    kept.is === 'keeping'
      ? WORDS.keeping
      : kept.only
        ? WORDS.keptOnly[kept.only]
        : at
          ? WORDS.keptAt.replace('{time}', at.toLocaleTimeString([], { timeStyle: 'short' }))
          : '';
  return when ? `${WORDS.draft}, ${when}` : WORDS.draft;
}

/** What stops the play: choices that are open, and what the compiler found in its file. */
function problemsView({ state }: StudioDesk, file: string, play: JsonObject): unknown {
  const { checked, vocabulary } = state;
  const words = createWords(ENGLISH, vocabulary.playbook, 0);
  const open = openSlots(toSentence(play, vocabulary));
  const found = checked?.problems.filter((one) => one.file === file) ?? [];
  if (open > 0) return html`<p class="note wrong">${words.count(WORDS.openSlots, open)}</p>`;
  if (found.length === 0) return nothing;
  return html`<section class="problems"><h2>${words.count(WORDS.problems, found.length)}</h2><ul>${found.map(
    (one) => html`<li class="note wrong">${findingView(one)}</li>`,
  )}</ul></section>`;
}

function textView(desk: StudioDesk, play: JsonObject): unknown {
  const { vocabulary } = desk.state;
  const text = sentenceText(toSentence(play, vocabulary));
  const read = (event: Event): void => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector('textarea');
    const found = readSentence(field?.value ?? '', vocabulary);
    if ('play' in found) {
      desk.change(found.play, WORDS.readText, { to: 'stay' });
      return;
    }
    const [first] = found.misread;
    const near = first?.near === undefined ? '' : ` ${WORDS.meant.replace('{text}', first.near)}`;
    desk.say(`${WORDS.cannotRead.replace('{text}', first?.written ?? '')}${near}`);
    field?.focus();
    if (first) field?.setSelectionRange(first.from, first.to);
  };
  return html`<form class="text" @submit=${read}><p class="quiet">${WORDS.textHelp}</p><textarea class="field" rows="16" .ariaLabel=${WORDS.asText} .value=${text}></textarea><div class="actions"><button class="button primary">${WORDS.readText}</button></div></form>`;
}
