import { foldAround } from './advance.js';
import { type Course, type Judging, look, watch } from './course.js';
import type { Change } from './domain/draft.js';
import type { Fact } from './domain/fact.js';
import type { Opening, Subject } from './domain/subject.js';
import type { SubjectKey } from './domain/value.js';
import { findWake, isJudged, judgeAt } from './judge-moment.js';
import type { Model } from './model.js';
import {
  beginOpenings,
  goTo,
  nextMoment,
  type Openings,
  type Rehearsal,
  type Replayed,
  replayedOn,
  setOutOn,
} from './replay-journey.js';

/** What every playbook with the same attributes, machines and patterns makes of the facts. */
type Shared = Pick<
  Subject,
  'records' | 'rates' | 'ledger' | 'answers' | 'tips' | 'holdout' | 'arm' | 'mergedInto'
>;

/** One thing that happened. */
interface Step {
  readonly at: number;
  readonly judging: Judging;
  readonly changes: readonly Change[];
  readonly shared: Shared;
}

/** An account through its facts, written down so that other plays can be tried on it without folding them again. */
export interface Tape {
  readonly account: SubjectKey;
  readonly until: number;
  readonly steps: readonly Step[];
  /** Every opening as it opened and as it closed, and when, in order. */
  readonly noted: readonly { readonly at: number; readonly opening: Opening }[];
  /** All that opened under the playbook by which it was recorded. */
  readonly replayed: readonly Replayed[];
}

/** The facts of an account, in order, through a playbook. */
export function recordTape(
  account: SubjectKey,
  facts: readonly Fact[],
  rehearsal: Rehearsal,
  span: { readonly from: number; readonly until: number },
): Tape {
  const steps: Step[] = [];
  const noted: Tape['noted'][number][] = [];
  const journey = setOutOn(account, facts, rehearsal, span, undefined, (course) => {
    const { noteOpening } = course;
    course.noteOpening = (opening) => {
      noteOpening?.(opening);
      noted.push({ at: course.clock, opening });
    };
    course.noteMoment = (judging) => {
      if (course.playbook !== '' && !isIdle(course, judging)) steps.push(toStep(course, judging));
    };
  });
  for (let next = nextMoment(journey); next <= span.until; next = nextMoment(journey))
    goTo(journey, next);
  return { account, until: span.until, steps, noted, replayed: replayedOn(journey) };
}

/** Time passed, and nothing became otherwise: those that wait for it wake by themselves. */
const isIdle = ({ changes }: Course, { fact, initially, completed, revoked }: Judging): boolean =>
  !fact && !initially && changes.length === 0 && !completed?.length && !revoked?.length;

function toStep(course: Course, judging: Judging): Step {
  const { records, rates, ledger, answers, tips, holdout, arm, mergedInto, changes, clock } =
    course;
  // What is written down stays: the course copies it before it changes it again.
  course.own.clear();
  course.ownsList = false;
  const shared = { records, rates, ledger, answers, tips, holdout, arm, mergedInto } as Shared;
  return { at: clock, judging, changes, shared };
}

/**
 * What opens on a recorded account under other plays, which have the same attributes, machines, patterns and settings. After
 * each moment at which something may have opened, and at each of `stops`, `tell` is told what has and when.
 */
export function followTape(
  { account, until, steps }: Tape,
  rehearsal: Rehearsal,
  stops: readonly number[],
  tell: (openings: Openings, moment: number) => void,
): Openings {
  const openings = beginOpenings(account, rehearsal);
  const { course } = openings;
  const { version } = rehearsal.playbook;
  const model = rehearsal.model(version);
  course.follows = true;
  let wakeAt = Number.POSITIVE_INFINITY;
  for (let [i, stop] = [0, 0]; ; ) {
    const first = steps[i];
    const there = Math.min(
      first?.at ?? Number.POSITIVE_INFINITY,
      stops[stop] ?? Number.POSITIVE_INFINITY,
    );
    const moment = Math.min(there, wakeAt);
    if (moment > until) return openings;
    while ((stops[stop] ?? Number.POSITIVE_INFINITY) <= moment) stop++;
    // Where the recorded course woke at that moment as well, this one wakes with it.
    const isOwn = first?.at !== moment || first.judging.fact !== undefined;
    if (wakeAt <= moment && isOwn) {
      comeTo(course, moment);
      judgeAt(course, model, { from: moment });
    }
    for (; steps[i]?.at === moment; i++) take(course, steps[i] as Step, rehearsal);
    course.clock = moment;
    wakeAt = findWake(course, model);
    tell(openings, moment);
  }
}

function comeTo(course: Course, moment: number): void {
  course.judgedAt = moment;
  course.clock = moment;
}

function take(course: Course, { at, judging, changes, shared }: Step, rehearsal: Rehearsal): void {
  const { playbook, model: models } = rehearsal;
  const model = models(playbook.version);
  const { fact, initially, tooLate, completed } = judging;
  if (fact && isJudged(course)) watch(course, model);
  if (fact?.type === 'roll-out' || fact?.type === 'merged')
    foldAround(course, fact, model.playbook);
  if (initially) course.playbook = playbook.version;
  Object.assign(course, shared);
  comeTo(course, at);
  if (tooLate) {
    Object.assign(course, { unjudged: true, watching: undefined, changes: [] });
    return;
  }
  const own = completed?.filter(({ play }) => model.triggers.byId.has(play));
  course.changes = [...changes];
  if (isUnmoved(course, { ...judging, completed: own }, model)) course.changes = [];
  else judgeAt(course, model, { ...judging, ...(own && { completed: own }) });
}

/** Whether nothing of it can open or close a card, as most of what happens. */
function isUnmoved(course: Course, judging: Judging, model: Model): boolean {
  const { fact, initially, completed, revoked } = judging;
  const { events, turnsOfValidity } = model.triggers;
  const mayMove =
    initially ||
    course.unjudged ||
    course.running.length > 0 ||
    completed?.length ||
    revoked?.length ||
    (fact && events.has(fact.type)) ||
    turnsOfValidity.includes(course.judgedAt);
  if (mayMove || !isJudged(course)) return false;
  const { plays } = watch(course, model);
  look(course, course.judgedAt, model);
  for (const change of course.changes) plays.touch(change);
  return plays.nextDay() > course.today;
}
