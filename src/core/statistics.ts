/**
 * The value below which a share of the sample lies, interpolated linearly between neighbours
 * (Hyndman & Fan 1996, type 7). NaN for an empty sample.
 */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (place - below);
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** The 97.5 % point of the normal distribution: two-sided 95 %. */
export const NORMAL_95 = 1.959963984540054;

/** 95 % interval for a rate of `successes` in `trials` (Wilson 1927); [0, 1] without trials. */
export function wilsonInterval(successes: number, trials: number): readonly [number, number] {
  if (trials === 0) return [0, 1];
  const rate = successes / trials;
  const spread = NORMAL_95 ** 2 / trials;
  const middle = rate + spread / 2;
  const half = Math.sqrt(spread * (rate * (1 - rate) + spread / 4));
  return [Math.max(0, (middle - half) / (1 + spread)), Math.min(1, (middle + half) / (1 + spread))];
}
