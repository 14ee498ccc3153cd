import { defined } from './core/defined.js';
import { EMPTY_LEDGER, findNextGrants, foldLedger, regrant } from './deliver/ledger.js';
import { comparePositions, type Fact } from './domain/fact.js';
import type { ResponseData } from './domain/response.js';
import type { Answer, Opening, Subject } from './domain/subject.js';
import { kindOf, type SubjectKey } from './domain/value.js';
import type { Model } from './model.js';
import { type AccountView, judgeTriggers } from './monitor/judge-triggers.js';
import { toEvidence } from './record/evidence.js';
import { foldFact } from './record/fold.js';
import { findNextMove } from './record/next-move.js';
import { situate } from './record/situate.js';
import { foldTips } from './update/tips.js';

const DAY = 86_400_000;
const KEPT_MS = 90 * DAY;

/** A subject of which nothing is known yet. */
export function createSubject(key: SubjectKey): Subject {
  return {
    key,
    at: { occurredAt: -1, id: '' },
    judgedAt: -1,
    clock: -1,
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
  let subject = before;
  inputs.facts.forEach((fact, i) => {
    subject = passTime(subject, fact.occurredAt, inputs.model);
    subject = foldOne(subject, fact, inputs, i);
  });
  subject = passTime(subject, inputs.now, inputs.model);
  const model = inputs.model(subject.playbook);
  const pruned = prune(subject, inputs.now);
  const wakeAt = findWake(pruned, model);
  const { wakeAt: _, ...rest } = pruned;
  return defined({ ...rest, clock: Math.max(pruned.clock, inputs.now), wakeAt });
}

/** Judges every moment up to and including `until` at which time alone changes something. */
function passTime(before: Subject, until: number, models: Inputs['model']): Subject {
  let subject = before;
  for (;;) {
    const model = models(subject.playbook);
    const wakeAt = findWake(subject, model);
    if (wakeAt === undefined || wakeAt > until) break;
    subject = judgeAt({ ...subject, judgedAt: wakeAt, clock: wakeAt }, subject, wakeAt, model);
  }
  return until > subject.clock ? { ...subject, clock: until } : subject;
}

function foldOne(before: Subject, fact: Fact, inputs: Inputs, index: number): Subject {
  const at = { occurredAt: fact.occurredAt, id: fact.id };
  let subject: Subject = {
    ...before,
    at,
    // Between the last judged moment and the clock nothing happened, so the clock may go back to there.
    judgedAt: fact.occurredAt,
    clock: fact.occurredAt,
    sinceSnapshot: before.sinceSnapshot + 1,
  };
  if (fact.type === 'published') return foldPublished(subject, fact, inputs, index);
  if (fact.type === 'roll-out') return foldRollOut(subject, fact);
  const model = inputs.model(subject.playbook);
  const folded = foldFact(subject, fact, model.attributes);
  subject = { ...subject, records: folded.records, rates: folded.rates };
  if (fact.type === 'response') subject = foldAnswer(subject, fact);
  const tips = foldTips(subject.tips, fact);
  if (tips) subject = { ...subject, tips };
  if (fact.type === 'holdout-assigned' && subject.holdout === undefined) {
    subject = { ...subject, holdout: fact.data.arm === 'holdout' ? 'holdout' : 'guided' };
  }
  subject = { ...subject, ledger: foldLedger(subject.ledger, fact, model.playbook.contactPolicy) };
  if (fact.learnedAt - fact.occurredAt > model.playbook.correctionDays * DAY) {
    return { ...subject, tooLate: subject.tooLate + 1 };
  }
  return judgeAt(subject, before, fact.occurredAt, model, fact);
}

function foldPublished(subject: Subject, fact: Fact, inputs: Inputs, index: number): Subject {
  const version = String(fact.data.version);
  const model = inputs.model(version);
  let { records, rates } = subject;
  if (inputs.model(subject.playbook).attributesKey !== model.attributesKey) {
    const all = [...(inputs.earlier ?? []), ...inputs.facts.slice(0, index)];
    let folded: Pick<Subject, 'records' | 'rates'> = { records: {}, rates: {} };
    for (const earlier of all) folded = foldFact(folded, earlier, model.attributes);
    ({ records, rates } = folded);
  }
  return judgeAt(
    { ...subject, playbook: version, records, rates },
    undefined,
    fact.occurredAt,
    model,
  );
}

/** What already held at a publish waits for its day. */
function foldRollOut(subject: Subject, fact: Fact): Subject {
  const from = Number(fact.data.showFrom);
  const openings = Object.entries(subject.openings).map(([key, opening]) => [
    key,
    opening.trueSinceBefore && opening.begin === fact.occurredAt ? { ...opening, from } : opening,
  ]);
  return { ...subject, openings: Object.fromEntries(openings) };
}

/** Triggers and grants at one moment. Without an earlier subject, at a publish: what is true already opens as such. */
function judgeAt(
  subject: Subject,
  before: Subject | undefined,
  at: number,
  model: Model,
  fact?: Fact,
): Subject {
  let judged = subject;
  if (kindOf(subject.key) === 'account' && subject.playbook !== '') {
    const view = viewOf(subject, at, model);
    const { openings, standing } = judgeTriggers(
      subject,
      defined({
        at,
        view,
        ...(before ? { before: viewOf(before, before.judgedAt, model) } : { initially: true }),
        fact,
        evidence: fact ? toEvidence(fact, undefined) : undefined,
      }),
      model.triggers,
    );
    judged = { ...subject, openings, standing };
  }
  return { ...judged, ledger: regrant(judged.ledger, model.playbook, at) };
}

function viewOf(subject: Subject, now: number, model: Model): AccountView {
  const account = subject.records[subject.key];
  return {
    records: subject.records,
    situated: (record, event) =>
      situate(
        defined({
          plan: model.attributes,
          now,
          records: subject.records,
          inView: defined({ account, [record.kind]: record }),
          event,
        }),
      ),
  };
}

function foldAnswer(subject: Subject, fact: Fact): Subject {
  const data = fact.data as unknown as ResponseData;
  const key = `${data.play}|${data.record}`;
  const earlier = subject.answers[key] ?? [];
  if (data.response.kind === 'undo') {
    const { of } = data.response;
    const undone = earlier.map((answer) =>
      answer.id === of ? { ...answer, undone: true } : answer,
    );
    return { ...subject, answers: { ...subject.answers, [key]: undone } };
  }
  const answer: Answer = defined({
    id: fact.id.slice('response/'.length),
    at: fact.occurredAt,
    asker: fact.by ?? '',
    opening: data.opening,
    response: data.response,
    scope: data.scope,
    restsUntil: data.restsUntil,
    executed: data.executed,
  });
  return { ...subject, answers: { ...subject.answers, [key]: [...earlier, answer] } };
}

function findWake(subject: Subject, model: Model): number | undefined {
  const { playbook, triggers, attributes } = model;
  const moments = [...findNextGrants(subject.ledger, playbook, subject.clock)];
  if (kindOf(subject.key) === 'account' && subject.playbook !== '') {
    const account = subject.records[subject.key];
    const scene = {
      plan: attributes,
      now: subject.clock,
      records: subject.records,
      inView: account ? { account } : {},
    };
    const move = findNextMove(scene, Object.values(subject.records));
    if (move !== undefined) moments.push(move);
    for (const opening of Object.values(subject.openings)) {
      if (opening.end !== undefined) continue;
      if (opening.from !== undefined) moments.push(opening.from);
      moments.push(opening.begin + (triggers.byId.get(opening.play)?.expiresMs ?? 0));
    }
    for (const answers of Object.values(subject.answers)) {
      for (const { restsUntil, undone } of answers)
        if (restsUntil !== undefined && !undone) moments.push(restsUntil);
    }
    moments.push(...triggers.turnsOfValidity);
  }
  let soonest: number | undefined;
  for (const moment of moments) {
    if (moment > subject.clock && (soonest === undefined || moment < soonest)) soonest = moment;
  }
  return soonest;
}

/** What nobody will ask for again: openings long closed, answers whose rest is long over. */
function prune(subject: Subject, now: number): Subject {
  const openings = Object.entries(subject.openings).filter(
    ([, { end }]) => end === undefined || end > now - KEPT_MS,
  );
  if (openings.length === Object.keys(subject.openings).length) return subject;
  return { ...subject, openings: Object.fromEntries(openings) };
}

/** What is open now and was not, and what was and is not. */
export function diffOpenings(
  before: Subject,
  after: Subject,
): { opened: Opening[]; withdrawn: Opening[] } {
  const isOpen = (subject: Subject, key: string): boolean => {
    const opening = subject.openings[key];
    return opening !== undefined && opening.end === undefined;
  };
  return {
    opened: Object.values(after.openings).filter(
      ({ key, end }) => end === undefined && !isOpen(before, key),
    ),
    withdrawn: Object.values(before.openings)
      .filter(({ key, end }) => end === undefined && !isOpen(after, key))
      .map((opening) => after.openings[opening.key] ?? opening),
  };
}

/** Facts too late to correct what is open: they make attributes, and what holds now is judged again. */
export function foldTooLate(
  before: Subject,
  facts: readonly Fact[],
  now: number,
  model: Model,
): Subject {
  let folded: Pick<Subject, 'records' | 'rates'> = before;
  for (const fact of facts) folded = foldFact(folded, fact, model.attributes);
  const subject = {
    ...before,
    records: folded.records,
    rates: folded.rates,
    tooLate: before.tooLate + facts.length,
  };
  return judgeAt(subject, before, now, model);
}

/** Whether a fact belongs after everything that a subject was judged by. */
export function isNews(fact: Fact, subject: Subject): boolean {
  return fact.occurredAt >= subject.judgedAt && comparePositions(fact, subject.at) > 0;
}

/** Facts in order, each once. */
export function sortFacts(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()].sort(comparePositions);
}
