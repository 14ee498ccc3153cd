import { explain } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { toIso } from '../core/zone.js';
import type { Condition, Situated } from '../domain/condition.js';
import type { Answered, Verdict } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import type { Answer, RecordState } from '../domain/subject.js';
import { COMPANY, type RecordId } from '../domain/value.js';
import { ownerOf } from './names.js';
import { findMargin } from './profit-gate.js';
import { hasRole, type Situation, teamsOf } from './situation.js';

/** Why a candidate stops, without the parts of a verdict that are the same for all. */
export type Stop = Pick<Verdict, 'stage'> &
  Partial<Omit<Verdict, 'stage' | 'play' | 'record' | 'title'>>;

export const isExempt = (play: Play): boolean =>
  play.mandatory === true || play.buyerRequested === true;

/**
 * The first stage that stops a play on a record for this asker, of those that need no other candidate; undefined when
 * it passes them all.
 */
export function findStop(
  situation: Situation,
  play: Play,
  record: RecordState,
  situated: Situated,
): Stop | undefined {
  if (!isAddressed(situation, play, record)) return { stage: 'audience' };
  for (const stage of ['eligibility', 'applicability', 'suitability'] as const) {
    const stop = stopBy(situation, stage, play[stage], situated);
    if (stop) return stop;
  }
  const answer = stopByAnswer(situation, play, record.id);
  if (answer) return answer;
  return situation.account.holdout === 'holdout' && !isExempt(play)
    ? { stage: 'holdout' }
    : undefined;
}

/** The verdict of one condition, with what it found and the smallest change; undefined when it is true or absent. */
export function stopBy(
  situation: Situation,
  stage: Verdict['stage'],
  condition: Condition | undefined,
  situated: Situated,
): Stop | undefined {
  if (!condition) return undefined;
  const explanation = explain(condition, situated);
  if (explanation.truth === true) return undefined;
  const change = situation.findChange?.(condition, situated, (attribute) =>
    situation.attributes.get(attribute),
  );
  return defined({ stage, condition: explanation, change });
}

function isAddressed(situation: Situation, play: Play, record: RecordState): boolean {
  const { asker, subjects } = situation;
  const rep = subjects.get(asker)?.records[asker];
  const owner = ownerOf(situation, record);
  switch (play.for) {
    case 'owner':
      return owner === asker;
    case 'team': {
      const theirs = teamsOf(subjects.get(COMPANY)?.records[owner ?? '']);
      return owner === asker || teamsOf(rep).some((team) => theirs.includes(team));
    }
    case 'partner':
      return rep?.values.partner?.value === true;
    default:
      return rep !== undefined && hasRole(rep, play.for);
  }
}

/** The answer under which a play rests on a record, for everybody or for this asker; the longest rest counts. */
export function findRest(
  situation: Pick<Situation, 'account' | 'now'>,
  play: string,
  record: RecordId,
  asker: RecordId | undefined,
): Answer | undefined {
  let longest: Answer | undefined;
  let until = situation.now;
  for (const answer of situation.account.answers[`${play}|${record}`] ?? []) {
    const { undone, executed, scope, restsUntil = 0 } = answer;
    if (undone || !executed || (scope === 'rep' && answer.asker !== asker) || restsUntil <= until)
      continue;
    longest = answer;
    until = restsUntil;
  }
  return longest;
}

function stopByAnswer(
  situation: Situation,
  { id, mandatory, action }: Play,
  record: RecordId,
): Stop | undefined {
  const { asker, subjects } = situation;
  const rest = findRest(situation, id, record, asker);
  if (rest)
    return defined({
      stage: 'answered',
      until: toIso(rest.restsUntil),
      answered: toAnswered(rest),
    });
  const off = subjects.get(asker)?.records[asker]?.values[kindSwitch(action.kind)];
  return mandatory || off?.value !== true
    ? undefined
    : { stage: 'answered', answered: { kind: 'kind-off', asker, at: toIso(off.since) } };
}

export const toAnswered = ({ response, asker, at }: Answer): Answered =>
  defined({
    kind: response.kind,
    reason: 'reason' in response ? response.reason : undefined,
    asker,
    at: toIso(at),
  });

/** The rep's attribute that says a kind of action is switched off. */
export const kindSwitch = (kind: string): string => `off-${kind}`;

/** The profit gate: an offer that does not earn its cost to serve is no offer. */
export function stopByMargin(
  situation: Situation,
  play: Play,
  situated: Situated,
): Stop | undefined {
  const margin = findMargin(play, situated, situation.playbook);
  return margin && margin.rate < margin.required ? { stage: 'profit-gate', margin } : undefined;
}
