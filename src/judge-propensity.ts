import { type Calibration, calibrate, type Forecast } from './analyze/calibration.js';
import { isTooLittle, type TooLittleData } from './analyze/too-little-data.js';
import { normalAbove } from './core/gamma.js';
import { NORMAL_95 } from './core/statistics.js';
import type { Propensity } from './domain/decision.js';
import { propensityIn } from './domain/parameters.js';
import type { Playbook } from './domain/playbook.js';
import { estimatePropensity } from './learn/estimate-propensity.js';
import { type CountOptions, countExposures, type Exposure } from './learn/exposure.js';
import { guessesOf } from './learn-parameters.js';

/** How what was learned of the earlier cards held for the later ones. */
export interface JudgedPropensity {
  /** Epoch milliseconds: from then on cards are judged, and what was known then is what was learned from. */
  readonly since: number;
  readonly learned: Calibration;
  /** The same cards by what authors guess. */
  readonly guessed: Calibration;
  /** How often by chance so many more or fewer come off than was said (two-sided), what was learned having its own error. */
  readonly chance: number;
}

/** Below it nothing is told. */
const FEWEST = 50;

/**
 * Propensities learned from what was known when half of the cards whose time is over had been seen, held against what
 * came of the other half: nothing that is judged was learned from.
 */
export function judgePropensity(
  playbook: Playbook,
  exposures: readonly Exposure[],
  { now, windowMs, halfLifeMs }: CountOptions,
): JudgedPropensity | TooLittleData {
  const guesses = new Map(guessesOf(playbook).map(({ id, guess }) => [id, guess]));
  const over = exposures
    .filter(({ play, followed, at }) => followed && guesses.has(play) && at + windowMs <= now)
    .sort((a, b) => a.at - b.at);
  const since = over[Math.floor(over.length / 2)]?.at ?? now;
  const rates = estimatePropensity(
    guessesOf(playbook),
    countExposures(
      exposures.filter(({ at }) => at < since),
      { now: since, windowMs, halfLifeMs },
    ),
  );
  const later = over.filter(({ at }) => at >= since);
  const judge = (rateOf: (one: Exposure) => number): Calibration | TooLittleData =>
    calibrate(
      later.map((one): Forecast => {
        const { answeredAfter = Number.POSITIVE_INFINITY } = one;
        return { said: rateOf(one), came: answeredAfter <= windowMs ? 1 : 0 };
      }),
      { fewest: FEWEST },
    );
  const learnedOf = ({ play, situation }: Exposure): Propensity =>
    propensityIn(rates, play, situation) as Propensity;
  const learned = judge((one) => learnedOf(one).rate);
  const guessed = judge(({ play }) => guesses.get(play) as number);
  if (isTooLittle<Calibration>(learned) || isTooLittle<Calibration>(guessed))
    return {
      needed: `${FEWEST} cards that were acted on and whose time is over, after as many to learn from`,
      got: later.length,
    };
  const cards = new Map<Propensity, number>();
  for (const one of later) cards.set(learnedOf(one), (cards.get(learnedOf(one)) ?? 0) + 1);
  let variance = 0;
  for (const [{ rate, low = rate, high = rate }, count] of cards)
    variance += count * rate * (1 - rate) + ((count * (high - low)) / (2 * NORMAL_95)) ** 2;
  const off = Math.abs(learned.came - learned.said) * learned.count;
  return {
    since,
    learned,
    guessed,
    chance: Math.min(1, 2 * normalAbove(off / Math.sqrt(variance))),
  };
}
