import { html, nothing } from 'lit';
import { bareLetters } from '../src/core/count-edits.js';
import { mergeAttributes, mergeValues } from '../src/studio/rewrite-vocabulary.js';
import { type MergeSuggestion, suggestMerges } from '../src/studio/suggest-merges.js';
import { keepersOf, mayChangeVocabulary } from '../src/studio/vocabulary-keepers.js';
import { VOCABULARY_STRINGS as WORDS } from '../src/studio/vocabulary-strings.js';
import { type Declaration, declarationsOf, usesOf } from '../src/studio/vocabulary-uses.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { publishButton, undoButtons } from './studio-editor.js';
import type { StudioDesk } from './studio-state.js';
import { applyWords, effectText, usedText } from './studio-word-form.js';

/** All attributes, where each is used, and those that may be one. */
export function vocabularyView(desk: StudioDesk): unknown {
  const { place, bench, vocabulary } = desk.state;
  if (place.kind !== 'vocabulary') return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const all = declarationsOf(bench.items);
  const typed = bareLetters(place.filter);
  const found = typed ? all.filter((one) => wordsOf(one).includes(typed)) : all;
  const unused = all.filter(({ id }) => usesOf(bench.items, id).length === 0).length;
  const filter = (text: string): void => desk.go({ kind: 'vocabulary', filter: text });
  const count = words.count(WORDS.words, found.length);
  const title =
    typed || unused === 0 ? count : words.fill(WORDS.answer, { words: count, unused: `${unused}` });
  return html`<main class="list vocabulary"><header class="top"><div><h1>${title}</h1></div><div class="actions">${undoButtons(desk)}${publishButton(desk)}</div></header>
    ${keepersNote(desk)}${typed ? nothing : alikeView(desk)}
    <input class="field wide" type="search" .ariaLabel=${WORDS.find} .placeholder=${WORDS.find} .value=${place.filter} @input=${(event: InputEvent) => filter((event.target as HTMLInputElement).value)}>
    ${
      found.length === 0
        ? html`<p class="note">${WORDS.none.replace('{text}', () => place.filter)} ${button('link', WORDS.showAll, () => filter(''))}</p>`
        : html`<ul class="rows">${found.map((one) => attributeRow(desk, one))}</ul>`
    }</main>`;
}

const wordsOf = ({ id, label, values }: Declaration): string =>
  bareLetters(
    `${id} ${label} ${values.map((one) => `${one.id} ${one.label} ${one.synonyms.join(' ')}`).join(' ')}`,
  );

/** Who may change it, where not everybody may. */
export function keepersNote({ state }: StudioDesk): unknown {
  const { bench, author } = state;
  const names = keepersOf(bench.items);
  return names && !mayChangeVocabulary(bench.items, author)
    ? html`<p class="note">${WORDS.keepers.replace('{names}', () => names.join(', '))}</p>`
    : nothing;
}

function attributeRow(desk: StudioDesk, one: Declaration): unknown {
  const words = createWords(ENGLISH, desk.state.vocabulary.playbook, desk.now);
  const { of, type, derive } = one.item.data;
  const kinds: { readonly [kind: string]: string } = WORDS.kinds;
  const types: { readonly [type: string]: string } = WORDS.types;
  const facts = [
    kinds[String(of)] ?? String(of),
    types[String(type)] ?? String(type),
    ...(derive === undefined ? [] : [WORDS.computed]),
    ...(one.values.length > 0 ? [words.count(WORDS.values, one.values.length)] : []),
  ];
  const uses = usesOf(desk.state.bench.items, one.id);
  return html`<li>${button('link', one.label, () => desk.go({ kind: 'word', word: one.id }))}<span class="quiet">${facts.join(', ')}</span>
    <span .className=${uses.length === 0 ? 'marks wrong' : 'marks'}>${usedText(uses)}</span></li>`;
}

/** What looks like one, with the reason and what merging changes. */
function alikeView(desk: StudioDesk): unknown {
  const { bench, author } = desk.state;
  const found = suggestMerges(bench.items);
  if (found.length === 0) return nothing;
  const isAllowed = mayChangeVocabulary(bench.items, author);
  return html`<section class="alike" .ariaLabel=${WORDS.alike}><h2>${WORDS.alike}</h2><ul>${found.map(
    (one) => alikeRow(desk, one, isAllowed),
  )}</ul></section>`;
}

function alikeRow(desk: StudioDesk, one: MergeSuggestion, isAllowed: boolean): unknown {
  const { items } = desk.state.bench;
  const own = declarationsOf(items).find(({ id }) => id === one.attribute);
  if (!own) return nothing;
  const isValue = one.value !== undefined;
  const labelOf = (id: string | undefined): string =>
    (isValue
      ? own.values.find((value) => value.id === id)?.label
      : declarationsOf(items).find((other) => other.id === id)?.label) ?? String(id);
  const names = { value: labelOf(one.value ?? one.attribute), into: labelOf(one.into) };
  const kinds: { readonly [kind: string]: string } = WORDS.kinds;
  const where = isValue
    ? WORDS.alikeIn.replace('{label}', () => own.label)
    : WORDS.alikeOf.replace('{kind}', () => (kinds[String(own.item.data.of)] ?? '').toLowerCase());
  const words = createWords(ENGLISH, desk.state.vocabulary.playbook, desk.now);
  const because =
    typeof one.because === 'string'
      ? WORDS.because[one.because]
      : words.fill(WORDS.because.together, { count: words.number(one.because.together) });
  const label = words.fill(WORDS.mergeOf, names);
  const next =
    one.value === undefined
      ? mergeAttributes(items, one.attribute, one.into)
      : mergeValues(items, one.attribute, one.value, one.into, { keepsWords: true });
  return html`<li><p>${words.fill(WORDS.alikeRow, { ...names, where })}. <span class="quiet">${because} ${effectText(items, next, own.item.id)}</span></p>${
    isAllowed ? button('', label, () => applyWords(desk, next, label, own.item.id)) : nothing
  }</li>`;
}
