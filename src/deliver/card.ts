import { asNumber } from '../core/as-number.js';
import { attributesOf, testsOf } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { toIso } from '../core/zone.js';
import type { Condition, Range } from '../domain/condition.js';
import type { Card, Changed, EvidenceView, FilledPhrase, GoalShare } from '../domain/decision.js';
import { GRADES } from '../domain/fact.js';
import type { Phrase } from '../domain/playbook.js';
import type { Evidence, Known } from '../domain/subject.js';
import { compareFactors } from './arbitrate.js';
import type { Arbitrated, Ranked } from './arbitration.js';
import { type Candidate, compareCandidates } from './candidates.js';
import { pickContents } from './contents.js';
import { nameOf, seenText } from './names.js';
import { fillPhrase, sayEvent, sayValue, showValue } from './phrase.js';
import { findMargin } from './profit-gate.js';
import type { Situation } from './situation.js';

const MOST_EVIDENCE = 5;

/** A candidate that is shown, with everything a renderer needs. */
export function makeCard(
  situation: Situation,
  candidate: Ranked,
  rank: number,
  outcome: Arbitrated,
): Card {
  const { play, record, opening, contact, look, arbitration } = candidate;
  const { attributes, playbook } = situation;
  const { action } = play;
  const fill = (phrase: Phrase): FilledPhrase => fillPhrase(phrase, look.situated, attributes);
  const asks = attributes.get(action.asks ?? '');
  // Where it was ranked by something else, no goal decided.
  const goal = arbitration.arm ? undefined : leadingGoal(arbitration.goals);
  return defined({
    opening,
    play: play.id,
    record: record.id,
    rank,
    title: fill(play.title),
    why: fill(play.why),
    changed: describeChange(situation, candidate),
    action: defined({
      ...action,
      verb: action.verb && fill(action.verb),
      contact:
        contact &&
        defined({
          id: contact.id,
          name: seenText(situation, contact, 'name'),
          phone: seenText(situation, contact, 'phone'),
          email: seenText(situation, contact, 'email'),
        }),
      asks: asks && { attribute: asks.id, label: asks.label, options: asks.values ?? [] },
    }),
    mandatory: play.mandatory || undefined,
    buyerRequested: play.buyerRequested || undefined,
    ownTry: candidate.ownTry,
    arbitration,
    draw: candidate.draw,
    goal,
    deferred: goal && findDeferred(situation, candidate, goal, outcome),
    ahead: findAhead(situation, candidate, outcome),
    ledger: outcome.attention.get(opening)?.view,
    evidence: findEvidence(situation, candidate),
    contents: pickContents(situation, candidate),
    reasons: playbook.reasons.map(({ sets: _, ...reason }) => reason),
    margin: findMargin(play, look.situated, playbook),
  });
}

/** The goal that gives the most; the one a card names. */
function leadingGoal(goals: readonly GoalShare[]): GoalShare | undefined {
  let best: GoalShare | undefined;
  for (const goal of goals) if (goal.share > (best?.share ?? 0)) best = goal;
  return best;
}

/** What leading with this goal puts off: the next candidate that another goal would have led, were all goals equally far from their targets. */
function findDeferred(
  situation: Situation,
  candidate: Candidate,
  goal: GoalShare,
  outcome: Arbitrated,
): Card['deferred'] {
  if (outcome.shown[0] !== candidate) return undefined;
  // Worth as if no goal had credit taken from it: only what would lead then is put off by the goals' levels.
  const worth = ({ arbitration }: Candidate, { goal: id, value, weight }: GoalShare): number => {
    const scale = situation.playbook.goals.find((one) => one.id === id)?.scale ?? 1;
    return ((arbitration?.propensity.rate ?? 0) * weight * value) / scale;
  };
  for (const other of outcome.judged) {
    if (other === candidate || !other.arbitration) continue;
    const stage = other.stop?.stage;
    if (stage !== undefined && stage !== 'arbitration') continue;
    const led = other.arbitration.goals.find(
      (one) => one.goal !== goal.goal && worth(other, one) > worth(candidate, goal),
    );
    if (!led) continue;
    return defined({
      play: other.play.id,
      title: fillPhrase(other.play.title, other.look.situated, situation.attributes),
      goal: led.goal,
      value: led.value,
      unit: led.unit,
    });
  }
  return undefined;
}

