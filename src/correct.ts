import type { Absorbing } from './absorb.js';
import { advance, foldParts, isTooLate, KEPT_MS } from './advance.js';
import { arrive, setOut, watch } from './course.js';
import { createSubject } from './create-subject.js';
import { comparePositions, type Fact } from './domain/fact.js';
import type { Subject } from './domain/subject.js';
import { isNews, sortFacts } from './fact-order.js';
import { isJudged, judgeAt } from './judge-moment.js';

/**
 * Facts of which some belong before what a subject was judged by. Those that come later than `correctionDays` open
 * nothing of themselves; for the others the timeline is folded again.
 */
export async function correct(
  before: Subject,
  facts: readonly Fact[],
  context: Absorbing,
): Promise<Subject> {
  const { now, model } = context;
  const own = model(before.playbook);
  const comesTooLate = (fact: Fact): boolean => !isNews(fact, before) && isTooLate(fact, own);
  const tooLate = facts.filter(comesTooLate);
  const rest = facts.filter((fact) => !comesTooLate(fact));
  const kept =
    tooLate.length === 0
      ? before
      : foldTooLate(before, tooLate, Math.max(now, before.clock), context);
  const next = rest[0];
  if (!next || isNews(next, kept)) return advance(kept, { facts: rest, now, model });
  return refold(kept, [...rest, ...tooLate], next, context);
}

/** The timeline is folded again from the last snapshot before `first`, with what came late in its place. */
async function refold(
  before: Subject,
  facts: readonly Fact[],
  first: Fact,
  { store, now, model, load }: Absorbing,
): Promise<Subject> {
  const snapshot = await store.snapshot(before.key, first);
  const usable = snapshot && snapshot.tooLate === before.tooLate && isNews(first, snapshot);
  const start = usable ? snapshot : createSubject(before.key);
  const inOrder = sortFacts([...(await store.facts(before.key, start.at)), ...facts]);
  const versions = inOrder.flatMap(({ type, data }) =>
    type === 'published' ? [String(data.version)] : [],
  );
  for (const version of [start.playbook, ...versions]) await load(version);
  const subject = advance(start, {
    facts: inOrder,
    now: Math.max(now, before.clock),
    model,
    // Attributes are made again from the beginning only where another playbook makes them.
    earlier:
      versions.length > 0
        ? (await store.facts(before.key)).filter((fact) => comparePositions(fact, start.at) <= 0)
        : [],
  });
  return tellCorrected(subject, before, now);
}

/** What was open and, as we now know, never should have been, is told as corrected. */
export function tellCorrected(subject: Subject, before: Subject, now: number): Subject {
  const openings = { ...subject.openings };
  for (const opening of Object.values(before.openings))
    if (opening.end === undefined || opening.end > now - KEPT_MS)
      openings[opening.key] ??= { ...opening, end: opening.end ?? now, ended: 'corrected' };
  return { ...subject, openings, placed: before.placed, tooLate: before.tooLate };
}

/** Facts too late to correct what is open: they say what they say, and what holds now is judged again. */
function foldTooLate(
  before: Subject,
  facts: readonly Fact[],
  now: number,
  { model }: Absorbing,
): Subject {
  const course = setOut(advance(before, { facts: [], now, model }), false);
  const own = model(course.playbook);
  const from = course.clock;
  if (isJudged(course)) watch(course, own);
  for (const fact of facts) foldParts(course, fact, own);
  course.tooLate = before.tooLate + facts.length;
  course.judgedAt = now;
  course.clock = now;
  judgeAt(course, own, { from });
  return arrive(course);
}
