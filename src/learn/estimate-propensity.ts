import { betaQuantile } from '../core/quantiles.js';
import type { Propensity } from '../domain/decision.js';
import { fitStrength, shrink, type Tried } from './beta-binomial.js';
import type { Counted } from './exposure.js';

/** A play, what its author guesses, and which plays are like it. */
export interface GuessedPlay {
  readonly id: string;
  /** P(the buyer acts | done) as long as nothing is known. */
  readonly guess: number;
  readonly group: string;
}

/** Of how many trials the guesses of all authors together count. */
const GUESSES = 20;
/** How many trials what is above is worth, where one tells of the others. */
const ALIKE = 20;
/** How firmly what is above is held to be worth the usual number of trials: within a factor of 2.7, nineteen times in twenty. */
const BELIEF = 4;
/** A propensity is never none and never certain. */
const EDGE = 0.001;

/**
 * P(the buyer acts | done) by play, and by `play|situation` where situations are known: each drawn towards what is
 * above it, a situation towards its play, a play towards its group, a group towards all, and all towards what authors
 * guess. What is above tells by how much guesses are off, so that a guess that one play is better than another stays
 * until data say otherwise; it is told by the others there, so that no success counts twice. 95 % intervals.
 */
export function estimatePropensity(
  plays: readonly GuessedPlay[],
  counted: readonly Counted[],
): { readonly [playOrSituation: string]: Propensity } {
  const byId = new Map(plays.map((play) => [play.id, play]));
  const of = new Map<string, Sum>();
  const ofGroups = new Map<string, Sum>();
  const ofSituations = new Map<string, Sum & { readonly play: string }>();
  for (const { play, situation, trials, successes } of counted) {
    const known = byId.get(play);
    if (!known) continue;
    const one = { trials, successes, expected: trials * known.guess };
    of.set(play, add(of.get(play), one));
    const key = `${play}|${situation}`;
    if (situation !== '') ofSituations.set(key, { ...add(ofSituations.get(key), one), play });
  }
  for (const [id, sum] of of) of.set(id, asTried(sum));
  for (const [key, sum] of ofSituations) ofSituations.set(key, asTried(sum));
  for (const { id, group } of plays)
    ofGroups.set(group, add(ofGroups.get(group), asOne(of.get(id))));
  let all = NONE;
  for (const sum of ofGroups.values()) all = add(all, asOne(sum));
  const aboveGroup = (group: string): number => offInAll(without(all, asOne(ofGroups.get(group))));
  const ofGroup = fitStrength(
    Array.from(ofGroups).flatMap(([group, sum]) =>
      isNone(sum) ? [] : [toTried(sum, aboveGroup(group))],
    ),
    BELIEF,
  );
  const abovePlay = ({ id, group }: GuessedPlay): number =>
    off(without(ofGroups.get(group), asOne(of.get(id))), aboveGroup(group), ofGroup);
  const ofPlay = fitStrength(
    plays.flatMap((play) => {
      const own = of.get(play.id);
      return own ? [toTried(own, abovePlay(play))] : [];
    }),
    BELIEF,
  );
  const aboveSituation = (key: string, play: GuessedPlay): number =>
    off(without(of.get(play.id), ofSituations.get(key)), abovePlay(play), ofPlay);
  const situated = Array.from(ofSituations, ([key, sum]) => {
    const play = byId.get(sum.play) as GuessedPlay;
    return { key, tried: toTried(sum, aboveSituation(key, play), play.guess) };
  });
  const ofSituation = fitStrength(
    situated.map(({ tried }) => tried),
    BELIEF,
  );
  return Object.fromEntries([
    ...plays.map((play) => {
      const tried = toTried(of.get(play.id) ?? NONE, abovePlay(play), play.guess);
      return [play.id, toPropensity(tried, ofPlay)] as const;
    }),
    ...situated.map(({ key, tried }) => [key, toPropensity(tried, ofSituation)] as const),
  ]);
}

interface Sum {
  readonly trials: number;
  readonly successes: number;
  /** Successes if guesses were right. */
  readonly expected: number;
}

const NONE: Sum = { trials: 0, successes: 0, expected: 0 };

const add = (a: Sum = NONE, b: Sum = NONE): Sum => ({
  trials: a.trials + b.trials,
  successes: a.successes + b.successes,
  expected: a.expected + b.expected,
});

const without = (a: Sum = NONE, b: Sum = NONE): Sum => ({
  trials: a.trials - b.trials,
  successes: a.successes - b.successes,
  expected: a.expected - b.expected,
});

/** Where answers come sooner than those of other plays, more have come than trials count yet: it was tried as often at least. */
function asTried<One extends Sum>(sum: One): One {
  const { trials, successes, expected } = sum;
  if (successes <= trials || trials === 0) return sum;
  return { ...sum, trials: successes, expected: (expected * successes) / trials };
}

/** What one of several tells of all of them: however often it was tried, it is one and may differ from the others. */
function asOne({ trials, successes, expected }: Sum = NONE): Sum {
  const share = (ALIKE + 1) / (ALIKE + trials);
  return { trials: share * trials, successes: share * successes, expected: share * expected };
}

/** Sums that were taken away from each other leave something where there is nothing. */
const isNone = ({ trials, expected }: Sum): boolean => trials < 1e-9 || expected < 1e-12;

/** What is known of some exposures, and what would be said without them: guesses are off by so much above. */
function toTried(sum: Sum, above: number, guess: number = sum.expected / sum.trials): Tried {
  return {
    mean: within((isNone(sum) ? guess : sum.expected / sum.trials) * above),
    successes: sum.successes,
    trials: sum.trials,
  };
}

/** By how much guesses are off here: 1 is not at all. */
function off(sum: Sum, above: number, strength: number): number {
  if (isNone(sum)) return above;
  return (shrink(toTried(sum, above), strength) * sum.trials) / sum.expected;
}

/** In all, as if guesses had been right in so many trials before. */
function offInAll(sum: Sum): number {
  if (isNone(sum)) return 1;
  const before = (GUESSES * sum.expected) / sum.trials;
  return (before + sum.successes) / (before + sum.expected);
}

function toPropensity(tried: Tried, strength: number): Propensity {
  const rate = shrink(tried, strength);
  const size = strength + tried.trials;
  return {
    rate: round(rate),
    sampleSize: Math.round(tried.trials),
    low: round(betaQuantile(0.025, rate * size, (1 - rate) * size)),
    high: round(betaQuantile(0.975, rate * size, (1 - rate) * size)),
  };
}

const within = (rate: number): number => Math.min(1 - EDGE, Math.max(EDGE, rate));
const round = (rate: number): number => Math.round(rate * 1e4) / 1e4;
