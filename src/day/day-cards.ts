import { compareCandidates, findCandidates, judgeCandidate } from '../deliver/candidates.js';
import { nameOf } from '../deliver/names.js';
import { fillPhrase } from '../deliver/phrase.js';
import { recordsInScope, type Situation } from '../deliver/situation.js';
import { isExempt, stopByMargin } from '../deliver/stages.js';
import { type FilledPhrase, worthOf } from '../domain/decision.js';
import type { RecordId } from '../domain/value.js';
import { ownerIn } from '../replay-journey.js';
import type { DayCandidate } from './day-problem.js';

/** A candidate, with what a person reads of it. */
export interface DayCard extends DayCandidate {
  readonly account: RecordId;
  readonly title: FilledPhrase;
  readonly why: FilledPhrase;
  /** Of the record, as the rep may see it. */
  readonly name?: string;
}

/**
 * Every card of an account that its asker could work on: what is open on a record that is the asker's and nothing but
 * other cards or the buyer's attention holds back. `tried` are plays that are new or being tried.
 */
export function dayCardsOf(situation: Situation, tried: ReadonlySet<string>): readonly DayCard[] {
  const { account, playbook, asker } = situation;
  const records = recordsInScope(account, account.key).filter(
    ({ id }) => ownerIn(account, id) === asker,
  );
  const cards = new Map<string, DayCard>();
  const quiet: { readonly buyer?: RecordId }[] = [];
  const judged = findCandidates(situation, playbook.plays, records)
    .map((candidate) => judgeCandidate(situation, candidate))
    .sort(compareCandidates);
  for (const { play, record, contact, life, look, stop, arbitration } of judged) {
    const { action } = play;
    if (stop || !arbitration || stopByMargin(situation, play, look.situated)) continue;
    if (arbitration.vetoedBy !== undefined && !play.mandatory) continue;
    if (action.kind === 'leave-alone') {
      const buyer = record.kind === 'account' ? undefined : contact?.id;
      if (worthOf(arbitration) > 0) quiet.push(buyer === undefined ? {} : { buyer });
      continue;
    }
    const buyer = contact?.id ?? account.key;
    const isKeptBack = quiet.some((one) => one.buyer === undefined || one.buyer === contact?.id);
    if (action.touch && isKeptBack && !isExempt(play)) continue;
    const id = `${play.id}|${record.id}`;
    // The better of two lives of a play on a record.
    if (cards.has(id)) continue;
    const name = nameOf(situation, record.id) ?? nameOf(situation, account.key);
    const { rate } = arbitration.propensity;
    cards.set(id, {
      id,
      play: play.id,
      rep: asker,
      record: record.id,
      account: account.key,
      ...(action.touch && { touch: { buyer, channel: action.touch } }),
      minutes: action.minutes,
      // Minutes and touches are priced by the plan itself.
      value: worthOf(arbitration),
      goals: Object.fromEntries(arbitration.goals.map((one) => [one.goal, rate * one.value])),
      ...(tried.has(play.id) && { tried: true }),
      ...(play.mandatory ? { owed: 'mandatory' } : play.buyerRequested && { owed: 'requested' }),
      ...(life?.from !== undefined && { from: life.from }),
      ...(life && { until: life.begin + play.expiresMs }),
      ...(action.kind !== 'ask' && {
        alike: `${action.kind}|${contact?.id ?? record.id}`,
      }),
      title: fillPhrase(play.title, look.situated, situation.attributes),
      why: fillPhrase(play.why, look.situated, situation.attributes),
      ...(name !== undefined && { name }),
    });
  }
  return [...cards.values()];
}