/** The candidate that comes next by its priority, where this one is before it by nothing else. */
function findAhead(
  { attributes }: Situation,
  { play, draw, arbitration }: Ranked,
  { judged }: Arbitrated,
): Card['ahead'] {
  if (play.mandatory || draw) return undefined;
  const { priority } = arbitration;
  const next = judged
    .filter((one) => one.arbitration && one.arbitration.priority < priority && !one.play.mandatory)
    .sort(compareCandidates)[0];
  const logs = next?.arbitration && compareFactors(arbitration, next.arbitration);
  return (
    logs && {
      play: next.play.id,
      title: fillPhrase(next.play.title, next.look.situated, attributes),
      logs,
    }
  );
}

/** The attribute or event that opened it. What held before the playbook did tells its first number, and that it is no news. */
function describeChange(
  { attributes }: Situation,
  { play, life, look: { situated } }: Candidate,
): Changed | undefined {
  if (!life) return undefined;
  const { changed, event, matched, trueSinceBefore } = life;
  const { trigger } = play;
  const at = toIso(life.begin);
  const becomes = 'becomes' in trigger ? trigger.becomes : undefined;
  const isTelling = (id: string): boolean =>
    attributes.get(id)?.machine ||
    (attributes.get(id)?.says !== undefined && typeof situated.get(id) === 'number');
  const attribute =
    changed?.attribute ??
    (becomes && trueSinceBefore && [...attributesOf(becomes)].find(isTelling));
  if (!attribute) {
    if (trueSinceBefore) return { text: [], at, trueSinceBefore };
    if (!event || becomes) return undefined;
    return defined({
      text: sayEvent(event.type),
      at,
      matched: matched?.map(({ type, occurredAt }) => ({ type, at: toIso(occurredAt) })),
      moment: 'at' in trigger ? event.data?.[trigger.at.time] : undefined,
    });
  }
  const actual = situated.get(attribute) ?? changed?.to;
  const known = attributes.get(attribute);
  const { usual = '', unit } = known ?? {};
  const compared = situated.get(usual);
  const falls = known?.derive?.op.startsWith('days-until') ?? false;
  return defined({
    text: sayValue(attributes, attribute, actual),
    at,
    trueSinceBefore,
    actual: asNumber(actual),
    required: asNumber(compared) ?? (becomes && boundOf(becomes, attribute, falls)),
    compared: compared === undefined ? undefined : sayValue(attributes, usual, compared),
    unit,
    from:
      known?.machine && changed?.from !== undefined ? showValue(known, changed.from) : undefined,
  });
}

/** The bound of the first range on an attribute: where it has two, the one that is met first as time goes on. */
function boundOf(condition: Condition, attribute: string, falls: boolean): number | undefined {
  for (const test of testsOf(condition)) {
    if (test.attribute !== attribute || !('range' in test)) continue;
    const { gte, gt, lte, lt }: Range = test.range;
    return falls ? (lte ?? lt ?? gte ?? gt) : (gte ?? gt ?? lte ?? lt);
  }
  return undefined;
}

/** What the card rests on, strongest grade first, then newest: all of a pattern, and a line for each attribute of trigger and filters. */
function findEvidence(
  situation: Situation,
  { play, life, look }: Candidate,
): readonly EvidenceView[] {
  const { trigger, applicability, suitability } = play;
  const lines = new Map<string, EvidenceView>();
  const add = (key: string, text: FilledPhrase, known: Evidence | Known): void => {
    const { grade, by, source } = known;
    const type = situation.attributes.get(key)?.machine ? 'state-entered' : 'record-changed';
    const fact = 'fact' in known ? known : { type, occurredAt: known.at.occurredAt };
    lines.set(
      key,
      defined({
        text,
        grade,
        type: fact.type,
        at: toIso(fact.occurredAt),
        by: by === undefined ? by : defined({ id: by, name: nameOf(situation, by) }),
        source,
        quote: 'text' in fact ? fact.text : undefined,
      }),
    );
  };
  const { event, matched = event ? [event] : [] } = life ?? {};
  for (const one of matched) add(one.fact, sayEvent(one.type), one);
  const triggering =
    'becomes' in trigger ? trigger.becomes : 'event' in trigger ? trigger.where : undefined;
  for (const condition of [triggering, applicability, suitability]) {
    for (const attribute of condition ? attributesOf(condition) : []) {
      const known = look.evidence(attribute);
      const value = look.situated.get(attribute);
      if (!known || value === undefined) continue;
      const key = 'fact' in known ? known.fact : attribute;
      if (!lines.has(key)) add(key, sayValue(situation.attributes, attribute, value), known);
    }
  }
  return [...lines]
    .sort(
      ([, a], [, b]) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) || (a.at < b.at ? 1 : -1),
    )
    .filter(([key], i) => i < MOST_EVIDENCE || matched.some(({ fact }) => fact === key))
    .map(([, line]) => line);
}
