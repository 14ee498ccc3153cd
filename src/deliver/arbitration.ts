import type { ArbitrationView } from '../domain/decision.js';
import { type Attention, askLedger } from './attention.js';
import { type Candidate, compareCandidates } from './candidates.js';
import type { Situation } from './situation.js';
import { isExempt, type Stop, stopByMargin } from './stages.js';

const MOST_CARDS = 3;

/** A candidate that nothing stops. */
export type Ranked = Candidate & { readonly arbitration: ArbitrationView };

export interface Arbitrated {
  /** In rank order. */
  readonly shown: readonly Ranked[];
  /** Every candidate, those shown first, each with what stopped it. */
  readonly judged: readonly Candidate[];
  readonly attention: ReadonlyMap<string, Attention>;
}

/**
 * Candidates against each other and against the ledgers, best first: contact policy, profit gate, floors, and then at
 * most three cards, only one of the same kind of action on the same contact. A card that says to leave the buyer alone
 * keeps back the touches ranked below it.
 */
export function arbitrate(situation: Situation, candidates: readonly Candidate[]): Arbitrated {
  const ordered = [...candidates].sort(compareCandidates);
  const shown: Ranked[] = [];
  const rest: Candidate[] = [];
  const attention = new Map<string, Attention>();
  const taken: string[] = [];
  for (const candidate of ordered) {
    const stop = candidate.stop ?? meet(situation, candidate, shown, attention, taken);
    if (stop) rest.push({ ...candidate, stop });
    else shown.push(candidate as Ranked);
  }
  return { shown, judged: [...shown, ...rest], attention };
}

function meet(
  situation: Situation,
  candidate: Candidate,
  shown: readonly Candidate[],
  attention: Map<string, Attention>,
  taken: string[],
): Stop | undefined {
  const { play, look, opening, arbitration } = candidate;
  const later = stopByMargin(situation, play, look.situated) ?? stopByRank(candidate, shown);
  const asked = askLedger(situation, candidate, taken);
  if (asked) attention.set(opening, asked);
  if (asked?.takes !== undefined && !later) taken.push(asked.takes);
  return asked?.stop && !isExempt(play)
    ? { ...asked.stop, ...(arbitration && { arbitration }) }
    : later;
}

function stopByRank(candidate: Candidate, shown: readonly Candidate[]): Stop | undefined {
  const { play, arbitration } = candidate;
  if (!arbitration) return undefined;
  if (arbitration.vetoedBy !== undefined && !play.mandatory)
    return { stage: 'arbitration', arbitration };
  const behind = (other: Candidate, why: 'ranked-lower' | 'same-action'): Stop => ({
    stage: 'arbitration',
    arbitration: {
      ...arbitration,
      behind: {
        play: other.play.id,
        lacks: Math.max(0, (other.arbitration?.priority ?? 0) - arbitration.priority),
        why,
      },
    },
  });
  const twin = shown.find((other) => isSameAction(candidate, other) || keepsBack(other, candidate));
  if (twin) return behind(twin, 'same-action');
  if (isExempt(play))
    return shown.length < MOST_CARDS
      ? undefined
      : behind(shown[MOST_CARDS - 1] as Candidate, 'ranked-lower');
  if (arbitration.priority <= 0) return { stage: 'arbitration', arbitration };
  const last = shown[MOST_CARDS - 1];
  return last && behind(last, 'ranked-lower');
}

function isSameAction(a: Candidate, b: Candidate): boolean {
  return (
    a.play.action.kind === b.play.action.kind &&
    (a.contact?.id ?? a.record.id) === (b.contact?.id ?? b.record.id) &&
    a.play.action.kind !== 'ask' &&
    !(a.play.mandatory && b.play.mandatory)
  );
}

function keepsBack(quiet: Candidate, other: Candidate): boolean {
  if (quiet.play.action.kind !== 'leave-alone' || !other.play.action.touch || isExempt(other.play))
    return false;
  return quiet.record.kind === 'account' || quiet.contact?.id === other.contact?.id;
}
