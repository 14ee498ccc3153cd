import { html, nothing } from 'lit';
import { contentTitle, daysLeft, todayIn } from '../src/studio/content-item.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { tagsIn, usesAt } from '../src/studio/content-uses.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { tagWords } from '../src/studio/tag-words.js';
import { createWords, title, type Words } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { expiryText } from './studio-expiry.js';
import { focusLater } from './studio-focus.js';
import type { ContentsPlace, StudioDesk } from './studio-state.js';

/** Rows that arrows go along; Space selects, with Shift all from where the selection began; Enter opens. */
export function contentRows(
  desk: StudioDesk,
  place: ContentsPlace,
  found: readonly Item[],
): unknown {
  const { vocabulary } = desk.state;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const rows = found.slice(0, place.shown);
  const select = (id: string, isRange: boolean): void =>
    desk.go({ ...place, ...selection(place, rows, id, isRange) });
  const keys = (event: KeyboardEvent): void => {
    const from = event.composedPath()[0] as HTMLElement;
    const row = from.closest<HTMLElement>('li[id^="row-"]');
    if (!row) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      const next = (
        step > 0 ? row.nextElementSibling : row.previousElementSibling
      ) as HTMLElement | null;
      const target = next?.querySelector<HTMLElement>('.open');
      if (!next || !target) return;
      for (const one of row.parentElement?.querySelectorAll<HTMLElement>('.open') ?? [])
        one.tabIndex = -1;
      target.tabIndex = 0;
      target.focus();
      if (event.shiftKey) {
        const anchor = place.anchor ?? idIn(row);
        desk.go({
          ...place,
          ...selection({ ...place, ...(anchor && { anchor }) }, rows, idIn(next), true),
        });
      }
    } else if (event.key === ' ' && from.matches('.open')) select(idIn(row), event.shiftKey);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey))
      desk.go({ ...place, selected: new Set(found.map(({ id }) => id)) });
    else return;
    event.preventDefault();
  };
  // A button is pressed when Space comes up, in some browsers.
  const release = (event: KeyboardEvent): void => {
    if (event.key === ' ' && (event.composedPath()[0] as HTMLElement).matches('.open'))
      event.preventDefault();
  };
  return html`<p class="quiet keys">${WORDS.keys}</p><ul class="rows library" @keydown=${keys} @keyup=${release}>${rows.map(
    (item, i) => rowView(desk, place, { item, words, select, first: i === 0 }),
  )}</ul>`;
}

function selection(
  { selected, anchor }: ContentsPlace,
  rows: readonly Item[],
  id: string,
  isRange: boolean,
): Pick<ContentsPlace, 'selected' | 'anchor'> {
  const [a, b] = [anchor ?? id, id].map((one) => rows.findIndex((row) => row.id === one));
  if (isRange && a !== undefined && b !== undefined && a >= 0 && b >= 0) {
    const range = rows.slice(Math.min(a, b), Math.max(a, b) + 1);
    return {
      selected: new Set([...selected, ...range.map((row) => row.id)]),
      anchor: anchor ?? id,
    };
  }
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return { selected: next, anchor: id };
}

interface Row {
  readonly item: Item;
  readonly words: Words;
  readonly select: (id: string, isRange: boolean) => void;
  readonly first: boolean;
}

function rowView(
  desk: StudioDesk,
  place: ContentsPlace,
  { item, words, select, first }: Row,
): unknown {
  const { bench, vocabulary, checked } = desk.state;
  const { id, data, file } = item;
  const name = contentTitle(item);
  const isSelected = place.selected.has(id);
  const uses = usesAt(bench.items, vocabulary).playsOf(item).length;
  const left = daysLeft(item, todayIn(vocabulary.playbook.zone, desk.now));
  const was = bench.before.get(id);
  const wrong =
    checked?.problems.filter((one) => one.file === file && one.severity === 'error').length ?? 0;
  const owner = typeof data.owner === 'string' && data.owner ? data.owner : undefined;
  const tags = tagsIn(item, vocabulary);
  const open = (event: Event): void => {
    focusLater(event, '#content-title');
    desk.go({ kind: 'content', id, from: place });
  };
  return html`<li .id=${`row-${id}`} .className=${isSelected ? 'on' : ''}>
    <input type="checkbox" tabindex="-1" .ariaLabel=${WORDS.select.replace('{title}', () => name)} .checked=${isSelected} @click=${(event: MouseEvent) => select(id, event.shiftKey)}>
    <div><button type="button" class="button link open" .tabIndex=${first ? 0 : -1} .id=${`open-${id}`} .ariaDescription=${isSelected ? words.count(WORDS.selected, 1) : null} @click=${open}>${name}</button>
      <span class="quiet">${title(String(data.kind ?? ''))}, ${owner ?? html`<span class="wrong">${WORDS.noOwner}</span>`}</span></div>
    <p class="said-of">${
      tags.length === 0
        ? html`<span class="quiet">${WORDS.anywhere}</span>`
        : tags.map((tag) => {
            const said = tagWords(tag, vocabulary);
            return html`<span><span class="quiet">${said.name} ${said.operator}</span> ${said.values}</span>`;
          })
    }</p>
    <p class="use">${uses === 0 ? WORDS.usedByNone : words.count(WORDS.usedBy, uses)}</p>
    <p class="ends">${expiryText(data.expires, left, words)}</p>
    <span class="marks">${was === item ? nothing : html`<span class="mark">${was ? STUDIO_STRINGS.changed : STUDIO_STRINGS.isNew}</span>`}${wrong ? html`<span class="mark wrong">${words.count(STUDIO_STRINGS.problems, wrong)}</span>` : nothing}</span></li>`;
}

const idIn = ({ id }: Element): string => id.slice('row-'.length);
