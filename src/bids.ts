import { judge } from './core/condition.js';
import { weigh } from './deliver/arbitrate.js';
import { type Candidate, toCandidate } from './deliver/candidates.js';
import type { Situation } from './deliver/situation.js';
import { findRest, isExempt, stopByMargin } from './deliver/stages.js';
import type { Fact } from './domain/fact.js';
import type { Placed, Subject } from './domain/subject.js';

/** A bid changes when its priority moves by more than this share. */
const STEP = 0.05;

/**
 * What an account tells the ledgers that its open cards would touch: a bid for a new card, a better one when its
 * priority moved, and a withdrawal when it closed, rests, or would be stopped whoever asks.
 */
export function placeBids(situation: Situation): {
  readonly account: Subject;
  readonly told: readonly Fact[];
} {
  const { account, playbook, now } = situation;
  const told: Fact[] = [];
  const placed: { [opening: string]: Placed } = {};
  const tell = (
    type: 'bid' | 'bid-withdrawn',
    to: string,
    opening: string,
    data: Fact['data'],
  ): void => {
    const id = `${type}/${opening}/${to}/${now}`;
    told.push({
      id,
      type,
      subjects: [to],
      about: [],
      occurredAt: now,
      learnedAt: now,
      grade: 'observed',
      data: { opening, ...data },
    });
  };
  for (const opening of Object.values(account.openings)) {
    const play =
      opening.end === undefined ? playbook.plays.find(({ id }) => id === opening.play) : undefined;
    const record = account.records[opening.record];
    if (!play?.action.touch || !record || isExempt(play)) continue;
    const candidate = toCandidate(situation, play, record, opening);
    if (!wouldShow(situation, candidate)) continue;
    const { contact, look } = candidate;
    const { priority, vetoedBy } = weigh(play, look.situated, playbook, situation.parameters);
    if (priority <= 0 || vetoedBy !== undefined) continue;
    const to = contact?.id ?? account.key;
    const earlier = account.placed[opening.key];
    const same =
      earlier?.to === to &&
      Math.abs(earlier.priority - priority) <= STEP * Math.abs(earlier.priority);
    placed[opening.key] = same ? earlier : { to, priority };
    if (same) continue;
    tell('bid', to, opening.key, {
      play: play.id,
      account: account.key,
      channel: play.action.touch,
      priority,
      until: opening.begin + play.expiresMs,
    });
  }
  for (const [opening, { to }] of Object.entries(account.placed)) {
    if (placed[opening]?.to !== to) tell('bid-withdrawn', to, opening, {});
  }
  return { account: told.length > 0 ? { ...account, placed } : account, told };
}

/** Whether an open card passes what does not depend on who asks; a filter that reads the asker counts as passed. */
function wouldShow(situation: Situation, { play, record, look, life }: Candidate): boolean {
  const { account, now } = situation;
  if ((life?.from ?? 0) > now || account.holdout === 'holdout') return false;
  const filters = [play.eligibility, play.applicability, play.suitability];
  if (filters.some((filter) => filter && judge(filter, look.situated) === false)) return false;
  const owner = record.values.owner?.value ?? account.records[account.key]?.values.owner?.value;
  const asker = play.for === 'owner' && typeof owner === 'string' ? owner : undefined;
  return (
    !findRest(situation, play.id, record.id, asker) && !stopByMargin(situation, play, look.situated)
  );
}
