import { attributesOf, judge } from '../core/condition.js';
import { defined } from '../core/defined.js';
import type { Situated } from '../domain/condition.js';
import type { Fact } from '../domain/fact.js';
import type { SubjectOnDay } from '../domain/lasting.js';
import type { Play, Trigger } from '../domain/playbook.js';
import {
  type EndReason,
  type Evidence,
  type Opening,
  openOf,
  type RecordState,
  type Subject,
} from '../domain/subject.js';
import {
  type AttributeValue,
  kindOf,
  type RecordId,
  type RecordKind,
  type SubjectKey,
} from '../domain/value.js';
import { isValidPlay, judgePlay } from './judge-play.js';
import type { Outlook, Stale } from './outlook.js';
import type { Completion, Revoked } from './patterns/feeding.js';
import type { ConditionPlay, TriggerPlan } from './trigger-plan.js';

export type Triggered = Pick<Subject, 'openings' | 'standing'>;

/** The account as it is seen at one moment. */
export interface AccountView extends SubjectOnDay {
  situated(record: RecordState, event?: Fact['data']): Situated;
}

export interface Moment {
  readonly at: number;
  readonly account: SubjectKey;
  readonly view: AccountView;
  /** How things were before the fact, or before time passed: tells what changed. Absent: nothing was judged before. */
  readonly before?: () => AccountView;
  /** Conditions that may come out otherwise than before, and where it is noted for how long they stay as they are. */
  readonly stale: Stale;
  readonly outlook: Pick<Outlook, 'note'>;
  readonly fact?: Fact;
  readonly evidence?: Evidence;
  /** Patterns and moments that came at this moment. */
  readonly completed?: readonly Completion[];
  readonly revoked?: readonly Revoked[];
  /** At a publish or a first import: what is true already opens as such, and what is not any more says why. */
  readonly initially?: boolean;
}

/**
 * What opens and what closes at one moment. A play opens when its condition turns true from false, unknown or never
 * judged, once; it is withdrawn when the condition is no longer true, and may open again after that, or, where `rearm`
 * is declared, after `rearm` has been true. Only conditions are judged that may come out otherwise than before.
 */
