import { fingerprint } from './core/hash.js';
import type { LearnedCosts, Parameters } from './domain/parameters.js';

/** Days after which a plan counts half: what is scarce changes with the season of a quarter. */
const HALF_LIFE_DAYS = 14;

/**
 * Prices smoothed over days: the mean over all plans, those before discounted by 2^(-days / 14). A day counts once,
 * whoever learns how often; a day before the last one that counted changes nothing.
 */
export function foldCosts(
  before: LearnedCosts | undefined,
  { minute, touch, plans }: Pick<LearnedCosts, 'minute' | 'touch' | 'plans'>,
  day: number,
): LearnedCosts | undefined {
  if (plans === 0 || (before && before.day >= day)) return before;
  if (!before) return { minute, touch, plans, days: 1, day };
  const earlier = before.plans * 2 ** ((before.day - day) / HALF_LIFE_DAYS);
  const all = earlier + plans;
  const mean = (old: number, now: number): number => (earlier * old + plans * now) / all;
  return {
    minute: mean(before.minute, minute),
    touch: mean(before.touch, touch),
    plans: all,
    days: before.days + 1,
    day,
  };
}

/** With these costs, under the version that their bytes give. */
export function withCosts(
  { version: _, costs: __, ...rest }: Parameters,
  costs: LearnedCosts | undefined,
): Parameters {
  const learned = { ...rest, ...(costs && { costs }) };
  return { version: fingerprint(learned), ...learned };
}
