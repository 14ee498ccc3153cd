import { html, nothing } from 'lit';
import type { JsonObject, JsonValue } from '../src/domain/value.js';
import { wholeText } from '../src/studio/changes-in-words.js';
import { contentTitle, isContent } from '../src/studio/content-item.js';
import { CONTENT_STRINGS } from '../src/studio/content-strings.js';
import { readTags, sameTag } from '../src/studio/content-tags.js';
import { sameData } from '../src/studio/play-data.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { tagText } from '../src/studio/tag-words.js';
import type { Vocabulary } from '../src/studio/vocabulary.js';
import { type WordChange, wordChanges } from '../src/studio/word-changes.js';
import { button } from './panel-bits.js';
import type { StudioDesk } from './studio-state.js';

const WORDS = CONTENT_STRINGS.changes;
/** So much of what stayed is shown around what did not. */
const AROUND = 80;

/** What differs from what was opened, in words, and the way back for this one item. */
export function changesView(desk: StudioDesk, item: Item): unknown {
  const { bench } = desk.state;
  const before = bench.before.get(item.id);
  if (before === item) return nothing;
  const lines = before ? differences(desk.state.vocabulary, before, item) : [];
  if (before && lines.length === 0) return nothing;
  const takeBack = (): void => {
    const title = before ? contentTitle(before) : '';
    desk.put(item.id, before, WORDS.takeBack);
    desk.say(WORDS.takenBack.replace('{title}', () => title));
  };
  return html`<section class="changes" .ariaLabel=${WORDS.title}><h2>${WORDS.title}</h2>${
    before
      ? html`<dl>${lines}</dl>${button('', WORDS.takeBack, takeBack)}`
      : html`<p class="quiet">${WORDS.isNew}</p>`
  }</section>`;
}

/** What became of a play or of content, line by line. */
export function differences(vocabulary: Vocabulary, before: Item, after: Item): readonly unknown[] {
  if (!isContent(after)) {
    const [was, is] = [wholeText(before, vocabulary), wholeText(after, vocabulary)];
    return was === is ? [] : [textLine('', was, is)];
  }
  const fields = CONTENT_STRINGS.fields;
  const lines: unknown[] = [];
  for (const key of ['title', 'kind', 'owner', 'expires', 'teams', 'link'] as const) {
    const [was, is] = [before.data[key], after.data[key]];
    if (!sameData(was, is)) lines.push(textLine(fields[key], plainText(was), plainText(is)));
  }
  const [was, is] = [before, after].map(({ data }) => readTags(data, vocabulary));
  const gone = was?.tags.filter((tag) => !is?.tags.some((one) => sameTag(one, tag))) ?? [];
  const added = is?.tags.filter((tag) => !was?.tags.some((one) => sameTag(one, tag))) ?? [];
  if (gone.length + added.length > 0)
    lines.push(
      html`<dt>${fields.tags}</dt><dd>${gone.map((tag) => html`<del>${tagText(tag, vocabulary)}</del> `)}${added.map((tag) => html`<ins>${tagText(tag, vocabulary)}</ins> `)}</dd>`,
    );
  if (!sameData(was?.rest as JsonObject, is?.rest as JsonObject))
    lines.push(textLine(fields.when, plainText(was?.rest), plainText(is?.rest)));
  if (before.body !== after.body)
    lines.push(textLine(fields.body, before.body ?? '', after.body ?? ''));
  return lines;
}

function plainText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return WORDS.nothing;
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

export const textLine = (name: string, before: string, after: string): unknown =>
  html`<dt>${name}</dt><dd class="words-changed">${wordChanges(before, after).map(changeView)}</dd>`;

function changeView({ is, text }: WordChange): unknown {
  if (is === 'gone') return html`<del>${text}</del>`;
  if (is === 'added') return html`<ins>${text}</ins>`;
  return text.length <= 2 * AROUND + 20
    ? text
    : `${text.slice(0, AROUND)} … ${text.slice(-AROUND)}`;
}
