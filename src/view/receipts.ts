import { dayOfDate } from '../core/zone.js';
import type { Card } from '../domain/decision.js';
import type { Response, ResponseResult } from '../domain/response.js';
import type { CardView, PanelAnswer, ReceiptView } from '../domain/view.js';
import { ALREADY_DONE, OTHER_REASON, sentence } from './card-view.js';
import { clean } from './format.js';
import type { Reading } from './reading.js';

/** The answers that close a card; the others are about a card or its receipt. */
export type ClosingAnswer = Exclude<PanelAnswer, { kind: 'helpful' | 'outcome' }>;

export interface Answered {
  readonly response: Response;
  readonly receipt: ReceiptView;
  /** What a screen reader says. */
  readonly said: string;
  /** How the answer stands in the list of those that wait. */
  readonly waiting: string;
}

/** A rep's click as a response, with the words that confirm it. */
export function toAnswered(
  answer: ClosingAnswer,
  card: Card,
  view: CardView,
  responseId: string,
  { words, playbook, name }: Reading,
): Answered {
  const { strings } = words;
  const receipt = {
    type: 'receipt',
    id: view.id,
    responseId,
    undoable: true,
    tone: 'good',
  } as const;
  const undoable = (what: string): string => words.fill(strings.sayUndoable, { what });
  const wait = (text: string, holes: { readonly [hole: string]: string } = {}): string =>
    words.fill(text, { title: view.title, ...holes });
  if (answer.kind === 'snooze') {
    const day = dayOfDate(answer.until);
    const text = words.fill(strings.snoozedUntil, { day: words.day(day) });
    return {
      response: { kind: 'snooze', until: answer.until },
      receipt: { ...receipt, text, detail: view.title, askHelpful: false },
      said: undoable(
        `${words.fill(strings.snoozedUntil, { day: words.fullDay(day) })} ${view.title}`,
      ),
      waiting: wait(strings.waitSnoozed, { day: words.day(day) }),
    };
  }
  if (answer.kind === 'not-relevant') {
    if (answer.reason === ALREADY_DONE) {
      return {
        response: { kind: 'already-done' },
        receipt: {
          ...receipt,
          text: strings.alreadyDoneReceipt,
          detail: view.title,
          askHelpful: true,
        },
        said: undoable(strings.alreadyDoneReceipt),
        waiting: wait(strings.waitDone),
      };
    }
    const reason = card.reasons.find(({ id }) => id === answer.reason);
    const own = answer.text?.trim();
    const label = clean(reason?.label ?? (own || strings.anotherReason), 80);
    const text = words.fill(strings.hiddenFor, { name });
    return {
      response: {
        kind: 'not-relevant',
        reason: reason?.id ?? OTHER_REASON,
        ...(own && { text: own }),
      },
      receipt: {
        ...receipt,
        text,
        detail: label,
        note: words.fill(
          reason?.scope === 'record' ? strings.hiddenScopeRecord : strings.hiddenScopeRep,
          { name },
        ),
        ...(reason?.asks && { tipQuestion: clean(reason.asks) }),
        askHelpful: false,
      },
      said: undoable(`${text} ${label}`),
      waiting: wait(strings.waitHidden, { reason: label }),
    };
  }
  const chosen =
    answer.kind === 'option' && card.action.asks?.options.find(({ id }) => id === answer.choice);
  const buyer = card.action.contact?.name && clean(card.action.contact.name, 60);
  const { kind } = card.action;
  const named = kind === 'call' || kind === 'email';
  const text = chosen
    ? strings.optionReceipt
    : named
      ? words.fill(strings.done[kind], { name: buyer ?? strings.theBuyer })
      : strings.doneOther;
  const detail = chosen ? clean(chosen.label) : named ? undefined : view.title;
  const type = playbook.attributes.find(({ id }) => id === card.action.asks?.attribute)?.type;
  return {
    response: {
      kind: 'done',
      ...(chosen && {
        answer:
          type === 'boolean'
            ? chosen.id === 'true'
            : type === 'number'
              ? Number(chosen.id)
              : type === 'multi'
                ? [chosen.id]
                : chosen.id,
      }),
    },
    receipt: {
      ...receipt,
      text,
      ...(detail && { detail }),
      ...(kind === 'call' && {
        question: {
          text: strings.outcomeQuestion,
          choices: [
            { id: 'spoke', label: strings.spoke },
            { id: 'left-message', label: strings.leftMessage },
            { id: 'no-answer', label: strings.noAnswer },
          ],
        },
      }),
      ...(buyer && !chosen && { note: words.fill(strings.successNote, { name: buyer }) }),
      askHelpful: true,
    },
    said: undoable(detail ? `${text} ${detail}` : text),
    waiting: wait(strings.waitDone),
  };
}

/** What is told when an answer was not carried out; undefined when it was. */
export function toRefusal(
  result: ResponseResult,
  id: string,
  title: string,
  { words, who }: Pick<Reading, 'words' | 'who'>,
): ReceiptView | undefined {
  const { strings } = words;
  if (result.status === 'recorded') return undefined;
  const [text, note] =
    result.status === 'no-slot'
      ? [
          strings.noSlotReceipt,
          words.fill(strings.noSlotNote, {
            name: who(result.by),
            when: words.when(result.freesAt),
          }),
        ]
      : result.status === 'closed'
        ? [
            strings.closedReceipt,
            words.fill(strings.closedNote, {
              when: words.when(result.at),
              because: clean(result.because || strings.closedNoReason),
            }),
          ]
        : result.status === 'no-try'
          ? [strings.noTryTitle, strings.noTry[result.because]]
          : [strings.noSlotReceipt, strings.unknownNote];
  return {
    type: 'receipt',
    id,
    text,
    detail: sentence(title),
    note,
    undoable: false,
    askHelpful: false,
    tone: 'caution',
  };
}

/** Answers that take the card away. */
export function closes({ kind }: Response): boolean {
  return ['done', 'already-done', 'not-relevant', 'snooze'].includes(kind);
}

/** Those of which the rep has to learn that they were not carried out. */
export const tellsRefusal = (response: Response): boolean =>
  closes(response) || response.kind === 'try';
