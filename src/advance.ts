import { defined } from './core/defined.js';
import { foldHoldout } from './deliver/fold-holdout.js';
import { EMPTY_LEDGER, foldLedger } from './deliver/ledger.js';
import { comparePositions, EARLIEST, type Fact } from './domain/fact.js';
import { NO_MEMORY } from './domain/pattern.js';
import { type Opening, openOf, type Subject } from './domain/subject.js';
import type { SubjectKey } from './domain/value.js';
import { foldAnswer } from './interact/fold-answer.js';
import { findWake, isJudged, judgeAt, viewOf } from './judge-moment.js';
import type { Model } from './model.js';
import { foldFact } from './record/fold.js';
import type { Remade } from './remake.js';
import { foldTips } from './update/tips.js';

const DAY = 86_400_000;
/** Openings that closed longer ago are not kept. */
export const KEPT_MS: number = 90 * DAY;

/** A subject of which nothing is known yet. */
export function createSubject(key: SubjectKey): Subject {
  return {
    key,
    at: { occurredAt: EARLIEST, id: '' },
    judgedAt: EARLIEST,
    clock: EARLIEST,
    playbook: '',
    records: {},
    openings: {},
    standing: {},
    answers: {},
    ledger: EMPTY_LEDGER,
    placed: {},
    rates: {},
    tooLate: 0,
    sinceSnapshot: 0,
  };
}

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
  let subject = before;
  facts.forEach((fact, i) => {
    if (isInert(fact)) return;
    subject = passTime(subject, fact.occurredAt, model);
    subject = foldOne(subject, fact, inputs, i);
  });
  subject = passTime(subject, now, model);
  const wakeAt = findWake(subject, model(subject.playbook));
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
function passTime(before: Subject, until: number, models: Inputs['model']): Subject {
  let subject = before;
  for (;;) {
    const model = models(subject.playbook);
    const wakeAt = findWake(subject, model);
    if (wakeAt > until) break;
    const elapsed = model.triggers.patterns?.elapse(subject.patterns ?? NO_MEMORY, wakeAt);
    const later: Subject = {
      ...subject,
      ...(elapsed && { patterns: elapsed.memory }),
      judgedAt: wakeAt,
      clock: wakeAt,
    };
    subject = judgeAt(later, subject, model, elapsed);
  }
  return until > subject.clock ? { ...subject, clock: until } : subject;
}

function foldOne(before: Subject, fact: Fact, inputs: Inputs, index: number): Subject {
  const { id, type, data, occurredAt } = fact;
  const publishes = type === 'published';
  const playbook = publishes ? String(data.version) : before.playbook;
  const model = inputs.model(playbook);
  const late = !publishes && isTooLate(fact, model);
  const remakes = publishes && inputs.model(before.playbook).attributesKey !== model.attributesKey;
  const folded = foldParts(before, fact, model);
  const subject: Subject = {
    ...(remakes ? defined({ ...folded, ...remake(before, inputs, index, model) }) : folded),
    playbook,
    at: { occurredAt, id },
    // Between the last judged moment and the clock nothing happened, so the clock may go back to there.
    judgedAt: occurredAt,
    clock: occurredAt,
    tooLate: before.tooLate + Number(late),
    sinceSnapshot: before.sinceSnapshot + 1,
  };
  if (late) return { ...subject, unjudged: true };
  // A delay of a machine may be another now, and have ended long ago.
  if (publishes)
    return judgeAt(subject, undefined, model, { from: remakes ? EARLIEST : occurredAt });
  const { patterns: engine } = model.triggers;
  if (!engine || !isJudged(subject)) return judgeAt(subject, before, model, { fact });
  const view = viewOf(subject, occurredAt, model);
  const fed = engine.feed(subject.patterns ?? NO_MEMORY, fact, view, subject.key);
  return judgeAt({ ...subject, patterns: fed.memory }, before, model, { ...fed, fact });
}

/** Whether a fact was learned too late to open or to correct anything. */
export const isTooLate = ({ learnedAt, occurredAt }: Fact, { playbook }: Model): boolean =>
  learnedAt - occurredAt > playbook.correctionDays * DAY;

/** What one fact says, whenever it comes: attributes, answers, touches, tips, the arm of a holdout and a merge. */
export function foldParts(before: Subject, fact: Fact, { attributes, playbook }: Model): Subject {
  const folded = fact.type === 'published' ? before : foldFact(before, fact, attributes);
  const tips = foldTips(before.tips, fact);
  const holdout = foldHoldout(before.holdout, fact);
  return {
    ...before,
    records: folded.records,
    rates: folded.rates,
    answers: foldAnswer(before.answers, fact),
    ledger: foldLedger(before.ledger, fact, playbook.contactPolicy),
    ...(fact.type === 'roll-out' && { openings: delay(before.openings, fact) }),
    ...(tips && { tips }),
    ...(holdout && { holdout }),
    ...foldMerge(before, fact),
  };
}

/** The records, and what patterns remember, as a playbook that was just published sees them. */
function remake(
  before: Subject,
  { facts, earlier = [], model }: Inputs,
  index: number,
  next: Model,
): Remade {
  const known = [...earlier, ...facts.slice(0, index + 1)];
  return next.remake(before, known, model(before.playbook));
}

/** What is merged into another leaves everything to it. */
function foldMerge(
  { key, openings, mergedInto }: Subject,
  { type, data, occurredAt: end }: Fact,
): Partial<Subject> {
  if (type !== 'merged' || data.into === key) return {};
  return {
    mergedInto: mergedInto ?? String(data.into),
    standing: {},
    openings: Object.fromEntries(
      Object.entries(openings).map(([id, opening]) => [
        id,
        opening.end === undefined ? { ...opening, end, ended: 'record-gone' } : opening,
      ]),
    ),
  };
}

/** What already held at a publish waits for its day. */
function delay(openings: Subject['openings'], { data, occurredAt }: Fact): Subject['openings'] {
  const from = Number(data.showFrom);
  return Object.fromEntries(
    Object.entries(openings).map(([key, opening]) => [
      key,
      opening.trueSinceBefore && opening.begin === occurredAt ? { ...opening, from } : opening,
    ]),
  );
}

/** Keys of what is open. */
export function findOpen({ openings }: Subject): readonly string[] {
  return openOf(openings).map(({ key }) => key);
}

/** What tells that people saw something changes nothing about the account, whenever it comes. */
export const isInert = ({ type }: Fact): boolean => type === 'seen';

/** Whether a fact belongs after everything that a subject was judged by. */
export function isNews(fact: Fact, subject: Subject): boolean {
  return fact.occurredAt >= subject.judgedAt && comparePositions(fact, subject.at) > 0;
}

/** Facts in order, each once. */
export function sortFacts(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()].sort(comparePositions);
}
