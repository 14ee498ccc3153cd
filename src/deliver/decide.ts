import { defined } from '../core/defined.js';
import { toIso } from '../core/zone.js';
import type { Decision, Stage, Verdict } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import type { RecordState } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';
import { type Arbitrated, arbitrate } from './arbitration.js';
import { type Candidate, findCandidates, judgeCandidate } from './candidates.js';
import { makeCard } from './card.js';
import { findNames } from './mentions.js';
import { explainNothing } from './nothing.js';
import { fillPhrase } from './phrase.js';
import { recordsInScope, type Situation } from './situation.js';

/** A play that did not pass applicability is counted, and told when all verdicts are asked for. */
const BEFORE_APPLICABILITY: readonly Stage[] = ['audience', 'eligibility', 'applicability'];

/** What only "why not" asks for; the agent loads it when that is asked. */
export interface Explainer {
  readonly findChange: NonNullable<Situation['findChange']>;
  /** What a play waits for whose trigger does not hold. */
  explainUnmet(situation: Situation, play: Play, records: readonly RecordState[]): Verdict;
  /** The same verdicts, and where each play stands on its record. */
  tellLives(situation: Situation, verdicts: readonly Verdict[]): readonly Verdict[];
  /** What a tip may go with. */
  findTipAttributes(situation: Situation, record: RecordId): NonNullable<Decision['situation']>;
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
  const { plays } = playbook;
  const outcome = rank(situation, records);
  const shown = outcome.shown.map((one, i) => makeCard(situation, one, i + 1, outcome));
  const verdicts = outcome.judged.map((one, i) => toVerdict(situation, one, i + 1));
  const met = new Set(outcome.judged.map(({ play }) => play.id));
  const unmet = plays.filter(({ id }) => !met.has(id));
  const counts: { [stage in Stage]?: number } = {};
  for (const { stage } of [...verdicts, ...unmet.map(() => ({ stage: 'trigger' }) as const)])
    counts[stage] = (counts[stage] ?? 0) + 1;
  const kept = explainer
    ? explainer.tellLives(situation, [
        ...verdicts,
        ...unmet.map((play) => explainer.explainUnmet(situation, play, records)),
      ])
    : verdicts.filter(({ stage }) => !BEFORE_APPLICABILITY.includes(stage));
  return defined({
    record,
    account: account.key,
    asker: situation.asker,
    now: toIso(now),
    inputs: {
      playbook: playbook.version,
      parameters: situation.parameters.version,
      subjects: situation.versions,
    },
    shown,
    verdicts: kept,
    counts,
    names: findNames(situation, record, shown, kept),
    situation: explainer?.findTipAttributes(situation, record),
    nothing: shown.length === 0 ? explainNothing(situation, verdicts, plays.length) : undefined,
  });
}

/** What could be a card on one of these records, each against its conditions and then against the others. */
export function rank(situation: Situation, records: readonly RecordState[]): Arbitrated {
  const candidates = findCandidates(situation, situation.playbook.plays, records);
  return arbitrate(
    situation,
    candidates.map((candidate) => judgeCandidate(situation, candidate)),
  );
}

function toVerdict(
  { attributes }: Situation,
  { play, record, look, stop, arbitration }: Candidate,
  rank: number,
): Verdict {
  return defined({
    play: play.id,
    record: record.id,
    title: fillPhrase(play.title, look.situated, attributes),
    priority: arbitration?.priority,
    arbitration,
    ...(stop ?? { stage: 'shown', rank }),
  });
}
