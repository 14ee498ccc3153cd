import { defined } from '../core/defined.js';
import { OpportuneError } from '../core/errors.js';
import { dayOfDate, startOfDay } from '../core/zone.js';
import { type Fact, noteFact } from '../domain/fact.js';
import type { Play, Playbook, Reason } from '../domain/playbook.js';
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

/** Answers that concern the rep alone; what is not relevant is as its reason declares. */
const OF_REP: readonly string[] = ['not-relevant', 'snooze', 'helpful', 'not-helpful'];

/** Whether an answer spends the buyer's attention. */
export const isTouch = (response: Response, play: Play): boolean =>
  play.action.touch !== undefined && (response.kind === 'done' || response.kind === 'already-done');

/** The fact of an answer, for the account, the asker, and the contact whose ledger it spends. */
export function toResponseFact(request: ResponseRequest, context: ResponseContext): Fact {
  const { id, play, record, opening, account, asker, response } = request;
  const { contact, executed, now } = context;
  const { kind } = response;
  const channel = context.play.action.touch;
  const touches = isTouch(response, context.play) && (executed || kind === 'already-done');
  const occurredAt = Math.min(request.occurredAt, now);
  const data: ResponseData = defined({
    play,
    record,
    opening,
    response,
    scope: reasonOf(response, context)?.scope ?? (OF_REP.includes(kind) ? 'rep' : 'record'),
    touch: touches && channel ? defined({ channel, contact }) : undefined,
    restsUntil: restOf(response, occurredAt, context),
    executed,
  });
  const subjects = [account, asker];
  const about = [record];
  if (contact !== undefined) {
    about.push(contact);
    if (touches || kind === 'undo') subjects.push(contact);
  }
  return noteFact(
    {
      // An undo sorts after what it takes back, also within one millisecond.
      id: `response/${kind === 'undo' ? `${response.of}/undo/${id}` : id}`,
      type: 'response',
      subjects,
      about,
      occurredAt,
      by: asker,
      data: data as unknown as JsonObject,
    },
    now,
  );
}

function reasonOf(response: Response, { playbook }: ResponseContext): Reason | undefined {
  if (response.kind !== 'not-relevant') return undefined;
  return playbook.reasons.find(({ id }) => id === response.reason);
}

/** Until when the play rests on the record after an answer that was given then. */
function restOf(
  response: Response,
  at: number,
  { play: { coolDownMs }, playbook, executed }: ResponseContext,
): number | undefined {
  switch (response.kind) {
    case 'done':
      return executed ? at + coolDownMs.done : undefined;
    case 'already-done':
      return at + coolDownMs.done;
    case 'not-relevant':
      return at + coolDownMs.notRelevant;
    case 'snooze':
      return startOfDay(checkedDay(response.until), playbook.zone);
    default:
      return undefined;
  }
}

function checkedDay(date: string): number {
  const day = dayOfDate(date);
  if (Number.isNaN(day))
    throw new OpportuneError('opportune/not-a-day', `"${date}" is not a day`, {
      where: 'until',
      remedy: 'Write YYYY-MM-DD',
    });
  return day;
}

/** What an answer says about the record itself: the attributes that its reason sets, or the answer to a question. */
export function toClaim(request: ResponseRequest, context: ResponseContext): Fact | undefined {
  const { id, record, account, asker, response } = request;
  const { play, contact, now } = context;
  const { asks } = play.action;
  const answer = response.kind === 'done' ? response.answer : undefined;
  const sets =
    asks !== undefined && answer !== undefined
      ? { [asks]: answer }
      : (reasonOf(response, context)?.sets ?? {});
  // An attribute is set on the record of its kind: the card's own, its contact, or the account.
  for (const target of [record, account, contact ?? record]) {
    const prefix = `${kindOf(target)}.`;
    const own = Object.entries(sets).filter(([attribute]) => attribute.startsWith(prefix));
    if (own.length === 0) continue;
    const values = Object.fromEntries(
      own.map(([attribute, value]) => [attribute.slice(prefix.length), value]),
    );
    return noteFact(
      {
        id: `claim/${id}`,
        type: 'record-changed',
        subjects: kindOf(target) === 'contact' ? [account, target] : [account],
        about: [target],
        occurredAt: Math.min(request.occurredAt, now),
        grade: 'claimed',
        by: asker,
        data: { values },
      },
      now,
    );
  }
  return undefined;
}
