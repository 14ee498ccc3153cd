import { hashUnit } from '../core/hash-unit.js';
import type { Draw } from '../domain/decision.js';
import type { Ranked } from './arbitration.js';
import type { Situation } from './situation.js';
import { isExempt } from './stages.js';

/** Nobody is shown a card that is worth less than such a share of the best one, to learn. */
const NEARLY = 0.5;
const MOST = 4;
/** Shared by all: what is nearly as good is tried now and then. */
const FLOOR = 0.1;

/**
 * The card that is drawn for the last place among those that could have it, best first; undefined where nothing is to be
 * drawn here. The same situation and parameters draw the same, for every rep: one buyer meets one choice.
 */
export function drawCard(
  { parameters: { explore, version }, account }: Situation,
  contenders: readonly Ranked[],
): (Ranked & { readonly draw: Draw }) | undefined {
  const [best] = contenders;
  if (!best || !explore?.accounts.includes(account.key) || isExempt(best.play)) return undefined;
  // What an arm of its own leaves out is measured against what it ranks, and nothing drawn.
  if (best.arbitration.arm) return undefined;
  const most = best.arbitration.priority;
  // A gap is a share of the best, which learned costs may take below nothing.
  if (most <= 0) return undefined;
  const near = contenders
    .filter(({ play, arbitration }) => !isExempt(play) && arbitration.priority >= NEARLY * most)
    .slice(0, MOST);
  if (near.length < 2) return undefined;
  const weights = weighByGap(
    near.map(({ arbitration }) => arbitration.priority / most),
    { gamma: explore.gamma, floor: FLOOR },
  );
  let left = hashUnit(`explore/${version}/${best.opening}`);
  let at = 0;
  while (at < near.length - 1 && left >= (weights[at] as number)) left -= weights[at++] as number;
  return {
    ...(near[at] as Ranked),
    draw: {
      probability: weights[at] as number,
      among: near.map(({ play, record }, i) => ({
        play: play.id,
        record: record.id,
        probability: weights[i] as number,
      })),
    },
  };
}

/**
 * The shares by which one of several is drawn, in their order (inverse gap weighting; Abe & Long 1999, Foster & Rakhlin
 * 2020): the further a score lies behind the best, the less often, and the best takes what is left. `floor` is shared by
 * all of them; `gamma` says how strongly the gap counts.
 */
export function weighByGap(
  scores: readonly number[],
  { gamma, floor }: { readonly gamma: number; readonly floor: number },
): readonly number[] {
  const best = scores.indexOf(Math.max(...scores));
  const least = floor / scores.length;
  const weights = scores.map((score) =>
    Math.max(least, 1 / (scores.length + gamma * ((scores[best] as number) - score))),
  );
  const others = weights.reduce((sum, weight, i) => (i === best ? sum : sum + weight), 0);
  weights[best] = Math.max(least, 1 - others);
  return weights;
}
