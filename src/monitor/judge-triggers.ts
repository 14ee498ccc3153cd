import { attributesOf, judge } from '../core/condition.js';
import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { Lasting } from '../domain/lasting.js';
import type { Play, Trigger } from '../domain/playbook.js';
import type { EndReason, Evidence, Opening, RecordState, Subject } from '../domain/subject.js';
import { type AttributeValue, kindOf, type RecordId, type RecordKind } from '../domain/value.js';
import type { AccountView } from './account-view.js';
import { isValid, judgePlay } from './judge-play.js';
import type { Outlook, Watched } from './outlook.js';
import type { Completion, Revoked } from './patterns/feeding.js';
import type { ConditionPlay, TriggerPlan } from './trigger-plan.js';
import { addOpening, closeOpening, type Running, type TriggersDraft } from './triggers-draft.js';

export interface Moment {
  readonly at: number;
  readonly view: AccountView;
  /** How things were before the fact, or before time passed: tells what changed. Absent: nothing was judged before. */
  readonly before?: (() => AccountView) | undefined;
  /** Conditions that may come out otherwise than before, and until when they stay as they are. */
  readonly outlook: Outlook;
  /** No record became otherwise: only time has passed, or something happened. */
  readonly quiet?: boolean;
  readonly fact?: Fact | undefined;
  readonly evidence?: (() => Evidence) | undefined;
  /** Patterns and moments that came at this moment. */
  readonly completed?: readonly Completion[] | undefined;
  readonly revoked?: readonly Revoked[] | undefined;
  /** At a publish or a first import: what is true already opens as such, and what is not any more says why. */
  readonly initially?: boolean | undefined;
}

/**
 * What opens and what closes at one moment. A play opens when its condition turns true from false, unknown or never
 * judged, once; it is withdrawn when the condition is no longer true, and may open again after that, or, where `rearm`
 * is declared, after `rearm` has been true. Only conditions are judged that may come out otherwise than before.
 */
