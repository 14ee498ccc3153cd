import { defined } from './core/defined.js';
import { arrive, type Course, look, setOut, watch } from './course.js';
import { foldArm, foldHoldout } from './deliver/fold-holdout.js';
import { foldParameters } from './deliver/fold-parameters.js';
import { foldLedger } from './deliver/ledger.js';
import { draftRecords } from './domain/draft.js';
import { EARLIEST, type Fact } from './domain/fact.js';
import { NO_MEMORY } from './domain/pattern.js';
import type { Playbook } from './domain/playbook.js';
import type { Opening, Subject } from './domain/subject.js';
import { isInert } from './fact-order.js';
import { foldAnswer } from './interact/fold-answer.js';
import { foldTry } from './interact/fold-try.js';
import { findDue, findWake, isJudged, judgeAt } from './judge-moment.js';
import type { Model } from './model.js';
import type { Fed } from './monitor/patterns/feed.js';
import { changeOpening, closeOpening } from './monitor/triggers-draft.js';
import { foldFact } from './record/fold.js';
import { foldTips } from './update/tips.js';

const DAY = 86_400_000;
/** Openings that closed longer ago are not kept. */
export const KEPT_MS: number = 90 * DAY;

export interface Inputs {
  /** In order, and all after the last one folded. */
  readonly facts: readonly Fact[];
  readonly now: number;
  /** The model of a playbook version; of one that is not known, the empty one. */
  readonly model: (version: string) => Model;
  /** Every earlier fact in order; needed when `facts` publishes a playbook with other attributes. */
  readonly earlier?: readonly Fact[];
}

/**
 * The subject after these facts, with time gone on to `now`. Pure: the same facts in the same order give the same
 * subject, however they were cut into calls. Facts later than the playbook's `correctionDays` make attributes and
 * open nothing themselves.
 */
export function advance(before: Subject, inputs: Inputs): Subject {
  const { facts, now, model } = inputs;
  const course = setOut(before, false);
  facts.forEach((fact, i) => {
    if (isInert(fact)) return;
    passTime(course, fact.occurredAt, model);
    takeFact(course, fact, inputs, i);
  });
  passTime(course, now, model);
  const wakeAt = findWake(course, model(course.playbook));
  const subject = arrive(course);
  return defined({
    ...subject,
    openings: dropOld(subject.openings, now),
    wakeAt: Number.isFinite(wakeAt) ? wakeAt : undefined,
  });
}

/** Openings that closed long ago will not be asked for again. */
function dropOld(openings: Subject['openings'], now: number): Subject['openings'] {
  const isKept = ({ end = now }: Opening): boolean => end > now - KEPT_MS;
  if (Object.values(openings).every(isKept)) return openings;
  return Object.fromEntries(Object.entries(openings).filter(([, opening]) => isKept(opening)));
}

/** Judges every moment up to and including `until` at which time alone changes something. */
function passTime(course: Course, until: number, models: Inputs['model']): void {
  const model = models(course.playbook);
  for (;;) {
    const wakeAt = findWake(course, model);
    if (wakeAt > until) break;
    wakeUp(course, wakeAt, model);
  }
  if (until > course.clock) course.clock = until;
}

/** Judges a moment at which time alone changes something, the next one there is. */
export function wakeUp(course: Course, wakeAt: number, model: Model): void {
  const from = course.clock;
  const elapsed =
    findDue(course, model) <= wakeAt
      ? model.triggers.patterns?.elapse(course.patterns ?? NO_MEMORY, wakeAt)
      : undefined;
  if (elapsed) course.patterns = elapsed.memory;
  comeTo(course, wakeAt);
  judgeAt(course, model, { from, completed: elapsed?.completed });
}

/**
 * One of the facts of the inputs happens, to which time has gone on. Between the last judged moment and the clock nothing
 * happened, so the clock may go back to there.
 */
