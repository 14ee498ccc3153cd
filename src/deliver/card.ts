import { attributesOf } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { dateOfDay, dayNumber } from '../core/zone.js';
import type { Condition, Range } from '../domain/condition.js';
import type { Card, Changed, EvidenceView, GoalShare } from '../domain/decision.js';
import { GRADES } from '../domain/fact.js';
import type { Evidence, Known } from '../domain/subject.js';
import type { Arbitrated } from './arbitration.js';
import type { Candidate } from './candidates.js';
import { pickContents } from './contents.js';
import { nameOf } from './names.js';
import { fillPhrase, sayValue } from './phrase.js';
import { findMargin } from './profit-gate.js';
import type { Situation } from './situation.js';

const MOST_EVIDENCE = 5;

/** A candidate that is shown, with everything a renderer needs. */
export function makeCard(
  situation: Situation,
  candidate: Candidate,
  rank: number,
  outcome: Arbitrated,
): Card {
  const { play, record, opening, life, contact, look, arbitration } = candidate;
  const { attributes, playbook, now } = situation;
  if (!arbitration) throw new Error(`play ${play.id} was shown without a priority`);
  const named = (id: string): string | undefined => {
    const value = contact?.values[id]?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const asks = play.action.asks === undefined ? undefined : attributes.get(play.action.asks);
  const goal = leadingGoal(arbitration.goals);
  const changed =
    describeChange(situation, candidate) ??
    (life?.trueSinceBefore ? sinceBefore(situation, candidate) : undefined);
  const margin = findMargin(play, look.situated, playbook);
  const deferred = findDeferred(situation, candidate, goal, outcome);
  const ledger = outcome.attention.get(opening)?.view;
  return defined({
    opening,
    play: play.id,
    record: record.id,
    rank,
    title: fillPhrase(play.title, look.situated, attributes),
    why: fillPhrase(play.why, look.situated, attributes),
    changed,
    action: defined({
      kind: play.action.kind,
      minutes: play.action.minutes,
      verb: play.action.verb ? fillPhrase(play.action.verb, look.situated, attributes) : undefined,
      touch: play.action.touch,
      contact:
        contact &&
        defined({
          id: contact.id,
          name: named('name'),
          phone: named('phone'),
          email: named('email'),
        }),
      asks: asks
        ? { attribute: asks.id, label: asks.label, options: asks.values ?? [] }
        : undefined,
      link: play.action.link,
    }),
    mandatory: play.mandatory ? true : undefined,
    buyerRequested: play.buyerRequested ? true : undefined,
    arbitration,
    goal,
    deferred,
    ledger,
    evidence: findEvidence(situation, candidate),
    contents: pickContents(
      play,
      look.situated,
      playbook,
      attributes,
      dateOfDay(dayNumber(now, playbook.zone)),
    ),
    reasons: playbook.reasons.map(({ id, label, scope, asks: question }) =>
      defined({ id, label, scope, asks: question }),
    ),
    margin,
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
  goal: GoalShare | undefined,
  outcome: Arbitrated,
): Card['deferred'] {
  if (!goal || outcome.shown[0] !== candidate) return undefined;
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

function describeChange(
  { attributes }: Situation,
  { play, life, look }: Candidate,
): Changed | undefined {
  if (!life) return undefined;
  const at = new Date(life.begin).toISOString();
  if (life.changed) {
    const { attribute, to } = life.changed;
    const now = look.situated.get(attribute) ?? to;
    const definition = attributes.get(attribute);
    const usual = definition?.usual === undefined ? undefined : look.situated.get(definition.usual);
    const bound = 'becomes' in play.trigger ? boundOf(play.trigger.becomes, attribute) : undefined;
    return defined({
      text: sayValue(definition, attribute, now),
      at,
      actual: typeof now === 'number' ? now : undefined,
      required: typeof usual === 'number' ? usual : bound,
      compared:
        definition?.usual === undefined || usual === undefined
          ? undefined
          : sayValue(attributes.get(definition.usual), definition.usual, usual),
      unit: definition?.unit,
    });
  }
  if (!life.event || 'becomes' in play.trigger) return undefined;
  return { text: [{ value: life.event.type, type: 'text', unit: 'fact-type' }], at };
}

/** A play that held before the playbook did tells its first attribute, and that it is no news. */
function sinceBefore(situation: Situation, { play, life, look }: Candidate): Changed {
  const at = new Date(life?.begin ?? situation.now).toISOString();
  if ('becomes' in play.trigger) {
    for (const attribute of attributesOf(play.trigger.becomes)) {
      const definition = situation.attributes.get(attribute);
      const value = look.situated.get(attribute);
      if (typeof value !== 'number' || !definition?.says) continue;
      const required = boundOf(play.trigger.becomes, attribute);
      return defined({
        text: sayValue(definition, attribute, value),
        at,
        trueSinceBefore: true,
        actual: value,
        required,
        unit: definition.unit,
      });
    }
  }
  return { text: [], at, trueSinceBefore: true };
}

/** The bound of the first range on an attribute. */
function boundOf(condition: Condition, attribute: string): number | undefined {
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  for (const part of parts) {
    const bound = boundOf(part, attribute);
    if (bound !== undefined) return bound;
  }
  if (!('range' in condition) || condition.attribute !== attribute) return undefined;
  const { gte, gt, lte, lt }: Range = condition.range;
  return gte ?? gt ?? lte ?? lt;
}

/** What the card rests on, strongest grade first, then newest: one line for each attribute of trigger and filters. */
function findEvidence(
  situation: Situation,
  { play, life, look }: Candidate,
): readonly EvidenceView[] {
  const conditions = [
    'becomes' in play.trigger ? play.trigger.becomes : undefined,
    'event' in play.trigger ? play.trigger.where : undefined,
    play.applicability,
    play.suitability,
  ];
  const lines = new Map<string, EvidenceView>();
  const add = (key: string, text: EvidenceView['text'], known: Evidence | Known): void => {
    const fact = 'fact' in known ? known : undefined;
    const at = fact ? fact.occurredAt : (known as Known).at.occurredAt;
    lines.set(
      key,
      defined({
        text,
        grade: known.grade,
        type: fact ? fact.type : 'record-changed',
        at: new Date(at).toISOString(),
        by:
          known.by !== undefined
            ? defined({ id: known.by, name: nameOf(situation, known.by) })
            : undefined,
        source: known.source,
        quote: fact?.text,
      }),
    );
  };
  if (life?.event)
    add(life.event.fact, [{ value: life.event.type, type: 'text', unit: 'fact-type' }], life.event);
  for (const condition of conditions) {
    for (const attribute of condition ? attributesOf(condition) : []) {
      const known = look.evidence(attribute);
      const value = look.situated.get(attribute);
      if (!known || value === undefined) continue;
      const key = 'fact' in known ? known.fact : attribute;
      if (!lines.has(key))
        add(key, sayValue(situation.attributes.get(attribute), attribute, value), known);
    }
  }
  return [...lines.values()]
    .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) || (a.at < b.at ? 1 : -1))
    .slice(0, MOST_EVIDENCE);
}
