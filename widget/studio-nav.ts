import { html } from 'lit';
import { COVERAGE_STRINGS } from '../src/studio/coverage-strings.js';
import { EFFECT_STRINGS } from '../src/studio/effect-strings.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { TIP_STRINGS } from '../src/studio/tip-strings.js';
import { VERSIONS_STRINGS } from '../src/studio/versions-strings.js';
import { VOCABULARY_STRINGS } from '../src/studio/vocabulary-strings.js';
import { contentView } from './studio-content.js';
import { CONTENTS, contentsView } from './studio-contents.js';
import { coverageView } from './studio-coverage.js';
import { editorView } from './studio-editor.js';
import { settingsView } from './studio-effects.js';
import { playsView } from './studio-plays.js';
import { reviewView } from './studio-review.js';
import type { Place, StudioDesk } from './studio-state.js';
import { tipsView } from './studio-tips.js';
import { liveMark, versionsView } from './studio-versions.js';
import { vocabularyView } from './studio-vocabulary.js';
import { wordView } from './studio-word.js';

type View = (desk: StudioDesk) => unknown;

/** One entry of the bar, and everything that is seen under it. */
interface Destination {
  readonly label: string;
  /** Where a click leads. */
  readonly to: Place;
  /** Absent: always. */
  readonly isThere?: (desk: StudioDesk) => boolean;
  readonly views: { readonly [kind in Place['kind']]?: View };
}

/** In the order of the bar. Every kind of place has its view in one of them. */
const DESTINATIONS: readonly Destination[] = [
  {
    label: WORDS.plays,
    to: { kind: 'plays', filter: '', shown: 100 },
    views: { plays: playsView, play: editorView },
  },
  {
    label: WORDS.content,
    to: CONTENTS,
    views: { contents: contentsView, content: contentView },
  },
  {
    label: VOCABULARY_STRINGS.title,
    to: { kind: 'vocabulary', filter: '' },
    views: { vocabulary: vocabularyView, word: wordView },
  },
  {
    label: COVERAGE_STRINGS.title,
    to: { kind: 'coverage' },
    views: { coverage: coverageView },
  },
  {
    label: EFFECT_STRINGS.title,
    to: { kind: 'settings' },
    views: { settings: settingsView },
  },
  {
    label: TIP_STRINGS.title,
    to: { kind: 'tips' },
    views: { tips: tipsView },
  },
  {
    label: VERSIONS_STRINGS.title,
    to: { kind: 'versions' },
    views: { versions: versionsView, review: reviewView },
    isThere: ({ versions }) => versions !== undefined,
  },
];

/** The bar of places to go to, and what is in view below it. */
export function placeView(desk: StudioDesk): unknown {
  const { kind } = desk.state.place;
  const here = DESTINATIONS.find(({ views }) => views[kind]);
  return html`<nav class="places" .ariaLabel=${WORDS.title}>${DESTINATIONS.filter(
    ({ isThere }) => isThere?.(desk) ?? true,
  ).map(
    (one) =>
      html`<button type="button" .ariaCurrent=${one === here ? 'page' : null} @click=${() => desk.go(one.to)}>${one.label}</button>`,
  )}${liveMark(desk)}</nav>${here?.views[kind]?.(desk)}`;
}
