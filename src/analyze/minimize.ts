export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  /** False: the steps ran out before the values settled. */
  readonly settled: boolean;
}

/**
 * A local minimum by the simplex method (Nelder & Mead, Computer Journal 1965), begun anew from where it settled until
 * that changes nothing. A value that is no number counts as infinitely high.
 */
export function minimize(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  {
    tolerance = 1e-10,
    mostSteps = 4_000,
  }: { readonly tolerance?: number; readonly mostSteps?: number } = {},
): Minimum {
  const valueAt = (at: readonly number[]): number => {
    const value = of(at);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  let best = { at: start, value: valueAt(start) };
  let steps = 0;
  for (;;) {
    const before = best.value;
    const simplex = [best];
    for (let i = 0; i < start.length; i++) {
      const at = best.at.map((one, j) =>
        i === j ? one + (Math.abs(one) > 1e-3 ? 0.1 * one : 0.1) : one,
      );
      simplex.push({ at, value: valueAt(at) });
    }
    for (; steps < mostSteps; steps++) {
      simplex.sort((one, other) => one.value - other.value);
      const [lowest, worst] = [simplex[0] as typeof best, simplex.at(-1) as typeof best];
      const second = simplex.at(-2) as typeof best;
      if (worst.value - lowest.value <= tolerance * (Math.abs(lowest.value) + tolerance)) break;
      const centre = start.map(
        (_, i) =>
          simplex.slice(0, -1).reduce((sum, { at }) => sum + (at[i] as number), 0) / start.length,
      );
      const towards = (share: number): typeof best => {
        const at = centre.map((one, i) => one + share * ((worst.at[i] as number) - one));
        return { at, value: valueAt(at) };
      };
      const mirrored = towards(-1);
      let next = mirrored;
      if (mirrored.value < lowest.value) {
        const further = towards(-2);
        if (further.value < mirrored.value) next = further;
      } else if (mirrored.value >= second.value) {
        next = towards(mirrored.value < worst.value ? -0.5 : 0.5);
        if (next.value >= Math.min(mirrored.value, worst.value)) {
          for (let i = 1; i < simplex.length; i++) {
            const at = (simplex[i] as typeof best).at.map(
              (one, j) => ((lowest.at[j] as number) + one) / 2,
            );
            simplex[i] = { at, value: valueAt(at) };
          }
          continue;
        }
      }
      simplex[simplex.length - 1] = next;
    }
    simplex.sort((one, other) => one.value - other.value);
    best = simplex[0] as typeof best;
    const gained = before - best.value;
    if (steps >= mostSteps) return { ...best, settled: false };
    if (!(gained > tolerance * (Math.abs(best.value) + tolerance)))
      return { ...best, settled: true };
  }
}
