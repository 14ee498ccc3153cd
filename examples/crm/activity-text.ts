import { html, nothing, type TemplateResult } from 'lit';
import type { Fact } from '../../src/domain/fact.js';
import { type JsonObject, kindOf, type RecordId } from '../../src/domain/value.js';
import { type Crm, minor, nameOf, text } from './crm.js';
import { capital } from './data/service.js';
import { countOf, toMoment, toMoney } from './format.js';
import type { IconName } from './icons.js';

/** One line of the timeline: what happened, told from where the asker stands. */
export interface ActivityLine {
  readonly icon: IconName;
  readonly line: TemplateResult;
  /** Each may have its own direction of writing. */
  readonly details: readonly string[];
}

export function describeActivity(fact: Fact, crm: Crm, asker: RecordId): ActivityLine {
  const { data } = fact;
  const by = fact.by === asker ? 'You' : nameOf(crm, fact.by);
  const rep = text(data.rep);
  const with_ = rep === asker ? 'you' : nameOf(crm, rep);
  const people = fact.about.filter((id) => kindOf(id) === 'contact');
  const others = people.filter((id) => id !== fact.by);
  const to = joinNames(crm, others.length > 0 ? others : people);
  const everybody = joinNames(crm, people);
  const deal = fact.about.find((id) => kindOf(id) === 'opportunity');
  const about = deal ? nameOf(crm, deal) : '';
  const words = text(data.text);
  const mine = fact.about.some((id) => crm.record(id)?.values.owner === asker);
  const quote =
    words && !words.startsWith('“') && kindOf(fact.by ?? '') === 'contact' ? `“${words}”` : words;
  const minutes = Number(data.minutes ?? 0);
  const line = (
    icon: IconName,
    said: TemplateResult,
    ...detail: readonly string[]
  ): ActivityLine => ({
    icon,
    line: said,
    details: detail.filter(Boolean),
  });
  const product = nameOf(crm, `demo:product:${text(data.product)}`);
  switch (fact.type) {
    case 'call-made':
      return line(
        'call',
        html`${you(by)} called ${to}`,
        minutes ? `${minutes} minutes` : '',
        quote,
        about,
      );
    case 'call-received':
      return line(
        'call',
        html`<b>${by}</b> called`,
        minutes ? `${minutes} minutes` : '',
        quote,
        about,
      );
    case 'callback-requested':
      return line('call', html`<b>${by}</b> asked for a call`, quote);
    case 'email-sent':
      return line('email', html`${you(by)} emailed ${to}`, text(data.subject), words, about);
    case 'email-received':
      return line(
        'email',
        html`<b>${by}</b> wrote ${mine ? 'to you' : ''}`,
        quote || text(data.subject),
        about,
      );
    case 'newsletter-sent':
      return line('plane', html`Newsletter sent to ${to}`, text(data.subject));
    case 'invitation-sent':
      return line('calendar', html`${you(by)} offered ${to} a meeting`, about);
    case 'meeting-booked':
      return line(
        'calendar',
        html`Meeting booked with ${everybody}`,
        toMoment(Date.parse(text(data.startsAt))),
        about,
      );
    case 'meeting-held':
      return line(
        'people',
        html`${everybody} met ${rep ? with_ : 'us'}`,
        minutes ? `${minutes} minutes` : '',
        about,
      );
    case 'visit-made':
      return line('pin', html`${you(by)} visited ${to}`, about);
    case 'note-added':
      return line('note', html`${you(by)} added a note`, words, about);
    case 'document-opened':
      return line(
        'eye',
        html`<b>${by}</b> opened the proposal`,
        about || text(data.document),
        words,
      );
    case 'proposal-sent':
      return line('document', html`${you(by)} sent ${to} the proposal`, about);
    case 'quote-begun':
      return line('pen', html`${you(by)} began a quote`, about);
    case 'purchase':
      return line(
        'cart',
        html`<b>${by}</b> ordered ${Number(data.quantity ?? 1)} × ${product}`,
        toMoney(minor(data.amount)),
        about,
      );
    case 'order-returned':
      return line('truck', html`<b>${by}</b> returned ${product.toLowerCase()}`, quote);
    case 'delivery-made':
      return line('truck', html`${product} delivered`, about);
    case 'training-held':
      return line(
        'people',
        html`${you(by)} trained ${to}`,
        countOf(Number(data.seats ?? 1), 'seat', 'seats'),
      );
    case 'case-opened':
      return line(
        'wrench',
        html`<b>${by}</b> opened case ${text(data.case)}`,
        capital(text(data.subject)),
        `${text(data.severity)} severity`,
      );
    case 'case-closed':
      return line(
        'check',
        html`${you(by)} closed case ${text(data.case)}`,
        capital(text(data.subject)),
      );
    case 'survey-answered':
      return line('star', html`<b>${by}</b> answered the survey: ${text(data.score)} of 10`, quote);
    case 'page-visited':
      return line('globe', html`<b>${by}</b> looked at the ${text(data.page)} page`);
    case 'competitor-named':
      return line('flag', html`<b>${by}</b> named ${text(data.competitor)}`, quote, about);
    case 'contact-joined':
      return line(
        'person',
        html`<b>${by}</b> joined as ${text(data.title).replace(/^(?!VP)./, (first) => first.toLowerCase())}`,
        rep ? `Contact added by ${with_}` : '',
      );
    case 'contact-left':
      return line('person', html`${to} left`, text(data.title));
    case 'contract-signed':
      return line('pen', html`<b>${by}</b> signed`, about);
    case 'trial-started':
      return line('flag', html`<b>${by}</b> started a trial`, about);
    case 'invoice-overdue':
      return line('alert', html`Invoice overdue`, toMoney(minor(data.amount)));
    case 'record-changed': {
      const stage = text((data.values as JsonObject).stage);
      return line('stage', html`${you(by)} moved the deal to ${stage}`, about);
    }
    default:
      return line('note', html`${fact.type.replaceAll('-', ' ')}`, words);
  }
}

function you(by: string): TemplateResult {
  return by === 'You' ? html`You` : html`${by}`;
}

function joinNames(crm: Crm, people: readonly RecordId[]): TemplateResult {
  return html`${people.map((id, i) => html`${i === 0 ? nothing : i === people.length - 1 ? ' and ' : ', '}<b>${nameOf(crm, id)}</b>`)}`;
}
