import { html, nothing } from 'lit';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { sameTag, type Tag, writeTags } from '../src/studio/content-tags.js';
import { tagsIn } from '../src/studio/content-uses.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { tagText, tagWords } from '../src/studio/tag-words.js';
import type { Changes } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { tagList, withoutTag, withTag } from './studio-chips.js';
import type { ContentsPlace, StudioDesk } from './studio-state.js';

/** More tags than anybody reads. */
const MOST_TAGS = 24;

/** What the selected items are tagged with, how many of them each; and how many a change would change. */
export function bulkView(desk: StudioDesk, place: ContentsPlace, found: readonly Item[]): unknown {
  const { bench, vocabulary, open } = desk.state;
  const items = [...place.selected].flatMap((id) => bench.items.get(id) ?? []);
  if (items.length === 0) return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const all = words.number(items.length);
  const give = (tag: Tag): void => changeAll(desk, items, tag, withTag, WORDS.givenTo);
  const take = (tag: Tag): void => changeAll(desk, items, tag, withoutTag, WORDS.takenFrom);
  const isOpen = open?.at === 'bulk-add';
  const toggle = (): void =>
    desk.open(isOpen ? undefined : { at: 'bulk-add', typed: '', active: 0 });
  return html`<section class="bulk" .ariaLabel=${words.fill(WORDS.selected, { count: all })}>
    <p><b>${words.fill(WORDS.selected, { count: all })}</b> ${
      items.length < found.length
        ? button('link', words.fill(WORDS.selectFound, { count: words.number(found.length) }), () =>
            desk.go({ ...place, selected: new Set(found.map(({ id }) => id)) }),
          )
        : nothing
    } ${button('link', WORDS.clear, () => desk.go({ ...place, selected: new Set() }))}</p>
    <ul class="chips" .ariaLabel=${WORDS.fields.tags}>${union(desk, items).map(({ tag, some }) => {
      const text = tagText(tag, vocabulary);
      const { name, operator, values } = tagWords(tag, vocabulary);
      const share = words.fill(WORDS.someHave, { some: words.number(some), all });
      const isAll = some === items.length;
      const label = html`<i>${name} ${operator}</i> ${values}, ${share}`;
      return html`<li><span .className=${isAll ? 'chip' : 'chip some'}>${
        isAll
          ? html`<span class="what">${label}</span>`
          : button('what', label, () => give(tag), { does: WORDS.giveAll })
      }${button('x', '×', () => take(tag), { name: WORDS.takeFromAll.replace('{tag}', () => text) })}</span></li>`;
    })}<li><span class="choice"><button type="button" id="bulk-add" class="button" aria-haspopup="listbox" .ariaExpanded=${`${isOpen}`} @click=${toggle}>${words.fill(WORDS.addToAll, { count: all })}</button>${
      isOpen
        ? tagList(
            desk,
            words.fill(WORDS.addToAll, { count: all }),
            (tag) => give(tag),
            (tag) =>
              words.fill(WORDS.addsTo, {
                count: words.number(Object.keys(changesFor(desk, items, tag, withTag)).length),
              }),
          )
        : nothing
    }</span></li></ul></section>`;
}

/** Each value is a tag of its own here: items differ in how they are put together. */
function union(
  desk: StudioDesk,
  items: readonly Item[],
): readonly { readonly tag: Tag; readonly some: number }[] {
  const counts = new Map<string, { readonly tag: Tag; some: number }>();
  for (const item of items)
    for (const tag of tagsIn(item, desk.state.vocabulary).flatMap(apart)) {
      const key = JSON.stringify([tag.attribute, tag.operator, tag.values]);
      const held = counts.get(key) ?? { tag, some: 0 };
      held.some += 1;
      counts.set(key, held);
    }
  return [...counts.values()].sort((a, b) => b.some - a.some).slice(0, MOST_TAGS);
}

const apart = (tag: Tag): readonly Tag[] =>
  tag.operator === 'is' || tag.operator === 'isNot'
    ? tag.values.map((value) => ({ ...tag, values: [value] }))
    : [tag];

type Change = (tags: readonly Tag[], tag: Tag) => readonly Tag[];

function changesFor(desk: StudioDesk, items: readonly Item[], tag: Tag, change: Change): Changes {
  const { vocabulary } = desk.state;
  return Object.fromEntries(
    items.flatMap((item): readonly [string, Item][] => {
      const before = tagsIn(item, vocabulary);
      const after = change(before, tag);
      const isSame =
        before.length === after.length && before.every((one, i) => sameTag(one, after[i] as Tag));
      return isSame ? [] : [[item.id, { ...item, data: writeTags(item.data, after, vocabulary) }]];
    }),
  );
}

/** One step back, however many. */
function changeAll(
  desk: StudioDesk,
  items: readonly Item[],
  tag: Tag,
  change: Change,
  said: string,
): void {
  const { vocabulary } = desk.state;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const text = tagText(tag, vocabulary);
  const changes = changesFor(desk, items, tag, change);
  const count = Object.keys(changes).length;
  const told =
    count === 0
      ? words.fill(WORDS.givenToNone, { tag: text })
      : words.count(said, count, { tag: text });
  desk.putAll(changes, told);
  desk.say(told);
}
