import { searchFirst } from '../core/search-first.js';

/** One time that a card stood before a rep's eyes. */
export interface Exposure {
  readonly play: string;
  /** The value of the attribute by which situations differ, then; empty: not known, or none is told apart. */
  readonly situation: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The rep acted on it, or said it had been done. */
  readonly followed: boolean;
  /** The rep who acted on it first. */
  readonly by?: string;
  /** The buyer acted after that: so many milliseconds after the card was seen. */
  readonly answeredAfter?: number;
}

/** How much an exposure counts, and how much of it is a success. */
export interface Counted extends Pick<Exposure, 'by' | 'play' | 'situation'> {
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

/**
 * What exposures count for at a moment. What nobody acted on says nothing about the buyer. One that waits is no "no": it
 * counts for the share of answers that usually have come by its age, so that those of today weigh nothing yet, and a quick
 * answer does not make a play look good.
 */
export function countExposures(
  exposures: readonly Exposure[],
  { now, windowMs, halfLifeMs }: CountOptions,
): readonly Counted[] {
  const known = exposures.filter(({ at, followed }) => at <= now && followed);
  const ageOf = ({ at }: Exposure): number => Math.min(now - at, windowMs);
  const answers = known.flatMap((one) => {
    const { answeredAfter: delay = Number.POSITIVE_INFINITY } = one;
    return delay <= ageOf(one) ? [{ delay, age: ageOf(one) }] : [];
  });
  const oldest = known.reduce((most, one) => Math.max(most, ageOf(one)), 0);
  const comeBy = learnDelays(answers, oldest, windowMs);
  return known.map((one): Counted => {
    const { play, situation, by, at, answeredAfter = Number.POSITIVE_INFINITY } = one;
    const age = ageOf(one);
    const weight = 2 ** (-(now - at) / halfLifeMs);
    return {
      play,
      situation,
      trials: weight * (age === windowMs ? 1 : comeBy(age)),
      successes: answeredAfter <= age ? weight : 0,
      ...(by !== undefined && { by }),
    };
  });
}

interface KnownAnswer {
  readonly delay: number;
  /** Of its exposure now, at most the window. */
  readonly age: number;
}

/**
 * Which share of the answers within the window has come by an age. Of what is young only quick answers are known, so each
 * delay is held against those alone that are old enough to have taken as long (Lagakos, Barraj & De Gruttola 1988). What
 * comes later than the oldest has lived is taken for what came in the second half of its life.
 */
function learnDelays(
  answers: readonly KnownAnswer[],
  oldest: number,
  windowMs: number,
): (age: number) => number {
  if (answers.length === 0) return (age) => age / windowMs;
  const delays = answers.map(({ delay }) => delay).sort((a, b) => b - a);
  const ages = answers.map(({ age }) => age).sort((a, b) => b - a);
  /** From the longest delay on: the share that has come before it. */
  const before: number[] = [];
  let old = 0;
  let left = 1;
  for (const [longer, delay] of delays.entries()) {
    while (old < ages.length && (ages[old] as number) >= delay) old++;
    // One more that is known to be quick, so that a single slow answer does not stand for all.
    left *= 1 - 1 / (old - longer + 1);
    before.push(left);
  }
  const comeBy = (age: number): number => {
    const slower = searchFirst(delays, (delay) => delay <= age);
    return slower === 0 ? 1 : (before[slower - 1] as number);
  };
  const late = (1 + answers.length * (1 - comeBy(oldest / 2))) / (2 + answers.length);
  const ever = oldest === windowMs ? 1 : 1 - Math.min(late, 1 - oldest / windowMs);
  return (age) => ever * comeBy(age);
}
