import type { LitElement } from 'lit';
import { isOpportuneError } from '../src/core/errors.js';
import type { Candidate } from '../src/preview.js';
import type { PlayData } from '../src/studio/play-data.js';
import type { Item } from '../src/studio/playbook-folder.js';
import type { StudioSource } from '../src/studio/studio-source.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { createVocabulary } from '../src/studio/vocabulary.js';
import * as bench from '../src/studio/workbench.js';
import { keepFocus } from './keep-focus.js';
import { stopReading } from './studio-arrivals.js';
import { openCard } from './studio-card.js';
import { lookedAt, offersIn, tryContent } from './studio-content-trial.js';
import { droppedText } from './studio-dropped.js';
import { createEffectsDesk } from './studio-effects-desk.js';
import { focusChoice } from './studio-focus.js';
import { downloadZip } from './studio-folder.js';
import { createKeeping } from './studio-keeping.js';
import { learnTags, proposeTags } from './studio-proposals.js';
import { createReplay } from './studio-replay-desk.js';
import { settingsOf } from './studio-settings.js';
import type { FocusTo, StudioDesk, StudioState } from './studio-state.js';
import { subjectOf } from './studio-subject.js';
import { openVersions } from './studio-versions-desk.js';
import { createWork, messageOf } from './studio-work.js';

/** Typing rests this long before anything is counted and compiled. */
const REST_MS = 400;
/** As long as a sentence is read twice. */
const SAID_MS = 8_000;