export function takeFact(course: Course, fact: Fact, inputs: Inputs, index: number): void {
  const { id, type, data, occurredAt } = fact;
  const from = course.clock;
  const publishes = type === 'published';
  const earlier = inputs.model(course.playbook);
  const model = publishes ? inputs.model(String(data.version)) : earlier;
  if (!publishes) watchAll(course, model);
  foldParts(course, fact, model);
  const remakes = publishes && earlier.attributesKey !== model.attributesKey;
  if (remakes) remake(course, inputs, index, model);
  if (publishes) course.playbook = String(data.version);
  comeTo(course, occurredAt);
  course.at = { occurredAt, id };
  course.sinceSnapshot++;
  if (!publishes && isTooLate(fact, model)) {
    course.tooLate++;
    course.noteMoment?.({ from, fact, tooLate: true });
    for (const one of allOf(course))
      Object.assign(one, { unjudged: true, watching: undefined, changes: [] });
    return;
  }
  // A delay of a machine may be another now, and have ended long ago.
  if (publishes) judgeAt(course, model, { from: remakes ? EARLIEST : occurredAt, initially: true });
  else judgeAt(course, model, { from, fact, ...feedPatterns(course, fact, model) });
}

/** A course, and those that follow it. */
const allOf = (course: Course): readonly Course[] => [
  course,
  ...(course.followers ?? []).map((follower) => follower.course),
];

function comeTo(course: Course, moment: number): void {
  course.judgedAt = moment;
  course.clock = moment;
  for (const { course: own } of course.followers ?? []) {
    own.judgedAt = moment;
    own.clock = moment;
  }
}

/** How things are judged to be, before they change. */
function watchAll(course: Course, model: Model): void {
  if (!isJudged(course)) return;
  watch(course, model);
  for (const { course: own, model: models } of course.followers ?? [])
    watch(own, models(own.playbook));
}

/** One fact into what patterns remember. */
function feedPatterns(course: Course, fact: Fact, model: Model): Partial<Fed> {
  const { patterns: engine } = model.triggers;
  if (!engine || !isJudged(course)) return {};
  look(course, fact.occurredAt, model);
  const fed = engine.feed(course.patterns ?? NO_MEMORY, fact, course, course.key);
  course.patterns = fed.memory;
  return fed;
}

/** Whether a fact was learned too late to open or to correct anything. */
export const isTooLate = ({ learnedAt, occurredAt }: Fact, { playbook }: Model): boolean =>
  learnedAt - occurredAt > playbook.correctionDays * DAY;

/** What one fact says, whenever it comes: attributes, answers, touches, tips, tries, the arm of a holdout and a merge. */
export function foldParts(course: Course, fact: Fact, { attributes, playbook }: Model): void {
  if (fact.type !== 'published') foldFact(course, fact, attributes);
  foldAround(course, fact, playbook);
  for (const { course: own, model, version } of course.followers ?? []) {
    foldAround(own, fact, model(own.playbook).playbook);
    if (fact.type === 'published') own.playbook = version;
  }
}

/** All but attributes. */
export function foldAround(course: Course, fact: Fact, { contactPolicy }: Playbook): void {
  const { type } = fact;
  course.tips = foldTips(course.tips, fact);
  course.tries = foldTry(course.tries, fact);
  course.holdout = foldHoldout(course.holdout, fact);
  course.arm = foldArm(course.arm, fact);
  course.parameters = foldParameters(course.parameters, fact);
  course.answers = foldAnswer(course.answers, fact);
  course.ledger = foldLedger(course.ledger, fact, contactPolicy);
  if (type === 'roll-out') delay(course, fact);
  if (type === 'merged' && fact.data.into !== course.key) foldMerge(course, fact);
}

/** The records, and what patterns remember, as a playbook that was just published sees them. */
function remake(
  course: Course,
  { facts, earlier = [], model }: Inputs,
  index: number,
  next: Model,
): void {
  const known = [...earlier, ...facts.slice(0, index + 1)];
  const { records, rates, patterns } = next.remake(course, known, model(course.playbook));
  Object.assign(course, { ...draftRecords(records, course.forgetful), rates, patterns });
}

/** What is merged into another leaves everything to it. */
function foldMerge(course: Course, { data, occurredAt: end }: Fact): void {
  course.mergedInto ??= String(data.into);
  course.standing = {};
  for (const { opening } of course.running.slice())
    closeOpening(course, opening, { end, ended: 'record-gone' });
}

/** What already held at a publish waits for its day. */
function delay(course: Course, { data, occurredAt }: Fact): void {
  const from = Number(data.showFrom);
  for (const { opening } of course.running.slice())
    if (opening.trueSinceBefore && opening.begin === occurredAt)
      changeOpening(course, { ...opening, from });
}
