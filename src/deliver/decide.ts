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
import { pickContact, recordsInScope, type Situation } from './situation.js';
import { type Stop, stopBy } from './stages.js';

export interface DecideOptions {
  /** Verdicts of plays that never came near, too. */
  readonly verdicts?: 'all';
}

/**
 * The next best actions for one record, one asker and one moment. Pure, and the same for the same versions and moment
 * to the byte: it draws nothing, writes nothing and counts nothing.
 */
export function decide(
  situation: Situation,
  record: RecordId,
  options: DecideOptions = {},
): Decision {
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
  const kept =
    options.verdicts === 'all'
      ? [...verdicts, ...unmet.map((play) => explainUnmet(situation, play, records))]
      : verdicts.filter(
          ({ stage }) =>
            stage !== 'audience' && stage !== 'eligibility' && stage !== 'applicability',
        );
  return {
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
    ...(cards.length === 0 && { nothing: explainNothing(situation, verdicts, plays.length) }),
  };
}

function readsHidden(play: Play, { hidden, attributes }: Situation): boolean {
  if (hidden.size === 0) return false;
  const text = JSON.stringify([play, play.action.asks]);
  for (const id of hidden) if (text.includes(`"${id}"`)) return true;
  for (const [id, { derive }] of attributes) {
    if (!derive || !text.includes(`"${id}"`)) continue;
    const source = JSON.stringify(derive);
    for (const one of hidden) if (source.includes(`"${one}"`)) return true;
  }
  return false;
}

function toVerdict(situation: Situation, one: Candidate, cards: readonly Card[]): Verdict {
  const { play, record, stop, arbitration } = one;
  const rank = cards.find(({ opening }) => opening === one.opening)?.rank;
  return {
    play: play.id,
    record: record.id,
    title: fillPhrase(play.title, one.look.situated, situation.attributes),
    ...(arbitration && { priority: arbitration.priority }),
    ...(stop ?? { stage: 'shown' }),
    ...(rank !== undefined && { rank }),
    ...(arbitration && !stop?.arbitration && { arbitration }),
  };
}

/** A play whose trigger does not hold: what it waits for, on the record of its kind that is nearest to it. */
function explainUnmet(situation: Situation, play: Play, records: readonly RecordState[]): Verdict {
  const fitting = records.filter(({ kind }) => kind === play.about);
  let best: { record: RecordState; stop: Stop; distance: number } | undefined;
  for (const record of fitting) {
    const { situated } = situation.look(
      record,
      pickContact(situation.account, record, play.action.contact)?.id,
    );
    const condition = 'becomes' in play.trigger ? play.trigger.becomes : undefined;
    const stop = stopBy(situation, 'trigger', condition, situated) ?? { stage: 'trigger' as const };
    const distance = Array.isArray(stop.change)
      ? stop.change.length
      : stop.change === 'several'
        ? 4
        : 5;
    if (!best || distance < best.distance) best = { record, stop, distance };
  }
  const record = best?.record ?? situation.account.records[situation.account.key];
  const title = record
    ? fillPhrase(
        play.title,
        situation.look(record, pickContact(situation.account, record, play.action.contact)?.id)
          .situated,
        situation.attributes,
      )
    : fillPhrase(play.title, { get: () => undefined, children: () => [] }, situation.attributes);
  return {
    play: play.id,
    record: best?.record.id ?? situation.account.key,
    title,
    ...(best?.stop ?? { stage: 'trigger' }),
  };
}
