import { html, nothing } from 'lit';
import {
  changedFields,
  changedItems,
  type ItemChange,
  wholeText,
} from '../src/studio/changes-in-words.js';
import { isContent } from '../src/studio/content-item.js';
import type { Item, Items } from '../src/studio/playbook-folder.js';
import { VERSIONS_STRINGS as WORDS } from '../src/studio/versions-strings.js';
import type { Vocabulary } from '../src/studio/vocabulary.js';
import { differences, textLine } from './studio-changes.js';
import { playTitle } from './studio-title.js';

/** What differs between two playbooks, in plain words. */
export function differenceView(before: Items, after: Items, vocabulary: Vocabulary): unknown {
  const changes = changedItems(before, after);
  if (changes.length === 0) return html`<p class="quiet">${WORDS.same}</p>`;
  return html`<ul class="differences">${changes.map((change) => changeRow(change, vocabulary))}</ul>`;
}

/** What a person calls it. */
export function nameOf({ id, data }: Item): string {
  const name = data.title ?? data.label ?? data.name;
  return typeof name === 'string' ? playTitle(name) : id;
}

/** What kind of thing it is; a play and content by the file that it is kept in. */
function placeOf({ id, file, list }: Item): string {
  const lists: { readonly [list: string]: string } = WORDS.lists;
  if (list !== undefined) return lists[list] ?? list;
  return file === 'playbook.yaml' ? WORDS.settings : id;
}

function changeRow({ before, after }: ItemChange, vocabulary: Vocabulary): unknown {
  const item = after ?? before;
  if (!item) return nothing;
  const mark = !before ? WORDS.isNew : !after ? WORDS.gone : undefined;
  return html`<li class="changes"><h3>${nameOf(item)} ${mark ? html`<span class="mark">${mark}</span>` : nothing}<span class="quiet">${placeOf(item)}</span></h3><dl>${linesOf(before, after, vocabulary)}</dl></li>`;
}

function linesOf(
  before: Item | undefined,
  after: Item | undefined,
  vocabulary: Vocabulary,
): unknown {
  if (!before || !after) {
    const text = (item: Item | undefined): string => (item ? wholeText(item, vocabulary) : '');
    return textLine('', text(before), text(after));
  }
  const lines =
    isContent(after) || after.file.startsWith('plays/')
      ? differences(vocabulary, before, after)
      : changedFields(before.data, after.data, vocabulary).map((one) =>
          textLine(one.field, one.before, one.after),
        );
  return lines.length > 0 ? lines : html`<dd class="quiet">${WORDS.spelling}</dd>`;
}
