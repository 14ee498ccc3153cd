import { defined } from './core/defined.js';
import { dayNumber, startOfDay } from './core/zone.js';
import { findNextGrants, regrant } from './deliver/ledger.js';
import { openOf, type RecordState, type Subject } from './domain/subject.js';
import { kindOf } from './domain/value.js';
import type { Model } from './model.js';
import { notePlays } from './monitor/judge-play.js';
import type { AccountView, Moment } from './monitor/judge-triggers.js';
import { createOutlook, type Outlook } from './monitor/outlook.js';
import { toEvidence } from './record/evidence.js';
import { bringIntoView, createScene, situate } from './record/situate.js';

/** What was judged of a subject, and for how long it holds: as it would be found by judging all of it anew. */
interface Watching {
  readonly subject: Pick<Subject, 'records' | 'standing' | 'judgedAt'>;
  readonly model: Model;
  readonly plays: Outlook;
  readonly machines: Outlook | undefined;
}

/** Of subjects that may go on, by their records. */
const watchings = new WeakMap<Subject['records'], Watching>();

/** The one that is kept, or made anew; who changes it keeps it for what comes of the subject. */
function watch(subject: Subject, model: Model): Watching {
  const { records, standing, judgedAt } = subject;
  const kept = watchings.get(records);
  if (
    kept?.model === model &&
    kept.subject.records === records &&
    kept.subject.standing === standing &&
    kept.subject.judgedAt === judgedAt
  )
    return kept;
  const made = createWatching(subject, model);
  const view = viewOf(subject, subject.clock, model);
  notePlays(made.plays, standing, view, model.triggers);
  if (made.machines)
    model.machines?.note(made.machines, made.machines.findStale(records, view.today), view);
  watchings.set(records, made);
  return made;
}

/** Nothing has been judged yet. */
function createWatching(subject: Subject, model: Model): Watching {
  const { machines, triggers } = model;
  return {
    subject,
    model,
    plays: createOutlook(triggers.watch),
    machines: machines && createOutlook(machines.watch),
  };
}

/**
 * Triggers and grants at the moment that a subject has come to. Without an earlier subject, at a publish: what is true
 * already opens as such.
 */
export function judgeAt(
  given: Subject,
  before: Subject | undefined,
  model: Model,
  {
    fact,
    completed,
    revoked,
    from = before?.clock ?? given.judgedAt,
  }: Pick<Moment, 'fact' | 'completed' | 'revoked'> & { readonly from?: number } = {},
): Subject {
  const { key, judgedAt: at } = given;
  if (!isJudged(given)) return { ...given, ledger: regrant(given.ledger, model.playbook, at) };
  const { triggers, machines } = model;
  const everything = !before || before.unjudged || triggers.turnsOfValidity.includes(at);
  const watching = everything ? createWatching(given, model) : watch(before, model);
  const view = viewOf(given, at, model);
  const { today } = view;
  let { records } = given;
  if (machines && watching.machines) {
    const stale = watching.machines.findStale(records, today);
    const hasMoved = ({ id }: RecordState, number: number): boolean =>
      stale.get(id)?.has(number) === true;
    records = model.step(given, defined({ from, at, fact, hasMoved }));
    const noted = records === given.records ? stale : watching.machines.findStale(records, today);
    machines.note(watching.machines, noted, { key, records, today });
  }
  const subject = records === given.records ? given : { ...given, records };
  const triggered = model.judge(
    subject,
    defined({
      at,
      account: key,
      view: subject === given ? view : viewOf(subject, at, model),
      // As things were just before the fact, or before the day that has come.
      before: before && (() => viewOf(before, Math.max(before.clock, at - 1), model)),
      stale: watching.plays.findStale(records, today),
      outlook: watching.plays,
      initially: before ? undefined : true,
      fact,
      evidence: fact && toEvidence(fact),
      completed,
      revoked,
    }),
  );
  watching.plays.settle(records);
  const ledger = regrant(subject.ledger, model.playbook, at);
  const judged = defined({
    ...subject,
    ...triggered,
    ...(subject.unjudged && { unjudged: undefined }),
    ledger,
  });
  const { standing } = judged;
  watchings.set(records, { ...watching, subject: { records, standing, judgedAt: at } });
  return judged;
}

/** Whether plays open on it. */
export const isJudged = ({ key, playbook, mergedInto }: Subject): boolean =>
  kindOf(key) === 'account' && playbook !== '' && mergedInto === undefined;

export function viewOf(
  subject: Pick<Subject, 'key' | 'records'>,
  now: number,
  { attributes }: Model,
): AccountView {
  const scene = createScene(attributes, subject, now);
  return {
    key: subject.key,
    records: subject.records,
    today: scene.today,
    situated: (record, event) => situate(bringIntoView(scene, record, event)),
  };
}

/** The next moment at which time alone may change something; infinity where none will. */
export function findWake(subject: Subject, model: Model): number {
  const { playbook, triggers, machines } = model;
  const { key, ledger, clock, openings, answers, records } = subject;
  let soonest = Number.POSITIVE_INFINITY;
  // Its survivor wakes in its place.
  if (subject.mergedInto) return soonest;
  const consider = (moment: number | undefined): void => {
    if (moment && moment > clock && moment < soonest) soonest = moment;
  };
  findNextGrants(ledger, playbook, clock).forEach(consider);
  if (!isJudged(subject)) return soonest;
  const watching = watch(subject, model);
  const today = dayNumber(clock, playbook.zone);
  let day = Math.min(watching.plays.next(), watching.machines?.next() ?? soonest);
  consider(machines?.findWake(records, clock));
  for (const { play, record, begin, from } of openOf(openings)) {
    consider(from);
    consider(begin + (triggers.byId.get(play)?.expiresMs ?? 0));
    const until = triggers.untils.get(play);
    const own = until && records[record];
    if (own) day = Math.min(day, until(own, { key, records, today }).until);
  }
  consider(startOfDay(day, playbook.zone));
  for (const place in answers)
    for (const { restsUntil, undone } of answers[place] ?? []) if (!undone) consider(restsUntil);
  triggers.turnsOfValidity.forEach(consider);
  if (subject.patterns) consider(triggers.patterns?.findNextDue(subject.patterns));
  return soonest;
}
