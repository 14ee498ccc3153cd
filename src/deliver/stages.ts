import { explain } from '../core/condition.js';
import { defined } from '../core/defined.js';
import type { Condition, Situated } from '../domain/condition.js';
import type { Verdict } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import type { Answer, RecordState } from '../domain/subject.js';
import { COMPANY, type RecordId } from '../domain/value.js';
import { findMargin } from './profit-gate.js';
import type { Situation } from './situation.js';

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
  return stopByAnswer(situation, play, record.id) ?? stopByHoldout(situation, play);
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

function isAddressed(
  { account, asker, subjects }: Situation,
  play: Play,
  record: RecordState,
): boolean {
  const own = record.values.owner?.value ?? account.records[account.key]?.values.owner?.value;
  const asked = subjects.get(asker)?.records[asker]?.values;
  switch (play.for) {
    case 'owner':
      return own === asker;
    case 'team': {
      const team = subjects.get(COMPANY)?.records[String(own)]?.values.team?.value;
      return own === asker || (team !== undefined && team === asked?.team?.value);
    }
    case 'partner':
      return asked?.partner?.value === true;
    default: {
      const role = asked?.role?.value;
      return Array.isArray(role) ? role.includes(play.for) : role === play.for;
    }
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
  for (const answer of situation.account.answers[`${play}|${record}`] ?? []) {
    if (answer.undone || !answer.executed || (answer.scope === 'rep' && answer.asker !== asker))
      continue;
    if (
      (answer.restsUntil ?? 0) > situation.now &&
      (answer.restsUntil ?? 0) > (longest?.restsUntil ?? 0)
    )
      longest = answer;
  }
  return longest;
}

function stopByAnswer(situation: Situation, play: Play, record: RecordId): Stop | undefined {
  const rest = findRest(situation, play.id, record, situation.asker);
  if (rest) {
    const reason = 'reason' in rest.response ? rest.response.reason : undefined;
    return {
      stage: 'answered',
      until: new Date(rest.restsUntil ?? 0).toISOString(),
      answered: defined({
        kind: rest.response.kind,
        reason,
        asker: rest.asker,
        at: new Date(rest.at).toISOString(),
      }),
    };
  }
  const off = situation.subjects.get(situation.asker)?.records[situation.asker]?.values[
    kindSwitch(play.action.kind)
  ];
  if (play.mandatory || off?.value !== true) return undefined;
  const at = new Date(off.since).toISOString();
  return { stage: 'answered', answered: { kind: 'kind-off', asker: situation.asker, at } };
}

/** The rep's attribute that says a kind of action is switched off. */
export const kindSwitch = (kind: string): string => `off-${kind}`;

function stopByHoldout({ account }: Situation, play: Play): Stop | undefined {
  return account.holdout === 'holdout' && !isExempt(play) ? { stage: 'holdout' } : undefined;
}

/** The profit gate: an offer that does not earn its cost to serve is no offer. */
export function stopByMargin(
  situation: Situation,
  play: Play,
  situated: Situated,
): Stop | undefined {
  const margin = findMargin(play, situated, situation.playbook);
  return margin && margin.rate < margin.required ? { stage: 'profit-gate', margin } : undefined;
}
