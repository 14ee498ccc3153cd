import { html, nothing } from 'lit';
import type { PlayPreview } from '../src/studio/engine.js';
import { getAt, isMap, type PlayData } from '../src/studio/play-data.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { toNeed } from '../src/view/condition-text.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { openSlots } from './studio-play.js';
import type { StudioDesk } from './studio-state.js';

const MOST_ROWS = 8;

type Row = PlayPreview['would'][number] & Partial<PlayPreview['nearly'][number]>;

/** What the play would do now, on real records: how many, which, which nearly, and the card as its rep would see it. */
export function previewView(desk: StudioDesk, play: PlayData): unknown {
  const { preview, counting, tab } = desk.state;
  const about = play.about === 'account' || play.about === 'contact' ? play.about : 'opportunity';
  if (!preview)
    return html`<aside class="preview"><p class="quiet">${
      counting === undefined
        ? WORDS.noAttributes
        : WORDS.counting.replace('{share}', `${Math.round(counting * 100)}%`)
    }</p></aside>`;
  const words = createWords(ENGLISH, preview.playbook, 0);
  const { would, nearly, of } = preview;
  const { trigger } = play;
  const isState = isMap(trigger) && ('becomes' in trigger || 'opened' in trigger);
  const rows: readonly Row[] = tab === 'would' ? would : nearly;
  return html`<aside class="preview">
    <h2>${words.count(WORDS.wouldShow[about], would.length)}</h2>
    <p class="quiet">${isState ? WORDS.countedOf[about].replace('{count}', `${of}`) : WORDS.waits}</p>
    ${sampleNote(desk)}<div class="tabs" role="tablist">${(['would', 'nearly'] as const).map(
      (one) =>
        html`<button type="button" role="tab" .ariaSelected=${`${tab === one}`} @click=${() => desk.show(one)}>${WORDS[one]} <span class="quiet">${(one === 'would' ? would : nearly).length}</span></button>`,
    )}</div>
    ${cardView(desk, play, rows)}
    ${
      rows.length === 0
        ? html`<p class="quiet">${tab === 'would' ? WORDS.nobody : WORDS.noneNearly}</p>`
        : html`<ul class="rows">${rows.slice(0, MOST_ROWS).map((row) => rowView(desk, row, preview))}</ul>`
    }${rows.length > MOST_ROWS ? html`<p class="quiet">${WORDS.andMore.replace('{count}', `${rows.length - MOST_ROWS}`)}</p>` : nothing}
  </aside>`;
}

/** On which accounts, where these are not all. */
function sampleNote(desk: StudioDesk): unknown {
  const { source } = desk;
  if (!source.sample) return nothing;
  const { sample } = source;
  queueMicrotask(() => desk.work('sample', [], sample));
  const work = desk.state.works?.sample;
  if (work?.is !== 'found') return nothing;
  const words = createWords(ENGLISH, desk.state.vocabulary.playbook, 0);
  const { accounts, leftOut } = work.found;
  const filled = words.fill(leftOut > 0 ? WORDS.sampleLeftOut : WORDS.sample, {
    accounts: words.count(WORDS.accounts, accounts),
    leftOut: words.count(WORDS.areLeftOut, leftOut),
  });
  return html`<p class="quiet">${filled}</p>`;
}

function rowView(desk: StudioDesk, row: Row, preview: PlayPreview): unknown {
  const { record, name, accountName, account, explanation } = row;
  const title = name ?? record;
  return html`<li .className=${record === desk.state.record ? 'now' : ''}>${button('link', title, () => desk.look(record))}${
    accountName && record !== account ? html`<span class="quiet">${accountName}</span>` : nothing
  }${explanation ? html`<p class="quiet">${needText(explanation, preview)}</p>` : nothing}</li>`;
}

function needText(
  explanation: NonNullable<Row['explanation']>,
  { playbook }: PlayPreview,
): unknown {
  const words = createWords(ENGLISH, playbook, 0);
  const attribute = (id: string) => playbook.attributes.find((one) => one.id === id);
  const decision = { asker: '', record: '', now: '', names: {} } as never;
  const { need } = toNeed(explanation, {
    decision,
    playbook,
    words,
    name: '',
    who: () => ENGLISH.aColleague,
    attribute,
  });
  return need.map(({ text, strong }) => (strong ? html`<b>${text}</b>` : text));
}

function cardView(desk: StudioDesk, play: PlayData, rows: readonly Row[]): unknown {
  const { card, record, vocabulary, checked } = desk.state;
  if (rows.length === 0) return nothing;
  const open = openSlots(toSentence(play, vocabulary));
  if (open > 0 || (checked && !checked.playbook))
    return html`<p class="note">${WORDS.cardWaits}</p>`;
  if (!card || card.record !== record) return nothing;
  const row = rows.find((one) => one.record === record);
  if (!row) return html`<p class="quiet">${WORDS.chooseAccount}</p>`;
  const title = getAt(play, ['title']);
  return html`${
    card.isShown
      ? html`<div class="try" role="group" .ariaLabel=${String(title ?? '')}><opportune-panel .source=${card.source} .record=${card.record} .asker=${card.asker}></opportune-panel></div>`
      : nothing
  }<p class="quiet">${card.place}</p>`;
}
