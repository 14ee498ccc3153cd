/**
 * p-values adjusted so that at most the level of the findings is false on average (Benjamini & Hochberg 1995): each is
 * p times the number of tests over its rank, and no smaller than that of a smaller p.
 */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[b] as number) - (ps[a] as number));
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 1;
  for (const [place, i] of order.entries()) {
    least = Math.min(least, ((ps[i] as number) * ps.length) / (ps.length - place));
    adjusted[i] = least;
  }
  return adjusted;
}

export interface FlippedTests {
  /** One-sided, of each test by itself. */
  readonly raw: readonly number[];
  /** So that the level bounds how probable one false finding or more is: Westfall-Young, step-down. */
  readonly adjusted: readonly number[];
}

/**
 * Tests of whether scores, one for each seller, are above 0 together. If a pattern makes no difference, a seller's score
 * is as likely to be on the other side: signs are flipped seller by seller, the same for all tests at once, so that
 * tests which hang together cost no more than one (Westfall & Young 1993, step-down maxT as in Ge, Dudoit & Speed 2003,
 * box 2; sign flips of scores as in Hemerik, Goeman & Finos 2020). When there are few sellers every flip is tried, so no p is
 * below 2^-sellers; else p counts the observed one among the flips.
 */
export function testByFlips(
  tests: readonly Float64Array[],
  { flips, random }: { readonly flips: number; readonly random: () => number },
): FlippedTests {
  const sellers = tests[0]?.length ?? 0;
  const counting = Array.from({ length: sellers }, (_, i) => i).filter((i) =>
    tests.some((scores) => Math.abs(scores[i] as number) > 1e-12),
  );
  const scaled = tests.map((scores) => scale(counting.map((i) => scores[i] as number)));
  const observed = scaled.map(
    ({ values, shrink }) => shrink * values.reduce((sum, one) => sum + one, 0),
  );
  const order = observed
    .map((_, i) => i)
    .sort((a, b) => (observed[b] as number) - (observed[a] as number));
  const isExact = 2 ** counting.length <= flips;
  const rounds = isExact ? 2 ** counting.length : flips;
  const above = new Float64Array(tests.length);
  const stepAbove = new Float64Array(tests.length);
  const signs = new Int8Array(counting.length);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < signs.length; i++)
      signs[i] = isExact ? 1 - 2 * ((round >>> i) & 1) : random() < 0.5 ? 1 : -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = order.length - 1; place >= 0; place--) {
      const test = order[place] as number;
      const { values } = scaled[test] as Scaled;
      let sum = 0;
      for (let i = 0; i < signs.length; i++) sum += (values[i] as number) * (signs[i] as number);
      const bar = (observed[test] as number) - 1e-9;
      if (sum >= bar) above[test] = (above[test] as number) + 1;
      most = Math.max(most, sum);
      if (most >= bar) stepAbove[test] = (stepAbove[test] as number) + 1;
    }
  }
  const extra = isExact ? 0 : 1;
  const p = (counts: Float64Array, test: number): number =>
    Math.min(1, Math.max((counts[test] as number) + extra, 1) / (rounds + extra));
  const adjusted = new Array<number>(tests.length).fill(1);
  let least = 0;
  for (const test of order) {
    least = Math.max(least, p(stepAbove, test));
    adjusted[test] = least;
  }
  return { raw: tests.map((_, test) => p(above, test)), adjusted };
}

interface Scaled {
  readonly values: Float64Array;
  /** Means that were estimated from the same sellers make scores sum closer to 0 than free ones would. */
  readonly shrink: number;
}

function scale(scores: readonly number[]): Scaled {
  const size = Math.sqrt(scores.reduce((sum, one) => sum + one * one, 0));
  const count = scores.filter((one) => Math.abs(one) > 1e-12).length;
  return {
    values: Float64Array.from(scores, (one) => (size > 0 ? one / size : 0)),
    shrink: count > 1 ? Math.sqrt((count - 1) / count) : 0,
  };
}
