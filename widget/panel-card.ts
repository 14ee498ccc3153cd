import { html, nothing } from 'lit';
import type {
  CardView,
  EvidenceLineView,
  MaterialView,
  PanelView,
  ReceiptView,
} from '../src/domain/view.js';
import {
  button,
  choices,
  fold,
  group,
  line,
  ownWords,
  scale,
  touches,
  weighted,
} from './panel-bits.js';
import * as icons from './panel-icons.js';
import { markdown, safeHref } from './panel-markdown.js';
import type { Parts } from './panel-parts.js';
import { tryAnother } from './panel-tries.js';

/**
 * Cards and what became of them, each in its place. Elements are used again place by place, so whatever a person unfolds
 * or chooses is kept by the card's id and never in an element.
 */
export function cards(list: PanelView['cards'], parts: Parts): unknown {
  return list.length
    ? html`<ol class="cards">${list.map((view) =>
        view.type === 'card' ? card(view, parts) : receipt(view, parts),
      )}</ol>`
    : nothing;
}

function card(view: CardView, parts: Parts): unknown {
  const { id, title } = view;
  const open = parts.isOpen(id);
  return html`<li .className=${open ? 'card open' : 'card'}><h3><button type="button" class="title" .ariaExpanded=${`${open}`} @click=${() => parts.setOpen(id, !open)}><span>${title}</span>${icons.chevron}</button></h3>${open ? unfolded(view, parts) : html`${line('small', view.line)}${line('small try', view.ownTry)}`}</li>`;
}

function unfolded(view: CardView, parts: Parts): unknown {
  const { strings } = parts;
  const { id, changed, options, primary } = view;
  const choosing = parts.choosing(id);
  const choice = (what: 'snooze' | 'reasons', label: string): unknown => {
    const expanded = choosing === what || (what === 'reasons' && choosing === 'other');
    return button(`quiet ${what}`, label, () => parts.choose(id, expanded ? undefined : what), {
      expanded,
    });
  };
  return html`${line('why', view.why)}${line('small try', view.ownTry)}${
    changed
      ? html`<div class="changed"><p class="row"><b>${changed.text}</b><span class="meta">${changed.when}</span></p>${scale(changed.scale)}${
          changed.compared
            ? html`<p class="meta at" .style=${`--tick:${changed.scale?.tick ?? 0}`}><span>${changed.compared}</span></p>`
            : nothing
        }</div>`
      : nothing
  }${
    options
      ? group(
          'choose',
          options.question,
          choices(options.choices, (one) => parts.answer(id, { kind: 'option', choice: one })),
        )
      : nothing
  }<div class="actions">${
    options
      ? nothing
      : button(
          'primary',
          html`${icons.actionIcon(primary.kind)}${primary.label}`,
          () => parts.accept(view),
          { does: primary.description },
        )
  }<span>${choice('snooze', strings.snooze)}${choice('reasons', strings.notRelevant)}</span></div>${
    choosing === 'snooze'
      ? days(view, parts)
      : choosing && choosing !== 'try'
        ? reasons(view, parts, choosing === 'other')
        : nothing
  }${touches(view.touches, 'small', true)}<dl class="facts small">${view.facts.map(
    ({ label, strong, text, scale: drawing }) =>
      html`<dt>${label}</dt><dd><b>${strong}</b>${scale(drawing)}${text}</dd>`,
  )}</dl>${part(`use ${id}`, strings.useThis, view.contents, (one) => material(one, id, parts), parts)}${part(`evidence ${id}`, strings.evidence, view.evidence, evidence, parts)}${tryAnother(view, parts)}${helpful(view, parts)}`;
}

function part<T>(
  id: string,
  title: string,
  list: readonly T[],
  item: (one: T) => unknown,
  parts: Parts,
): unknown {
  return list.length
    ? fold(
        id,
        'part',
        html`<h4>${title}</h4><span class="meta">${list.length}</span>`,
        html`<ul class="lines">${list.map(item)}</ul>`,
        parts,
      )
    : nothing;
}

