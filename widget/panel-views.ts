import { html, nothing } from 'lit';
import type {
  HistoryView,
  KindsView,
  PanelView,
  TipsView,
  WhyNotItemView,
  WhyNotView,
} from '../src/domain/view.js';
import type { Strings } from '../src/view/strings.js';
import { button, line, scale, steps, touches, wordsOf } from './panel-bits.js';
import * as icons from './panel-icons.js';

/** Items of a group of "Why not?" before the rep asks for more, and how many more each time. */
const FIRST_ITEMS = 1;
const MORE_ITEMS = 20;

/** A plain message in place of cards. */
export function say(title: string, text: string, more: unknown = nothing): unknown {
  return html`<div class="say"><h3>${title}</h3>${line('', text)}${more}</div>`;
}

export function loading(name: string, strings: Strings): unknown {
  return html`<div class="say loading" aria-busy="true"><p class="meta">${
    name ? strings.reading.replace('{name}', () => name) : strings.readingRecord
  }</p><i></i><i></i><i></i><i></i></div>`;
}

function notice(
  tone: 'caution' | 'danger',
  icon: unknown,
  { title, text }: { readonly title: string; readonly text: string },
  way: unknown = nothing,
): unknown {
  return html`<div .className=${`notice ${tone}`}>${icon}<div><p><b>${title}</b></p>${line('small', text)}</div>${way}</div>`;
}

export function notices(list: PanelView['notices']): unknown {
  return list.map((one) =>
    notice('caution', one.kind === 'offline' ? icons.offline : icons.warning, one),
  );
}

export function problem(
  { problem: found, cards }: PanelView,
  strings: Strings,
  retry: () => void,
): unknown {
  return found
    ? html`${notice('danger', icons.warning, found, button('', strings.tryNow, retry))}${
        found.lastSeen
          ? html`<div class="say"><h3 class="label">${found.lastSeen}</h3>${cards.map((card) =>
              card.type === 'card' ? line('', card.title) : nothing,
            )}</div>`
          : nothing
      }<details class="stage"><summary><h3>${strings.whatWentWrong}</h3>${icons.chevron}</summary>${line('small', found.detail)}</details>`
    : nothing;
}

export function waiting(
  { waiting: list, waitingLabel }: PanelView,
  strings: Strings,
  undo: (responseId: string) => void,
): unknown {
  return list.length
    ? html`<div class="say"><h3 class="label">${waitingLabel}</h3><ul class="waiting">${list.map(
        ({ responseId, text, when }) =>
          html`<li><p>${text}<span class="meta">${when}</span></p>${button('text undo', strings.undo, () => undo(responseId), { name: `${strings.undo}: ${text}` })}</li>`,
      )}</ul>${line('meta', strings.waitingNote)}</div>`
    : nothing;
}