export function judgeTriggers(state: Triggered, moment: Moment, plan: TriggerPlan): Triggered {
  const { at, view, fact, evidence, initially, completed = [], revoked = [] } = moment;
  const { byId } = plan;
  let { openings, standing } = state;
  const findRunning = (play: string, record: RecordId): Opening | undefined =>
    openOf(openings).find((one) => one.play === play && one.record === record);
  const isValid = (play: string): boolean => isValidPlay(plan, play, view.today);

  const open = (
    play: string,
    { id: record }: RecordState,
    because: { readonly [part in keyof Opening]?: Opening[part] | undefined },
  ): void => {
    const key = `${play}|${record}|${at}`;
    const opening = defined({ key, play, record, begin: at, ...because }) as Opening;
    openings = { ...openings, [key]: opening };
  };
  const close = (
    opening: Opening,
    ended: EndReason,
    endedBy?: Opening['endedBy'],
    end: number = at,
  ): void => {
    openings = { ...openings, [opening.key]: defined({ ...opening, end, ended, endedBy }) };
  };

  const judgeRunning = (opening: Opening): void => {
    const play = byId.get(opening.play);
    const record = view.records[opening.record];
    const by = standing[opening.record]?.[opening.play] === undefined ? 'event' : 'becomes';
    if (!play || (initially && !opensBy(play, kindOf(opening.record), by)))
      close(opening, 'playbook-changed');
    else if (!record || record.deleted) close(opening, 'record-gone');
    else if (at >= opening.begin + play.expiresMs)
      close(opening, 'expired', undefined, opening.begin + play.expiresMs);
    else if (isOver(play, record)) close(opening, 'until', evidence && { fact: evidence });
  };

  const judgeConditions = (
    record: RecordState,
    plays: readonly ConditionPlay[],
    numbers: ReadonlySet<number>,
  ): void => {
    const { id } = record;
    const stood = standing[id] ?? {};
    let stands = stood;
    for (const number of [...numbers].sort((a, b) => a - b)) {
      const own = plays[number] as ConditionPlay;
      const play = own.id;
      const since = stood[play];
      const {
        holds,
        stands: still,
        until,
      } = judgePlay(own, record, view, {
        stood: since !== undefined,
        isValid: isValid(play),
      });
      moment.outlook.note(record, number, until);
      if (since === undefined && holds) {
        stands = { ...stands, [play]: at };
        open(play, record, {
          changed: initially ? undefined : whatChanged(moment, record, byId.get(play)),
          trueSinceBefore: initially,
          event: evidence,
        });
      }
      if (since === undefined || holds) continue;
      if (!still) {
        const { [play]: _, ...others } = stands;
        stands = others;
      }
      const opening = findRunning(play, id);
      if (opening)
        close(
          opening,
          initially ? 'playbook-changed' : 'no-longer-true',
          defined({ ...whatChanged(moment, record, byId.get(play)), fact: evidence }),
        );
    }
    if (stands === stood) return;
    const { [id]: _, ...others } = standing;
    standing = Object.keys(stands).length > 0 ? { ...others, [id]: stands } : others;
  };

  /** What would end it holds already. */
  const isOver = ({ trigger }: Play, record: RecordState): boolean =>
    'until' in trigger && !!trigger.until && judge(trigger.until, view.situated(record)) === true;

  const judgeEvent = (
    play: Play,
    record: RecordState,
    { data, about }: Fact,
    { where }: Extract<Trigger, { event: unknown }>,
  ): void => {
    if (record.deleted || !isValid(play.id)) return;
    if (play.about !== 'account' && !about.includes(record.id)) return;
    if (findRunning(play.id, record.id)) return;
    if (where && !judge(where, view.situated(record, data))) return;
    if (isOver(play, record)) return;
    open(play.id, record, {
      event: evidence && { ...evidence, data },
      contact: about.find((id) => kindOf(id) === 'contact'),
    });
  };

  const judgeCompletion = ({ play, record: id, event, facts, contact }: Completion): void => {
    const record = view.records[id];
    const own = byId.get(play);
    if (!record || record.deleted || !isValid(play) || findRunning(play, id)) return;
    if (own && isOver(own, record)) return;
    open(play, record, { event, matched: facts, contact });
  };

  for (const opening of openOf(state.openings)) judgeRunning(opening);
  for (const { play, record, event } of revoked) {
    const opening = findRunning(play, record);
    if (opening?.event?.fact === event) close(opening, 'until', evidence && { fact: evidence });
  }
  completed.forEach(judgeCompletion);
  if (initially) standing = withoutStrangers(standing, plan);
  const waiting = (fact && plan.events.get(fact.type)) || [];
  for (const id in view.records) {
    const record = view.records[id] as RecordState;
    const numbers = moment.stale.get(id);
    const plays = numbers && plan.kinds.get(record.kind);
    if (plays) judgeConditions(record, plays, numbers);
    for (const play of waiting)
      if (play.about === record.kind && fact && 'event' in play.trigger)
        judgeEvent(play, record, fact, play.trigger);
  }
  return { openings, standing };
}

/** What stood by a play that is not there any more, or is now about something else, does not stand. */
function withoutStrangers(
  standing: Subject['standing'],
  { byId }: TriggerPlan,
): Subject['standing'] {
  const left: { [record: RecordId]: { readonly [play: string]: number } } = {};
  for (const [record, plays] of Object.entries(standing)) {
    const kept = Object.entries(plays).filter(([play]) =>
      opensBy(byId.get(play), kindOf(record), 'becomes'),
    );
    if (kept.length > 0) left[record] = Object.fromEntries(kept);
  }
  return left;
}

/** Whether it opens for records of that kind, while a condition holds or by something that happens. */
const opensBy = (play: Play | undefined, kind: RecordKind, by: 'becomes' | 'event'): boolean =>
  play !== undefined &&
  play.about === kind &&
  !('opened' in play.trigger) &&
  'becomes' in play.trigger === (by === 'becomes');

/** The first attribute of what the play waits for, in the order it is written, whose value is not what it was. */
function whatChanged(
  { view, before }: Moment,
  record: RecordState,
  play: Play | undefined,
): { attribute: string; from?: AttributeValue; to?: AttributeValue } | undefined {
  const past = before?.();
  const earlier = past?.records[record.id];
  const then = earlier && past?.situated(earlier);
  const now = view.situated(record);
  let unchanged: { attribute: string; to?: AttributeValue } | undefined;
  for (const attribute of play && 'becomes' in play.trigger
    ? attributesOf(play.trigger.becomes)
    : []) {
    const from = then?.get(attribute);
    const to = now.get(attribute);
    if (String(from) !== String(to)) return defined({ attribute, from, to });
    if (to !== undefined) unchanged ??= { attribute, to };
  }
  return then && unchanged;
}