/** One playbook before one author, from opening to leaving. */
export async function openStudioDesk(
  element: LitElement,
  source: StudioSource,
): Promise<StudioDesk> {
  const opened = await source.open();
  const { files, kept = {}, author, now, at = '' } = opened;
  const checked = await source.engine.check(files);
  let playbook = checked.playbook ?? (await settingsOf(source, files));
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let state: StudioState = {
    bench: bench.openWorkbench(files, kept),
    vocabulary: createVocabulary(playbook),
    author,
    place: { kind: 'plays', filter: '', shown: 100 },
    checked,
    tab: 'would',
    kept: { is: 'kept' },
    said: '',
  };

  function set(more: Partial<StudioState>): void {
    state = { ...state, ...more };
    if (more.said) {
      clearTimeout(silence);
      silence = setTimeout(() => set({ said: '' }), SAID_MS);
    }
    if (!closed) element.requestUpdate();
  }
  const without = (...keys: readonly (keyof StudioState)[]): void => {
    state = Object.fromEntries(
      Object.entries(state).filter(([key]) => !keys.includes(key as keyof StudioState)),
    ) as unknown as StudioState;
  };
  const keeping = createKeeping({ source, state: () => state, set });
  const itemInView = (): Item | undefined =>
    'id' in state.place ? state.bench.items.get(state.place.id) : undefined;

  /** Works on another playbook from now on. */
  async function turnTo(
    next: bench.Workbench,
    more: Pick<StudioState, 'folder' | 'said'>,
  ): Promise<void> {
    const found = await source.engine.check(next.files);
    playbook = found.playbook ?? (await settingsOf(source, next.files));
    without('folder', 'open', 'preview', 'trial', 'counting', 'record', 'card');
    set({
      ...more,
      bench: next,
      vocabulary: createVocabulary(playbook),
      checked: found,
      place: { kind: 'plays', filter: '', shown: 100 },
      kept: { is: 'kept' },
    });
  }

  function take(next: bench.Workbench, said = ''): void {
    if (next === state.bench) return;
    set({ bench: next, kept: { is: 'keeping' }, ...(said && { said }) });
    later();
  }
  function later(): void {
    keeping.later();
    clearTimeout(timer);
    timer = setTimeout(() => void tryOut(), REST_MS);
  }

  /** Compiles and counts what is there now; what comes back late is of no use any more. */
  async function tryOut(): Promise<void> {
    const own = ++round;
    const isCurrent = (): boolean => own === round && !closed;
    const written = bench.filesOf(state.bench);
    // What is looked at comes first: compiling thousands of contents takes longer.
    const counted = count(written, isCurrent);
    await Promise.all([counted, check(written, isCurrent)]);
  }
  async function check(written: typeof files, isCurrent: () => boolean): Promise<void> {
    const found = await source.engine.check(written);
    if (!isCurrent()) return;
    const isNew = found.playbook && found.playbook.version !== playbook.version;
    if (found.playbook) playbook = found.playbook;
    set({ checked: found, ...(isNew && { vocabulary: createVocabulary(playbook) }) });
    await card(isCurrent);
  }
  async function count(written: typeof files, isCurrent: () => boolean): Promise<void> {
    const item = itemInView();
    if (!item) return;
    if (state.place.kind === 'content') {
      void proposeTags(desk, item);
      const { engine } = source;
      await tryContent({ ...state, engine, files: written, item }, (known) => {
        if (isCurrent()) set(known);
        return isCurrent();
      });
      if (isCurrent()) await choose(offersIn(state.trial).map(({ candidate }) => candidate));
      return;
    }
    if (!state.preview) set({ counting: 0 });
    const found = await source.engine.preview(written, item.data, (share) => {
      if (isCurrent()) set({ counting: share });
    });
    if (!isCurrent()) return;
    without('counting', 'preview');
    set(found ? { preview: found } : {});
    const listed = (state.tab === 'would' ? found?.would : found?.nearly) ?? [];
    await choose(listed, found?.would);
  }
  /** Goes on with the record that is looked at, where it is still listed. */
  async function choose(listed: readonly Candidate[], others = listed): Promise<void> {
    const [first] = others;
    if (listed.some((one) => one.record === state.record)) await card();
    else if (first) await lookAt(first.record);
    else without('record', 'card');
  }
  async function card(isCurrent: () => boolean = () => true): Promise<void> {
    const { record, checked: found } = state;
    const { candidate, play = itemInView() } = lookedAt(state);
    if (!candidate?.owner || !found?.playbook) {
      without('card');
      return set({});
    }
    const facts = await source.engine.factsOf(candidate.account);
    const opened = await openCard(found.playbook, facts, {
      record: candidate.record,
      asker: candidate.owner,
      play: String(play?.data.id),
      now,
    });
    if (isCurrent() && state.record === record) set({ card: opened });
  }
  async function lookAt(record: string): Promise<void> {
    without('card');
    set({ record });
    await card();
  }

  async function focus(to: FocusTo, from: number): Promise<void> {
    await element.updateComplete;
    const item = itemInView();
    if (closed || !item) return;
    const slots = toSentence(item.data, state.vocabulary).parts.filter(
      (part) => typeof part !== 'string',
    );
    const isOpen = (i: number): boolean => slots[i]?.value === undefined;
    const after = slots.findIndex((_, i) => i > from && isOpen(i));
    const open = after >= 0 ? after : slots.findIndex((_, i) => isOpen(i));
    const at = to === 'stay' || open < 0 ? from : open;
    // What was chosen asks for a value: the list of those opens by itself.
    const asksNext = to === 'next' && after >= 0 && after - from <= 2;
    if ((to === 'open' && open >= 0) || asksNext) set({ open: { at: open, typed: '', active: 0 } });
    await element.updateComplete;
    const root = element.renderRoot;
    const target =
      root.querySelector<HTMLElement>('.pop .field') ??
      root.querySelector<HTMLElement>(`#slot-${Math.max(0, at)}`);
    target?.focus();
  }

  const changed = (): void => {
    set({ kept: { is: 'keeping' } });
    later();
  };
  const versions = await openVersions({ source, state: () => state, set, changed }, opened);
  const replay = createReplay({ source, state: () => state, set, without });
  const effects = createEffectsDesk({ source, state: () => state, set });
  const desk: StudioDesk = {
    ...(versions && { versions }),
    get state() {
      return state;
    },
    source,
    now,
    go(place) {
      const isOther = subjectOf(place) !== subjectOf(state.place);
      without('open');
      if (isOther) without('preview', 'trial', 'counting', 'record', 'card');
      keepFocus(element);
      set({ place });
      if (place.kind === 'contents' || place.kind === 'content') learnTags(desk);
      if (isOther && 'id' in place) void tryOut();
    },
    open(choice) {
      const before = state.open;
      without('open');
      set(choice ? { open: choice } : {});
      void focusChoice(element, choice, before);
    },
    change(play, label, { to, dropped = [] }) {
      if (state.place.kind !== 'play') return;
      const from = typeof state.open?.at === 'number' ? state.open.at : 0;
      without('open');
      take(
        bench.changeData(state.bench, state.place.id, play as PlayData, label),
        dropped.map(droppedText).join(' '),
      );
      set({});
      void focus(to, from);
    },
    attempt(act) {
      try {
        act();
      } catch (error) {
        if (!isOpportuneError(error)) throw error;
        set({ said: error.message });
      }
    },
    put: (id, item, label, joins) => take(bench.changeItem(state.bench, id, item, label, joins)),
    putAll: (changes, label) => take(bench.changeItems(state.bench, changes, label)),
    undo: () => take(bench.undo(state.bench), ''),
    redo: () => take(bench.redo(state.bench), ''),
    async publish() {
      const written = bench.filesOf(state.bench);
      try {
        await source.publish?.(written);
        set({ bench: bench.settle(state.bench, written), said: WORDS.published });
        await keeping.now();
      } catch (error) {
        set({ said: messageOf(error) });
      }
    },
    async openFolder(open) {
      try {
        const folder = await open();
        if (!folder) return;
        await turnTo(bench.openWorkbench(folder.files), {
          folder,
          said: WORDS.opened.replace('{name}', folder.name),
        });
      } catch (error) {
        set({ said: messageOf(error) });
      }
    },
    async closeFolder() {
      try {
        const live = await source.open();
        await turnTo(bench.openWorkbench(live.files, live.kept), { said: WORDS.closed });
      } catch (error) {
        set({ said: messageOf(error) });
      }
    },
    async saveFolder() {
      const written = bench.filesOf(state.bench);
      const { folder } = state;
      try {
        if (!folder) return downloadZip('playbook.zip', written);
        await folder.save(written);
        set({
          bench: bench.settle(state.bench, written),
          said: WORDS.saved.replace('{name}', folder.name),
        });
      } catch (error) {
        set({ said: messageOf(error) });
      }
    },
    work: createWork(() => state.works, set),
    again: (name) => set({ works: { ...state.works, [name]: undefined } }),
    ...replay,
    ...effects,
    show: (tab) => set({ tab }),
    look: (record) => void lookAt(record),
    say: (said) => set({ said }),
    tell: set,
    close() {
      closed = true;
      stopReading(desk);
      replay.stopReplay();
      effects.stopEffects();
      clearTimeout(timer);
      keeping.close();
    },
  };
  if (state.bench.items.has(at)) desk.go({ kind: 'play', id: at, form: 'sentence' });
  return desk;
}
