import { html, nothing } from 'lit';
import type { JsonValue } from '../src/domain/value.js';
import { contentTitle, isContent } from '../src/studio/content-item.js';
import { CONTENT_STRINGS } from '../src/studio/content-strings.js';
import type { Tag } from '../src/studio/content-tags.js';
import { tagsIn } from '../src/studio/content-uses.js';
import { isList, isMap } from '../src/studio/play-data.js';
import type { Item } from '../src/studio/playbook-folder.js';
import {
  type Correction,
  type Reason,
  type TagProposal,
  tagAttributesOf,
  tagsOf,
  textOf,
} from '../src/studio/tag-model.js';
import { tagText } from '../src/studio/tag-words.js';
import type { Vocabulary } from '../src/studio/vocabulary.js';
import { noteId } from '../src/studio/workbench.js';
import { createWords, type Words } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { withTag } from './studio-chips.js';
import { putTags } from './studio-content-fields.js';
import type { StudioDesk, StudioState } from './studio-state.js';

const WORDS = CONTENT_STRINGS.proposals;
const NOTE = noteId('tag-corrections');
const MOST_KEPT = 200;
/** As much of a text as says what it is about. */
const MOST_TEXT = 4000;
const MOST_SHOWN = 8;
const MOST_REASONS = 2;

type Kept = Correction & { readonly content: string };

const learned = new WeakSet<StudioDesk>();

/** Learns from the library once, beside the page. */
export function learnTags(desk: StudioDesk): void {
  if (learned.has(desk)) return;
  learned.add(desk);
  const { bench, vocabulary } = desk.state;
  const attributes = tagAttributesOf(vocabulary);
  const library = [...bench.items.values()]
    .filter((item) => isContent(item) && bench.before.has(item.id))
    .map((item) => ({ id: item.id, text: textOf(item), tags: tagsOf(item, attributes) }));
  desk.source.engine.learnTags(library, attributes, correctionsIn(desk.state)).then(
    (tagQuality) => desk.tell({ tagQuality }),
    // Without it content is tagged by hand.
    () => undefined,
  );
}

/** What is proposed for the content as it is now. */
export async function proposeTags(desk: StudioDesk, item: Item): Promise<void> {
  const attributes = tagAttributesOf(desk.state.vocabulary);
  const list = await desk.source.engine.proposeTags(textOf(item), tagsOf(item, attributes));
  const { place } = desk.state;
  if (place.kind === 'content' && place.id === item.id)
    desk.tell({ proposals: { id: item.id, list } });
}

function correctionsIn({ bench }: StudioState): readonly Kept[] {
  const { corrections } = bench.items.get(NOTE)?.data ?? {};
  return isList(corrections) ? (corrections.filter(isMap) as unknown as readonly Kept[]) : [];
}

/** Tags as dashed chips, each with why; taking or refusing one is remembered. */
export function proposalsView(desk: StudioDesk, item: Item): unknown {
  const { proposals, vocabulary } = desk.state;
  if (proposals?.id !== item.id) return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const tags = tagsIn(item, vocabulary);
  const refused = correctionsIn(desk.state).filter(
    ({ content, taken }) => content === item.id && !taken,
  );
  const list = proposals.list.filter(({ attribute, value }) => {
    const isRefused = refused.some((one) => one.attribute === attribute && one.value === value);
    const typed = toValue(attribute, value, vocabulary);
    const isThere = tags.some(
      (tag) => tag.attribute === attribute && tag.operator === 'is' && tag.values.includes(typed),
    );
    return !isRefused && !isThere;
  });
  if (list.length === 0) return nothing;
  return html`<section class="proposals" .ariaLabel=${WORDS.title}><h2>${WORDS.title}</h2><ul>${list
    .slice(0, MOST_SHOWN)
    .map((one) => proposalView(desk, item, one, words))}</ul></section>`;
}

function proposalView(desk: StudioDesk, item: Item, proposal: TagProposal, words: Words): unknown {
  const { bench, vocabulary } = desk.state;
  const { attribute, value, because, probability } = proposal;
  const tag: Tag = { attribute, operator: 'is', values: [toValue(attribute, value, vocabulary)] };
  const text = tagText(tag, vocabulary);
  const titleOf = (id: string): string => {
    const other = bench.items.get(id);
    return other ? contentTitle(other) : id;
  };
  const own = because.filter(({ kind }, i) => because.findIndex((one) => one.kind === kind) === i);
  const why = `${own
    .slice(0, MOST_REASONS)
    .map((one) => reasonText(one, titleOf, words))
    .join(' ')} ${words.fill(WORDS.sure, { share: words.outOf(probability) })}`;
  const take = (): void => {
    correct(desk, item, proposal, true);
    putTags(desk, item, withTag(tagsIn(item, vocabulary), tag), text);
  };
  const refuse = (): void => {
    correct(desk, item, proposal, false);
    desk.say(words.fill(WORDS.refused, { tag: text }));
  };
  return html`<li .title=${why}><span class="chip some">${button('what', text, take, { name: `${WORDS.take}: ${text}`, does: why })}${button('x', '×', refuse, { name: words.fill(WORDS.refuse, { tag: text }) })}</span><span class="quiet">${why}</span></li>`;
}

function reasonText(reason: Reason, titleOf: (id: string) => string, words: Words): string {
  switch (reason.kind) {
    case 'names':
      return words.fill(WORDS.names, { words: reason.words });
    case 'like':
      return words.fill(WORDS.like, { title: titleOf(reason.content) });
    case 'words':
      return words.fill(WORDS.words, { words: words.list(reason.words.map((one) => `“${one}”`)) });
  }
}

/** Kept beside the playbook, and in none of its files. */
function correct(
  desk: StudioDesk,
  item: Item,
  { attribute, value }: TagProposal,
  taken: boolean,
): void {
  const text = textOf(item).slice(0, MOST_TEXT);
  const others = correctionsIn(desk.state).filter(
    (one) => one.content !== item.id || one.attribute !== attribute || one.value !== value,
  );
  const next = [...others, { content: item.id, text, attribute, value, taken }].slice(-MOST_KEPT);
  const data = { corrections: next as unknown as JsonValue };
  desk.put(NOTE, { id: NOTE, file: NOTE, data }, WORDS.title);
}

function toValue(attribute: string, value: string, vocabulary: Vocabulary): JsonValue {
  return vocabulary.attribute(attribute)?.type === 'boolean' ? value === 'true' : value;
}

/** How right proposals are, in a sentence. */
export function tagQualityView({ state, now }: StudioDesk): unknown {
  const { tagQuality, vocabulary } = state;
  if (!tagQuality) return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, now);
  const { precision, recall, proposed } = tagQuality;
  if (!precision || !recall) return html`<p class="quiet quality">${WORDS.tooFew}</p>`;
  const whole = (share: number): string => words.percent(Math.round(share * 100) / 100);
  const range = ([low, high]: readonly [number, number]): string =>
    words.fill(WORDS.range, { low: whole(low), high: whole(high) });
  return html`<p class="quiet quality">${words.fill(WORDS.quality, {
    count: words.number(proposed),
    precision: range(precision),
    recall: range(recall),
  })}</p>`;
}
