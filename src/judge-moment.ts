import { dayNumber, startOfDay } from './core/zone.js';
import { type Course, createWatching, type Judging, look, lookBack, watch } from './course.js';
import { findNextGrants, regrant } from './deliver/ledger.js';
import type { Change } from './domain/draft.js';
import { NO_MEMORY } from './domain/pattern.js';
import type { Evidence, Subject } from './domain/subject.js';
import { kindOf } from './domain/value.js';
import type { Model } from './model.js';
import type { AccountView } from './monitor/account-view.js';
import { judgeTriggers } from './monitor/judge-triggers.js';
import type { Outlook } from './monitor/outlook.js';
import { toEvidence } from './record/evidence.js';

/** Machines, triggers and grants at the moment that a subject has come to, and those that follow it. */
export function judgeAt(course: Course, model: Model, judging: Judging): void {
  if (isJudged(course)) {
    renew(course, model, judging);
    judgeMachines(course, model, judging);
    judgePlays(course, model, judging);
  }
  course.ledger = regrant(course.ledger, model.playbook, course.judgedAt);
  for (const { course: own, model: models } of course.followers ?? []) {
    own.records = course.records;
    own.changes = course.changes;
    judgeAt(own, models(own.playbook), judging);
  }
  course.noteMoment?.(judging);
  course.changes = [];
}

/** Where all may have become otherwise, all of it is judged. */
function renew(course: Course, model: Model, { initially }: Judging): void {
  if (initially || course.unjudged || model.triggers.turnsOfValidity.includes(course.judgedAt))
    course.watching = createWatching(course, model);
  look(course, course.judgedAt, model);
}

function judgeMachines(course: Course, model: Model, { fact, from }: Judging): void {
  const { machines } = watch(course, model);
  if (!machines) return;
  touch(machines, course.changes);
  model.machines?.judge(course, { from, at: course.judgedAt, view: course, fact }, machines);
}

function judgePlays(
  course: Course,
  model: Model,
  { fact, from, initially, completed, revoked }: Judging,
): void {
  const { judgedAt: at, changes } = course;
  const { plays } = watch(course, model);
  touch(plays, changes);
  let evidence: Evidence | undefined;
  let past: AccountView | undefined;
  judgeTriggers(
    course,
    {
      at,
      view: course,
      // As things were just before the fact, or before the day that has come.
      before: initially
        ? undefined
        : () => (past ??= lookBack(course, Math.max(from, at - 1), model)),
      outlook: plays,
      quiet: changes.length === 0 && !initially,
      fact,
      evidence: fact && (() => (evidence ??= toEvidence(fact))),
      completed,
      revoked,
      initially,
    },
    model.triggers,
  );
  course.unjudged = undefined;
}

function touch(outlook: Outlook, changes: readonly Change[]): void {
  for (const change of changes) outlook.touch(change);
}

/** Whether plays open on it. */
export const isJudged = ({
  key,
  playbook,
  mergedInto,
}: Pick<Subject, 'key' | 'playbook' | 'mergedInto'>): boolean =>
  kindOf(key) === 'account' && playbook !== '' && mergedInto === undefined;

/** The next moment at which time alone may change something; infinity where none will. */
export function findWake(course: Course, model: Model): number {
  const { playbook, triggers } = model;
  const { ledger, clock, answers } = course;
  let soonest = Number.POSITIVE_INFINITY;
  // Its survivor wakes in its place.
  if (course.mergedInto) return soonest;
  const consider = (moment: number | undefined): void => {
    if (moment && moment > clock && moment < soonest) soonest = moment;
  };
  if (ledger.bids.length > 0) findNextGrants(ledger, playbook, clock).forEach(consider);
  if (!isJudged(course)) return soonest;
  const { plays, machines } = watch(course, model);
  let day = plays.nextDay();
  if (machines) {
    day = Math.min(day, machines.nextDay());
    consider(machines.nextEnd());
  }
  for (const running of course.running) {
    const { opening } = running;
    consider(opening.from);
    consider(opening.begin + (triggers.byId.get(opening.play)?.expiresMs ?? 0));
    const until = triggers.untils.get(opening.play);
    const own = until && course.records[opening.record];
    if (!own) continue;
    if (running.until === Number.NEGATIVE_INFINITY) {
      const { key, records } = course;
      const today = dayNumber(clock, playbook.zone);
      running.until = until(own, { key, records, today }).until;
    }
    day = Math.min(day, running.until);
  }
  if (day !== Number.POSITIVE_INFINITY) consider(startOfDay(day, playbook.zone));
  for (const place in answers)
    for (const { restsUntil, undone } of answers[place] ?? []) if (!undone) consider(restsUntil);
  triggers.turnsOfValidity.forEach(consider);
  consider(findDue(course, model));
  return soonest;
}

/** When the next silence is over or the next moment comes. */
export function findDue(course: Course, { triggers }: Model): number {
  const { patterns } = course;
  if (course.due?.patterns !== patterns || !course.due)
    course.due = {
      patterns,
      at: triggers.patterns?.findNextDue(patterns ?? NO_MEMORY) ?? Number.POSITIVE_INFINITY,
    };
  return course.due.at;
}
