import { attributesOf, judge } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { dateOfDay, dayNumber } from '../core/zone.js';
import type { Condition, Situated } from '../domain/condition.js';
import type { Fact } from '../domain/fact.js';
import { isValidOn, type Play, type Trigger } from '../domain/playbook.js';
import type { EndReason, Evidence, Opening, RecordState, Subject } from '../domain/subject.js';
import { type AttributeValue, kindOf, type RecordKind } from '../domain/value.js';
import type { TriggerPlan } from './trigger-plan.js';

export type Triggered = Pick<Subject, 'openings' | 'standing'>;

/** The account as it is seen at one moment. */
export interface AccountView {
  readonly records: Subject['records'];
  situated(record: RecordState, event?: Fact['data']): Situated;
}

export interface Moment {
  readonly at: number;
  readonly view: AccountView;
  /** How things were before the fact, or before time passed: tells what changed. */
  readonly before?: AccountView;
  readonly fact?: Fact;
  readonly evidence?: Evidence;
  /** At a publish or a first import: what is true already opens as such, and what is not any more says why. */
  readonly initially?: boolean;
}

/**
 * What opens and what closes at one moment. A play opens when its condition turns true from false, unknown or never
 * judged, once; it is withdrawn when the condition is no longer true, and may open again after that, or, where `rearm`
 * is declared, after `rearm` has been true.
 */
export function judgeTriggers(
  state: Triggered,
  moment: Moment,
  { playbook, byId }: TriggerPlan,
): Triggered {
  const { at, view, fact, evidence, initially } = moment;
  const openings: { [key: string]: Opening } = { ...state.openings };
  const standing: { [key: string]: number } = { ...state.standing };
  /** Open now, by `play|record`. */
  const running = new Map<string, Opening>();
  const today = dateOfDay(dayNumber(at, playbook.zone));

  const open = (
    { id: play }: Play,
    { id: record }: RecordState,
    because: { readonly [part in keyof Opening]?: Opening[part] | undefined },
  ): void => {
    const key = `${play}|${record}|${at}`;
    openings[key] = defined({ key, play, record, begin: at, ...because }) as Opening;
  };
  const close = (
    opening: Opening,
    ended: EndReason,
    endedBy?: Opening['endedBy'],
    end: number = at,
  ): void => {
    openings[opening.key] = defined({ ...opening, end, ended, endedBy });
    running.delete(`${opening.play}|${opening.record}`);
  };

  const judgeRunning = (opening: Opening): void => {
    const key = `${opening.play}|${opening.record}`;
    const play = byId.get(opening.play);
    const record = view.records[opening.record];
    running.set(key, opening);
    if (!play || !opensBy(play, kindOf(opening.record), key in standing ? 'becomes' : 'event'))
      close(opening, 'playbook-changed');
    else if (!record || record.deleted) close(opening, 'record-gone');
    else if (at >= opening.begin + play.expiresMs)
      close(opening, 'expired', undefined, opening.begin + play.expiresMs);
    else if ('event' in play.trigger && play.trigger.until) {
      if (judge(play.trigger.until, view.situated(record)))
        close(opening, 'until', evidence && { fact: evidence });
    }
  };

  const judgeCondition = (
    play: Play,
    record: RecordState,
    { becomes, rearm }: Extract<Trigger, { becomes: unknown }>,
  ): void => {
    const key = `${play.id}|${record.id}`;
    const situated = view.situated(record);
    const stands = key in standing;
    if (!record.deleted && isValidOn(today, play.valid) && judge(becomes, situated)) {
      if (stands) return;
      standing[key] = at;
      open(play, record, {
        changed: initially ? undefined : whatChanged(moment, record, becomes),
        trueSinceBefore: initially,
        event: evidence,
      });
    } else if (stands) {
      if (!rearm || judge(rearm, situated)) delete standing[key];
      const opening = running.get(key);
      if (opening)
        close(
          opening,
          initially ? 'playbook-changed' : 'no-longer-true',
          defined({ ...whatChanged(moment, record, becomes), fact: evidence }),
        );
    }
  };

  const judgeEvent = (
    play: Play,
    record: RecordState,
    { event, where }: Extract<Trigger, { event: unknown }>,
  ): void => {
    if (fact?.type !== event || record.deleted || !isValidOn(today, play.valid)) return;
    if (play.about !== 'account' && !fact.about.includes(record.id)) return;
    if (running.has(`${play.id}|${record.id}`)) return;
    if (where && !judge(where, view.situated(record, fact.data))) return;
    open(play, record, {
      event: evidence && { ...evidence, data: fact.data },
      contact: fact.about.find((id) => kindOf(id) === 'contact'),
    });
  };

  for (const opening of Object.values(openings))
    if (opening.end === undefined) judgeRunning(opening);
  for (const key of Object.keys(standing)) {
    const [play = '', record = ''] = key.split('|');
    if (!opensBy(byId.get(play), kindOf(record), 'becomes')) delete standing[key];
  }
  for (const record of Object.values(view.records)) {
    for (const play of playbook.plays) {
      if (play.about !== record.kind) continue;
      if ('becomes' in play.trigger) judgeCondition(play, record, play.trigger);
      if ('event' in play.trigger) judgeEvent(play, record, play.trigger);
    }
  }
  return { openings, standing };
}

const opensBy = (play: Play | undefined, kind: RecordKind, by: 'becomes' | 'event'): boolean =>
  play !== undefined && play.about === kind && by in play.trigger;

/** The first attribute of the condition, in the order it is written, whose value is not what it was. */
function whatChanged(
  { view, before }: Moment,
  record: RecordState,
  condition: Condition,
): { attribute: string; from?: AttributeValue; to?: AttributeValue } | undefined {
  const earlier = before?.records[record.id];
  const then = earlier && before.situated(earlier);
  const now = view.situated(record);
  let unchanged: { attribute: string; to?: AttributeValue } | undefined;
  for (const attribute of attributesOf(condition)) {
    const from = then?.get(attribute);
    const to = now.get(attribute);
    if (String(from) !== String(to)) return defined({ attribute, from, to });
    if (to !== undefined) unchanged ??= { attribute, to };
  }
  return then && unchanged;
}
