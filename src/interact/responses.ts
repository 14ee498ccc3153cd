import { defined } from '../core/defined.js';
import { dayOfDate, startOfDay } from '../core/zone.js';
import type { Fact } from '../domain/fact.js';
import type { Play, Playbook } from '../domain/playbook.js';
import type { Response, ResponseData, ResponseRequest } from '../domain/response.js';
import { type JsonObject, kindOf, type RecordId } from '../domain/value.js';

export interface ResponseContext {
  readonly playbook: Playbook;
  readonly play: Play;
  /** The contact that the card named. */
  readonly contact?: RecordId;
  /** False: the card had closed when the answer came. */
  readonly executed: boolean;
  readonly now: number;
}

/** Whether an answer spends the buyer's attention. */
export const isTouch = (response: Response, play: Play): boolean =>
  play.action.touch !== undefined && (response.kind === 'done' || response.kind === 'already-done');

/** The fact of an answer, for the account, the asker, and the contact whose ledger it spends. */
export function toResponseFact(request: ResponseRequest, context: ResponseContext): Fact {
  const { play, contact, executed, now } = context;
  const { response } = request;
  const touches = isTouch(response, play) && (executed || response.kind === 'already-done');
  const restsUntil = restOf(request, context);
  const data: ResponseData = defined({
    play: request.play,
    record: request.record,
    opening: request.opening,
    response,
    scope: scopeOf(response, context.playbook),
    touch:
      touches && play.action.touch ? defined({ channel: play.action.touch, contact }) : undefined,
    restsUntil,
    executed,
  });
  const undoes = response.kind === 'undo' && contact !== undefined;
  return {
    // An undo sorts after what it takes back, also within one millisecond.
    id:
      response.kind === 'undo'
        ? `response/${response.of}/undo/${request.id}`
        : `response/${request.id}`,
    type: 'response',
    subjects: [
      request.account,
      request.asker,
      ...(contact !== undefined && (touches || undoes) ? [contact] : []),
    ],
    about: [request.record, ...(contact === undefined ? [] : [contact])],
    occurredAt: Math.min(request.occurredAt, now),
    learnedAt: now,
    grade: 'observed',
    by: request.asker,
    data: data as unknown as JsonObject,
  };
}

/** What an answer says about the record itself: the attributes that its reason sets, or the answer to a question. */
export function toClaim(request: ResponseRequest, context: ResponseContext): Fact | undefined {
  const { response } = request;
  const { play, playbook, now } = context;
  let sets: { readonly [attribute: string]: unknown } | undefined;
  if (response.kind === 'not-relevant')
    sets = playbook.reasons.find(({ id }) => id === response.reason)?.sets;
  if (response.kind === 'done' && response.answer !== undefined && play.action.asks !== undefined) {
    sets = { [play.action.asks]: response.answer };
  }
  if (!sets) return undefined;
  // An attribute is set on the record of its kind: the card's own, its contact, or the account.
  const targets = [
    request.record,
    request.account,
    ...(context.contact === undefined ? [] : [context.contact]),
  ];
  const target = targets.find((id) =>
    Object.keys(sets).some((attribute) => attribute.startsWith(`${kindOf(id)}.`)),
  );
  if (target === undefined) return undefined;
  const prefix = `${kindOf(target)}.`;
  const own = Object.entries(sets).filter(([attribute]) => attribute.startsWith(prefix));
  return {
    id: `claim/${request.id}`,
    type: 'record-changed',
    subjects: kindOf(target) === 'contact' ? [request.account, target] : [request.account],
    about: [target],
    occurredAt: Math.min(request.occurredAt, now),
    learnedAt: now,
    grade: 'claimed',
    by: request.asker,
    data: {
      values: Object.fromEntries(
        own.map(([attribute, value]) => [attribute.slice(prefix.length), value]),
      ) as JsonObject,
    },
  };
}

function scopeOf(response: Response, playbook: Playbook): 'rep' | 'record' {
  switch (response.kind) {
    case 'not-relevant':
      return playbook.reasons.find(({ id }) => id === response.reason)?.scope ?? 'rep';
    case 'snooze':
    case 'helpful':
    case 'not-helpful':
      return 'rep';
    case 'done':
    case 'already-done':
    case 'outcome':
    case 'undo':
      return 'record';
  }
}

function restOf(
  { response, occurredAt }: ResponseRequest,
  { play, playbook, executed, now }: ResponseContext,
): number | undefined {
  const from = Math.min(occurredAt, now);
  switch (response.kind) {
    case 'done':
      return executed ? from + play.coolDownMs.done : undefined;
    case 'already-done':
      return from + play.coolDownMs.done;
    case 'not-relevant':
      return from + play.coolDownMs.notRelevant;
    case 'snooze':
      return startOfDay(dayOfDate(response.until), playbook.zone);
    default:
      return undefined;
  }
}
