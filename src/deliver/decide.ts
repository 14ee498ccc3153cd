import { defined } from '../core/defined.js';
import type { Card, Decision, Stage, Verdict } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import type { RecordState } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';
import { arbitrate } from './arbitration.js';
import { type Candidate, findCandidates, judgeCandidate } from './candidates.js';
import { makeCard } from './card.js';
import { findNames, findTipAttributes } from './mentions.js';
import { explainNothing } from './nothing.js';
import { fillPhrase } from './phrase.js';
import { recordsInScope, type Situation } from './situation.js';

/** What only "why not" asks for; the agent loads it when that is asked. */
export interface Explainer {
  readonly findChange: NonNullable<Situation['findChange']>;
  /** What a play waits for whose trigger does not hold. */
  explainUnmet(situation: Situation, play: Play, records: readonly RecordState[]): Verdict;
}

/**
 * The next best actions for one record, one asker and one moment. Pure, and the same for the same versions and moment
 * to the byte: it draws nothing, writes nothing and counts nothing. With an explainer there is a verdict for every play,
 * with the smallest change that would show it.
 */
export function decide(given: Situation, record: RecordId, explainer?: Explainer): Decision {
  const situation = explainer ? { ...given, findChange: explainer.findChange } : given;
  const { account, playbook, now } = situation;
  const records = recordsInScope(account, record);
  const plays = playbook.plays.filter((play) => !readsHidden(play, situation));
  const candidates = findCandidates(situation, plays, records).map((candidate) =>
    judgeCandidate(situation, candidate),
  );
  const outcome = arbitrate(situation, candidates);
  const cards: Card[] = outcome.shown.map((one, i) => makeCard(situation, one, i + 1, outcome));
  const verdicts = outcome.judged.map((one) => toVerdict(situation, one, cards));
  const counts: { [stage in Stage]?: number } = {};
  const count = (stage: Stage, by: number): void => {
    if (by > 0) counts[stage] = (counts[stage] ?? 0) + by;
  };
  for (const { stage } of verdicts) count(stage, 1);
  const met = new Set(candidates.map(({ play }) => play.id));
  const unmet = plays.filter(({ id }) => !met.has(id));
  count('trigger', unmet.length);
  const kept = explainer
    ? [...verdicts, ...unmet.map((play) => explainer.explainUnmet(situation, play, records))]
    : verdicts.filter(
        ({ stage }) => stage !== 'audience' && stage !== 'eligibility' && stage !== 'applicability',
      );
  return defined({
    record,
    account: account.key,
    asker: situation.asker,
    now: new Date(now).toISOString(),
    inputs: {
      playbook: playbook.version,
      parameters: situation.parameters.version,
      subjects: situation.versions,
    },
    shown: cards,
    verdicts: kept,
    counts,
    names: findNames(situation, record, cards, kept),
    situation: findTipAttributes(situation, record),
    nothing: cards.length === 0 ? explainNothing(situation, verdicts, plays.length) : undefined,
  });
}

function readsHidden(play: Play, { hidden }: Situation): boolean {
  if (hidden.size === 0) return false;
  const text = JSON.stringify(play);
  return [...hidden].some((id) => text.includes(`"${id}"`));
}

function toVerdict(situation: Situation, one: Candidate, cards: readonly Card[]): Verdict {
  const { play, record, stop, arbitration } = one;
  const rank = cards.find(({ opening }) => opening === one.opening)?.rank;
  return defined({
    play: play.id,
    record: record.id,
    title: fillPhrase(play.title, one.look.situated, situation.attributes),
    priority: arbitration?.priority,
    ...(stop ?? { stage: 'shown' }),
    rank,
    arbitration: stop?.arbitration ?? arbitration,
  });
}
