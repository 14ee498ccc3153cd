/** One time that a card stood before a rep's eyes. */
export interface Exposure {
  readonly play: string;
  /** The value of the attribute by which situations differ, then; empty: not known, or none is told apart. */
  readonly situation: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The rep acted on it, or said it had been done. */
  readonly followed: boolean;
  /** The buyer acted after that: so many milliseconds after the card was seen. */
  readonly answeredAfter?: number;
}

/** How much an exposure counts, and how much of it is a success. */
export interface Counted extends Pick<Exposure, 'play' | 'situation'> {
  readonly trials: number;
  readonly successes: number;
}

export interface CountOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** What comes later than this after the card was seen is not its doing. */
  readonly windowMs: number;
  /** After so long an exposure counts half. */
  readonly halfLifeMs: number;
}

/** Beside the answers that are known, as if so many had come spread evenly over the window. */
const EVEN = 2;

/**
 * What exposures count for at a moment. One that waits is no "no": it counts for the share of answers that have usually
 * come by its age, so that those of today weigh nothing yet, and a quick answer does not make a play look good.
 */
export function countExposures(
  exposures: readonly Exposure[],
  { now, windowMs, halfLifeMs }: CountOptions,
): readonly Counted[] {
  const known = exposures.filter(({ at }) => at <= now);
  const isOver = ({ at }: Exposure): boolean => at + windowMs <= now;
  const delays = known
    .flatMap((one) => (isOver(one) && isAnswered(one, windowMs) ? [one.answeredAfter] : []))
    .sort((a, b) => a - b);
  return known.map((one): Counted => {
    const { play, situation, at } = one;
    const weight = 2 ** (-(now - at) / halfLifeMs);
    const age = now - at;
    const share = isOver(one)
      ? 1
      : (below(delays, age) + (EVEN * age) / windowMs) / (delays.length + EVEN);
    const hasAnswer = isAnswered(one, windowMs) && one.answeredAfter <= age;
    return { play, situation, trials: weight * share, successes: hasAnswer ? weight : 0 };
  });
}

function isAnswered(
  one: Exposure,
  windowMs: number,
): one is Exposure & { readonly answeredAfter: number } {
  return one.answeredAfter !== undefined && one.answeredAfter <= windowMs;
}

/** How many of sorted numbers are not above that. */
function below(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
