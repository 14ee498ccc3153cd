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