function reasons(
  { id, reasons: list, reasonsNote }: CardView,
  parts: Parts,
  own: boolean,
): unknown {
  const { strings } = parts;
  const answer = (reason: string, text?: string): void =>
    parts.answer(id, { kind: 'not-relevant', reason, ...(text && { text }) });
  return group(
    'choose',
    strings.whyNotRelevant,
    html`${choices(list, (reason) => (reason === 'other' ? parts.choose(id, reason) : answer(reason)))}${
      own
        ? ownWords(strings.anotherReasonLabel, strings.send, (text) => answer('other', text))
        : nothing
    }${line('meta', reasonsNote)}`,
  );
}

function days({ id, snooze }: CardView, parts: Parts): unknown {
  const { strings } = parts;
  const pick = (until: string): void => parts.answer(id, { kind: 'snooze', until });
  const later = (event: Event): void => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector('input');
    if (field?.value) pick(field.value);
  };
  return group(
    'choose',
    strings.showAgainOn,
    html`<div class="days" .style=${`--columns:${snooze.weekdays.length}`}>${snooze.weekdays.map(
      (day) => html`<span class="meta" aria-hidden="true">${day}</span>`,
    )}${snooze.days.map((day) =>
      button('', day.label, () => pick(day.date), { name: day.fullLabel, disabled: !day.enabled }),
    )}</div><form class="later small" @submit=${later}><label>${strings.anotherDay}<input type="date" required .min=${snooze.earliest} .max=${snooze.latest} .value=${snooze.suggested}></label><button class="button">${strings.setDay}</button></form>${line('meta', strings.returnsOnlyIf)}`,
  );
}

function material(view: MaterialView, card: string, parts: Parts): unknown {
  const { strings } = parts;
  const { title, copyText } = view;
  const id = `${view.id} ${card}`;
  const copied = `copied ${id}`;
  const href = safeHref(view.href);
  const head = html`<div><p>${title}</p>${line('meta', view.meta)}</div>`;
  const body = view.body.length
    ? html`<div class="md small">${markdown(view.body)}</div>`
    : nothing;
  return html`<li>${icons.contentIcon(view.kind)}${
    view.folded ? fold(id, 'long', head, body, parts) : head
  }<span class="does">${
    href
      ? html`<a class="button text" target="_blank" rel="noopener noreferrer" .href=${href} .ariaLabel=${`${strings.open}: ${title}`}>${strings.open}</a>`
      : nothing
  }${
    copyText
      ? button(
          'text',
          parts.isOpen(copied) ? strings.copied : strings.copy,
          () => parts.copy(copied, copyText),
          { name: `${strings.copy}: ${title}` },
        )
      : nothing
  }</span>${view.folded ? nothing : body}</li>`;
}

function evidence({ text, grade, gradeLabel, meta }: EvidenceLineView): unknown {
  return html`<li>${icons.gradeIcon(grade)}<div><p>${text}</p>${weighted(gradeLabel, meta)}</div></li>`;
}

function helpful(
  { id, helpful: was }: { readonly id: string; readonly helpful?: boolean },
  { strings, answer }: Parts,
): unknown {
  const choice = (value: boolean, label: string): unknown =>
    button('quiet', label, () => answer(id, { kind: 'helpful', helpful: value }), {
      pressed: was === value,
    });
  return group(
    'helpful',
    strings.helpfulQuestion,
    html`${choice(true, strings.yes)}${choice(false, strings.no)}`,
  );
}

function receipt(view: ReceiptView, parts: Parts): unknown {
  const { strings } = parts;
  const { id, tone, responseId, question, tipQuestion } = view;
  return html`<li .className=${`receipt ${tone}`} tabindex="-1"><div class="was">${
    tone === 'caution' ? icons.warning : responseId ? icons.check : icons.withdrawn
  }<p><b>${view.text}</b> ${view.detail}</p>${
    view.undoable && responseId
      ? button('text undo', html`${icons.undo}${strings.undo}`, () => parts.undo(responseId))
      : nothing
  }</div>${line('meta', view.written)}${
    question
      ? group(
          'ask',
          question.text,
          choices(
            question.choices,
            (choice) => parts.answer(id, { kind: 'outcome', choice }),
            question.chosen ?? '',
          ),
        )
      : nothing
  }${line('small', view.note)}${
    tipQuestion && !parts.isOpen(`skip ${id}`)
      ? ownWords(
          tipQuestion,
          strings.sendTip,
          (text) => parts.sendTip(text, id),
          button('quiet', strings.skip, () => parts.skip(id)),
        )
      : nothing
  }${view.askHelpful ? helpful(view, parts) : nothing}</li>`;
}
