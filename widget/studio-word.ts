import { html, nothing } from 'lit';
import type { Item } from '../src/studio/playbook-folder.js';
import {
  addValue,
  mergeAttributes,
  mergeValues,
  renameAttribute,
  renameValue,
} from '../src/studio/rewrite-vocabulary.js';
import { mayChangeVocabulary } from '../src/studio/vocabulary-keepers.js';
import { VOCABULARY_STRINGS as WORDS } from '../src/studio/vocabulary-strings.js';
import {
  type Declaration,
  declarationsOf,
  isReserved,
  type Use,
  usesOf,
  type ValueEntry,
} from '../src/studio/vocabulary-uses.js';
import { button } from './panel-bits.js';
import { publishButton, undoButtons } from './studio-editor.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';
import { keepersNote } from './studio-vocabulary.js';
import { usedText, type WordChange, wordMenu } from './studio-word-form.js';

/** One attribute: its values, where it and they are used, and what can be changed. */
export function wordView(desk: StudioDesk): unknown {
  const { place, bench, author } = desk.state;
  if (place.kind !== 'word') return nothing;
  const back = button('link', WORDS.back, () => desk.go({ kind: 'vocabulary', filter: '' }));
  const own = declarationsOf(bench.items).find(({ id }) => id === place.word);
  if (!own)
    return html`<main class="list vocabulary">${back}<p class="note">${WORDS.gone}</p></main>`;
  const isAllowed = mayChangeVocabulary(bench.items, author);
  const uses = usesOf(bench.items, own.id);
  return html`<main class="list vocabulary"><header class="top"><div>${back}<h1>${own.label}</h1><p class="quiet">${WORDS.id.replace('{id}', own.id)}</p></div>
    <div class="actions">${isAllowed ? wordMenu(desk, own.id, own.label, changesOf(desk, own)) : nothing}${undoButtons(desk)}${publishButton(desk)}</div></header>
    ${keepersNote(desk)}
    ${
      own.values.length > 0
        ? html`<ul class="rows values">${own.values.map((value) => valueRow(desk, own, value, isAllowed))}</ul>`
        : nothing
    }
    <h2>${usedText(uses)}</h2>${usesList(desk, uses)}</main>`;
}

function valueRow(
  desk: StudioDesk,
  own: Declaration,
  value: ValueEntry,
  isAllowed: boolean,
): unknown {
  const uses = usesOf(desk.state.bench.items, own.id, value.id);
  const more = [
    ...(value.label === value.id ? [] : [WORDS.id.replace('{id}', () => value.id)]),
    ...(value.synonyms.length > 0
      ? [WORDS.also.replace('{words}', () => value.synonyms.join(', '))]
      : []),
  ];
  const text = usedText(uses);
  return html`<li><b>${value.label}</b>${more.length > 0 ? html`<span class="quiet">${more.join('; ')}</span>` : nothing}
    <span .className=${uses.length === 0 ? 'marks wrong' : 'marks'}>${
      uses.length === 0
        ? text
        : html`<details class="uses"><summary>${text}</summary>${usesList(desk, uses)}</details>`
    }${isAllowed ? wordMenu(desk, `${own.id}=${value.id}`, value.label, valueChanges(own, value)) : nothing}</span></li>`;
}

/** Each item once, with the places in it; a play opens. */
function usesList(desk: StudioDesk, uses: readonly Use[]): unknown {
  const places: { readonly [place: string]: string } = WORDS.places;
  const byItem = new Map<Item, string[]>();
  for (const { item, path } of uses) {
    const held = byItem.get(item) ?? [];
    const place = places[String(path[0])] ?? String(path[0]);
    if (!held.includes(place)) byItem.set(item, [...held, place]);
  }
  if (byItem.size === 0) return nothing;
  return html`<ul class="rows small">${[...byItem].map(
    ([item, all]) =>
      html`<li>${itemLink(desk, item)}<span class="quiet">${all.join(', ')}</span></li>`,
  )}</ul>`;
}

function itemLink(desk: StudioDesk, item: Item): unknown {
  const { id, file, list, data } = item;
  const title = playTitle(data.title ?? data.label ?? data.id ?? file);
  if (list === undefined && file.startsWith('plays/'))
    return button('link', title, () => desk.go({ kind: 'play', id, form: 'sentence' }));
  if (list === undefined && file.startsWith('content/'))
    return button('link', title, () => desk.go({ kind: 'content', id }));
  if (list === 'attributes')
    return button('link', title, () =>
      desk.go({ kind: 'word', word: `${String(data.of)}.${String(data.id)}` }),
    );
  return html`<b>${title}</b>`;
}

function changesOf(desk: StudioDesk, own: Declaration): readonly WordChange[] {
  const { id, item, label } = own;
  const { data } = item;
  const alike = declarationsOf(desk.state.bench.items).filter(
    (one) =>
      one.id !== id && ['of', 'type', 'unit'].every((key) => one.item.data[key] === data[key]),
  );
  const isFree = !isReserved(id);
  const hasValues = data.derive === undefined && (data.type === 'choice' || data.type === 'multi');
  const renamed: WordChange = {
    label: WORDS.rename,
    help: WORDS.renameHelp,
    from: String(data.id),
    own: item.id,
    rewrite: (items, word) => renameAttribute(items, id, { id: word }),
  };
  const merged: WordChange = {
    label: WORDS.merge,
    help: WORDS.renameHelp,
    from: alike.map((one) => ({ id: one.id, label: `${one.label} (${one.id})` })),
    own: item.id,
    rewrite: (items, word) => mergeAttributes(items, id, word),
  };
  const added: WordChange = {
    label: WORDS.add,
    help: '',
    from: '',
    own: item.id,
    rewrite: (items, word) => addValue(items, id, word),
  };
  return [
    ...(hasValues ? [added] : []),
    {
      label: WORDS.label,
      help: WORDS.labelHelp,
      from: label,
      own: item.id,
      rewrite: (items, word) => renameAttribute(items, id, { label: word }),
    },
    ...(isFree ? [renamed] : []),
    ...(isFree && alike.length > 0 ? [merged] : []),
  ];
}

function valueChanges(own: Declaration, value: ValueEntry): readonly WordChange[] {
  const { id, item, values } = own;
  const others = values.filter((one) => one.id !== value.id);
  const label: WordChange = {
    label: WORDS.label,
    help: WORDS.labelHelp,
    from: value.label,
    own: item.id,
    rewrite: (items, word) => renameValue(items, id, value.id, { label: word }),
  };
  if (item.data.derive !== undefined) return [label];
  const standIn = (keepsWords: boolean): WordChange => ({
    label: keepsWords ? WORDS.merge : WORDS.retire,
    help: `${keepsWords ? WORDS.mergeHelp : WORDS.retireHelp} ${WORDS.renameHelp}`,
    from: others,
    own: item.id,
    rewrite: (items, word) => mergeValues(items, id, value.id, word, { keepsWords }),
  });
  return [
    label,
    {
      label: WORDS.rename,
      help: WORDS.renameHelp,
      from: value.id,
      own: item.id,
      rewrite: (items, word) => renameValue(items, id, value.id, { id: word }),
    },
    ...(others.length > 0 ? [standIn(true), standIn(false)] : []),
  ];
}
