import { html, nothing } from 'lit';
import type { Item } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import type { StudioDesk } from './studio-state.js';

const isContent = ({ file, list }: Item): boolean =>
  list === undefined && file.startsWith('content/');

/** All content that plays can bring. */
export function contentsView({ state }: StudioDesk): unknown {
  const { place, bench, vocabulary } = state;
  if (place.kind !== 'contents') return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, 0);
  const contents = [...bench.items.values()].filter(isContent);
  return html`<main class="list"><header class="top"><div><h1>${words.count(WORDS.contentCount, contents.length)}</h1></div></header>
    <ul class="rows">${contents
      .slice(0, place.shown)
      .map(
        ({ id, data }) =>
          html`<li><b>${String(data.title ?? id)}</b><span class="quiet">${String(data.kind ?? '')}</span></li>`,
      )}</ul></main>`;
}