/** "Why not?" with its search. What is drawn of each group grows on demand; looking changes nothing else. */
export function whyNot(view: WhyNotView, strings: Strings, redraw: () => void): () => unknown {
  let words: readonly string[] = [];
  let shown: { [stage: string]: number } = {};
  const find = (event: Event): void => {
    words = (event.target as HTMLInputElement).value.toLowerCase().split(/\s+/);
    shown = {};
    redraw();
  };
  const meets = ({ title, need }: WhyNotItemView): boolean => {
    const text = `${title} ${need.map((piece) => piece.text).join('')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return () => {
    const groups = view.groups
      .map((group) => ({ ...group, items: group.items.filter(meets) }))
      .filter(({ items }) => items.length);
    return html`<div class="find"><label class="search">${icons.search}<input type="search" .placeholder=${strings.findAction} .ariaLabel=${strings.findAction} @input=${find}></label></div>${groups.map(
      ({ stage, title, items }) => {
        const count = shown[stage] ?? (words.join('') ? MORE_ITEMS : FIRST_ITEMS);
        const left = Math.min(MORE_ITEMS, items.length - count);
        const more = (event: Event): void => {
          // The button moves down or goes: the focus goes to the first of the new items.
          const list = (event.target as HTMLElement).previousElementSibling;
          shown[stage] = count + left;
          redraw();
          setTimeout(() => (list?.children[count] as HTMLElement | undefined)?.focus());
        };
        return html`<details class="stage" open><summary><h3>${title}</h3><span class="meta">${items.length}</span>${icons.chevron}</summary><ul>${items.slice(0, count).map(whyNotItem)}</ul>${
          left > 0 ? button('text', strings.showMore.replace('{count}', `${left}`), more) : nothing
        }</details>`;
      },
    )}${groups.length ? nothing : line('say', strings.nothingFound)}<footer class="foot">${line('meta', view.note)}</footer>`;
  };
}

function whyNotItem({
  title,
  need,
  scale: drawing,
  touches: used,
  change,
  life,
}: WhyNotItemView): unknown {
  return html`<li tabindex="-1"><h4>${title}</h4><p class="small need">${need.map(
    ({ text, strong }) => (strong ? html`<b>${text}</b>` : text),
  )}</p>${scale(drawing)}${touches(used, 'meta', false)}${line('small', change)}${line('meta', life)}</li>`;
}

export function history({ steps: list }: HistoryView, strings: Strings): unknown {
  return html`<div class="say">${list.length ? steps(list) : strings.historyEmpty}</div>`;
}

export interface TipOfForm {
  readonly text: string;
  readonly goesWith: readonly string[];
  readonly signed: boolean;
}

export function tips(
  { goesWith, signer, tips: list }: TipsView,
  strings: Strings,
  sent: boolean,
  send: (tip: TipOfForm) => Promise<unknown>,
): unknown {
  const submit = (event: Event): void => {
    const text = wordsOf(event);
    const form = event.target as HTMLFormElement;
    const chosen = (name: string): string[] =>
      [...form.querySelectorAll<HTMLInputElement>(`[name=${name}]:checked`)].map(
        ({ value }) => value,
      );
    if (text) {
      void send({ text, goesWith: chosen('tag'), signed: !!chosen('sign')[0] }).then(() =>
        form.reset(),
      );
    }
  };
  const set = (legend: string, options: unknown): unknown =>
    html`<fieldset><legend class="small">${legend}</legend><div class="ticks">${options}</div></fieldset>`;
  return html`<form class="say" @submit=${submit}><label class="field">${strings.tipQuestion}<textarea rows="3" maxlength="2000"></textarea></label>${
    goesWith.length
      ? set(
          strings.tipGoesWith,
          goesWith.map(
            ({ id, label, checked }) =>
              html`<label class="option"><input type="checkbox" name="tag" .value=${id} ?checked=${checked}>${label}</label>`,
          ),
        )
      : nothing
  }${set(
    strings.tipSign,
    html`<label class="option"><input type="radio" name="sign" value="yes" checked>${signer}</label><label class="option"><input type="radio" name="sign" value="">${strings.tipAnonymous}</label>`,
  )}<div class="actions"><button class="button primary">${strings.sendTip}</button></div>${sent ? line('small', strings.tipSent) : nothing}</form><div class="say"><h3 class="label">${strings.becameOfTips}</h3>${
    list.length
      ? html`<ul class="tips">${list.map(
          ({ text, steps: became, verdict }) =>
            html`<li><h4>${text}</h4>${steps(became)}${line('small', verdict)}</li>`,
        )}</ul>`
      : strings.noTips
  }</div>`;
}

export function kinds(
  { kinds: list }: KindsView,
  strings: Strings,
  set: (kind: string, on: boolean) => void,
): unknown {
  return html`<div class="say"><div role="group" .ariaLabel=${strings.kinds}>${list.map(
    ({ id, label, on }) =>
      html`<label class="option"><input type="checkbox" ?checked=${on} @change=${(event: Event) => set(id, (event.target as HTMLInputElement).checked)}>${label}</label>`,
  )}</div>${line('meta', strings.kindsNote)}</div>`;
}

export function numbers(strings: Strings): unknown {
  return html`<div class="say">${strings.numbers.split('\n').map((text) => line('', text))}</div>`;
}
