import { judge } from './core/condition.js';
import { weigh } from './deliver/arbitrate.js';
import { type Candidate, toCandidate } from './deliver/candidates.js';
import { ownerOf } from './deliver/names.js';
import { rankIn } from './deliver/rank-in.js';
import type { Situation } from './deliver/situation.js';
import { findRest, isExempt, stopByMargin } from './deliver/stages.js';
import { worthOf } from './domain/decision.js';
import { noteFact } from './domain/fact.js';
import type { Outgoing } from './domain/store.js';
import { type Bid, openOf, type Placed } from './domain/subject.js';
import type { JsonObject, SubjectKey } from './domain/value.js';

/** A bid changes when its priority moves by more than this share. */
const STEP = 0.05;

/**
 * What an account tells the ledgers that its open cards would touch: a bid for a new card, a better one when its
 * priority moved, and a withdrawal when it closed, rests, or would be stopped whoever asks. `version` is that of the
 * commit, so that what is told within one millisecond keeps its order.
 */
export function placeBids(
  situation: Situation,
  version: number,
): {
  readonly placed: { readonly [opening: string]: Placed };
  readonly outbox: readonly Outgoing[];
} {
  const { account, playbook, parameters, now } = situation;
  const outbox: Outgoing[] = [];
  const placed: { [opening: string]: Placed } = {};
  const tell = (
    type: 'bid' | 'bid-withdrawn',
    to: SubjectKey,
    data: Pick<Bid, 'opening'>,
  ): void => {
    const id = `bid/${data.opening}/${String(version).padStart(10, '0')}/${to}`;
    const fact = noteFact({ id, type, subjects: [to], data: data as unknown as JsonObject }, now);
    outbox.push({ id, to, fact });
  };
  for (const life of openOf(account.openings)) {
    const play = playbook.plays.find(({ id }) => id === life.play);
    const record = account.records[life.record];
    if (!play?.action.touch || !record || isExempt(play)) continue;
    const candidate = toCandidate(situation, play, record, life);
    if (!wouldShow(situation, candidate)) continue;
    const weighed = rankIn(
      weigh(play, candidate.look.situated, playbook, parameters),
      account.arm,
      life.key,
    );
    const { priority, vetoedBy } = weighed;
    if (worthOf(weighed) <= 0 || vetoedBy !== undefined) continue;
    const to = candidate.contact?.id ?? account.key;
    const opening = life.key;
    const earlier = account.placed[opening];
    const moved = Math.abs((earlier?.priority ?? 0) - priority);
    if (earlier?.to === to && moved <= STEP * Math.abs(earlier.priority)) {
      placed[opening] = earlier;
      continue;
    }
    placed[opening] = { to, priority };
    const bid: Bid = {
      opening,
      play: play.id,
      account: account.key,
      channel: play.action.touch,
      priority,
      until: life.begin + play.expiresMs,
    };
    tell('bid', to, bid);
  }
  for (const [opening, { to }] of Object.entries(account.placed))
    if (placed[opening]?.to !== to) tell('bid-withdrawn', to, { opening });
  return { placed, outbox };
}

/** Whether an open card passes what does not depend on who asks; a filter that reads the asker counts as passed. */
function wouldShow(situation: Situation, { play, record, look, life }: Candidate): boolean {
  const { account, now } = situation;
  if ((life?.from ?? 0) > now || account.holdout === 'holdout') return false;
  const filters = [play.eligibility, play.applicability, play.suitability];
  if (filters.some((filter) => filter && judge(filter, look.situated) === false)) return false;
  const asker = play.for === 'owner' ? ownerOf(situation, record) : undefined;
  return (
    !findRest(situation, play.id, record.id, asker) && !stopByMargin(situation, play, look.situated)
  );
}
