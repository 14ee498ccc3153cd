import { isMissing } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { OpportuneError } from '../core/errors.js';
import { findSmallestChange } from '../core/smallest-change.js';
import { toIso } from '../core/zone.js';
import type { Decision, LifeView, Verdict } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import type { RecordState } from '../domain/subject.js';
import { type AttributeValue, kindOf, type RecordId } from '../domain/value.js';
import type { Explainer } from './decide.js';
import { fillPhrase } from './phrase.js';
import { playLife } from './play-life.js';
import { pickContact, type Situation } from './situation.js';
import { type Stop, stopBy, toAnswered } from './stages.js';

/** The smallest changes, the plays that nothing calls for, where each stands, and what a tip may go with. */
export const explainer: Explainer = {
  findChange: findSmallestChange,
  explainUnmet,
  tellLives,
  findTipAttributes,
};

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

function tellLives(situation: Situation, verdicts: readonly Verdict[]): readonly Verdict[] {
  const { account, asker, now, playbook } = situation;
  const plays = new Map(playbook.plays.map((play) => [play.id, play]));
  return verdicts.map((verdict) => {
    const play = plays.get(verdict.play);
    // A play about a kind of which there is no record has no life here.
    if (play?.about !== kindOf(verdict.record)) return verdict;
    const { state, since, until, opening, ended, answer } = playLife(
      account,
      play,
      verdict.record,
      asker,
      now,
    );
    const life: LifeView = defined({
      state,
      since: toIso(since),
      until: toIso(until),
      opening,
      ended,
      answered: answer && toAnswered(answer),
    });
    return { ...verdict, life };
  });
}

/** Choices and flags of the account and the record in view that the asker may see: what a tip may go with. */
function findTipAttributes(
  situation: Situation,
  record: RecordId,
): NonNullable<Decision['situation']> {
  const own = situation.account.records[record] ?? situation.account.records[situation.account.key];
  if (!own) return {};
  const { situated } = situation.look(own);
  const found: { [attribute: string]: AttributeValue } = {};
  for (const { id, type, of } of situation.attributes.values()) {
    if (
      (type !== 'choice' && type !== 'multi' && type !== 'boolean') ||
      (of !== 'account' && of !== own.kind)
    )
      continue;
    const value = situated.get(id);
    if (!isMissing(value)) found[id] = value;
  }
  return found;
}

/** The verdict of one play in a decision of all of them: on its record where there is one. */
export function verdictOf(play: string, { record, verdicts }: Decision): Verdict {
  const found = verdicts.filter((verdict) => verdict.play === play);
  const verdict = found.find((one) => one.record === record) ?? found[0];
  if (!verdict)
    throw new OpportuneError(
      'opportune/unknown-play',
      `there is no play "${play}" that this asker may know of`,
      { where: record },
    );
  return verdict;
}
