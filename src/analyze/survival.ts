/** How long something took, or that it had not happened after so long. */
export interface Duration {
  readonly days: number;
  readonly happened: boolean;
}

/**
 * The time by which it has happened to half, those to whom it has not yet counted as long as they were seen (Kaplan &
 * Meier 1958); undefined where it is not seen that long.
 */
export function medianDuration(durations: readonly Duration[]): number | undefined {
  const sorted = durations.toSorted(
    (one, other) => one.days - other.days || Number(other.happened) - Number(one.happened),
  );
  let waiting = 1;
  for (const [before, { days, happened }] of sorted.entries()) {
    if (happened) waiting *= 1 - 1 / (sorted.length - before);
    if (waiting <= 0.5 + 1e-12) return days;
  }
  return undefined;
}
