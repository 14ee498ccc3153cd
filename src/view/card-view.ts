import type { Card, Changed, EvidenceView } from '../domain/decision.js';
import { GRADES } from '../domain/fact.js';
import type { CardView, EvidenceLineView } from '../domain/view.js';
import { toFacts } from './facts.js';
import { capital, clean, plain } from './format.js';
import { safeHref, toMaterial } from './material.js';
import { toEventText, toHappened } from './pattern-text.js';
import type { Reading } from './reading.js';
import { toSnooze } from './snooze.js';
import { tryOf } from './tries.js';

/** Reasons that every playbook has: it was done elsewhere, and one in the rep's own words. */
export const ALREADY_DONE = 'already-done';
export const OTHER_REASON = 'other';

/** A card as a panel draws it. Everything in it is text; nothing of it is markup. */
export function toCardView(card: Card, reading: Reading): CardView {
  const { words } = reading;
  const { strings } = words;
  const why = words.phrase(card.why);
  const changed = toChanged(card, reading);
  const { asks, contact } = card.action;
  const href = hrefOf(card);
  const buyer = contact?.name && clean(contact.name, 60);
  const scopes = new Set(card.reasons.map((reason) => reason.scope));
  return {
    type: 'card',
    id: card.opening,
    title: words.phrase(card.title),
    why,
    line: changed ? sentence(changed.text) : why,
    ...(changed && { changed }),
    primary: {
      kind: card.action.kind,
      label: card.action.verb
        ? words.phrase(card.action.verb)
        : words.fill(strings.verbs[card.action.kind], {
            name: buyer ? firstName(buyer) : strings.theBuyer,
          }),
      description:
        strings[
          href?.startsWith('tel:')
            ? 'doesTel'
            : href?.startsWith('mailto:')
              ? 'doesMail'
              : href
                ? 'doesLink'
                : 'doesNothing'
        ],
      ...(href && { href }),
    },
    ...(asks && {
      options: {
        question: clean(asks.label),
        choices: asks.options.map(({ id, label }) => ({ id, label: clean(label, 80) })),
      },
    }),
    ...(card.ledger &&
      card.action.touch &&
      !card.mandatory &&
      !card.buyerRequested && {
        touches: {
          text: words.count(strings.touchCount, card.ledger.used + 1, {
            name: buyer ? firstName(buyer) : reading.name,
            limit: words.number(card.ledger.limit),
            days: words.count(strings.days, card.ledger.days),
          }),
          used: card.ledger.used,
          limit: card.ledger.limit,
        },
      }),
    facts: toFacts(card, reading),
    contents: card.contents.map((content) => toMaterial(content, reading)),
    evidence: [...card.evidence]
      .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade))
      .map((evidence) => toEvidenceLine(evidence, card.play, reading)),
    ...tryOf(card, reading),
    reasons: [
      { id: ALREADY_DONE, label: strings.alreadyDone },
      ...card.reasons
        .map(({ id, label }) => ({ id, label: clean(label, 80) }))
        .filter(
          ({ id, label }) =>
            id !== ALREADY_DONE && id !== OTHER_REASON && label !== strings.alreadyDone,
        ),
      { id: OTHER_REASON, label: strings.anotherReason },
    ],
    reasonsNote: words.fill(
      scopes.size === 1
        ? scopes.has('rep')
          ? strings.hidesForRep
          : strings.hidesForAll
        : strings.hidesMixed,
      { name: reading.name },
    ),
    snooze: toSnooze(reading),
  };
}

function toChanged(card: Card, reading: Reading): CardView['changed'] {
  const { changed } = card;
  if (!changed) return undefined;
  const { words } = reading;
  const { actual, required, unit } = changed;
  const { strings } = words;
  const text = changedText(card.play, changed, reading);
  const when = changed.trueSinceBefore
    ? strings.trueSinceBefore
    : words.when(Date.parse(changed.at));
  // On the bound itself there is no distance to draw, and nothing to add to the sentence.
  if (
    actual === undefined ||
    required === undefined ||
    (actual === required && !changed.compared)
  ) {
    return { text, when };
  }
  const most = Math.max(actual, required);
  return {
    text,
    when,
    ...(Math.min(actual, required) >= 0 &&
      most > 0 && { scale: { kind: 'gap', dot: actual / most, tick: required / most } as const }),
    compared: changed.compared
      ? words.phrase(changed.compared)
      : words.fill(actual < required ? strings.opensBelow : strings.opensAt, {
          value: words.value(required, { type: 'number', ...(unit && { unit }) }),
        }),
  };
}

/** A pattern, a moment and a machine's transition as a sentence; else as the agent says it. */
function changedText(id: string, changed: Changed, reading: Reading): string {
  const { words, playbook } = reading;
  const text = words.phrase(changed.text);
  if (changed.from) {
    const { value, ...about } = changed.from;
    return words.fill(words.strings.stateFrom, { text, from: words.value(value, about) });
  }
  const play = playbook.plays.find((one) => one.id === id);
  return (play && toHappened(changed, play.trigger, reading)) ?? text;
}

function toEvidenceLine(evidence: EvidenceView, id: string, reading: Reading): EvidenceLineView {
  const { words, playbook } = reading;
  const { strings } = words;
  const [said] = evidence.text;
  const isEvent = !evidence.quote && typeof said === 'object' && said.unit === 'fact-type';
  const trigger = playbook.plays.find((play) => play.id === id)?.trigger;
  const types: { readonly [type: string]: string } = strings.types;
  const who = evidence.by?.name;
  const when = words.when(Date.parse(evidence.at));
  return {
    text: evidence.quote
      ? words.fill(strings.quote, { text: clean(evidence.quote) })
      : isEvent && trigger
        ? capital(toEventText(evidence.type, trigger, reading))
        : words.phrase(evidence.text),
    grade: evidence.grade,
    gradeLabel: strings.grades[evidence.grade],
    // Beside an event that is told by its name, the name would stand twice.
    meta: isEvent
      ? who
        ? words.fill(strings.evidenceEvent, { who: clean(who), when })
        : when
      : words.fill(who ? strings.evidenceMeta : strings.evidenceMetaNobody, {
          ...(who && { who: clean(who) }),
          type: types[evidence.type] ?? plain(evidence.type),
          when,
        }),
  };
}

/** What the filled button opens. Only addresses whose scheme cannot run anything. */
function hrefOf({ action }: Card): string | undefined {
  const { phone, email } = action.contact ?? {};
  if (action.link) return safeHref(action.link);
  const channel = action.touch ?? action.kind;
  if (channel === 'call' && phone && /^[+\d][\d\s().-]{2,30}$/.test(phone)) {
    return `tel:${phone.replace(/[^+\d]/g, '')}`;
  }
  if (channel === 'email' && email && /^[^\s@?&<>"]{1,64}@[^\s@?&<>"]{1,190}$/.test(email)) {
    return `mailto:${email.replace(/[^\w.@+-]/g, encodeURIComponent)}`;
  }
  return undefined;
}

/** "Call Dana", as colleagues say it; a title such as "Dr." or a short first part keeps the whole name. */
function firstName(name: string): string {
  const [first = ''] = name.split(' ');
  return /^[\p{L}'’-]{3,}$/u.test(first) ? first : name;
}

export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
