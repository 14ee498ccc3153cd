import { attributesOf, judge } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { dateOfDay, dayNumber } from '../core/zone.js';
import type { Situated } from '../domain/condition.js';
import type { Fact } from '../domain/fact.js';
import type { Play } from '../domain/playbook.js';
import type { EndReason, Evidence, Opening, RecordState, Subject } from '../domain/subject.js';
import { type AttributeValue, kindOf, type RecordId } from '../domain/value.js';
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
export function judgeTriggers(state: Triggered, moment: Moment, plan: TriggerPlan): Triggered {
  const openings: { [key: string]: Opening } = { ...state.openings };
  const standing: { [key: string]: number } = { ...state.standing };
  const standingOf = new Map<RecordId, string[]>();
  for (const key of Object.keys(standing)) {
    const [play, record] = splitKey(key);
    standingOf.set(record, [...(standingOf.get(record) ?? []), play]);
  }
  const running = new Map<string, Opening>();
  for (const one of Object.values(openings))
    if (one.end === undefined) running.set(`${one.play}|${one.record}`, one);
  const change: Judging = { openings, standing, standingOf, running, moment, plan };
  closeWhatEnds(change);
  for (const record of Object.values(moment.view.records)) judgeConditions(change, record);
  if (moment.fact) openByEvent(change, moment.fact);
  return { openings, standing };
}

interface Judging {
  readonly openings: { [key: string]: Opening };
  readonly standing: { [key: string]: number };
  readonly standingOf: ReadonlyMap<RecordId, readonly string[]>;
  /** Open now, by `play|record`. */
  readonly running: Map<string, Opening>;
  readonly moment: Moment;
  readonly plan: TriggerPlan;
}

/** Whether the play runs on that day of the company. */
export function isValidOn(play: Play, day: string): boolean {
  const { from, until } = play.valid ?? {};
  return (from === undefined || day >= from) && (until === undefined || day <= until);
}

function close(
  change: Judging,
  opening: Opening,
  end: number,
  ended: EndReason,
  endedBy?: Opening['endedBy'],
): void {
  change.openings[opening.key] = defined({ ...opening, end, ended, endedBy });
  change.running.delete(`${opening.play}|${opening.record}`);
}

function closeWhatEnds(change: Judging): void {
  const { moment, plan } = change;
  for (const opening of [...change.running.values()]) {
    const play = plan.byId.get(opening.play);
    const record = moment.view.records[opening.record];
    if (!play || 'opened' in play.trigger) close(change, opening, moment.at, 'playbook-changed');
    else if (!record || record.deleted) close(change, opening, moment.at, 'record-gone');
    else if (moment.at >= opening.begin + play.expiresMs) {
      close(change, opening, opening.begin + play.expiresMs, 'expired');
    } else if ('event' in play.trigger && play.trigger.until) {
      if (judge(play.trigger.until, moment.view.situated(record)) === true) {
        close(change, opening, moment.at, 'until', moment.evidence && { fact: moment.evidence });
      }
    }
  }
}

function judgeConditions(change: Judging, record: RecordState): void {
  const { moment, plan, standing } = change;
  const matcher = plan.becomes.get(record.kind);
  if (!matcher) return;
  const situated = moment.view.situated(record);
  const today = dateOfDay(dayNumber(moment.at, plan.playbook.zone));
  const holding = new Set<string>();
  if (!record.deleted) {
    for (const id of matcher.match(situated)) {
      const play = plan.byId.get(id);
      if (play && isValidOn(play, today)) holding.add(id);
    }
  }
  for (const playId of change.standingOf.get(record.id) ?? []) {
    if (holding.has(playId)) continue;
    const play = plan.byId.get(playId);
    const rearm = play && 'becomes' in play.trigger ? play.trigger.rearm : undefined;
    if (!rearm || judge(rearm, situated) === true) delete standing[`${playId}|${record.id}`];
    const open = change.running.get(`${playId}|${record.id}`);
    if (open) {
      const reason = record.deleted
        ? 'record-gone'
        : moment.initially
          ? 'playbook-changed'
          : 'no-longer-true';
      close(
        change,
        open,
        moment.at,
        reason,
        defined({ ...whatChanged(change, record, play), fact: moment.evidence }),
      );
    }
  }
  for (const playId of holding) {
    const key = `${playId}|${record.id}`;
    if (Object.hasOwn(standing, key)) continue;
    standing[key] = moment.at;
    const play = plan.byId.get(playId);
    const changed = moment.initially ? undefined : whatChanged(change, record, play);
    open(
      change,
      playId,
      record.id,
      defined({
        changed,
        trueSinceBefore: moment.initially ? true : undefined,
        event: moment.evidence,
      }),
    );
  }
}

function open(change: Judging, play: string, record: RecordId, rest: Partial<Opening>): void {
  const begin = change.moment.at;
  const key = `${play}|${record}|${begin}`;
  const opening = { key, play, record, begin, ...rest };
  change.openings[key] = opening;
  change.running.set(`${play}|${record}`, opening);
}

/** The first attribute of the condition, in the order it is written, whose value is not what it was. */
function whatChanged(
  { moment }: Judging,
  record: RecordState,
  play: Play | undefined,
): { attribute: string; from?: AttributeValue; to?: AttributeValue } | undefined {
  if (!play || !('becomes' in play.trigger)) return undefined;
  const earlier = moment.before?.records[record.id];
  const then = earlier && moment.before?.situated(earlier);
  const now = moment.view.situated(record);
  let fallback: { attribute: string; to?: AttributeValue } | undefined;
  for (const attribute of attributesOf(play.trigger.becomes)) {
    const from = then?.get(attribute);
    const to = now.get(attribute);
    if (to !== undefined) fallback ??= { attribute, to };
    if (String(from) === String(to)) continue;
    return defined({ attribute, from, to });
  }
  return then ? fallback : undefined;
}

function openByEvent(change: Judging, fact: Fact): void {
  const { moment, plan, running } = change;
  const today = dateOfDay(dayNumber(moment.at, plan.playbook.zone));
  for (const play of plan.events.get(fact.type) ?? []) {
    if (!('event' in play.trigger) || !isValidOn(play, today)) continue;
    for (const record of Object.values(moment.view.records)) {
      if (record.kind !== play.about || record.deleted) continue;
      if (play.about !== 'account' && !fact.about.includes(record.id)) continue;
      if (running.has(`${play.id}|${record.id}`)) continue;
      const where = play.trigger.where;
      if (where && judge(where, moment.view.situated(record, fact.data)) !== true) continue;
      const contact = fact.about.find((id) => kindOf(id) === 'contact');
      open(
        change,
        play.id,
        record.id,
        defined({
          event: moment.evidence ? { ...moment.evidence, data: fact.data } : undefined,
          contact,
        }),
      );
    }
  }
}

/** `play|record` in its two parts; a play's id holds no bar. */
export function splitKey(key: string): readonly [string, string] {
  const bar = key.indexOf('|');
  return [key.slice(0, bar), key.slice(bar + 1)];
}
