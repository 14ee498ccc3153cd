import type { Counted } from './exposure.js';

/** What a rep's buyers did on the cards that the rep followed, and what they would have done for the team. */
export interface OwnOutcomes {
  readonly successes: number;
  readonly expected: number;
}

/** A rep's own outcomes weigh as much as time does once so many successes were to be expected. */
const STRENGTH = 5;

/**
 * By rep, those who followed no card included: successes, and how many the propensities of the same cards lead one to
 * expect. What is of a play without a rate counts for nothing.
 */
export function compareWithTeam(
  reps: Iterable<string>,
  counted: readonly Counted[],
  rateOf: (one: Counted) => number | undefined,
): ReadonlyMap<string, OwnOutcomes> {
  const byRep = new Map(Array.from(reps, (rep) => [rep, { successes: 0, expected: 0 }]));
  for (const one of counted) {
    const rate = rateOf(one);
    if (one.by === undefined || rate === undefined) continue;
    const own = byRep.get(one.by) ?? { successes: 0, expected: 0 };
    own.successes += one.successes;
    own.expected += one.trials * rate;
    byRep.set(one.by, own);
  }
  return byRep;
}

/**
 * What is left to learn, from 1 to 0: one less the posterior mean of the ratio of a rep's outcomes to the team's on the same
 * cards (gamma-Poisson; Clayton & Kaldor 1987), whose prior grows with time from 0 on the first day to 1 when nobody is new.
 * `tenure` is the share of that time which is over.
 */
export function leftToLearn({ successes, expected }: OwnOutcomes, tenure: number): number {
  if (tenure >= 1) return 0;
  const reached = (successes + STRENGTH * Math.max(0, tenure)) / (expected + STRENGTH);
  return Math.max(0, 1 - reached);
}
