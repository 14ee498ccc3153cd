import type { Range } from '../domain/condition.js';

/**
 * Bounds between so many bins of about equal numbers of values, each bound rounded to the fewest digits that still
 * split the values as it did. Equal values are never split, so that there may be fewer bins.
 */
export function findBounds(values: readonly number[], bins: number): readonly number[] {
  const sorted = Float64Array.from(values).sort();
  const bounds: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const at = Math.round((bin * sorted.length) / bins);
    const above = sorted[at];
    if (above === undefined) continue;
    const first = sorted.indexOf(above);
    const below = sorted[first - 1];
    if (below === undefined) continue;
    const bound = shortest(below, above);
    if (bound !== bounds.at(-1)) bounds.push(bound);
  }
  return bounds;
}

/** The number with fewest digits that is above the one and at most the other. */
function shortest(below: number, above: number): number {
  for (let digits = 1; digits < 17; digits++) {
    const near = Number(above.toPrecision(digits));
    if (near > below && near <= above) return near;
    const step = 10 ** (Math.floor(Math.log10(Math.abs(above) || 1)) + 1 - digits);
    const lower = Number((near - step).toPrecision(digits));
    if (lower > below && lower <= above) return lower;
  }
  return above;
}

/** The bins that bounds make: from each up to, and without, the next. */
export function rangesOf(bounds: readonly number[]): readonly Range[] {
  return [...bounds, undefined].map((upper, bin) => {
    const lower = bounds[bin - 1];
    return {
      ...(lower !== undefined && { gte: lower }),
      ...(upper !== undefined && { lt: upper }),
    };
  });
}

/** Which bin a number is in. */
export function binOf(value: number, bounds: readonly number[]): number {
  let bin = 0;
  while (bin < bounds.length && value >= (bounds[bin] as number)) bin++;
  return bin;
}
