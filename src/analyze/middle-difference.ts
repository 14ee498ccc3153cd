import { median } from '../core/statistics.js';

/** Of more pairs the rows are thinned evenly by their size, which keeps how they lie. */
const MOST_PAIRS = 100_000;

/**
 * By how much an amount is higher with a pattern than without it, in the middle of all pairs of comparable rows (Hodges &
 * Lehmann 1963, over strata): a few very large values do not move it. Undefined: no row is comparable with one that differs.
 *
 * @param has 1 for a row that has the pattern
 */
export function middleDifference(
  has: ArrayLike<number>,
  outcome: ArrayLike<number>,
  strata: ArrayLike<number>,
): number | undefined {
  const byStratum = new Map<number, readonly [number[], number[]]>();
  for (let row = 0; row < strata.length; row++) {
    const own = byStratum.get(strata[row] as number) ?? [[], []];
    byStratum.set(strata[row] as number, own);
    own[has[row] === 1 ? 0 : 1].push(outcome[row] as number);
  }
  const parted = [...byStratum.values()].filter(
    ([having, lacking]) => having.length * lacking.length > 0,
  );
  const pairs = parted.reduce((sum, [having, lacking]) => sum + having.length * lacking.length, 0);
  const most =
    pairs > MOST_PAIRS
      ? Math.max(2, Math.floor(Math.sqrt(MOST_PAIRS / parted.length)))
      : Number.POSITIVE_INFINITY;
  const differences: number[] = [];
  for (const [having, lacking] of parted)
    for (const one of thin(having, most))
      for (const other of thin(lacking, most)) differences.push(one - other);
  return differences.length > 0 ? median(differences) : undefined;
}

function thin(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  const sorted = Float64Array.from(values).sort();
  return Array.from(
    { length: most },
    (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / most)] as number,
  );
}
