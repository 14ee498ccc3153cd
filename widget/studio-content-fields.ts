import { html, nothing } from 'lit';
import type { JsonObject, JsonValue } from '../src/domain/value.js';
import { daysLeft, isContent, todayIn } from '../src/studio/content-item.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { readTags, type Tag, writeTags } from '../src/studio/content-tags.js';
import { isList } from '../src/studio/play-data.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { valueWords } from '../src/studio/tag-words.js';
import { createWords, title } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { chipsView } from './studio-chips.js';
import { expiryText } from './studio-expiry.js';
import type { StudioDesk } from './studio-state.js';

/** Kinds that every library may have; those that are in use come first. */
const KINDS = [
  'brochure',
  'email',
  'battlecard',
  'case-study',
  'proposal',
  'talk-track',
  'checklist',
  'guide',
  'tip',
];

/** The field of content changed; without it when there is nothing in it. */
export function putField(
  desk: StudioDesk,
  item: Item,
  key: string,
  value: JsonValue | undefined,
  label: string,
): void {
  const data: JsonObject =
    value === undefined
      ? Object.fromEntries(Object.entries(item.data).filter(([name]) => name !== key))
      : { ...item.data, [key]: value };
  desk.put(item.id, { ...item, data }, label, `${item.id} ${key}`);
}

export function putTags(desk: StudioDesk, item: Item, tags: readonly Tag[], label: string): void {
  const data = writeTags(item.data, tags, desk.state.vocabulary);
  desk.put(item.id, { ...item, data }, label);
}

/** What kind it is, who keeps it and until when, who sees it. */
export function fieldsView(desk: StudioDesk, item: Item): unknown {
  const { bench, vocabulary } = desk.state;
  const { data } = item;
  const { fields } = WORDS;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const contents = [...bench.items.values()].filter(isContent);
  const used = (key: string): readonly string[] => [
    ...new Set(contents.map((one) => String(one.data[key] ?? '')).filter(Boolean)),
  ];
  const left = daysLeft(item, todayIn(vocabulary.playbook.zone, desk.now));
  return html`<div class="fields">
    ${textField('content-kind', fields.kind, title(String(data.kind ?? '')), {
      list: [...new Set([...used('kind'), ...KINDS])].map(title),
      take: (text) => putField(desk, item, 'kind', toId(text), fields.kind),
    })}
    ${textField('content-owner', fields.owner, String(data.owner ?? ''), {
      list: used('owner'),
      take: (text) => putField(desk, item, 'owner', text, fields.owner),
    })}
    <label>${fields.expires}<input class="field" type="date" .value=${String(data.expires ?? '')} @change=${(event: Event) => putField(desk, item, 'expires', (event.target as HTMLInputElement).value || undefined, fields.expires)}><span class="hint">${expiryText(data.expires, left, words)}</span></label>
    ${teamsView(desk, item)}
  </div>`;
}

const toId = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

function textField(
  id: string,
  label: string,
  value: string,
  { list, take }: { readonly list: readonly string[]; readonly take: (text: string) => void },
): unknown {
  return html`<label>${label}<input class="field" .id=${id} autocomplete="off" .value=${value} @focus=${(event: Event) => (event.target as Element).setAttribute('list', `${id}-list`)} @change=${(event: Event) => take((event.target as HTMLInputElement).value.trim())}><datalist .id=${`${id}-list`}>${list.map((one) => html`<option .value=${one}></option>`)}</datalist></label>`;
}

/** Teams are values of `rep.team`. None of them means everybody. */
function teamsView(desk: StudioDesk, item: Item): unknown {
  const { vocabulary } = desk.state;
  const { teams } = item.data;
  const held = teams === undefined ? [] : (isList(teams) ? teams : [teams]).map(String);
  const known = vocabulary.attribute('rep.team')?.values?.map(({ id }) => id) ?? [];
  const all = [...new Set([...known, ...held])];
  if (all.length === 0) return nothing;
  const put = (next: readonly string[]): void =>
    putField(desk, item, 'teams', next.length > 0 ? next : undefined, WORDS.fields.teams);
  return html`<div role="group" .ariaLabel=${WORDS.fields.teams}><span>${WORDS.fields.teams}</span><span class="teams">${button('', WORDS.everybody, () => put([]), { pressed: held.length === 0 })}${all.map(
    (team) =>
      button(
        '',
        valueWords('rep.team', team, vocabulary),
        () => put(held.includes(team) ? held.filter((one) => one !== team) : [...held, team]),
        { pressed: held.includes(team) },
      ),
  )}</span></div>`;
}

/** Where it goes, as chips; what is no chip stands below as it is written. */
export function whereView(desk: StudioDesk, item: Item): unknown {
  const { vocabulary } = desk.state;
  const { tags, rest } = readTags(item.data, vocabulary);
  return html`<section class="where" .ariaLabel=${WORDS.fields.tags}><h2>${WORDS.fields.tags}</h2>
    ${chipsView(desk, {
      name: 'tag',
      tags,
      label: WORDS.fields.tags,
      add: WORDS.addTag,
      change: (next, label) => putTags(desk, item, next, label),
    })}
    <p class="quiet">${tags.length === 0 ? WORDS.noTags : WORDS.narrows}</p>
    ${rest ? html`<p class="quiet">${WORDS.fields.when}</p><pre tabindex="0">${JSON.stringify(rest, undefined, 2)}</pre><p class="quiet">${WORDS.exactly}</p>` : nothing}
  </section>`;
}
