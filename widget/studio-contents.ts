import { html, nothing } from 'lit';
import { runSliced } from '../src/core/run-sliced.js';
import { type ContentIndex, createContentIndex } from '../src/studio/content-index.js';
import { contentTitle, daysLeft, isContent, todayIn } from '../src/studio/content-item.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { isTaggedSo, tagsIn, usesAt } from '../src/studio/content-uses.js';
import type { Item, Items } from '../src/studio/playbook-folder.js';
import { tagText } from '../src/studio/tag-words.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { arrivalsView } from './studio-arrivals.js';
import { bulkView } from './studio-bulk.js';
import { chipsView } from './studio-chips.js';
import { contentRows } from './studio-content-rows.js';
import { allowDrop, dropContent, newContentView } from './studio-new-content.js';
import { tagQualityView } from './studio-proposals.js';
import type { ContentsPlace, StudioDesk } from './studio-state.js';

/** So many days before it ends, content is called to mind. */
const SOON = 14;
const MORE = 50;

export const CONTENTS: ContentsPlace = {
  kind: 'contents',
  filter: '',
  shown: MORE,
  tags: [],
  only: 'all',
  order: 'title',
  selected: new Set(),
};

/** All content: found by typing and by tags, selected, tagged many at once. */
export function contentsView(desk: StudioDesk): unknown {
  const { place, bench, vocabulary } = desk.state;
  if (place.kind !== 'contents') return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  // Words are read while the list is looked at.
  indexOf(desk);
  const all = sorted(desk, place.order);
  const found = findContents(desk, place);
  const change = (more: Partial<ContentsPlace>): void =>
    desk.go({ ...place, shown: MORE, ...more });
  const count = words.count(WORDS.found, found.length);
  return html`<main class="list contents" @dragover=${allowDrop} @dragleave=${allowDrop} @drop=${(event: DragEvent) => dropContent(desk, event)}><header class="top"><div><h1>${
    found.length === all.length
      ? count
      : words.fill(WORDS.foundOf, { count, all: words.number(all.length) })
  }</h1></div><div class="actions">${newContentView(desk)}</div></header>
  ${arrivalsView(desk)}
  ${
    all.length === 0
      ? html`<p class="note">${WORDS.none}</p>`
      : html`<div class="finder"><input class="field" type="search" .ariaLabel=${WORDS.filter} .placeholder=${WORDS.filter} .value=${place.filter} @input=${(event: InputEvent) => change({ filter: (event.target as HTMLInputElement).value })}>
      <select class="field" .ariaLabel=${WORDS.order} .value=${place.order} @change=${(event: Event) => change({ order: (event.target as HTMLSelectElement).value as ContentsPlace['order'] })}>${Object.entries(
        WORDS.orders,
      ).map(
        ([order, name]) =>
          html`<option .value=${order} ?selected=${order === place.order}>${name}</option>`,
      )}</select></div>
      ${chipsView(desk, {
        name: 'filter',
        tags: place.tags,
        label: WORDS.filterTags,
        add: WORDS.filterTags,
        change: (tags) => change({ tags }),
      })}
      ${remindersView(desk, place)}
      ${bulkView(desk, place, found)}
      ${
        found.length === 0
          ? html`<p class="note">${WORDS.nothingFits} ${button('link', WORDS.showAll, () => change({ filter: '', tags: [], only: 'all' }))}</p>`
          : contentRows(desk, place, found)
      }
      ${found.length > place.shown ? button('', words.fill(WORDS.more, { count: words.number(found.length - place.shown) }), () => desk.go({ ...place, shown: place.shown + 4 * MORE })) : nothing}
      ${tagQualityView(desk)}`
  }</main>`;

  function remindersView(own: StudioDesk, at: ContentsPlace): unknown {
    const { expired, soon } = expiries(own, bench.items);
    const one = (only: 'expired' | 'soon', text: string, list: ReadonlySet<Item>): unknown =>
      list.size === 0
        ? nothing
        : html`<p class="note wrong">${words.count(text, list.size)} ${button('link', at.only === only ? WORDS.showEvery : WORDS.showThem, () => change({ only: at.only === only ? 'all' : only }), { name: `${at.only === only ? WORDS.showEvery : WORDS.showThem}: ${words.count(text, list.size)}` })}</p>`;
    return html`${one('expired', WORDS.expired, expired)}${one('soon', WORDS.soon, soon)}`;
  }
}

/** What the place asks for, in its order; what was typed puts the best first. */
function findContents(desk: StudioDesk, place: ContentsPlace): readonly Item[] {
  const { bench, vocabulary } = desk.state;
  const typed = place.filter.trim();
  const found = typed ? indexOf(desk).find(bench.items, typed) : sorted(desk, place.order);
  const { expired, soon } = expiries(desk, bench.items);
  const only = place.only === 'expired' ? expired : place.only === 'soon' ? soon : undefined;
  if (!only && place.tags.length === 0) return found;
  return found.filter((item) => {
    if (only && !only.has(item)) return false;
    const tags = tagsIn(item, vocabulary);
    return place.tags.every((tag) => isTaggedSo(tags, tag));
  });
}

const indexes = new WeakMap<StudioDesk, ContentIndex>();
function indexOf(desk: StudioDesk): ContentIndex {
  const index =
    indexes.get(desk) ??
    createContentIndex((item) => {
      const { vocabulary } = desk.state;
      return tagsIn(item, vocabulary)
        .map((tag) => tagText(tag, vocabulary))
        .join(' ');
    });
  if (!indexes.has(desk)) {
    indexes.set(desk, index);
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    void runSliced(index.prepare(desk.state.bench.items), { pause });
  }
  return index;
}

/** Orders and days are found once for the items as they are. */
const orders = new WeakMap<Items, Map<string, readonly Item[]>>();
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
function sorted(desk: StudioDesk, order: ContentsPlace['order']): readonly Item[] {
  const { bench, vocabulary } = desk.state;
  const known = orders.get(bench.items) ?? new Map<string, readonly Item[]>();
  orders.set(bench.items, known);
  const held = known.get(order);
  if (held) return held;
  const contents = [...bench.items.values()].filter(isContent);
  const keyed = contents.map((item) => ({
    item,
    title: contentTitle(item),
    key: order === 'expiry' ? String(item.data.expires ?? '9999') : '',
    uses: order === 'use' ? usesAt(bench.items, vocabulary).playsOf(item).length : 0,
  }));
  keyed.sort(
    (a, b) =>
      b.uses - a.uses ||
      (a.key < b.key ? -1 : a.key > b.key ? 1 : collator.compare(a.title, b.title)),
  );
  const list = keyed.map(({ item }) => item);
  known.set(order, list);
  return list;
}

interface Expiries {
  readonly expired: ReadonlySet<Item>;
  readonly soon: ReadonlySet<Item>;
}
const ends = new WeakMap<Items, Expiries>();
function expiries({ state, now }: StudioDesk, items: Items): Expiries {
  const held = ends.get(items);
  if (held) return held;
  const today = todayIn(state.vocabulary.playbook.zone, now);
  const expired = new Set<Item>();
  const soon = new Set<Item>();
  for (const item of items.values()) {
    const left = isContent(item) ? daysLeft(item, today) : undefined;
    if (left === undefined || left > SOON) continue;
    (left <= 0 ? expired : soon).add(item);
  }
  const found = { expired, soon };
  ends.set(items, found);
  return found;
}