export function judgeTriggers(draft: TriggersDraft, moment: Moment, plan: TriggerPlan): void {
  const { at, view, fact, outlook, initially, quiet, completed = [], revoked = [] } = moment;
  const { byId } = plan;
  const { today } = view;
  const evidence = (): Evidence | undefined => moment.evidence?.();
  const endedBy = (): Opening['endedBy'] => {
    const ending = evidence();
    return ending && { fact: ending };
  };
  const findRunning = (play: string, record: RecordId): Opening | undefined => {
    for (const { opening } of draft.running)
      if (opening.play === play && opening.record === record) return opening;
    return undefined;
  };

  const changeOf = (record: RecordState, play: string): Opening['changed'] =>
    draft.forgetful ? undefined : whatChanged(moment, record, byId.get(play));

  const open = (
    play: string,
    { id: record }: RecordState,
    because: Partial<Opening>,
    until = Number.NEGATIVE_INFINITY,
  ): void => {
    const key = `${play}|${record}|${at}`;
    const opening: Opening = { key, play, record, begin: at, ...because };
    addOpening(draft, opening, until);
  };
  const close = (
    opening: Opening,
    ended: EndReason,
    endedBy?: Opening['endedBy'],
    end: number = at,
  ): void => closeOpening(draft, opening, { end, ended, endedBy });

  const howOpened = ({ record, play }: Opening): 'event' | 'becomes' =>
    draft.standing[record]?.[play] === undefined ? 'event' : 'becomes';

  const judgeRunning = (running: Running): void => {
    const { opening } = running;
    const play = byId.get(opening.play);
    const record = view.records[opening.record];
    if (!play || (initially && !opensBy(play, kindOf(opening.record), howOpened(opening))))
      close(opening, 'playbook-changed');
    else if (!record || record.deleted) close(opening, 'record-gone');
    else if (at >= opening.begin + play.expiresMs)
      close(opening, 'expired', undefined, opening.begin + play.expiresMs);
    else if (!quiet || running.until <= today) {
      const over = isOver(play, record);
      running.until = over.until;
      if (over.truth) close(opening, 'until', endedBy());
    }
  };

  const judgeConditions = (watched: Watched, plays: readonly ConditionPlay[]): void => {
    const { id, untils } = watched;
    const record = view.records[id] as RecordState;
    const stood = draft.standing[id] ?? {};
    let stands = stood;
    let soonest = Number.POSITIVE_INFINITY;
    for (let number = 0; number < untils.length; number++) {
      const known = untils[number] as number;
      if (known > today) {
        if (known < soonest) soonest = known;
        continue;
      }
      const own = plays[number] as ConditionPlay;
      const play = own.id;
      const since = stood[play];
      const { holds, stands: still, until } = judgePlay(own, record, view, since !== undefined);
      untils[number] = until;
      if (until < soonest) soonest = until;
      if (since === undefined && holds) {
        stands = { ...stands, [play]: at };
        open(
          play,
          record,
          initially
            ? { trueSinceBefore: true }
            : defined({
                changed: changeOf(record, play),
                event: evidence(),
              }),
        );
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
          defined({ ...changeOf(record, play), fact: evidence() }),
        );
    }
    watched.until = soonest;
    if (stands === stood) return;
    if (!draft.ownsStanding) {
      draft.standing = { ...draft.standing };
      draft.ownsStanding = true;
    }
    if (Object.keys(stands).length > 0) draft.standing[id] = stands;
    else delete draft.standing[id];
  };

  /** Whether what would end it holds already, and until when. */
  const isOver = ({ id }: Play, record: RecordState): Lasting =>
    plan.untils.get(id)?.(record, view) ?? NEVER_OVER;

  const judgeEvent = (
    play: Play,
    record: RecordState,
    { data, about }: Fact,
    { where }: Extract<Trigger, { event: unknown }>,
  ): void => {
    if (record.deleted || !isValid(play.valid, today)) return;
    if (play.about !== 'account' && !about.includes(record.id)) return;
    if (findRunning(play.id, record.id)) return;
    if (where && !judge(where, view.situated(record, data))) return;
    const over = isOver(play, record);
    if (over.truth) return;
    const event = evidence();
    const contact = about.find((id) => kindOf(id) === 'contact');
    const because = defined({ event: event && { ...event, data }, contact });
    open(play.id, record, because, over.until);
  };

  const judgeCompletion = ({ play, record: id, event, facts, contact }: Completion): void => {
    const record = view.records[id];
    const own = byId.get(play);
    if (!record || record.deleted || !isValid(own?.valid, today) || findRunning(play, id)) return;
    const over = own && isOver(own, record);
    if (over?.truth) return;
    open(play, record, defined({ event, matched: facts, contact }), over?.until);
  };

  for (const running of draft.running.slice()) judgeRunning(running);
  for (const { play, record, event } of revoked) {
    const opening = findRunning(play, record);
    if (opening?.event?.fact === event) close(opening, 'until', endedBy());
  }
  completed.forEach(judgeCompletion);
  if (initially) {
    draft.standing = withoutStrangers(draft.standing, plan);
    draft.ownsStanding = true;
  }
  for (const watched of outlook.watched) {
    const plays = watched.until <= today ? plan.kinds.get(watched.kind) : undefined;
    if (plays) judgeConditions(watched, plays);
  }
  const waiting = fact && plan.events.get(fact.type);
  if (!fact || !waiting?.length) return;
  for (const id in view.records) {
    const record = view.records[id] as RecordState;
    for (const play of waiting)
      if (play.about === record.kind && 'event' in play.trigger)
        judgeEvent(play, record, fact, play.trigger);
  }
}

const NEVER_OVER: Lasting = { truth: false, until: Number.POSITIVE_INFINITY };

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
): Opening['changed'] {
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
