import { defined } from '../core/defined.js';
import { type ArbitrationView, type Draw, worthOf } from '../domain/decision.js';
import { compareFactors } from './arbitrate.js';
import { type Attention, askLedger } from './attention.js';
import { type Candidate, compareCandidates } from './candidates.js';
import { drawCard } from './explore.js';
import type { Situation } from './situation.js';
import { isExempt, type Stop, stopByMargin } from './stages.js';

const MOST_CARDS = 3;

/** A candidate that nothing stopped before it met the others. */
export type Ranked = Candidate & { readonly arbitration: ArbitrationView; readonly draw?: Draw };

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
 * keeps back the touches ranked below it. Where something is to be learned, the last place is drawn.
 */
export function arbitrate(situation: Situation, candidates: readonly Candidate[]): Arbitrated {
  const shown: Ranked[] = [];
  const rest: Candidate[] = [];
  const attention = new Map<string, Attention>();
  const taken: string[] = [];
  const judge = (candidate: Ranked): { stop: Stop | undefined; asked: Attention | undefined } => {
    const { play, look } = candidate;
    const stop = stopByMargin(situation, play, look.situated) ?? stopByRank(candidate, shown);
    const asked = askLedger(situation, candidate, taken);
    return { stop: asked?.stop ?? stop, asked };
  };
  const meet = (candidate: Ranked): Stop | undefined => {
    const { stop, asked } = judge(candidate);
    if (asked) attention.set(candidate.opening, asked);
    if (asked?.takes !== undefined && !stop) taken.push(asked.takes);
    return stop;
  };
  const settle = (candidate: Candidate): void => {
    const stop = candidate.stop ?? meet(candidate as Ranked);
    if (stop) rest.push({ ...candidate, stop });
    else shown.push(candidate as Ranked);
  };
  let open: readonly Candidate[] = [...candidates].sort(compareCandidates);
  for (let isDrawn = false; open[0]; ) {
    const [first, ...others] = open;
    if (isDrawn || !situation.parameters.explore || shown.length !== MOST_CARDS - 1) {
      settle(first);
      open = others;
      continue;
    }
    isDrawn = true;
    const free = open.filter((one) => !one.stop && !judge(one as Ranked).stop) as Ranked[];
    const drawn = drawCard(situation, free);
    if (!drawn) continue;
    settle(drawn);
    open = open.filter(({ opening }) => opening !== drawn.opening);
  }
  return { shown, judged: [...shown, ...rest], attention };
}

function stopByRank(candidate: Ranked, shown: readonly Ranked[]): Stop | undefined {
  const { play, arbitration } = candidate;
  const { priority, vetoedBy } = arbitration;
  const stage = 'arbitration';
  if (vetoedBy !== undefined && !play.mandatory) return { stage, arbitration };
  const behind = (other: Ranked, why: NonNullable<ArbitrationView['behind']>['why']): Stop => {
    const lacks = Math.max(0, other.arbitration.priority - priority);
    return {
      stage,
      arbitration: {
        ...arbitration,
        behind: defined({
          play: other.play.id,
          lacks,
          why,
          logs: other.play.mandatory ? undefined : compareFactors(other.arbitration, arbitration),
        }),
      },
    };
  };
  const twin = shown.find((other) => isSameAction(candidate, other) || keepsBack(other, candidate));
  if (twin) return behind(twin, 'same-action');
  if (worthOf(arbitration) <= 0 && !isExempt(play)) return { stage, arbitration };
  const last = shown[MOST_CARDS - 1];
  if (!last) return undefined;
  const isTried = last.draw !== undefined && last.arbitration.priority < priority;
  return behind(last, isTried ? 'tried' : 'ranked-lower');
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
